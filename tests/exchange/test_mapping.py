"""What a mapping may say, and how it is told that it cannot."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.errors import RequestError
from duedesk.exchange.amounts import DecimalMark
from duedesk.exchange.dates import DateStyle, DayOrder
from duedesk.exchange.mapping import ColumnName, SourceOptions, parse_mapping, parse_options, read_mapping

WHOLE = """
[source]
format = "csv"
encoding = "utf-8"
delimiter = ","
dates = "%m/%d/%Y"
decimal = "."
currency = "usd"
header_row = 1
hidden_rows = "skip"
zero_totals = "accept"
letter_case = "distinct"
[account]
Name = "customerID"
[invoice]
documentnumber = "invoiceNumber"
InvoiceDate = "InvoiceDate"
DueDate = { column = "DueDate", dates = "%Y%m%d" }
TotalAmountWithTax = { column = "total", nth = 2, decimal = "," }
Status = { value = "Posted" }
TotalTaxAmount = 7
[payment]
when = "SettledDate"
EffectiveDate = "SettledDate"
Amount = "InvoiceAmount"
"""


def test_all_that_can_be_said() -> None:
    mapping = parse_mapping(WHOLE)
    assert mapping.source.currency == "USD"
    assert mapping.source.decimal is DecimalMark.POINT
    assert mapping.source.dates == DateStyle(("%m/%d/%Y",))
    account, invoice, payment = mapping.sections
    assert [section.object.name for section in mapping.sections] == ["Account", "Invoice", "Payment"]
    assert account.entries[0].column == ColumnName("customerID")
    by_name = {entry.field.name: entry for entry in invoice.entries}
    assert by_name["DocumentNumber"].column == ColumnName("invoiceNumber")
    assert by_name["DueDate"].dates == DateStyle(("%Y%m%d",))
    assert by_name["TotalAmountWithTax"].column == ColumnName("total", nth=2)
    assert by_name["TotalAmountWithTax"].decimal is DecimalMark.COMMA
    assert by_name["Status"].value == "Posted"
    assert by_name["TotalTaxAmount"].column == ColumnName(number=7)
    assert payment.when == ColumnName("SettledDate")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[invoices]\nA = 'a'", "no table [“invoices”]|no table [invoices]"),
        ("[invoice]\nDocumentNumbr = 'a'", "Did you mean DocumentNumber"),
        ("[source]\ncurency = 'EUR'", "Did you mean currency"),
        ("[source]\ncurrency = 'EURO'", "is no currency"),
        ("[source]\ndecimal = ';'", "is no decimal mark"),
        ("[source]\ndates = 'dd/mm'", "how a date is written"),
        ("[source]\nformat = 'json'", "Write csv or xlsx"),
        ("[source]\nhidden_rows = 'maybe'", "Write include or skip"),
        ("[source]\nheader_row = 'one'", "number of a line"),
        ("[source]\nheader_row = true", "number of a line"),
        ("[source]\nencoding = 8", "is a text"),
        ("[invoice]\nBalanc = 'a'", "Did you mean Balance"),
        ("[invoice]\nSettlementStatus = 'a'", "worked out here"),
        ("[payment]\nBalance = 'a'", "worked out here"),
        ("[invoice]\nDueDate = { dates = '%Y' }", "either a column or a value"),
        ("[invoice]\nDueDate = { column = 'a', value = 'b' }", "either a column or a value"),
        ("[invoice]\nDueDate = { colum = 'a' }", "There are column"),
        ("[invoice]\nDueDate = { column = 'a', nth = 'two' }", "nth is 1"),
        ("[invoice]\nDueDate = 0", "is a text"),
        ("[invoice]\nDueDate = ['a']", "is a text"),
        ("[invoice]", "names no field"),
        ("[payment]\nwhen = 'a'", "names no field"),
        ("invoice = 1", "is a table"),
        ("not toml", "is no TOML"),
    ],
)
def test_what_cannot_be_is_told(text: str, said: str) -> None:
    with pytest.raises(RequestError) as error:
        parse_mapping(text, "ledger.toml")
    assert str(error.value).startswith("ledger.toml")
    assert any(one in str(error.value) for one in said.split("|"))


def test_a_mapping_comes_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.toml"
    path.write_bytes(b"\xef\xbb\xbf[account]\nName = 'a'\n")
    assert read_mapping(path).sections[0].object.name == "Account"
    with pytest.raises(RequestError, match="cannot be read"):
        read_mapping(tmp_path / "nothing.toml")
    path.write_bytes("[account]\nName = 'Zoë'\n".encode("latin-1"))
    with pytest.raises(RequestError, match="not UTF-8"):
        read_mapping(path)
    path.write_bytes(b"#" * 2_000_000)
    with pytest.raises(RequestError, match="larger than 1 MB"):
        read_mapping(path)


def test_another_word_makes_another_mapping() -> None:
    assert parse_mapping("[account]\nName = 'a'").digest != parse_mapping("[account]\nName = 'b'").digest


def test_what_is_said_last_wins() -> None:
    first = parse_options({"currency": "EUR", "decimal": ","})
    said = SourceOptions(currency="USD", dates=DateStyle(order=DayOrder.DAY_FIRST)).over(first)
    assert (said.currency, said.decimal) == ("USD", DecimalMark.COMMA)
    assert said.dates is not None


@given(st.text(max_size=200))
def test_any_text_is_a_mapping_or_has_its_sentence(text: str) -> None:
    try:
        parse_mapping(text)
    except RequestError as error:
        said = str(error)
    else:
        said = "fine"
    assert said
