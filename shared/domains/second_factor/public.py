"""What the domains that sign people in may use of second factors."""

from shared.domains.second_factor.errors import (
    ChallengeOver,
    CodeSpent,
    CodeWrong,
    FactorAlreadyEnabled,
    FactorBlocked,
    FactorNotEnabled,
    SetUpMissing,
)
from shared.domains.second_factor.ports import Vault
from shared.domains.second_factor.rows import Holder
from shared.domains.second_factor.schemas import (
    BackupCodes,
    Challenge,
    ChallengeAnswer,
    GivenCode,
    Removal,
    SetUp,
    Status,
    SteppedUp,
)
from shared.domains.second_factor.service.challenges import answer_challenge, challenge, end_challenges, take_challenge
from shared.domains.second_factor.service.codes import show
from shared.domains.second_factor.service.factors import disable, enable, forfeit, prune, set_up

__all__ = [
    "BackupCodes",
    "Challenge",
    "ChallengeAnswer",
    "ChallengeOver",
    "CodeSpent",
    "CodeWrong",
    "FactorAlreadyEnabled",
    "FactorBlocked",
    "FactorNotEnabled",
    "GivenCode",
    "Holder",
    "Removal",
    "SetUp",
    "SetUpMissing",
    "Status",
    "SteppedUp",
    "Vault",
    "answer_challenge",
    "challenge",
    "disable",
    "enable",
    "end_challenges",
    "forfeit",
    "prune",
    "set_up",
    "show",
    "take_challenge",
]
