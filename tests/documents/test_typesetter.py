"""The typesetter: kept by its thread, quiet about what it can do, plain about what it cannot."""

from datetime import date

import pytest

from documents.samples import letter, texts
from duedesk.documents import typesetter
from duedesk.documents.letter import Paper, missing_glyphs, render_letter
from duedesk.documents.typesetter import changed, font_families, strings, typeset, without_glyph
from duedesk.domain.errors import RequestError


def test_the_shipped_fonts_are_found_and_the_readers_own_forms_come_first() -> None:
    families = font_families()
    assert families[:4] == ["Inter", "Noto Sans Arabic", "Noto Sans Devanagari", "Noto Sans Thai"]
    assert len(families) == len(set(families))
    assert next(name for name in font_families("KR") if "CJK" in name) == "Noto Sans CJK KR"


def test_what_has_no_glyph_is_named_once_in_the_order_it_comes() -> None:
    assert without_glyph(["plain", "é ü ß", "𓁐 then 𓀀", "𓁐 again"]) == ("𓁐", "𓀀")
    assert without_glyph(["𓀀"]) == ("𓀀",)
    assert without_glyph([]) == ()


def test_without_any_font_of_the_system_names_of_every_script_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    shipped = [font.path for font in typesetter.font_book().fonts() if font.path and "site-packages" in font.path]
    bare = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[p.rpartition("/")[0] for p in shipped]
    )
    monkeypatch.setattr(typesetter, "font_book", lambda: bare)
    monkeypatch.setattr(typesetter, "_kept", typesetter._Kept())
    monkeypatch.setattr(typesetter, "_known_printable", set())
    names = ("株式会社 Yamada", "海燕国际货运有限公司", "한국 상사", "מוסך", "شركة", "रोहन", "ร้าน")
    assert without_glyph(names) == ()
    assert {script: font_families(script)[5] for script in ("JP", "KR", "SC", "TC")} == {
        script: f"Noto Sans CJK {script}" for script in ("JP", "KR", "SC", "TC")
    }
    unknown = letter(recipient=("𓁐𓀀 Yamada", "Tokyo"))
    assert missing_glyphs(unknown) == ("𓁐", "𓀀")
    (text,) = texts(render_letter(unknown, Paper.A4))
    assert "\n□□ Yamada\nTokyo\n" in text


def test_what_typst_refuses_is_said_in_words() -> None:
    with pytest.raises(RequestError, match=r"^The letter could not be set: .*\. Nothing was printed\.$"):
        typeset("letter.typ", {"paper": "a4"}, dated=date(2026, 11, 23))


def test_every_text_is_reached_and_nothing_else() -> None:
    data = {"a": "x", "b": ["y", {"c": "z", "n": 5}], "t": ("w",), "flag": True, "none": None}
    assert list(strings(data)) == ["x", "y", "z", "w"]
    assert changed(data, str.upper) == {
        "a": "X",
        "b": ["Y", {"c": "Z", "n": 5}],
        "t": ["W"],
        "flag": True,
        "none": None,
    }
