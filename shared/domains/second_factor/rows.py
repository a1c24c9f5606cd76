"""Rows of this domain's queries, and who holds a factor."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID


class Belonging(NamedTuple):
    """Of which holder a row is: a user in his tenant, or an admin, who has none."""

    holder_id: UUID
    user_id: UUID | None
    admin_id: UUID | None
    tenant_id: UUID | None


class Holder(NamedTuple):
    """Whose factor it is, as the domain that knows people names him; an admin has no tenant."""

    id: UUID
    tenant_id: UUID | None
    email: str
    full_name: str

    @property
    def belonging(self) -> Belonging:
        return belonging(self.id, self.tenant_id)


def belonging(holder_id: UUID, tenant_id: UUID | None) -> Belonging:
    """Of a holder whose name is not asked for."""
    if tenant_id is None:
        return Belonging(holder_id, None, holder_id, None)
    return Belonging(holder_id, holder_id, None, tenant_id)


class FactorRow(NamedTuple):
    """A factor, its row locked. Enabled, or set up and waiting for its first code until `pending_until`."""

    holder_id: UUID
    method: str  # totp, email or sms
    secret: bytes | None  # sealed; of totp alone
    phone: str | None  # of sms alone
    enabled_at: datetime | None
    pending_until: datetime
    last_step: int
    backup_codes: list[bytes]  # digests
    used_backup_codes: list[bytes]
    failures: int  # in a row
    failures_today: int  # on `failed_on`, a day in UTC
    failed_on: date
    blocked_at: datetime | None
    code_id: UUID | None  # of the newest code that was sent, for this challenge or where there is none
    code_sent_at: datetime | None
    code_until: datetime | None  # it counts until then, or until it was used
    break_glass: bool  # of the challenge: see there


class PhoneRow(NamedTuple):
    phone: str | None


class StatusRow(NamedTuple):
    method: str
    enabled_at: datetime | None
    backup_codes_left: int
    blocked_at: datetime | None
