"""What other domains may ask of admins."""

from shared.domains.admins.service.login_log import note

__all__ = ["note"]
