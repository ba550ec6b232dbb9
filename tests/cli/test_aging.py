"""`duedesk aging` says who owes what, and that not due + buckets + unapplied is the balance."""

import pytest

from build import Builder
from cli.sessions import AS_OF, say
from duedesk.domain.world import World
from duedesk.store.book import Book


def test_the_table_is_aligned_whatever_the_script(world: World, ledger: str) -> None:
    said = say(world, "aging", "--book", ledger, "--as-of", AS_OF)
    assert said.out == (
        "book.duedesk as of 10 Apr 2026, by account, age from the due date\n"
        "\n"
        "Account             Number  Currency  Not due     1–30  31–60   61–90  Over 90  Unapplied  Balance\n"
        "Acme Ltd            0001    EUR          0.00   250.00   0.00  600.00     0.00    −130.00   720.00\n"
        "Evil \ufffd[31mName Two  0003    USD          0.00     0.00   0.00    0.00    12.50       0.00    12.50\n"
        "東京商事株式会社    0002    JPY             0  120,000      0       0        0          0  120,000\n"
        "\n"
        "Total                       EUR          0.00   250.00   0.00  600.00     0.00    −130.00   720.00\n"
        "Total                       JPY             0  120,000      0       0        0          0  120,000\n"
        "Total                       USD          0.00     0.00   0.00    0.00    12.50       0.00    12.50\n"
        "\n"
        "not due + buckets + unapplied = balance: holds\n"
    )
    assert (said.code, said.err) == (0, "")


def figures(currency: str, *buckets: str, unapplied: str, balance: str) -> dict[str, object]:
    return {"currency": currency, "buckets": list(buckets), "unapplied": unapplied, "balance": balance}


EUR = figures("EUR", "0.00", "250.00", "0.00", "600.00", "0.00", unapplied="-130.00", balance="720.00")
JPY = figures("JPY", "0", "120000", "0", "0", "0", unapplied="0", balance="120000")
USD = figures("USD", "0.00", "0.00", "0.00", "0.00", "12.50", unapplied="0.00", balance="12.50")


def test_json_is_one_document_with_amounts_as_text(world: World, any_ledger: str) -> None:
    said = say(world, "aging", "--book", any_ledger, "--as-of", AS_OF, "--json")
    acme, tricky, tokyo = said.document["rows"]
    assert said.document == {
        "as_of": "2026-04-10",
        "basis": "due",
        "buckets": ["not_due", "1-30", "31-60", "61-90", "over_90"],
        "rows": [
            {"key": acme["key"], "name": "Acme Ltd", **EUR},
            {"key": tricky["key"], "name": "Evil \x1b[31m\u202eName\nTwo", **USD},
            {"key": tokyo["key"], "name": "東京商事株式会社", **JPY},
        ],
        "totals": [EUR, JPY, USD],
    }
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out


def test_by_currency_a_row_is_a_currency_and_needs_no_totals(world: World, ledger: str) -> None:
    said = say(world, "aging", "--book", ledger, "--as-of", AS_OF, "--by", "currency", "--currency", "eur")
    assert said.out == (
        "book.duedesk as of 10 Apr 2026, by currency, age from the due date\n"
        "\n"
        "Currency  Not due    1–30  31–60   61–90  Over 90  Unapplied  Balance\n"
        "EUR          0.00  250.00   0.00  600.00     0.00    −130.00   720.00\n"
        "\n"
        "not due + buckets + unapplied = balance: holds\n"
    )
    keys = [row["key"] for row in say(world, "aging", "--by", "currency", "--json").document["rows"]]
    assert keys == ["EUR", "JPY", "USD"]


def test_by_owner_from_the_invoice_date_in_buckets_of_ones_own(world: World, ledger: str) -> None:
    said = say(
        world, "aging", "--book", ledger, "--as-of", AS_OF, "--by", "owner", "--basis", "invoice", "--buckets", "7,40"
    )
    assert said.out == (
        "book.duedesk as of 10 Apr 2026, by owner, age from the invoice date\n"
        "\n"
        "Owner      Currency  That day   1–7     8–40  Over 40  Unapplied  Balance\n"
        "Ana Reyes  EUR           0.00  0.00     0.00   600.00    −130.00   470.00\n"
        "No owner   EUR           0.00  0.00   250.00     0.00       0.00   250.00\n"
        "No owner   JPY              0     0  120,000        0          0  120,000\n"
        "No owner   USD           0.00  0.00     0.00    12.50       0.00    12.50\n"
        "\n"
        "Total      EUR           0.00  0.00   250.00   600.00    −130.00   720.00\n"
        "Total      JPY              0     0  120,000        0          0  120,000\n"
        "Total      USD           0.00  0.00     0.00    12.50       0.00    12.50\n"
        "\n"
        "buckets + unapplied = balance: holds\n"
    )


def test_what_became_known_later_is_not_counted(world: World, ledger: str) -> None:
    said = say(
        world, "aging", "--book", ledger, "--as-of", AS_OF, "--known-on", "2026-02-09", "--currency", "EUR", "--json"
    )
    assert said.document["totals"] == [
        {
            "currency": "EUR",
            "buckets": ["0.00", "0.00", "0.00", "1000.00", "99.00"],
            "unapplied": "0.00",
            "balance": "1099.00",
        }
    ]


def test_nothing_open_is_said_in_words(world: World, ledger: str) -> None:
    said = say(world, "aging", "--book", ledger, "--as-of", "2024-12-31")
    assert said.out.splitlines()[2:] == ["Nothing is open.", "", "not due + buckets + unapplied = balance: holds"]
    assert said.code == 0


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_too(world: World, any_ledger: str, day: str) -> None:
    assert say(world, "aging", "--book", any_ledger, "--as-of", day).code == 0


def test_a_book_that_breaks_the_rule_is_reported_and_fails(world: World, file_book: Book, ledger: str) -> None:
    with file_book.writing() as connection:
        connection.exec_driver_sql("UPDATE invoice SET balance = 5000000 WHERE document_number = 'INV-1'")
    said = say(world, "aging", "--book", ledger, "--currency", "EUR")
    rule = "not due + buckets + unapplied = balance: does not hold for {} in EUR: 620.00, but the documents say 720.00"
    assert said.out.splitlines()[-2:] == [rule.format("Acme Ltd"), rule.format("Total")]
    assert said.code == 1
    as_json = say(world, "aging", "--currency", "EUR", "--json")
    assert as_json.err.splitlines() == [rule.format("Acme Ltd"), rule.format("Total")]
    assert (as_json.code, as_json.document["totals"][0]["balance"]) == (1, "720.00")


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        (("--as-of", "2026-02-30"), "“2026-02-30” is not a date. Write it as year-month-day: 2026-11-23.\n"),
        (("--known-on", "noon"), "“noon” is not a date or a moment. Write 2026-11-23 or 2026-11-23T17:30+01:00.\n"),
        (("--buckets", "30,20"), "Buckets 30,20 do not grow. Give upper ends in days, such as 30,60,90.\n"),
        (("--currency", "EURO"), "“EURO” is no currency. Write its code of three letters: USD.\n"),
    ],
)
def test_a_value_that_is_none_gets_one_sentence(
    world: World, ledger: str, option: tuple[str, str], sentence: str
) -> None:
    said = say(world, "aging", "--book", ledger, *option)
    assert (said.code, said.out, said.err) == (1, "", sentence)


def test_two_levels_deep_the_parts_stand_below_their_row(world: World, ledger: str) -> None:
    asked = ("aging", "--book", ledger, "--as-of", AS_OF, "--by", "owner,BillingAccountId")
    lines = say(world, *asked).out.splitlines()
    assert lines[0] == "book.duedesk as of 10 Apr 2026, by owner and account, age from the due date"
    assert [line.split("  EUR")[0].rstrip() for line in lines if "  EUR" in line and "Total" not in line] == [
        "Ana Reyes",
        "  Acme Ltd            0001",
        "No owner",
        "  Acme Ltd            0001",
    ]
    first = say(world, *asked, "--json").document["rows"][0]
    assert (first["name"], first["balance"], [part["balance"] for part in first["parts"]]) == (
        "Ana Reyes",
        "470.00",
        ["470.00"],
    )


def test_what_cannot_be_grouped_by_is_told_with_what_can(world: World, ledger: str) -> None:
    for by, why in (
        ("colour", "An aging cannot be grouped by “colour”."),
        ("Balance", "An aging cannot be grouped by Balance."),
        ("owner,owner", "“owner,owner” groups by the same twice."),
        ("owner,term,account", "“owner,term,account” is no grouping."),
    ):
        said = say(world, "aging", "--book", ledger, "--by", by)
        assert said.code in {1, 2}, said
        assert why in said.err
        if by != "owner,owner":
            assert "account, parent, owner, currency, country, term" in said.err


def test_owners_are_those_of_now(world: World, ledger: str) -> None:
    known = ("--known-on", "2026-04-09", "--by", "owner")
    said = say(world, "aging", "--book", ledger, "--as-of", AS_OF, *known)
    assert said.out.endswith("= balance: holds\nOwners are those of now, not those known then.\n")


def test_what_is_contested_stands_apart_and_all_of_it_in_one_currency(
    world: World, ledger: str, file_book: Book
) -> None:
    with file_book.writing() as connection:
        build = Builder(connection)
        build.dispute(1, "200.00", on="2026-04-01")
        build.rate("USD", "1.08", on="2026-04-08")
        build.rate("JPY", "160", on="2026-01-08")
        build.rate("GBP", "0.8537", on="2026-04-08")
    said = say(world, "aging", "--book", ledger, "--as-of", AS_OF, "--apart-disputed", "--currency", "EUR")
    assert said.out.splitlines()[2:4] == [
        "Account   Number  Currency  Not due    1–30  31–60   61–90  Over 90  Disputed  Unapplied  Balance",
        "Acme Ltd  0001    EUR          0.00  250.00   0.00  400.00     0.00    200.00    −130.00   720.00",
    ]
    assert said.out.endswith("not due + buckets + disputed + unapplied = balance: holds\n")
    said = say(world, "aging", "--book", ledger, "--as-of", AS_OF, "--in", "EUR")
    assert said.out.splitlines()[-6:] == [
        "Total                       EUR          0.00  1,000.00   0.00  600.00    11.57    −130.00  1,481.57",
        "",
        "not due + buckets + unapplied = balance: holds",
        "1 JPY = 0.00625 EUR of 08 Jan 2026",
        "1 USD = 0.925925925926 EUR of 08 Apr 2026",
        "The newest rate from JPY to EUR is of 08 Jan 2026, 92 days before 10 Apr 2026.",
    ]
    answer = say(
        world, "aging", "--book", ledger, "--as-of", AS_OF, "--in", "EUR", "--apart-disputed", "--json"
    ).document
    assert answer["converted_to"] == "EUR"
    assert answer["rates"][1] == {"from": "USD", "to": "EUR", "rate": "0.925925925926", "on": "2026-04-08"}
    assert [(one["currency"], one["disputed"], one["balance"]) for one in answer["totals"]] == [
        ("EUR", "200.00", "1481.57")
    ]
    for by in ("currency", "currency,country"):
        said = say(world, "aging", "--book", ledger, "--as-of", AS_OF, "--in", "EUR", "--by", by)
        rows = [line.split() for line in said.out.splitlines()[3:] if line[:3] in {"EUR", "JPY", "USD"}]
        assert [(row[0], row[-1]) for row in rows] == [("EUR", "720.00"), ("JPY", "750.00"), ("USD", "11.57")]
        assert "Currency  Currency" not in said.out
        assert "  In " in said.out.splitlines()[2]
        assert "Total" in said.out
    said = say(world, "aging", "--book", ledger, "--as-of", AS_OF, "--currency", "EUR", "--in", "GBP")
    assert said.out.splitlines()[-3:] == [
        "not due + buckets + unapplied = balance: holds before rounding",
        "1 EUR = 0.8537 GBP of 08 Apr 2026",
        "Each figure is rounded for itself; their sum may be a little off the balance.",
    ]
    said = say(world, "aging", "--book", ledger, "--as-of", "2026-01-31", "--in", "USD")
    assert said.code == 1
    assert said.err.startswith("There is no rate of exchange from EUR to USD on or before 31 Jan 2026. Import one: ")
