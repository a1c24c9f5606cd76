"""Whatever comes, a file is judged; names cannot leave their header."""

import random
from typing import get_args
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from shared.domains.support.rules.attachments import KINDS, ContentType, disposition, extensions, fault, kept_key
from tests.functions.support.files import archive

XLSX: ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@given(st.sampled_from(get_args(ContentType)), st.binary(max_size=200))
def test_no_content_is_an_error(content_type: ContentType, content: bytes) -> None:
    found = fault(content_type, len(content), content)
    assert found is None or found.startswith(f"Its content is not {content_type}")
    assert fault(content_type, len(content) + 1, content) == "It is not as large as was said"


def test_no_damaged_archive_is_an_error() -> None:
    whole, chosen = archive("[Content_Types].xml", "xl/workbook.xml"), random.Random(20261120)
    assert fault(XLSX, len(whole), whole) is None
    for _ in range(2000):
        damaged = bytearray(whole)
        for _ in range(chosen.randint(1, 6)):
            damaged[chosen.randrange(len(damaged))] = chosen.randrange(256)
        del damaged[chosen.randrange(len(damaged)) if chosen.random() < 0.2 else len(damaged) :]
        fault(XLSX, len(damaged), bytes(damaged))


@given(st.text(min_size=1, max_size=150))
def test_no_name_leaves_its_header(filename: str) -> None:
    written = disposition(filename)
    assert written.isascii()
    assert written.count('"') == 2
    assert not set(written) & {"\r", "\n", "\\"}


def test_every_kind_has_extensions_and_a_place_apart() -> None:
    assert set(KINDS) == set(get_args(ContentType))
    assert all(ending.startswith(".") for kind in KINDS for ending in extensions(kind))
    assert kept_key(UUID(int=1), UUID(int=2)).startswith("files/00000000-0000-0000-0000-000000000001/")
