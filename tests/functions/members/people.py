"""People who are invited and join, for the tests of this domain."""

from tests.support import mailed
from tests.support.client import PASSWORD, Client, sign_up


def verified(client: Client) -> Client:
    """The same, his address confirmed, as the link of the welcome mail does it."""
    mailed.behind[client.transport].run(
        "update users set email_verified = true where id = :id", id=client.account["user"]["id"]
    )
    return client


def invite(owner: Client, email: str, role: str = "staff") -> str:
    """Invite somebody; answers the token of the mailed link."""
    answer = owner.post("/api/tenant/invites", {"email": email, "role": role})
    assert answer.status == 201, answer.body
    return mailed.secret(owner, "MEMBER_INVITED", email)


def accept(client: Client, token: str) -> Client:
    """The client in the tenant that invited him."""
    answer = client.post("/api/auth/accept-invite", {"token": token})
    assert answer.status == 200, answer.body
    return Client(client.transport, answer.json["access_token"], answer.json)


def join(owner: Client, role: str = "staff") -> Client:
    """A new member of the owner's tenant."""
    newcomer = verified(sign_up(owner.transport, company="Joshi Traders"))
    return accept(newcomer, invite(owner, newcomer.account["user"]["email"], role))


def path(member: Client) -> str:
    return f"/api/tenant/members/{member.account['user']['id']}"


def sign_in(client: Client) -> Client:
    """The same user in a new session."""
    given = {"email": client.account["user"]["email"], "password": PASSWORD}
    answer = Client(client.transport).post("/api/auth/signin", given)
    assert answer.status == 200, answer.body
    return Client(client.transport, answer.json["access_token"], answer.json)


def make_key(maker: Client, *scopes: str, **fields: str) -> Client:
    """A caller with a new API key."""
    answer = maker.post("/api/api-keys", {"name": "shop", "scopes": scopes, **fields})
    assert answer.status == 201, answer.body
    return Client(maker.transport, answer.json["key"], maker.account | {"key_id": answer.json["id"]})
