"""What other domains may ask of members."""

from shared.domains.members.errors import LastOwner
from shared.domains.members.service.members import give_role, lock_members, lock_members_with

__all__ = ["LastOwner", "give_role", "lock_members", "lock_members_with"]
