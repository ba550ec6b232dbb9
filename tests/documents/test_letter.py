"""The letter: what it says, where it says it, that it can be read aloud, and that nothing in it is taken for markup."""

import hashlib
import io
import threading
from dataclasses import replace

import pikepdf
import pytest

from documents.samples import (
    AS_OF,
    BROOKWELL,
    LENOIR,
    Box,
    inches,
    items,
    letter,
    millimetres,
    pieces,
    section,
    texts,
)
from duedesk.documents.letter import Letterhead, Paper, missing_glyphs, render_letter

# DIN 5008 form B: the address field of a sheet; the window of a DIN 680 envelope shows just this.
DIN_FIELD = millimetres(20, 45, 85, 45)
# The British DL window, 35 x 90 mm, 20 mm from the left and 18 mm from the bottom of 110 mm, the sheet standing on
# the bottom: it begins 52 mm down.
DL_WINDOW = millimetres(20, 52, 90, 35)
# A #10 window is 4 1/2 x 1 1/8 in. On a sheet folded in three and standing on the bottom it begins 2.04 in down.
NUMBER_10_WINDOW = inches(0.875, 2.042, 4.5, 1.125)
# What it can show of a sheet wherever it slips: up by 0.46 in, sideways by 1 in.
NUMBER_10_EVER_SEEN = inches(0, 2.042, 5.375, 1.125 + 0.458)

GOLDEN = """\
Brookwell Capital Ltd
Brookwell Capital Ltd · 14 Quay Street · Bristol BS1 4DJ
Société Lenoir
Mme Camille Lenoir
27 rue des Tanneurs
59000 Lille
FRANCE
Date 23 November 2026
Account C-10482
Please pay by 7 December 2026
Payment reminder: 18,840.45 EUR to pay
Dear Ms Lenoir,
Our invoice INV-2026-04373 was due on 25 July 2026. As of 23 November 2026 it has not been
paid in full; perhaps it was simply overlooked.
Please transfer the open amount of 18,840.45 EUR by 7 December 2026.
If your payment is already on its way, thank you, and please set this letter aside. If anything about
this invoice is unclear or wrong, tell us, and we will sort it out together.
Invoice Date Due Overdue Total Open, EUR
INV-2026-04373 25 Jun 2026 25 Jul 2026 121 days 32,100.75 18,840.45
Total EUR 18,840.45
To pay by 7 December 2026
18,840.45 EUR
Transfer to
IBAN DE89 3704 0044 0532 0130 00
BIC COBADEFF
Reference C-10482
Questions
billing@brookwell.example
+44 117 496 0102
Kind regards,
Brookwell Capital Ltd, Accounts Receivable
Brookwell Capital Ltd
14 Quay Street
Bristol BS1 4DJ
IBAN DE89 3704 0044 0532 0130 00
BIC COBADEFF
billing@brookwell.example
+44 117 496 0102
Page 1 of 1"""


def test_a_letter_about_one_invoice_reads_from_top_to_foot() -> None:
    assert texts(render_letter(letter(section("EUR", items(1))), Paper.A4)) == [GOLDEN]


@pytest.mark.parametrize("paper", Paper)
def test_the_sheet_has_its_size(paper: Paper) -> None:
    with pikepdf.open(io.BytesIO(render_letter(letter(), paper))) as pdf:
        size = [round(float(edge)) for edge in pdf.pages[0].mediabox]
    assert size == {Paper.A4: [0, 0, 595, 842], Paper.US_LETTER: [0, 0, 612, 792]}[paper]


def test_on_a4_the_window_shows_the_return_line_and_the_address_and_nothing_else() -> None:
    shown = [piece for piece in pieces(render_letter(letter(), Paper.A4)) if DIN_FIELD.meets(piece.box)]
    assert [piece.text for piece in shown] == [BROOKWELL.return_line, *LENOIR]
    assert all(DIN_FIELD.holds(piece.box) and DL_WINDOW.holds(piece.box) for piece in shown)


def test_on_us_letter_the_window_shows_the_address_and_nothing_else_wherever_the_sheet_slips() -> None:
    found = pieces(render_letter(letter(), Paper.US_LETTER))
    assert [piece.text for piece in found if NUMBER_10_EVER_SEEN.meets(piece.box)] == list(LENOIR)
    assert all(NUMBER_10_WINDOW.holds(piece.box) for piece in found if piece.text in LENOIR)


VERY_LONG = (
    "Internationale Gesellschaft für die Vermittlung von Beteiligungen an Donaudampfschifffahrtsunternehmungen & Co",
    "Frau Universitätsprofessorin Dr. Dr. h.c. Maria-Theresia Freifrau von Hohenlohe-Waldenburg-Schillingsfürst",
    "Abteilung Kreditoren, Gebäude 17, Aufgang C",
    "Straße des siebzehnten Juni 135",
    "10623 Berlin",
    "GERMANY",
)


@pytest.mark.parametrize("recipient", [VERY_LONG, ("W" * 255, "x" * 121, "Y" * 60), ("株式会社" * 40, "京" * 90)])
@pytest.mark.parametrize(
    ("paper", "window"), [(Paper.A4, DIN_FIELD), (Paper.US_LETTER, NUMBER_10_WINDOW)], ids=["A4", "Letter"]
)
def test_the_longest_names_stay_inside_the_window(recipient: tuple[str, ...], paper: Paper, window: Box) -> None:
    long_named = letter(recipient=recipient, head=Letterhead())
    found = pieces(render_letter(long_named, paper))
    said = "".join(recipient).replace(" ", "")
    seen = "".join(piece.text for piece in found if window.holds(piece.box)).replace(" ", "")
    assert seen.replace("\u200b", "").replace("\ufffe", "-").startswith(said[:40])
    for piece in found:
        assert window.holds(piece.box) or not window.meets(piece.box), piece.text


def test_invoices_go_on_with_their_heading_on_every_page_and_the_pages_are_counted() -> None:
    pages = texts(render_letter(letter(section("EUR", items(90))), Paper.A4))
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert page.count("Invoice Date Due Overdue Total Open, EUR") == 1
        assert f"Page {number} of 3" in page
    assert sum(page.count("INV-2026-") for page in pages) == 90
    assert "Société Lenoir · C-10482" not in pages[0]
    assert "Société Lenoir · C-10482 Payment reminder of 23 November 2026" in pages[1].replace("\n", " ")
    assert "Total EUR 1,695,640.50" in pages[2]


@pytest.mark.parametrize("count", range(17, 23))
def test_no_page_begins_with_the_total_alone(count: int) -> None:
    for page in texts(render_letter(letter(section("EUR", items(count))), Paper.A4)):
        assert "Total EUR" not in page or "INV-2026-" in page


def test_each_currency_has_its_table_and_its_total_and_they_are_never_added() -> None:
    three = letter(
        section("EUR", items(2)),
        section("JPY", items(2, "980000", "640200")),
        section("KWD", items(1, "12.5", "12.345")),
    )
    text = "\n".join(texts(render_letter(three, Paper.A4)))
    assert "Payment reminder: 5 invoices to pay" in text
    assert "37,680.90 EUR, 1,280,400 JPY and 12.345 KWD, each in its own currency" in text.replace("\n", " ")
    for line in ("Invoices in JPY", "Open, JPY", "Total EUR 37,680.90", "Total JPY 1,280,400", "Total KWD 12.345"):
        assert line in text
    assert "37,680.90 EUR\n1,280,400 JPY\n12.345 KWD\nTransfer to" in text


def test_figures_stand_flush_right_in_one_column_through_all_tables() -> None:
    several = letter(section("EUR", items(2)), section("USD", items(1, "1250.40", "1250.40")))
    found = pieces(render_letter(several, Paper.A4))
    open_amounts = [piece for piece in found if piece.text in {"18,840.45", "1,250.40"} and piece.box.right > 530]
    assert len(open_amounts) == 4
    assert max(piece.box.right for piece in open_amounts) - min(piece.box.right for piece in open_amounts) < 1
    days = [piece.box.right for piece in found if piece.text.endswith(" days")]
    assert len(days) == 3
    assert max(days) - min(days) < 0.5


def test_amounts_of_hundreds_of_billions_keep_their_columns() -> None:
    found = pieces(render_letter(letter(section("IDR", items(3, "999999999999.99", "123456789012.25"))), Paper.A4))
    row = [piece.box for piece in found if "INV-2026-04374" in piece.text]
    amounts = [piece.box for piece in found if piece.text in {"999,999,999,999.99", "123,456,789,012.25"}]
    assert row
    assert len(amounts) == 6
    assert all(not one.meets(other) for one in amounts for other in amounts if one is not other)
    assert max(box.right for box in amounts) <= (210 - 20) * 72 / 25.4


def test_the_pdf_can_be_read_aloud() -> None:
    with pikepdf.open(io.BytesIO(render_letter(letter(section("EUR", items(40))), Paper.A4))) as pdf:
        root = pdf.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "en"
        assert root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == "Payment reminder of 23 November 2026, Société Lenoir"
        assert str(pdf.docinfo["/Author"]) == "Brookwell Capital Ltd"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        roles = _roles(root.StructTreeRoot.K)
    assert roles.count("/H1") == 1
    assert roles.count("/Table") == 1
    assert roles.count("/TH") == 6
    assert roles.count("/TR") == 1 + 40 + 1
    assert roles.count("/TD") == 40 * 6 + 2


def _roles(node: pikepdf.Object) -> list[str]:
    if isinstance(node, pikepdf.Array):
        return [role for part in node for role in _roles(part)]
    if isinstance(node, pikepdf.Dictionary) and "/S" in node:
        return [str(node.S), *(_roles(node.K) if "/K" in node else [])]
    return []


def test_every_font_is_inside_and_nothing_in_the_pdf_acts() -> None:
    arabic = letter(recipient=("شركة النور للتجارة العامة", "Dubai"))
    with pikepdf.open(io.BytesIO(render_letter(arabic, Paper.A4))) as pdf:
        descriptors = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/FontFile2")]
        declared = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        ]
        assert len(descriptors) == len(declared) >= 2
        assert any("Inter" in str(each.FontName) for each in declared)
        assert any("NotoSansArabic" in str(each.FontName) for each in declared)
        written = b"".join(each.unparse() for each in pdf.objects)
    for action in (b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/OpenAction", b"/EmbeddedFile"):
        assert action not in written


HOSTILE = [
    "#panic() $x$ *b* <img> @ref",
    '#read("/etc/passwd") #sys.inputs',
    "= heading // comment /* more */ `raw` \\u{41}",
    '"}, {"x": "',
    "$total {page} {pages} ${account}",
    "<script>alert(1)</script> &lt;b&gt;",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_looks_like_markup_is_printed_as_it_stands(name: str) -> None:
    hostile = letter(
        section("EUR", items(1, number=name.replace("{", "{{").replace("}", "}}") + " {:05}")),
        recipient=(name, name),
        contact=name,
        number=name,
    )
    (text,) = texts(render_letter(hostile, Paper.A4))
    assert f"{name}\n{name}\n" in text
    assert f"Dear {name}," in text
    together = "".join(text.split())  # the columns of the table and the panel are narrow
    assert together.count("".join(name.split())) >= 7


def test_control_characters_and_turns_of_direction_are_left_out() -> None:
    hostile = letter(recipient=("Acme\u202e dtL\u2066 \x00\x07\x1bLtd\r\nBcc: all", "line\u2028two\u0085three\ttab"))
    (text,) = texts(render_letter(hostile, Paper.A4))
    assert "Acme dtL Ltd Bcc: all\nline two three tab\n" in text
    assert missing_glyphs(hostile) == ()


@pytest.mark.parametrize(
    ("name", "script"),
    [("株式会社山田製作所", "JP"), ("北京华信科技有限公司", "SC"), ("한빛전자 주식회사", "KR")],
)
def test_east_asian_names_are_printed(name: str, script: str) -> None:
    asian = letter(recipient=(name,), script=script)
    assert missing_glyphs(asian) == ()
    (text,) = texts(render_letter(asian, Paper.A4))
    assert name in text


@pytest.mark.parametrize(
    "name", ["شركة النور", "บริษัท สยามพาณิชย์ จำกัด", "शर्मा ट्रेडर्स प्राइवेट लिमिटेड", "ООО «Ромашка»", "Ελλάς Α.Ε."]
)
def test_the_shipped_fonts_have_what_they_are_shipped_for(name: str) -> None:
    assert missing_glyphs(letter(recipient=(name,), contact=name)) == ()


def test_what_no_font_has_is_said_before_and_marked_on_the_paper() -> None:
    lost = letter(recipient=("Temple of 𓀀𓁐 Ltd", "private \ue000, unassigned \u0378"))
    assert missing_glyphs(lost) == ("\ue000", "\u0378", "𓀀", "𓁐")
    (text,) = texts(render_letter(lost, Paper.A4))
    assert "Temple of □□ Ltd\nprivate □, unassigned □\n" in text


def test_without_a_letterhead_the_paper_brings_its_own() -> None:
    (text,) = texts(
        render_letter(letter(head=Letterhead(), recipient=("Cash customer",), contact="", number=""), Paper.A4)
    )
    assert text.startswith("Cash customer Date 23 November 2026\nPlease pay by")
    assert "Dear Sir or Madam," in text
    assert "Transfer to" not in text
    assert "Kind regards,\nAccounts Receivable\nPage 1 of 1" in text


def test_the_same_letter_gives_the_same_bytes_whenever_and_wherever_it_is_set() -> None:
    one = letter(section("EUR", items(30)))
    digests = {hashlib.sha256(render_letter(one, Paper.A4)).hexdigest()}
    render_letter(letter(recipient=("another", "letter")), Paper.US_LETTER)
    digests.add(hashlib.sha256(render_letter(one, Paper.A4)).hexdigest())

    def elsewhere() -> None:
        digests.add(hashlib.sha256(render_letter(one, Paper.A4)).hexdigest())

    threads = [threading.Thread(target=elsewhere) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(digests) == 1
    later = replace(one, letter_date=AS_OF.replace(day=24))
    assert hashlib.sha256(render_letter(later, Paper.A4)).hexdigest() not in digests


def test_thousands_of_invoices_fit_one_letter() -> None:
    pages = texts(render_letter(letter(section("EUR", items(3_000))), Paper.A4))
    assert sum(page.count("INV-2026-") for page in pages) == 3_000
    assert "Total EUR 56,521,350.00" in "\n".join(pages[-2:])
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
