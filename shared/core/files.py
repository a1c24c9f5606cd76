"""Bodies that are not JSON, received or answered."""

from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict


class File(bytes):
    """A whole body of one media type; subclasses say which. `filename` becomes the Content-Disposition of an answer."""

    media_type: ClassVar[str] = "application/octet-stream"
    cache_control: ClassVar[str] = "no-store"
    content_security_policy: ClassVar[str | None] = None  # None: the harness's own, which allows nothing
    filename: str | None

    def __new__(cls, content: bytes, filename: str | None = None) -> Self:
        made = super().__new__(cls, content)
        made.filename = filename
        return made


class Csv(File):
    media_type = "text/csv"


class Pdf(File):
    media_type = "application/pdf"


class Html(File):
    media_type = "text/html"


class Anything(File):
    """A body of any media type, which nobody reads."""

    media_type = "*/*"


class Upload(BaseModel):
    """One file of a multipart form."""

    filename: str
    content: bytes


class Form(BaseModel):
    """A `multipart/form-data` body: a field annotated `Upload` takes a file, the others text (empty text: left out)."""

    model_config = ConfigDict(extra="forbid")
