"""What other domains may ask of onboarding."""

from shared.domains.onboarding.service.trial_invites import use as use_trial_invite

__all__ = ["use_trial_invite"]
