"""Admins as others see them, and the one who is logged in."""

from shared.core import permissions
from shared.core.call import Call
from shared.domains.admins.errors import AdminNotFound
from shared.domains.admins.queries import accounts as queries
from shared.domains.admins.rows import AdminRow
from shared.domains.admins.schemas.accounts import Admin, AdminProfile
from shared.domains.second_factor import public as second_factor


def get_profile(call: Call) -> AdminProfile:
    """The one who is logged in."""
    found = queries.admin_by_id(call.connection, admin_id=call.admin_id)
    if found is None:
        raise AdminNotFound
    return AdminProfile(**shown(found).model_dump(), second_factors=found.second_factors or [])


def holder_of(found: AdminRow) -> second_factor.Holder:
    """As second factors know him."""
    return second_factor.Holder(found.id, None, found.email, found.full_name)


def shown(found: AdminRow) -> Admin:
    """As an answer shows him."""
    allowed = sorted(permissions.allowed(found.role, frozenset(found.granted)))
    return Admin.model_validate(found._asdict() | {"permissions": allowed})
