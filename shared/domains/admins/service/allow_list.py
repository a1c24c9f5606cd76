"""The addresses that admins may come from: everybody's, and some more for one admin. No entry about him: any address.

The list is kept by `open_transaction` with every request, and by the log-in.
"""

from collections.abc import Generator
from contextlib import contextmanager
from uuid import UUID

from shared.core import db, paging
from shared.core.addresses import plain
from shared.core.call import Call
from shared.core.ids import new_id
from shared.core.paging import Page
from shared.domains.admins.errors import AddressListed, AdminNotFound, AllowedAddressNotFound, WouldLockYouOut
from shared.domains.admins.queries import allow_list as queries
from shared.domains.admins.queries.staff import lock_staff
from shared.domains.admins.schemas.addresses import AllowedAddress, AllowedAddressChanges, NewAllowedAddress


def list_addresses(call: Call, *, limit: int, cursor: str | None) -> Page[AllowedAddress]:
    """Newest first."""
    rows = queries.page(call.connection, after=paging.after(cursor), limit=limit + 1)
    return paging.page(rows, limit, lambda row: AllowedAddress.model_validate(row._asdict()))


def add_address(call: Call, given: NewAllowedAddress) -> AllowedAddress:
    """A new entry. WouldLockYouOut where it is the first one about its author and does not admit him."""
    id = new_id(call.now)
    lock_staff(call.connection)
    queries.add(
        call.connection,
        id=id,
        admin_id=given.admin_id,
        network=given.cidr,
        label=given.label,
        author=call.admin_id,
        now=call.now,
    )
    return _changed(call, id)


def change_address(call: Call, id: UUID, given: AllowedAddressChanges) -> AllowedAddress:
    """Another network or label, or whether it counts. WouldLockYouOut as for a new one."""
    changes = given.model_dump(exclude_unset=True)
    lock_staff(call.connection)
    queries.change(
        call.connection,
        id=id,
        network=changes.get("cidr"),
        label=changes.get("label"),
        enabled=changes.get("enabled"),
    )
    return _changed(call, id)


def remove_address(call: Call, id: UUID) -> None:
    """WouldLockYouOut where it was the one that admits its author, and others about him are left."""
    lock_staff(call.connection)
    if not queries.remove(call.connection, id=id):
        raise AllowedAddressNotFound
    found = queries.admitted(call.connection, author=call.admin_id, address=plain(call.client_ip))
    if not found.admitted:
        raise WouldLockYouOut


def _changed(call: Call, id: UUID) -> AllowedAddress:
    """The entry as the transaction leaves it, if its author may still come from where he is."""
    with _refusing_what_is_listed():
        found = queries.changed(call.connection, id=id, author=call.admin_id, address=plain(call.client_ip))
    if found is None:
        raise AllowedAddressNotFound
    if not found.admitted:
        raise WouldLockYouOut
    return AllowedAddress.model_validate(found._asdict())


@contextmanager
def _refusing_what_is_listed() -> Generator[None]:
    try:
        yield
    except db.DatabaseError as error:
        if db.violated(error) == "admin_ip_whitelist_entry_key":
            raise AddressListed from None
        if db.violated(error) == "admin_ip_whitelist_admin_id_fkey":
            raise AdminNotFound from None
        raise
