"""What can go wrong with parties and quotes."""

from shared.core.errors import Conflict, Invalid, NotFound


class PartyNotFound(NotFound):
    title = "There is no such party"


class PartyHasQuotes(Conflict):
    title = "The party has quotes: delete them first"


class QuoteNotFound(NotFound):
    title = "There is no such quote"


class SpreadsheetRefused(Invalid):
    title = "The file cannot be taken"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, errors=[{"pointer": "#/file", "detail": detail}])


class NoValidRow(Invalid):
    title = "No row of the file can be quoted: correct the refused ones"
