"""Say who calls: verify the token or API key and pass its claims on. The function called refuses whoever has none."""

from shared.core import clock, settings
from shared.core.tokens import AUDIENCE, Claims, TokenExpired, TokenInvalid, verify

VERIFYING_KEY = settings.read("VERIFYING_KEY")


def handler(event: dict[str, list[str]], context: object) -> dict[str, object]:
    """Answers a REQUEST authorizer event (payload 2.0, simple response), always with `isAuthorized`."""
    scheme, _, token = ",".join(event.get("identitySource") or ()).partition(" ")
    try:
        if scheme.lower() != "bearer":
            raise TokenInvalid("scheme")
        if token.startswith("bcp_"):
            return {"isAuthorized": True, "context": {"audience": AUDIENCE, **_claims_of_key(token)}}
        claims = verify(token, VERIFYING_KEY, clock.now())
    except TokenExpired as expired:
        return _passed("expired", expired.claims)
    except TokenInvalid:
        return _passed("invalid")
    return _passed("ok", claims)


def _passed(auth: str, claims: Claims | None = None) -> dict[str, object]:
    """Context values reach the function as strings only."""
    if claims is None:
        return {"isAuthorized": True, "context": {"auth": auth}}
    named = {name: str(value) for name, value in claims._asdict().items() if value}
    return {"isAuthorized": True, "context": {"auth": auth, "audience": claims.audience, **named}}


def _claims_of_key(text: str) -> dict[str, str]:
    """Imports here what only a key needs: a token's cold start stays free of the database."""
    from shared.core import db
    from shared.domains.members.service import key_holders
    from shared.entry import wiring  # noqa: F401  (settings learn where secrets are looked up)

    with db.reading(db.Scope(staff=True)) as connection:
        return key_holders.claims(connection, text, clock.now())
