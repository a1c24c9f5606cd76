"""Make ten new backup codes; the old ones die. They are shown once."""

from shared.domains.second_factor.errors import FactorNotEnabled
from shared.domains.second_factor.schemas import BackupCodes
from shared.domains.second_factor.service import factors
from shared.entry.http import Api

api = Api(impersonation="never", step_up=True, secret=True, needs=("session_secret",), problems=(FactorNotEnabled,))


@api.post("/api/v1/2fa/regenerate-backup-codes")
def regenerate_backup_codes() -> BackupCodes:
    return factors.regenerate_backup_codes(api.call)


handler = api.handler
