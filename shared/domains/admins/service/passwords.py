"""How admins come by a password: by a link that works once. There is no default one."""

from uuid import UUID

from shared.core import keyed, passwords, settings
from shared.core import queries as core_queries
from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.admins import rules
from shared.domains.admins.errors import SetPasswordLinkInvalid
from shared.domains.admins.queries import accounts as queries
from shared.domains.admins.schemas.accounts import AdminPassword, NewAdmin, SetPasswordLink
from shared.domains.admins.service.login_log import note
from shared.domains.admins.service.session_ends import end_sessions_of
from shared.domains.second_factor import public as second_factor

PAGE = "admin/set-password"


def make_admin(call: Call, given: NewAdmin) -> SetPasswordLink:
    """A super admin, or a new link for the admin who has this address: for whoever may invoke this function."""
    known = queries.admin_by_email(call.connection, email=given.email)
    admin_id = known.id if known else new_id(call.now)
    if known is None:
        queries.add_admin(
            call.connection,
            id=admin_id,
            email=given.email,
            full_name=given.full_name,
            role="super_admin",
            now=call.now,
        )
    link_id = new_link(call, admin_id)
    token = keyed.link_secret(link_id)
    return SetPasswordLink(email=given.email, link=f"{settings.read('APP_URL')}/{PAGE}?token={token}")


def new_link(call: Call, admin_id: UUID) -> UUID:
    """The id of a new link, by which a mail gets its secret; the link before it no longer works."""
    link_id = new_id(call.now)
    queries.save_link(
        call.connection,
        admin_id=admin_id,
        digest=keyed.link_digest(link_id),
        now=call.now,
        expires_at=call.now + rules.LINK_LIVES,
    )
    return link_id


def set_password(call: Call, given: AdminPassword) -> None:
    """For whoever has the link, once. Every session of the admin ends; his second factor stays."""
    found = queries.use_link(call.connection, digest=keyed.digest(given.token), now=call.now)
    if found is None:
        raise SetPasswordLinkInvalid
    queries.set_password(call.connection, admin_id=found.admin_id, password_hash=passwords.hash(given.password))
    end_sessions_of(call, found.admin_id)
    second_factor.end_challenges(call, found.admin_id)
    core_queries.forget_accounts(call.connection, accounts=[keyed.digest(f"admin {found.email}")])
    note(call, "password_set", found.admin_id)
