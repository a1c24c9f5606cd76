"""functions/support/judge_attachments.py: hostile files, and what becomes of harmless ones."""

from collections.abc import Iterator

import pytest

from shared.entry import wiring
from tests.functions.support.desk import open_ticket, say
from tests.functions.support.files import PNG, Shelf, archive, ask, attach, named, put, seen, store
from tests.functions.support.mails import deliver
from tests.support.client import Client
from tests.support.database import Database

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(document.domain)</script></svg>'
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def shelf() -> Iterator[Shelf]:
    with store() as found:
        yield found


def ask_and_put(owner: Client, ticket: dict[str, object]) -> str:
    made = ask(owner, ticket).json
    put(made, PNG)
    return str(made["attachment_id"])


@pytest.mark.parametrize(
    ("filename", "content_type", "content"),
    [
        ("box.png", "image/png", PNG),
        ("box.jpeg", "image/jpeg", b"\xff\xd8\xff\xe0 JFIF"),
        ("box.gif", "image/gif", b"GIF89a\1\0\1\0"),
        ("box.webp", "image/webp", b"RIFF\x1a\0\0\0WEBPVP8L"),
        ("box.pdf", "application/pdf", b"%PDF-1.7\n%%EOF"),
        ("box.txt", "text/plain", "\ufeffडिब्बा\r\n\tfive ply < seven ply\n".encode()),
        ("box.csv", "text/csv", b"length,width\n300,200\n"),
        ("box.xlsx", XLSX, archive("[Content_Types].xml", "xl/workbook.xml")),
        ("box.docx", DOCX, archive("[Content_Types].xml", "word/document.xml")),
    ],
)
def test_what_is_what_it_was_said_to_be_is_kept_to_be_saved_under_its_name(
    owner: Client, shelf: Shelf, filename: str, content_type: str, content: bytes
) -> None:
    file = attach(owner, open_ticket(owner), content, filename=filename, content_type=content_type)
    assert (file["state"], file["reason"]) == ("ready", None)
    kept = shelf.kept(file)
    assert kept["Body"].read() == content
    assert kept["ContentType"] == content_type
    assert kept["ContentDisposition"] == f"attachment; filename=\"{filename}\"; filename*=UTF-8''{filename}"


@pytest.mark.parametrize(
    ("filename", "content_type", "content"),
    [
        ("box.png", "image/png", SVG),
        ("box.png", "image/png", b"MZ\x90\0 a program"),
        ("box.png", "image/png", b"\xff\xd8\xff\xe0 JFIF"),
        ("box.jpg", "image/jpeg", PNG),
        ("box.webp", "image/webp", b"RIFF\x1a\0\0\0WAVEfmt "),
        ("box.pdf", "application/pdf", b"<html>%PDF-1.7"),
        ("box.txt", "text/plain", SVG),
        ("box.txt", "text/plain", b"\xef\xbb\xbf \n<!DOCTYPE html><script>alert(1)</script>"),
        ("box.txt", "text/plain", b"<?xml version='1.0'?>"),
        ("box.log", "text/plain", b"\x7fELF\2\1\1\0"),
        ("box.csv", "text/csv", b"\xff\xfel\0e\0n\0"),
        ("box.xlsx", XLSX, archive("word/document.xml")),
        ("box.xlsx", XLSX, archive("xl/workbook.xml", "xl/vbaProject.bin")),
        ("box.xlsx", XLSX, b"PK\3\4 and no more"),
        ("box.docx", DOCX, b"MZ" + archive("word/document.xml")),
    ],
)
def test_what_is_something_else_is_refused_and_never_given_out(
    owner: Client, shelf: Shelf, filename: str, content_type: str, content: bytes
) -> None:
    file = attach(owner, open_ticket(owner), content, filename=filename, content_type=content_type)
    assert file["state"] == "refused"
    assert file["reason"].startswith(f"Its content is not {content_type}")
    assert file["reason"].endswith("UTF-8") == content_type.startswith("text/")
    assert file["download_url"] is None
    assert f"files/{owner.account['tenant']['id']}/{file['id']}" not in shelf.keys


@pytest.mark.parametrize("content", [b"", PNG[:-1], PNG + b"<script>", PNG + b"\0" * 11_000_000])
def test_what_is_not_as_large_as_was_said_is_refused(owner: Client, shelf: Shelf, content: bytes) -> None:
    """S3 refuses it by the signature already, the double does not."""
    ticket = open_ticket(owner)
    made = ask(owner, ticket).json
    shelf.put(f"uploads/{ticket['tenant_id']}/{made['attachment_id']}", content)
    file = named(owner, ticket, made["attachment_id"])
    assert (file["state"], file["reason"]) == ("refused", "It is not as large as was said")


def test_what_was_not_uploaded_first_is_refused(owner: Client, shelf: Shelf) -> None:
    ticket = open_ticket(owner)
    made = ask(owner, ticket).json
    file = named(owner, ticket, made["attachment_id"])
    assert (file["state"], file["reason"]) == ("refused", "It was not uploaded before a message named it")
    put(made, PNG)
    assert named(owner, ticket, ask_and_put(owner, ticket))["state"] == "ready"
    assert seen(owner, ticket, made["attachment_id"])["state"] == "refused", "what comes later changes nothing"


def test_what_was_judged_cannot_be_replaced(owner: Client, shelf: Shelf, database: Database) -> None:
    """The link to upload is still good for some minutes."""
    ticket = open_ticket(owner)
    made = ask(owner, ticket).json
    put(made, PNG)
    file = named(owner, ticket, made["attachment_id"])
    put(made, SVG.ljust(len(PNG))[: len(PNG)])
    deliver(database, "judge_attachments", ticket, "MessagePosted")
    assert shelf.kept(file)["Body"].read() == PNG
    assert seen(owner, ticket, file["id"])["state"] == "ready"


def test_a_store_that_is_away_means_again(owner: Client, shelf: Shelf, database: Database) -> None:
    ticket = open_ticket(owner)
    id = ask_and_put(owner, ticket)
    say(owner, ticket, attachment_ids=[id])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATTACHMENT_BUCKET", "none")
        wiring.attached_files.cache_clear()
        with pytest.raises(AssertionError):
            deliver(database, "judge_attachments", ticket, "MessagePosted")
    wiring.attached_files.cache_clear()
    assert seen(owner, ticket, id)["state"] == "uploading"
    deliver(database, "judge_attachments", ticket, "MessagePosted")
    assert seen(owner, ticket, id)["state"] == "ready"
