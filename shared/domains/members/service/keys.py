"""API keys: made, listed, revoked. How one is checked is in `key_holders`."""

from datetime import timedelta
from uuid import UUID

from shared.core import keyed, paging
from shared.core.call import Call
from shared.core.errors import Invalid
from shared.core.ids import new_id
from shared.core.paging import Page
from shared.domains.members import queries, rules
from shared.domains.members.errors import KeyNotFound, ScopeNotYours
from shared.domains.members.schemas import Key, KeyIn, KeyScope, NewKey

LONGEST = timedelta(days=3660)


def create_key(call: Call, given: KeyIn) -> NewKey:
    """A key that acts in its maker's name, within `scopes`; the answer alone holds its text."""
    if given.expires_at and not call.now < given.expires_at <= call.now + LONGEST:
        raise Invalid.at("#/expires_at", "Give a time to come, within ten years.")
    scopes: list[KeyScope] = sorted(set(given.scopes))
    if beyond := sorted(set(scopes) - call.actor.scopes):
        raise ScopeNotYours(f"a {call.actor.role} may not do {', '.join(beyond)}")
    text = rules.key_text(keyed.new_secret(), keyed.new_secret())
    made = NewKey(
        id=new_id(call.now),
        name=given.name,
        prefix=rules.shown_part(text),
        scopes=scopes,
        user_id=call.user_id,
        created_at=call.now,
        expires_at=given.expires_at,
        last_used_at=None,
        key=text,
    )
    queries.add_key(
        call.connection,
        id=made.id,
        tenant=call.tenant_id,
        user=made.user_id,
        name=made.name,
        prefix=made.prefix,
        digest=keyed.digest(text),
        scopes=[*scopes],
        now=call.now,
        expires_at=made.expires_at,
    )
    return made


def list_keys(call: Call, limit: int, cursor: str | None) -> Page[Key]:
    """The tenant's keys that were not revoked, newest first."""
    rows = queries.keys(call.connection, after=paging.after(cursor), limit=limit + 1)
    return paging.page(rows, limit, lambda row: Key(**row._asdict()))


def revoke_key(call: Call, key_id: UUID) -> None:
    """Refused from the next request on."""
    if not queries.revoke_key(call.connection, id=key_id, now=call.now):
        raise KeyNotFound
