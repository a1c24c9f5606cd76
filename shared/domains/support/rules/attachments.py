"""Which files may be attached, and whether one is what it was said to be: name and type are claims, content decides."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Literal, NamedTuple
from urllib.parse import quote
from uuid import UUID

LARGEST = 10 * 1024 * 1024  # bytes
UPLOAD_WITHIN = timedelta(minutes=15)
LINK_LASTS = timedelta(minutes=15)
NAMED_WITHIN = timedelta(days=1)  # of its creation; then no message may name it any more
DROPPED_AFTER = NAMED_WITHIN + timedelta(hours=1)  # when no message is still about to
MOST_UNNAMED = 20  # of one uploader, besides those that were refused

ContentType = Literal[
    "image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain", "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
]  # fmt: skip

CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
MARKUP = re.compile(r"\s*<[a-z!?]", re.IGNORECASE)  # HTML, SVG, XML: a browser might run what is in it


class Kind(NamedTuple):
    extensions: tuple[str, ...]
    fits: Callable[[bytes], bool]


def is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not CONTROL.search(text) and not MARKUP.match(text)


def is_document(content: bytes, folder: str) -> bool:
    """Of Office, without macros: a zip file with its parts in this folder. Nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    macros = any("vbaproject" in name or "activex" in name for name in names)
    return content.startswith(b"PK\3\4") and any(name.startswith(folder) for name in names) and not macros


KINDS: dict[ContentType, Kind] = {
    "image/png": Kind((".png",), lambda content: content.startswith(b"\x89PNG\r\n\x1a\n")),
    "image/jpeg": Kind((".jpg", ".jpeg"), lambda content: content.startswith(b"\xff\xd8\xff")),
    "image/gif": Kind((".gif",), lambda content: content.startswith((b"GIF87a", b"GIF89a"))),
    "image/webp": Kind((".webp",), lambda content: content.startswith(b"RIFF") and content[8:12] == b"WEBP"),
    "application/pdf": Kind((".pdf",), lambda content: content.startswith(b"%PDF-")),
    "text/plain": Kind((".txt", ".log"), is_text),
    "text/csv": Kind((".csv",), is_text),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Kind(
        (".xlsx",), lambda content: is_document(content, "xl/")
    ),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Kind(
        (".docx",), lambda content: is_document(content, "word/")
    ),
}


def extensions(content_type: ContentType) -> tuple[str, ...]:
    """How the name of such a file may end, in lower case."""
    return KINDS[content_type].extensions


def fault(content_type: ContentType, size: int, content: bytes) -> str | None:
    """Why a file is refused; None of one that is what it was said to be."""
    if len(content) != size:
        return "It is not as large as was said"
    if KINDS[content_type].fits(content):
        return None
    hint = ": save it as plain text in UTF-8" if content_type.startswith("text/") else ""
    return f"Its content is not {content_type}{hint}"


def upload_key(tenant_id: UUID, id: UUID) -> str:
    """Where a file waits to be judged, for a day (the bucket's lifecycle); its uploader may still replace it."""
    return f"uploads/{tenant_id}/{id}"


def kept_key(tenant_id: UUID, id: UUID) -> str:
    """Where the judged copy lies, which nobody can replace and CloudFront may read."""
    return f"{kept_prefix(tenant_id)}{id}"


def kept_prefix(tenant_id: UUID) -> str:
    return f"files/{tenant_id}/"


def kept_path(tenant_id: UUID, id: UUID) -> str:
    """The same as CloudFront names it."""
    return f"/{tenant_id}/{id}"


def disposition(filename: str) -> str:
    """To be saved, never shown, under its name (RFC 6266, RFC 8187)."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", filename)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
