"""Sign-ins whose password was right and that wait for the second factor. A user may have several."""

from typing import NamedTuple
from uuid import UUID

from shared.core import keyed
from shared.core.call import Call
from shared.domains.second_factor import queries, rules
from shared.domains.second_factor.errors import ChallengeOver
from shared.domains.second_factor.ports import Vault
from shared.domains.second_factor.rows import FactorRow, Holder
from shared.domains.second_factor.schemas import Challenge, CodeSent
from shared.domains.second_factor.service import sending
from shared.domains.second_factor.service.codes import judge


class TakenChallenge(NamedTuple):
    """A live challenge and the factor it asks for, both locked."""

    digest: bytes
    factor: FactorRow

    @property
    def holder_id(self) -> UUID:
        """The user or admin who has to answer it."""
        return self.factor.holder_id


def challenge(call: Call, holder: Holder, methods: list[str], *, break_glass: bool = False) -> Challenge:
    """Let somebody answer with one of `methods`, which the sign-in read together with him.

    A code that has to be sent is sent, and counts for this challenge alone. `break_glass` is kept for the answer.
    """
    token, code_id, sent = keyed.new_secret(), None, None
    if not {"email", "sms"}.isdisjoint(methods):
        phone = queries.phone(call.connection, holder=holder.id).phone if "sms" in methods else None
        code_id, sent = sending.send(call, holder, phone), sending.shown(holder, phone)
    queries.add_challenge(
        call.connection,
        digest=_digest(token),
        of=holder.belonging,
        now=call.now,
        expires_at=call.now + rules.CHALLENGE,
        code_id=code_id,
        break_glass=break_glass,
    )
    shown = {"challenge_token": token, "methods": methods, "expires_in": int(rules.CHALLENGE.total_seconds())}
    return Challenge.model_validate(shown | {"weak": sent is not None, "sent_to": sent and sent.sent_to})


def take_challenge(call: Call, token: str) -> TakenChallenge:
    """ChallengeOver where it was answered, is too old or had too many wrong codes."""
    digest = _digest(token)
    factor = queries.lock_challenged(call.connection, digest=digest, now=call.now, most=rules.MOST_TRIES)
    if factor is None:
        raise ChallengeOver
    return TakenChallenge(digest, factor)


def answer_challenge(call: Call, taken: TakenChallenge, holder: Holder, code: str, vault: Vault) -> None:
    """Returns where the code was right; the challenge is then over. Errors as in `judge`."""
    judge(call, holder, taken.factor, code, vault, challenge=taken.digest)
    queries.end_challenge(call.connection, digest=taken.digest)


def send_again(call: Call, taken: TakenChallenge, holder: Holder) -> CodeSent:
    """Another code for the challenge, instead of the one before. Errors as in `send_of`."""
    code_id = sending.send_of(call, holder, taken.factor)
    queries.note_sent_again(call.connection, digest=taken.digest, code_id=code_id, now=call.now)
    return sending.shown(holder, taken.factor.phone)


def end_challenges(call: Call, holder_id: UUID) -> None:
    """End every one of somebody: the password that opened them may no longer be his."""
    queries.end_challenges(call.connection, holder=holder_id)


def _digest(token: str) -> bytes:
    return keyed.digest(f"challenge {token}")
