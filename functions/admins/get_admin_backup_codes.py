"""How many backup codes the admin has left; the codes themselves were shown once."""

from shared.domains.admins.service import second_step
from shared.domains.second_factor.schemas import BackupCodesLeft
from shared.entry.http import Api

api = Api(audience="admin")


@api.get("/api/admin/2fa/backup-codes")
def get_admin_backup_codes() -> BackupCodesLeft:
    return second_step.count_backup_codes(api.call)


handler = api.handler
