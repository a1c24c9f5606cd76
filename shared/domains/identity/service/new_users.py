"""A person becomes a user: by signing up, or because an admin says so."""

from uuid import UUID

from shared.core import db, passwords
from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.identity.errors import EmailTaken
from shared.domains.identity.queries import accounts as queries
from shared.domains.identity.service import links
from shared.domains.platform import public as platform


def add_user(call: Call, *, email: str, password: str | None, full_name: str, email_verified: bool = False) -> UUID:
    """A user without a tenant yet, and perhaps without a password. EmailTaken if the address is known, which ends the
    transaction."""
    user_id = new_id(call.now)
    try:
        queries.add_user(
            call.connection,
            id=user_id,
            email=email,
            password_hash=passwords.hash(password) if password is not None else passwords.nobody(),
            full_name=full_name,
            locale="en-IN",
            email_verified=email_verified,
            now=call.now,
        )
    except db.DatabaseError as error:
        if db.violated(error) == "users_email_key":
            raise EmailTaken from None
        raise
    return user_id


def add_member(call: Call, user_id: UUID, tenant_id: UUID, role: str) -> None:
    """A user who has no tenant yet gets his place in one. Deferred."""
    queries.add_member(call.connection, tenant=tenant_id, user=user_id, role=role, now=call.now)


def welcome(call: Call, *, user_id: UUID, tenant_id: UUID, email: str, full_name: str, company_name: str) -> None:
    """Mail somebody who did not sign up himself the link by which he chooses a password. It is a link as of a forgotten
    password, and takes the place of one, but lives longer."""
    link_id = links.renew(call, "reset_password", user=user_id, tenant=tenant_id, email=email, lasts=links.WELCOMES_FOR)
    platform.user_invited(
        call, to=email, full_name=full_name, company_name=company_name, tenant_id=tenant_id, link_id=link_id
    )
