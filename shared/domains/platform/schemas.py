"""What the platform's own operations answer."""

from typing import Literal

from pydantic import BaseModel, Field

from shared.core.fields import Input

Approval = Literal["auto", "manual"]


class Health(BaseModel):
    status: Literal["ok"]


class PlatformSettings(BaseModel):
    """Each field is a row of platform_settings, kept as text."""

    onboarding_approval: Approval = Field(description="auto: a new company is approved at once; manual: by an admin")


class PlatformSettingsChanges(Input):
    """Only what is given is changed."""

    onboarding_approval: Approval = "auto"
