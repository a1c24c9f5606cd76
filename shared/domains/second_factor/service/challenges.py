"""Sign-ins whose password was right and that wait for the second factor. A user may have several."""

from typing import NamedTuple
from uuid import UUID

from shared.core import settings
from shared.core.call import Call
from shared.core.keyed import keyed_digest, new_secret
from shared.domains.second_factor import queries, rules
from shared.domains.second_factor.errors import ChallengeOver
from shared.domains.second_factor.ports import Vault
from shared.domains.second_factor.rows import FactorRow, Holder
from shared.domains.second_factor.schemas import Challenge
from shared.domains.second_factor.service.codes import judge


class Challenged(NamedTuple):
    """A live challenge and the factor it asks for, both locked."""

    digest: bytes
    factor: FactorRow

    @property
    def user_id(self) -> UUID:
        return self.factor.user_id


def challenge(call: Call, user_id: UUID, tenant_id: UUID, methods: list[str]) -> Challenge:
    """Let the user answer with one of `methods`, which the sign-in read together with him."""
    token = new_secret()
    queries.add_challenge(
        call.connection,
        digest=_digest(token),
        tenant=tenant_id,
        user=user_id,
        now=call.now,
        expires_at=call.now + rules.CHALLENGE,
    )
    seconds = int(rules.CHALLENGE.total_seconds())
    return Challenge.model_validate({"challenge_token": token, "methods": methods, "expires_in": seconds})


def take_challenge(call: Call, token: str) -> Challenged:
    """ChallengeOver where it was answered, is too old or had too many wrong codes."""
    digest = _digest(token)
    factor = queries.lock_challenged(call.connection, digest=digest, now=call.now, most=rules.MOST_TRIES)
    if factor is None:
        raise ChallengeOver
    return Challenged(digest, factor)


def answer_challenge(call: Call, challenged: Challenged, holder: Holder, code: str, vault: Vault) -> None:
    """Returns where the code was right; the challenge is then over. Errors as in `judge`."""
    judge(call, holder, challenged.factor, code, vault, challenge=challenged.digest)
    queries.end_challenge(call.connection, digest=challenged.digest)


def end_challenges(call: Call, user_id: UUID) -> None:
    """End every one of a user: the password that opened them may no longer be his."""
    queries.end_challenges(call.connection, user=user_id)


def _digest(token: str) -> bytes:
    return keyed_digest(f"challenge {token}", settings.secret("SESSION_SECRET"))
