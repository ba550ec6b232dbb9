"""What the desk remembers of its shape, and that a spoiled file is as good as none."""

from pathlib import Path

from PySide6.QtCore import QByteArray

from duedesk.desk.settings import Settings
from duedesk.desk.theme import LookChoice


def test_nothing_is_remembered_at_first(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "desk.ini")

    assert settings.look is LookChoice.SYSTEM
    assert settings.words("columns/Invoice") == ()
    assert settings.state("window/geometry").isEmpty()


def test_what_was_kept_is_there_at_the_next_start(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "desk.ini")
    settings.look = LookChoice.DARK
    settings.keep_words("columns/Invoice", ("DocumentNumber=140", "Balance"))
    settings.keep_state("window/geometry", QByteArray(b"\x01\xd9\x00"))
    settings.write()

    again = Settings(tmp_path / "desk.ini")
    assert again.look is LookChoice.DARK
    assert again.words("columns/Invoice") == ("DocumentNumber=140", "Balance")
    assert again.state("window/geometry") == QByteArray(b"\x01\xd9\x00")


def test_a_spoiled_file_is_as_good_as_none(tmp_path: Path) -> None:
    file = tmp_path / "desk.ini"
    file.write_text("[window]\nlook=purple\ngeometry=17\n[columns]\nInvoice=a, b\n", encoding="utf-8")
    settings = Settings(file)

    assert settings.look is LookChoice.SYSTEM
    assert settings.state("window/geometry").isEmpty()
    assert settings.words("columns/Invoice") == ()


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where a folder should be", encoding="utf-8")
    settings = Settings(tmp_path / "blocked" / "desk.ini")
    settings.look = LookChoice.LIGHT
    settings.write()

    assert settings.look is LookChoice.LIGHT
