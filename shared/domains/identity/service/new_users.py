"""A person becomes a user: by signing up, or by an invitation."""

from uuid import UUID

from shared.core import db, passwords
from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.identity.errors import EmailTaken
from shared.domains.identity.queries import accounts as queries


def add_user(call: Call, *, email: str, password: str, full_name: str, email_verified: bool = False) -> UUID:
    """A user without a tenant yet. EmailTaken if the address is known, which ends the transaction."""
    user_id = new_id(call.now)
    try:
        queries.add_user(
            call.connection,
            id=user_id,
            email=email,
            password_hash=passwords.hash(password),
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
