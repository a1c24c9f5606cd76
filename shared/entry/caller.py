"""Who calls, from where, and whether he may: judged before anything of the body is."""

import hmac
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.core import settings
from shared.core.call import Actor
from shared.core.errors import Forbidden, Problem, Unauthenticated

if TYPE_CHECKING:
    from shared.entry.http import Api

Event = Mapping[str, Any]


class WrongAudience(Forbidden):
    title = "This token is for another kind of user"


class SecondFactorMissing(Forbidden):
    title = "Set up a second factor under /api/admin/2fa/enable and confirm it, then refresh the token: admins need one"


class ImpersonationRefused(Forbidden):
    title = "Nobody does this in another's name"


class ImpersonationReadOnly(Forbidden):
    title = "This impersonation only reads: end it, and start one with allow_writes if there is a reason"


def actor(event: Event, now: float) -> Actor:
    """Whom the authorizer has verified, at `now` (epoch seconds); Unauthenticated if nobody."""
    claims: Mapping[str, str] = (event["requestContext"].get("authorizer") or {}).get("lambda") or {}
    if claims.get("auth") == "expired" or (float(claims.get("expires_at") or 0) <= now and claims.get("auth") == "ok"):
        raise Unauthenticated(_expired(claims))
    if claims.get("auth") != "ok":
        raise Unauthenticated("send a valid access token as Authorization: Bearer …")
    role, marks = claims["role"], frozenset(claims.get("marks", "").split())
    admin_id = UUID(claims["admin_id"]) if "admin_id" in claims else None
    if claims["audience"] == "admin":
        granted = frozenset(claims.get("granted", "").split())
        session_id = UUID(claims["session_id"])
        return Actor(admin_id=admin_id, session_id=session_id, role=role, granted=granted, marks=marks)
    user_id, tenant_id = UUID(claims["user_id"]), UUID(claims["tenant_id"])
    if "key_id" in claims:
        given = frozenset(claims["key_scopes"].split())
        return Actor(user_id, tenant_id, role=role, key_id=UUID(claims["key_id"]), key_scopes=given, marks=marks)
    return Actor(user_id, tenant_id, UUID(claims["session_id"]), role, admin_id=admin_id, marks=marks)


def _expired(claims: Mapping[str, str]) -> str:
    """What to do about it: only a token of a session of one's own can be refreshed."""
    if "session_id" not in claims:
        return "this API key has expired: make a new one"
    if "admin_id" in claims and claims["audience"] != "admin":
        return "this impersonation has ended: start another"
    return "the access token has expired: refresh it"


def refusal(api: "Api", caller: Actor) -> Problem | None:
    """Why he may not, as far as his token tells."""
    ends_it = caller.is_impersonated and api.impersonation == "always"  # an admin's operation, in a user's name
    if api.audience not in ("both", "admin" if caller.is_admin else "user") and not ends_it:
        return WrongAudience()
    if caller.is_admin:
        return _refused_admin(api, caller)
    if caller.key_id and api.scope is None:
        return Forbidden("an API key cannot do this: sign in")
    if api.scope is not None and api.scope not in caller.scopes:
        holder = "this API key" if caller.key_id else f"your role, {caller.role},"
        return Forbidden(f"{holder} does not include {api.scope}", scope=api.scope)
    if caller.is_impersonated and api.impersonation == "never":
        return ImpersonationRefused()
    if "read_only" in caller.marks and api.changes and api.impersonation != "always":
        return ImpersonationReadOnly()
    return None


def _refused_admin(api: "Api", admin: Actor) -> Problem | None:
    if "must_enrol" in admin.marks and not api.enrolling:
        return SecondFactorMissing()
    if api.permission is not None and api.permission not in admin.permissions:
        return Forbidden(f"your role, {admin.role}, does not include {api.permission}", permission=api.permission)
    return None


def address(event: Event, headers: Mapping[str, str]) -> str:
    """Where the call comes from: as the gateway saw it, or behind CloudFront as CloudFront saw it.

    CloudFront overwrites X-Viewer-Address and proves with X-Viewer-Secret that it did. No other header of a caller
    counts.
    """
    secret = settings.read("VIEWER_SECRET")
    if secret and hmac.compare_digest(headers.get("x-viewer-secret", "").encode(), secret.encode()):
        return headers.get("x-viewer-address", "")
    return str(event["requestContext"]["http"]["sourceIp"])
