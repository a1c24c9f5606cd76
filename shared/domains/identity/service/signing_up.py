"""Signing up: a user, his tenant and its usual prices come into being together."""

from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.identity.queries import accounts as queries
from shared.domains.identity.queries import links as link_queries
from shared.domains.identity.rows import MemberRow
from shared.domains.identity.schemas import SignedIn, SignUp
from shared.domains.identity.service import links
from shared.domains.identity.service.new_users import add_user
from shared.domains.identity.service.sessions import open_session
from shared.domains.platform import public as platform
from shared.domains.pricing import public as pricing


def sign_up(call: Call, given: SignUp) -> SignedIn:
    """A new user, owner of a new tenant with the usual prices; greeted by a mail with the link that verifies his
    address. EmailTaken if the address is known."""
    now, tenant_id, company = call.now, new_id(call.now), given.company_name
    user_id = add_user(call, email=given.email, password=given.password, full_name=given.full_name)
    zone, currency = "Asia/Kolkata", "INR"
    queries.add_tenant(call.connection, id=tenant_id, name=company, time_zone=zone, currency=currency, now=now)
    queries.add_member(call.connection, tenant=tenant_id, user=user_id, role="owner", now=now)
    pricing.set_up(call, tenant_id)
    link_id, digest = links.new_link(call)
    link_queries.add_link(
        call.connection,
        user=user_id,
        purpose="verify_email",
        tenant=tenant_id,
        email=given.email,
        digest=digest,
        now=now,
        expires_at=now + links.VERIFIES_FOR,
    )
    platform.welcome(
        call, to=given.email, full_name=given.full_name, company_name=company, tenant_id=tenant_id, link_id=link_id
    )
    member = MemberRow(user_id, given.email, given.full_name, False, "owner", tenant_id, company, zone, currency)
    return open_session(call, member, "signed_up")
