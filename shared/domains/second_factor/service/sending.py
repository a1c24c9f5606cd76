"""Codes that are sent, by mail or text message: six digits made from an id whenever they are needed."""

import hmac
from uuid import UUID

from shared.core import keyed
from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.platform import public as platform
from shared.domains.second_factor import rules
from shared.domains.second_factor.errors import CodeJustSent, FactorBlocked, NothingToSend
from shared.domains.second_factor.rows import FactorRow, Holder
from shared.domains.second_factor.schemas import CodeSent


def send(call: Call, holder: Holder, phone: str | None) -> UUID:
    """Ask for a code to be sent to a phone, or else by mail; its id, by which the mail or message is written."""
    code_id = new_id(call.now)
    if phone:
        platform.text_code(call, to=phone, tenant_id=holder.tenant_id, code_id=code_id)
    else:
        platform.mail_code(
            call, to=holder.email, full_name=holder.full_name, tenant_id=holder.tenant_id, code_id=code_id
        )
    return code_id


def send_of(call: Call, holder: Holder, factor: FactorRow) -> UUID:
    """Another code of a factor. NothingToSend, FactorBlocked; CodeJustSent within a minute of the one before."""
    if factor.method == "totp":
        raise NothingToSend
    if factor.blocked_at is not None:
        raise FactorBlocked
    check_pace(call, factor)
    return send(call, holder, factor.phone)


def check_pace(call: Call, factor: FactorRow) -> None:
    """CodeJustSent within a minute of the code before."""
    wait = (factor.code_sent_at or call.now - rules.SENT_EVERY) + rules.SENT_EVERY - call.now
    if wait.total_seconds() > 0:
        raise CodeJustSent(retry_after=-(-wait // rules.SECOND))


def is_sent_code(factor: FactorRow, code: str) -> bool:
    """Whether it is the newest one, be it used or too old."""
    if factor.code_id is None:
        return False
    return hmac.compare_digest(keyed.sent_code(factor.code_id), code)


def shown(holder: Holder, phone: str | None) -> CodeSent:
    """What the caller is told of a code that is under way."""
    return CodeSent(
        method="sms" if phone else "email",
        sent_to=rules.masked(phone or holder.email),
        expires_in=int(rules.SENT_LIVES.total_seconds()),
    )
