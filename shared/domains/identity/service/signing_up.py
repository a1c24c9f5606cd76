"""Signing up: a user, his tenant and its usual prices come into being together."""

from shared.core import db, passwords
from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.identity import queries
from shared.domains.identity.errors import EmailTaken
from shared.domains.identity.rows import MemberRow
from shared.domains.identity.schemas import SignedIn, SignUp
from shared.domains.identity.service.sessions import open_session
from shared.domains.platform import public as platform
from shared.domains.pricing import public as pricing


def sign_up(call: Call, given: SignUp) -> SignedIn:
    """A new user, owner of a new tenant with the usual prices; greeted by mail. EmailTaken if the address is known."""
    now, user_id, tenant_id = call.now, new_id(call.now), new_id(call.now)
    hashed = passwords.hash(given.password)
    try:
        queries.add_user(
            call.connection,
            id=user_id,
            email=given.email,
            password_hash=hashed,
            full_name=given.full_name,
            locale="en-IN",
            now=now,
        )
    except db.DatabaseError as error:
        if db.violated(error) == "users_email_key":
            raise EmailTaken from None
        raise
    zone, currency = "Asia/Kolkata", "INR"
    queries.add_tenant(
        call.connection, id=tenant_id, name=given.company_name, time_zone=zone, currency=currency, now=now
    )
    queries.add_member(call.connection, tenant=tenant_id, user=user_id, role="owner", now=now)
    pricing.set_up(call, tenant_id)
    platform.welcome(
        call, to=given.email, full_name=given.full_name, company_name=given.company_name, tenant_id=tenant_id
    )
    company = given.company_name
    member = MemberRow(user_id, given.email, given.full_name, False, "owner", tenant_id, company, zone, currency)
    return open_session(call, member)
