"""Names of kept files: as they are shown, what they say of their type, and safe where they are written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.exchange.attachments import media_type, safe_name, stored_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Proof of delivery.pdf", "Proof-of-delivery.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system32\\cmd.exe", "cmd.exe"),
        (".bashrc", "unnamed.bashrc"),
        ("con.txt", "con-file.txt"),
        ("NUL", "NUL-file"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\nb.txt", "a-b.txt"),
        ("archive.tar.gz", "archive-tar.gz"),
        ("what?.pdf ", "what-pdf"),
        ("請求書 2026.pdf", "請求書-2026.pdf"),
        ("", "unnamed"),
        ("...", "unnamed"),
    ],
)
def test_a_name_that_any_system_takes(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_a_safe_name_stays_in_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert Path(safe).name == safe
    assert safe not in {".", ".."}
    assert safe.isprintable()
    assert len(safe.encode()) < 240
    assert safe_name(stored_name(name))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.PDF", "application/pdf"),
        ("a.txt", "text/plain"),
        ("a.csv.gz", "application/gzip"),
        ("a.png", "image/png"),
        ("a.unheardof", "application/octet-stream"),
        ("a", "application/octet-stream"),
        ("50% off? #1.txt", "text/plain"),
    ],
)
def test_the_type_is_guessed_by_the_name(name: str, kind: str) -> None:
    assert media_type(name) == kind


def test_a_name_as_it_is_kept() -> None:
    assert stored_name("a\u202eb\x00\n.pdf ") == "ab.pdf"
    assert stored_name("\udcff.pdf") == "?.pdf"
    assert stored_name("") == "unnamed"
    assert len(stored_name("x" * 400 + ".pdf")) == 255
    assert stored_name("x" * 400 + ".pdf").endswith(".pdf")
