"""The interest of a book's invoices: money counts from the day it came, what was charged is not charged again."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DatabaseError

from build import Builder
from duedesk.actions.deed import deed
from duedesk.actions.interest.charging import (
    LetterInterest,
    cancel_charge,
    keep_charge,
    letters_interest,
)
from duedesk.actions.interest.choosing import choose_late_interest, set_least_interest
from duedesk.actions.interest.rates import import_reference_rates
from duedesk.actions.interest.rules import late_rules
from duedesk.actions.interest.stating import InvoiceInterest, interest_of
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.interest.accrual import InterestStatement, NotCharged
from duedesk.domain.interest.profiles import LateChoice, NoInterest
from duedesk.domain.world import World
from duedesk.exchange.reference_rate_file import Told
from duedesk.store.book import Book
from duedesk.store.proof.interest import INTEREST_PROOFS
from duedesk.store.tables.dunning import dunning_letter
from duedesk.store.tables.interest import interest_charge
from duedesk.store.tables.party import account

UNTIL = date(2024, 9, 15)


@pytest.fixture
def desk(book: Book, world: World) -> Workspace:
    """A desk over invoices of German, American and private customers, each 10,000, due on 31 May 2024."""
    with book.writing() as connection:
        build = Builder(connection)
        german, american, private = (build.account(name) for name in ("Acme", "Bolt", "Cara"))
        for number, whose in enumerate((german, american, private, german, german, german), 1):
            build.invoice(f"I-{number}", whose, "10000", on="2024-05-01", due="2024-05-31")
        paid = build.payment(german, "4000", on="2024-07-20")
        build.apply(4, "4000", on="2024-08-30", account=german, payment=paid)
        taken_back = build.payment(german, "1000", on="2024-06-20")
        put_on = build.apply(4, "1000", on="2024-06-20", account=german, payment=taken_back)
        build.apply(4, "1000", on="2024-06-20", account=german, payment=taken_back, takes_back=put_on)
        build.dispute(5, "9000", on="2024-06-30")
        build.dispute(5, "1000", on="2024-06-10", resolved="2024-07-01")
        build.instalments(6, [("2024-08-31", "5000"), ("2024-09-10", "5000")])
        build.invoice("V-7", german, "10000", on="2024-05-01", status="Voided", voided="2024-06-30")
        build.invoice("N-8", german, "10000", on="2024-05-01", due="2024-09-15")
        build.settle()
        for key, country, is_person in ((german, "Germany", False), (american, "USA", False), (private, "DE", True)):
            named = {"billing_country": country, "is_person_account": is_person}
            connection.execute(update(account).where(account.c.id == key).values(**named))
    return Workspace(book, world)


def interest(desk: Workspace, keys: Sequence[int] | None = None, until: date = UNTIL) -> dict[str, InvoiceInterest]:
    with desk.book.reading() as connection:
        return {one.invoice.number: one for one in interest_of(connection, keys, until)}


def told(one: InvoiceInterest) -> str:
    return one.stated.why if isinstance(one.stated, NoInterest) else str(one.stated.total)


def lines(one: InvoiceInterest) -> list[str]:
    assert isinstance(one.stated, InterestStatement)
    return [f"{one.days} {one.balance:.0f} {one.rate}" for one in one.stated.periods]


def test_many_invoices_are_stated_at_once_each_by_its_own_rule(desk: Workspace) -> None:
    found = interest(desk)
    assert {number: told(one) for number, one in found.items()} == {
        "I-1": "364.68",
        "I-2": "United States: the rate of the contract is not set.",
        "I-3": "The customer is a consumer, and consumers are not charged.",
        "I-4": "287.41",
        "I-5": "129.82",
        "I-6": "33.89",
        "V-7": "0",
    }
    # paid on 20 July, though it was put on the invoice in August; what was taken back on its day counts for nothing
    assert lines(found["I-4"]) == ["30 10000 12.62", "20 10000 12.37", "57 6000 12.37"]
    assert lines(found["I-5"]) == ["30 10000 12.62", "77 1000 12.37"]  # 9,000 contested since 30 June
    assert lines(found["I-6"]) == ["15 5000 12.37", "5 5000 12.37"]  # each instalment from its own day
    assert interest(desk, [1, 4]).keys() == {"I-1", "I-4"}
    assert interest(desk, []) == {}


def issued(
    desk: Workspace, letter: int, *keys: int, until: date = UNTIL, waived: str = "", wrong: str = "0"
) -> LetterInterest:
    """Issue a letter over invoices, as far as interest goes."""
    with deed(desk, "issue_letters") as act:
        interest = letters_interest(act.connection, {0: keys}, until)[0]
        interest = interest.waived(waived) if waived else interest
        act.record(f"Letter {letter} issued")
        principal, charged = Decimal(10_000), interest.charged.total + Decimal(wrong)
        of_letter = {
            "account_id": 1,
            "currency_iso_code": "EUR",
            "letter_date": until,
            "principal": principal,
            "interest": charged,
            "total": principal + charged,
            "status": "Issued",
            "channel": "print",
            "issued_at": act.now,
            "issued_by": act.world.user,
        }
        act.connection.execute(insert(dunning_letter).values(id=letter, number=f"DL-{letter}", **of_letter))
        keep_charge(act, letter, interest)
    return interest


def kept(desk: Workspace, letter: int, interest: LetterInterest) -> None:
    with deed(desk, "issue_letters") as act:
        act.record("Letter issued")
        keep_charge(act, letter, interest)


def taken_back(desk: Workspace, letter: int) -> None:
    """Cancel a letter, as far as interest goes."""
    with deed(desk, "cancel_letter") as act:
        act.record(f"Letter {letter} cancelled")
        cancel_charge(act, letter)
        fate = {"status": "Cancelled", "cancelled_on": UNTIL, "cancelled_at": act.now, "cancelled_by": "Ana Reyes"}
        act.connection.execute(update(dunning_letter).where(dunning_letter.c.id == letter).values(**fate))


def faults(desk: Workspace) -> list[str]:
    with desk.book.reading() as connection:
        return [str(one) for name, _, proof in INTEREST_PROOFS for one in proof(connection)]


def test_what_a_letter_charged_is_not_charged_again_until_it_is_cancelled(desk: Workspace) -> None:
    first = issued(desk, 1, 1, 2, 4, until=date(2024, 7, 10))
    assert {key: str(one.total) for key, one in first.stated.items()} == {1: "137.62", 4: "137.62"}
    assert (str(first.charged.total), list(first.without), first.warnings) == ("275.24", [2], ())
    assert issued(desk, 2, 1, 4, until=date(2024, 7, 10)).charged.why_not is NotCharged.NOTHING
    assert (lines(interest(desk)["I-4"]), told(interest(desk)["I-4"])) == (
        ["10 10000 12.37", "57 6000 12.37"],
        "149.80",
    )
    with desk.book.reading() as connection:
        (whole,) = interest_of(connection, [4], UNTIL, whole=True)
    assert told(whole) == "287.41"
    second = issued(desk, 3, 4, waived="agreed with Ms Lenoir")
    assert (str(second.charged.total), str(second.charged.run)) == ("0", "149.80")
    assert told(interest(desk)["I-4"]) == "0"
    assert faults(desk) == []
    taken_back(desk, 3)
    taken_back(desk, 1)
    assert told(interest(desk)["I-4"]) == "287.41"
    assert faults(desk) == []
    set_least_interest(desk, "EUR", Decimal(1_000))
    assert issued(desk, 4, 4).charged.why_not is NotCharged.BELOW_MINIMUM
    with desk.book.writing() as connection:
        connection.execute(update(dunning_letter).where(dunning_letter.c.id == 4).values(interest_invoice_id=5))
    assert told(interest(desk)["I-5"]).startswith("It is over the fee or the interest of a letter")
    assert told(interest(desk)["I-4"]) == "287.41"


def test_the_same_days_are_charged_once_whoever_comes_second(desk: Workspace) -> None:
    with desk.book.reading() as connection:
        seen, other = letters_interest(connection, {"one": [4], "other": [2, 6]}, UNTIL).values()
    assert (str(seen.charged.total), str(other.charged.total), list(other.without)) == ("287.41", "33.89", [2])
    issued(desk, 1, 4, wrong="1")
    with pytest.raises(RequestError, match="charged interest for the same days"):
        kept(desk, 1, seen)
    for changed in ({"amount": Decimal(1)}, {"charged_until": date(2024, 7, 1)}):
        with pytest.raises(DatabaseError), desk.book.writing() as connection:
            connection.execute(update(interest_charge).values(**changed))
    with pytest.raises(DatabaseError), desk.book.writing() as connection:
        connection.execute(delete(interest_charge))
    with desk.book.writing() as connection:
        connection.execute(update(interest_charge).values(is_cancelled=True))
    assert faults(desk) == [
        "Letter DL-1: Interest is 288.41, its events make it 287.41.",
        "Letter DL-1: its interest is taken back, its events make it as the letter: Issued.",
    ]
    with pytest.raises(DatabaseError), desk.book.writing() as connection:
        connection.execute(update(interest_charge).values(is_cancelled=False))


def test_a_book_chooses_whom_it_charges_what(desk: Workspace) -> None:
    done = choose_late_interest(desk, "usa", LateChoice("US", Decimal("18.00")))
    assert done.summary == "Late interest for United States: United States at 18.00%"
    assert done.objects == {"Setting"}
    assert choose_late_interest(desk, "US", LateChoice("US", Decimal(18))).journal_id is None
    choose_late_interest(desk, "DE", LateChoice("DE", charges_consumers=True))
    assert [told(interest(desk)[number]) for number in ("I-2", "I-3")] == ["527.67", "247.42"]
    choose_late_interest(desk, "", LateChoice("EU"))
    choose_late_interest(desk, "ch", LateChoice("DE"))
    set_least_interest(desk, "EUR", Decimal(5))
    rules = desk.ask(late_rules)
    assert [rules.choice(code).profile for code in ("AR", "CH", "FR")] == ["EU", "DE", "FR"]
    assert str(rules.minimum("EUR")) == "5"
    choose_late_interest(desk, "DE", None)
    set_least_interest(desk, "EUR", None)
    assert not desk.ask(late_rules).minimums
    assert told(interest(desk)["I-3"]) == "The customer is a consumer, and consumers are not charged."
    for country, choice in (
        ("Atlantis", LateChoice("EU")),
        ("US", LateChoice("XX")),
        ("US", LateChoice("", Decimal(1))),
    ):
        with pytest.raises(RequestError):
            choose_late_interest(desk, country, choice)


def test_reference_rates_come_in_once_and_take_the_place_of_those_of_the_program(
    desk: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "rates.csv"
    file.write_text(
        "Series;Valid from;Rate;Source\nDE-BASE;01.07.2026;1,52 %;Bundesanzeiger\nDE-BASE;01.07.2024;3,37;B\n"
    )
    done = import_reference_rates(desk, file)
    assert (done.made, done.corrected, done.unchanged, done.problems) == (1, 0, 1, ())
    assert done.changes.objects == {"ReferenceRate"}
    assert import_reference_rates(desk, file).changes.journal_id is None
    later = desk.ask(late_rules).rates
    assert later.missing("DE-BASE", date(2026, 1, 1), date(2026, 12, 31)) == ()
    file.write_text("StartDate,Percent\n2024-07-01,4.37\n2026-07-01,-0.5\n")
    done = import_reference_rates(desk, file, Told("de-base", "A test"))
    assert (done.made, done.corrected) == (1, 1)
    assert done.against_shipped == ("DE-BASE of 2024-07-01: 4.37 in place of 3.37",)
    assert told(interest(desk)["I-1"]) == "385.78"
    file.write_text(
        "Series,StartDate,Percent,Source\nDE-BASE,2024-08-01,1,B\nXX,2026-01-01,1,B\nECB,2026-01-01,x,B\nECB,,2,B\n"
        "ECB,2026-07-01,2.4,\nOWN,2026-03-15,9.5,Terms of sale\nOWN,2026-03-15,9,Terms of sale\nECB,2031-01-01,2,B\n"
    )
    assert [(one.row, one.column, one.text) for one in import_reference_rates(desk, file).problems] == [
        (2, "StartDate", "“German base rate (Basiszinssatz)” begins on 1 January or 1 July."),
        (3, "Series", "“XX” is no series of rates that is known."),
        (4, "Percent", "“x” is no rate in percent."),
        (5, "StartDate", "The day is missing."),
        (6, "Source", "The source is missing."),
        (8, "Percent", "OWN has another rate of 2026-03-15 in row 7."),
        (9, "StartDate", "“2031-01-01” lies outside the dates allowed, 1970-01-01 to 2027-11-24."),
    ]
    file.write_text("A,B\n1,2\n")
    with pytest.raises(RequestError, match="does not hold reference rates"):
        import_reference_rates(desk, file)
