"""Make ten new backup codes; the old ones die. They are shown once."""

from shared.domains.admins.service import second_step
from shared.domains.second_factor.errors import FactorNotEnabled
from shared.domains.second_factor.schemas import BackupCodes
from shared.entry.http import Api

api = Api(audience="admin", step_up=True, secret=True, needs=("session_secret",), problems=(FactorNotEnabled,))


@api.post("/api/admin/2fa/regenerate-backup-codes")
def regenerate_admin_backup_codes() -> BackupCodes:
    return second_step.regenerate_backup_codes(api.call)


handler = api.handler
