"""What can go wrong with parties and quotes."""

from typing import Self

from shared.core.errors import Conflict, Invalid, NotFound, TooLarge


class PartyNotFound(NotFound):
    title = "There is no such party"

    @classmethod
    def named_in_body(cls) -> Self:
        detail = "there is no such party: take an id of GET /api/parties"
        return cls(detail, errors=[{"pointer": "#/party_id", "detail": detail}])


class PartyHasQuotes(Conflict):
    title = "The party has quotes: delete them first"


class QuoteNotFound(NotFound):
    title = "There is no such quote, or no such version of it"


class QuoteTooLarge(Invalid):
    title = "The total of a quote is below 100,000,000,000,000"


class FileTooLarge(TooLarge):
    title = "A file has at most 4 MB: split it"


class SpreadsheetRefused(Invalid):
    title = "The file cannot be taken"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, errors=[{"pointer": "#/file", "detail": detail}])
