"""What can be refused here."""

from shared.core.errors import Gone, NotFound


class ExportNotFound(NotFound):
    title = "There is no such export"


class ExportExpired(Gone):
    title = "This archive was kept for seven days; ask for a new one"
