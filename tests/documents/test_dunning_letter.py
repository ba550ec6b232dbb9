"""Dunning letters: what they ask for and show, in six languages and four windows, read aloud, scanned and archived."""

import csv
import io
import json
import struct
import zlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from documents.dunning_samples import (
    APPENDIX,
    CHARGED,
    FRANCS,
    LENOIR,
    NUMBER,
    QR_FRANCS,
    THREE,
    bare,
    dunning,
    full,
    item,
    section,
)
from documents.samples import AS_OF, Box, inches, millimetres, pieces, texts
from duedesk.documents.dress import Dress, Window
from duedesk.documents.dunning_letter import Branch, DunningLetter
from duedesk.documents.dunning_pdf import missing_dunning_glyphs, render_archival_letter, render_dunning_letter
from duedesk.documents.dunning_wording import Kind, kind_of, language_for, worded
from duedesk.documents.payment_codes import Party, payment_of
from duedesk.documents.references import checked_iban, qrr_reference, rf_reference
from duedesk.documents.wording import parse_wording
from duedesk.domain.errors import RequestError
from duedesk.domain.languages import LANGUAGES

GOLDEN = Path(__file__).parents[1] / "golden" / "letters"


def codes(pdf: bytes) -> list[str]:
    """The payment codes on the pages, as a camera reads them."""
    document: Any = pypdfium2.PdfDocument(pdf)
    seen = [code.text for page in document for code in zxingcpp.read_barcodes(page.render(scale=2.5).to_pil())]
    document.close()
    return seen


def structure(pdf: bytes) -> str:
    """The kinds of the elements a reader hears, counted."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        roles = _roles(document.Root.StructTreeRoot.K)
    return " ".join(f"{role.lstrip('/')}:{roles.count(role)}" for role in dict.fromkeys(roles))


def _roles(node: pikepdf.Object) -> list[str]:
    if isinstance(node, pikepdf.Array):
        return [role for part in node for role in _roles(part)]
    if isinstance(node, pikepdf.Dictionary) and "/S" in node:
        return [str(node.S), *(_roles(node.K) if "/K" in node else [])]
    return []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_of_each_kind_reads_as_it_did_when_it_was_looked_at(language: str) -> None:
    said = []
    for kind in Kind:
        single = section(items=(item("INV-2026-04418", 22, "640.20", "640.20"),))
        letter = dunning(
            single if kind is Kind.COURTESY else full(),
            kind=kind,
            language=language,
            salutation="" if kind is Kind.LEVEL_1 else "Frau",
        )
        pdf = render_dunning_letter(letter)
        said.append(f"== {kind.value}\n" + "\n--\n".join(texts(pdf)) + f"\n{structure(pdf)}\n")
    golden = GOLDEN / f"{language}.txt"
    assert "\n".join(said) == golden.read_text(encoding="utf-8"), f"look at the letters, then mend {golden.name}"


def test_what_is_to_pay_is_what_the_rows_come_to() -> None:
    letter = dunning(full())
    (one,) = letter.sections
    assert one.to_pay == Decimal("20731.05") - 500 + 40 + CHARGED
    text = "\n".join(texts(render_dunning_letter(letter)))
    for row in (
        "Invoices 20,731.05",
        "allocated yet −500.00",
        "2026, see page 2 883.52",
        "fee 40.00",
        "To pay 21,154.57",
    ):
        assert row in text
    assert "Not due yet, for your information" in text


def test_a_contested_part_is_named_and_not_asked_for() -> None:
    partly = item("INV-2026-04373", 121, "32100.75", "18540.45", set_aside=Decimal("300.00"))
    text = texts(render_dunning_letter(dunning(section(items=(partly,)))))[0]
    assert "300.00 EUR of it is contested or promised and not asked for in this letter." in text
    assert "To pay 18,540.45" in text


WINDOWS = {
    Window.DIN_A: (millimetres(20, 27, 85, 45), millimetres(20, 27, 85, 45)),
    Window.DIN_B: (millimetres(20, 45, 85, 45), millimetres(20, 45, 85, 45)),
    Window.FRENCH: (millimetres(100, 45, 90, 34), millimetres(90, 34, 110, 56)),
    Window.US: (inches(0.875, 2.042, 4.5, 1.125), inches(0, 2.042, 5.375, 1.583)),
}


@pytest.mark.parametrize("window", Window)
def test_the_window_shows_the_address_and_nothing_else(window: Window) -> None:
    always, ever = WINDOWS[window]
    found = pieces(render_dunning_letter(dunning(full(), dress=Dress(window=window), language="es")))
    shown = [piece for piece in found if ever.meets(piece.box)]
    assert [piece.text for piece in shown][-5:] == list(LENOIR)
    assert len(shown) == 5 + (window in {Window.DIN_A, Window.DIN_B})  # the return line
    assert all(always.holds(piece.box) for piece in shown)


def test_euros_are_paid_by_scanning_an_epc_code() -> None:
    letter = dunning(full())
    (code,) = codes(render_dunning_letter(letter))
    reference = rf_reference(NUMBER)
    assert code.split("\n") == [
        *("BCD", "002", "1", "SCT", "COBADEFFXXX", "Brookwell Capital Ltd", "DE89370400440532013000"),
        *("EUR21154.57", "", reference),
    ]
    assert reference == "RF25DL202600318"
    assert int("".join(str(int(one, 36)) for one in reference[4:] + reference[:4])) % 97 == 1


@pytest.mark.parametrize(
    ("account", "kind", "reference"),
    [(FRANCS, "SCOR", rf_reference(NUMBER)), (QR_FRANCS, "QRR", qrr_reference(NUMBER))],
)
def test_francs_are_paid_by_a_swiss_bill_of_its_own_size(account: Any, kind: str, reference: str) -> None:
    debtor = Party("Müller & Söhne AG", "Bahnhofstrasse", "1", "3011", "Bern", "CH")
    one = section("CHF", None)
    one = replace(one, payment=payment_of(NUMBER, one.to_pay, "CHF", account, debtor=debtor))
    pdf = render_dunning_letter(dunning(one, language="de"))
    (code,) = codes(pdf)
    lines = code.split("\n")
    assert lines[:4] == ["SPC", "0200", "1", checked_iban(account.iban)]
    assert lines[4:11] == ["S", "Brookwell Capital AG", "Seestrasse", "14", "8002", "Zürich", "CH"]
    assert lines[11:18] == [""] * 7
    assert lines[18:20] == ["20731.05", "CHF"]
    assert lines[20:27] == ["S", "Müller & Söhne AG", "Bahnhofstrasse", "1", "3011", "Bern", "CH"]
    assert lines[27:31] == [kind, reference, "", "EPD"]
    last = texts(pdf)[-1]
    for said in ("Zahlteil", "Empfangsschein", "Annahmestelle", "20 731.05"):
        assert said in last
    below = Box(0, 842 - 105 * 72 / 25.4, 595, 842)
    foreign = ("billing@brookwell.example", "Seite", "Ana Reyes")
    page = len(texts(pdf)) - 1
    assert not [piece for piece in pieces(pdf, page) if below.meets(piece.box) and piece.text.startswith(foreign)]


def test_other_currencies_are_paid_by_a_link_where_there_is_one() -> None:
    one = section("USD", None)
    link = "https://pay.brookwell.example/DL-2026-00318?amount=20731.05"
    paid = replace(one, payment=payment_of(NUMBER, one.to_pay, "USD", None, link=link))
    pdf = render_dunning_letter(dunning(paid, dress=Dress(window=Window.US)))
    assert codes(pdf) == [link]
    shown = "".join(texts(pdf)[0].split()).replace("\u200b", "")
    assert "pay.brookwell.example/DL-2026-00318" in shown
    with pytest.raises(RequestError, match="no payment link"):
        payment_of(NUMBER, one.to_pay, "USD", None, link="javascript:alert(1)")


def test_ninety_items_repeat_their_heading_and_count_their_pages() -> None:
    many = tuple(item(f"INV-{index:05}", 121 - index, "10.00", "10.00") for index in range(90))
    pages = texts(render_dunning_letter(dunning(section(items=many))))
    assert [f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)
    assert sum(page.count("INV-0") for page in pages) == 90
    assert all(page.count("Invoice Date Due Overdue Total Open, EUR") == 1 for page in pages if "INV-0" in page)
    assert "Société Lenoir · DL-2026-00318" in pages[1]


def test_a_head_office_gets_a_page_for_each_branch() -> None:
    lyon, own = Branch("Filiale Lyon", "B-1", "69002 Lyon"), None
    items = tuple(replace(one, branch=own if index == 1 else lyon) for index, one in enumerate(THREE))
    pages = texts(render_dunning_letter(dunning(section(items=items, fee=Decimal(40)))))
    assert len(pages) == 3
    assert "Filiale Lyon · B-1 2 19,480.65\nSociété Lenoir · C-10482 1 1,250.40" in pages[0]
    assert "To pay 20,771.05" in pages[0]
    assert "INV-2026-04373" in pages[1]
    assert "Total of this branch 1,250.40" in pages[2]


def test_each_currency_has_its_own_table_sum_and_code() -> None:
    dollars = section("USD", None, items=(item("INV-9", 10, "50.00", "50.00"),))
    pdf = render_dunning_letter(dunning(section(), dollars, kind=Kind.FINAL))
    text = "\n".join(texts(pdf))
    assert "Invoices in USD" in text
    assert "20,731.05 EUR and 50.00 USD, each in its own currency" in text.replace("\n", " ")
    assert len(codes(pdf)) == 1


def test_the_appendix_works_the_interest_out() -> None:
    pages = texts(render_dunning_letter(dunning(full())))
    last = pages[-1]
    assert "26 Jul 2026 – 29 Sep 2026 66 31,680.75 10.15 % 581.45" in last
    assert "Late payment interest, EUR 883.52" in last
    assert len(APPENDIX) == last.count("Invoice INV-")


def test_a_letter_is_tagged_titled_and_archived_with_its_items() -> None:
    letter = dunning(full())
    with pikepdf.open(io.BytesIO(render_dunning_letter(letter))) as pdf:
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
    archival = render_dunning_letter(dunning(full(), dress=Dress(is_archival=True)))
    assert archival == render_archival_letter(letter)
    with pikepdf.open(io.BytesIO(archival)) as pdf:
        assert [(str(one.UF), str(one.AFRelationship)) for one in pdf.Root.AF] == [
            ("items.csv", "/Data"),
            ("items.json", "/Data"),
        ]
        (intent,) = list(pdf.Root.OutputIntents)
        assert (str(intent.S), bool(intent.DestOutputProfile.read_bytes())) == ("/GTS_PDFA1", True)
        described = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontDescriptor" in one]
        assert described
        assert all({"/FontFile2", "/FontFile3"} & set(one.FontDescriptor.keys()) for one in described)
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")
        files = {name: attached.get_file().read_bytes().decode() for name, attached in pdf.attachments.items()}
    rows = list(csv.DictReader(io.StringIO(files["items.csv"])))
    assert [row["Invoice"] for row in rows] == [one.number for one in (*THREE, letter.sections[0].not_due[0])]
    said = json.loads(files["items.json"])
    assert said["sections"][0]["to_pay"] == "21154.57"
    assert said["sections"][0]["items"][0]["Asked"] == "18840.45"


def png() -> bytes:
    """A red picture of 40 by 10 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\xc0\x20\x20" * 40) * 10
    head = struct.pack(">IIBBBBB", 40, 10, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "logo",
    [
        png(),
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10" fill="red"/></svg>',
    ],
)
def test_a_logo_stands_where_the_name_would(logo: bytes) -> None:
    pdf = render_dunning_letter(dunning(dress=Dress(logo=logo, colour="#2F6FED")))
    assert texts(pdf)[0].count("Brookwell Capital Ltd") == 3  # return line, account holder, foot


@pytest.mark.parametrize(
    ("logo", "said"),
    [
        (b"GIF89a", "neither PNG nor SVG"),
        (png()[:-3], "damaged"),
        (b'<svg xmlns="x"><image href="file:///etc/passwd"/></svg>', "outside itself"),
        (b"<svg>" + b" " * 500_000, "may have"),
    ],
)
def test_a_logo_that_cannot_be_used_is_refused(logo: bytes, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        Dress(logo=logo)


def test_names_of_all_scripts_stand_in_any_letter() -> None:
    names = ("شركة النور للتجارة Ltd 12", "שלום בע״מ", "บริษัท สยาม จำกัด", "शर्मा ट्रेडर्स", "ООО «Ромашка»")
    letter = dunning(recipient_lines=names, account_name=names[0], language="de")
    assert missing_dunning_glyphs(letter) == ()
    pdf = render_dunning_letter(letter)
    assert "ООО «Ромашка»" in texts(pdf)[0]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        used = " ".join(
            str(one.BaseFont) for one in opened.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one
        )
    assert all(name in used for name in ("Inter", "Arabic", "Thai", "Devanagari", "Heebo"))


def test_a_text_that_names_what_a_letter_has_not_is_refused_with_letter_and_field() -> None:
    text = (
        'title = "t"\nsubject = "s"\nsalutation = "d"\nclosing = "c"\nsignature = "s"\nparagraphs = ["$previous_date"]'
    )
    letter: DunningLetter = bare(previous_date=None)
    with pytest.raises(RequestError, match=rf"letter {NUMBER} names \$previous_date"):
        worded(letter, parse_wording(text, "en/own"))


def test_italian_days_are_elided_and_french_firsts_are_ordinal() -> None:
    italian = dunning(language="it", deadline=AS_OF.replace(month=12, day=8))
    assert italian.texts is not None
    assert "entro l’8\xa0dicembre\xa02026" in italian.texts.paragraphs[1]
    french = dunning(language="fr", deadline=AS_OF.replace(month=12, day=1))
    assert french.texts is not None
    assert "le 1er\xa0décembre" in french.texts.paragraphs[1]


def test_tone_and_level_choose_the_text_and_the_contact_the_language() -> None:
    assert [kind_of("friendly", 1), kind_of("friendly", 2), kind_of("firm", 1), kind_of("final", 3)] == [
        Kind.LEVEL_1,
        Kind.LEVEL_2,
        Kind.LEVEL_2,
        Kind.FINAL,
    ]
    assert kind_of("friendly", 0, is_courtesy=True) is Kind.COURTESY
    assert [language_for(*one) for one in [("de-CH", "en"), (None, "fr"), ("pl", "it"), ("", "")]] == [
        *("de", "fr", "it", "en"),
    ]


@pytest.mark.parametrize("number", ["", "—", "X" * 22])
def test_a_number_no_reference_can_be_made_of_is_refused(number: str) -> None:
    with pytest.raises(RequestError, match="No payment reference"):
        rf_reference(number)
