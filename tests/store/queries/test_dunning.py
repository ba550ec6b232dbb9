"""What a dunning run proposes of a book: letters with items and reasons, and everything else with a reason of its own.

The rules themselves are told in `domain/test_dunning`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from conftest import NOW
from duedesk.domain.aging import AgingRequest
from duedesk.domain.dunning.dunnable import DUNNABLE_TOMORROW
from duedesk.domain.dunning.policy import Fee, PolicyLevel
from duedesk.domain.dunning.proposal import Proposal
from duedesk.domain.dunning.reasons import Why, sentence
from duedesk.domain.filters import Filter
from duedesk.store.book import Book
from duedesk.store.proof.book import prove
from duedesk.store.proof.dunning import prove_levels
from duedesk.store.queries.dunning.proposal import propose
from duedesk.store.queries.lists import listing
from duedesk.store.queries.open_items import open_items
from duedesk.store.tables import ledger, party
from dunning_records import DunningBuilder, issue

D = Decimal
_LEVEL = ("DunningLevel", "LastDunnedDate")
LEVELS = (PolicyLevel(1, "First", 5), PolicyLevel(2, "Second", 20, interval_days=10), PolicyLevel(3, "Last", 40))


def write(book: Book, work: Callable[[DunningBuilder], object]) -> None:
    """Put something into the book."""
    with book.writing() as connection:
        build = DunningBuilder(connection)
        work(build)
        build.settle()


def proposed(book: Book, day: str) -> Proposal:
    """Propose a run, and hold it against what every proposal owes: each overdue invoice is in it once."""
    as_of = date.fromisoformat(day)
    proposal = book.ask(propose, as_of)
    with book.reading() as connection:
        found = open_items(connection, AgingRequest(as_of))
        overdue = {one.number for one in found if (one.days_overdue or 0) > 0}
    told = [item.number for letter, item in proposal.items if not letter.is_courtesy]
    told += [one.number for one in proposal.left_out]
    assert sorted(told) == sorted(overdue)
    listed = [book.ask(listing.keys, one) for one in dunnable_on(as_of)]
    assert [sorted(keys) for keys in listed] == [sorted(item.invoice_key for _, item in proposal.items)] * len(listed)
    return proposal


def dunnable_on(day: date) -> tuple[Filter, ...]:
    """Give the list of what can be dunned on a day, asked on that day and on the one before."""
    before = Filter(day - timedelta(days=1), where=DUNNABLE_TOMORROW)
    return Filter(day, where=replace(DUNNABLE_TOMORROW, value=day)), before


def letters(proposal: Proposal) -> list[tuple[str, str, int, str, list[tuple[str, int, int]]]]:
    """Give letters as account, currency, level and total, with number and levels of their items."""
    return [
        (
            one.to.name,
            one.currency,
            one.level,
            f"{one.total:.2f}",
            [(i.number, i.level_before, i.level_after) for i in one.items],
        )
        for one in proposal.letters
    ]


def left_out(proposal: Proposal) -> dict[str, str]:
    """Give what is left out with its reason in words."""
    return {one.number: sentence(one.reason, one.currency) for one in proposal.left_out}


def test_a_book_that_knows_no_policy_of_its_own_is_dunned_by_the_one_it_begins_with(book: Book) -> None:
    def work(build: DunningBuilder) -> None:
        acme = build.account("Acme Ltd", "10")
        for number, due in (("I-1", "2026-02-01"), ("I-2", "2026-03-20"), ("I-3", "2026-03-23"), ("I-4", "2026-04-30")):
            build.invoice(number, acme, "100", on="2026-01-15", due=due)
        build.invoice("I-5", acme, "4.99", on="2026-01-15", due="2026-02-01", currency="USD")
        build.invoice("I-6", acme, "100", on="2026-01-15", due="2026-02-01", status="Draft")
        build.pay(build.invoice("I-7", acme, "70", on="2026-01-15"), "70", on="2026-02-01", account=acme)

    write(book, work)
    proposal = proposed(book, "2026-03-25")
    assert letters(proposal) == [("Acme Ltd", "EUR", 1, "100.00", [("I-1", 0, 1)])]
    assert left_out(proposal) == {
        "I-2": "It is 5 days overdue and within the grace of level 1, which ends after 8.",
        "I-3": "It is 2 days overdue; level 1 begins after 8.",
        "I-5": "The letter would ask for 4.99 USD, less than the minimum of 5.00 USD.",
    }
    (letter,) = proposal.letters
    assert (letter.deadline, letter.channel, letter.address) == (date(2026, 4, 6), "print", ""), "on from Saturday"
    assert sentence(letter.items[0].reason, "EUR") == "It is 52 days overdue; level 1 begins after 8."


def test_a_past_day_has_the_levels_of_that_day_whatever_was_dunned_or_paid_since(book: Book) -> None:
    def work(build: DunningBuilder) -> None:
        build.policy(*LEVELS)
        acme = build.account("Acme Ltd")
        build.invoice("OLD", acme, "100", on="2026-01-01")
        build.invoice("NEW", acme, "50", on="2026-01-15")

    write(book, work)
    for day in ("2026-01-10", "2026-01-22"):
        with book.writing() as connection:
            issue(connection, day)
    write(book, lambda build: build.pay(1, "100", on="2026-01-25", account=1))
    with book.writing() as connection:
        issue(connection, "2026-02-20")

    assert letters(proposed(book, "2026-01-09")) == [("Acme Ltd", "EUR", 1, "100.00", [("OLD", 0, 1)])]
    assert left_out(proposed(book, "2026-01-15"))["OLD"].startswith("It is 14 days overdue; level 2 begins after")
    assert letters(proposed(book, "2026-01-21")) == [("Acme Ltd", "EUR", 2, "150.00", [("OLD", 1, 2), ("NEW", 0, 1)])]
    said = {
        day: [row.values for row in book.ask(listing.rows, Filter(date.fromisoformat(day)), _LEVEL, [1, 2])]
        for day in ("2026-01-09", "2026-01-21", "2026-01-22", "2026-05-01")
    }
    first, second, third = date(2026, 1, 10), date(2026, 1, 22), date(2026, 2, 20)
    assert said == {
        "2026-01-09": [(0, None)],
        "2026-01-21": [(1, first), (0, None)],
        "2026-01-22": [(2, second), (1, second)],
        "2026-05-01": [(2, second), (2, third)],
    }


def test_levels_climb_item_by_item_and_a_run_of_the_same_day_finds_nothing(book: Book) -> None:
    """Paying the oldest invoice skips no level for the others; a reminder for one keeps no other back."""

    def work(build: DunningBuilder) -> None:
        build.policy(*LEVELS)
        acme = build.account("Acme Ltd")
        build.invoice("OLD", acme, "100", on="2026-01-01")
        build.invoice("NEW", acme, "50", on="2026-01-15")

    write(book, work)

    def run(day: str) -> Proposal:
        proposal = proposed(book, day)
        with book.writing() as connection:
            assert issue(connection, day).letters == proposal.letters
        return proposal

    assert letters(run("2026-01-10")) == [("Acme Ltd", "EUR", 1, "100.00", [("OLD", 0, 1)])]
    again = proposed(book, "2026-01-10")
    assert (letters(again), left_out(again)["OLD"]) == ([], "It was dunned on 10 Jan 2026 already.")
    assert letters(run("2026-01-22")) == [("Acme Ltd", "EUR", 2, "150.00", [("OLD", 1, 2), ("NEW", 0, 1)])]
    write(book, lambda build: build.pay(1, "100", on="2026-01-25", account=1))
    assert letters(run("2026-02-20")) == [("Acme Ltd", "EUR", 2, "50.00", [("NEW", 1, 2)])], "not 3 with the oldest"
    assert letters(run("2026-02-27")) == [("Acme Ltd", "EUR", 3, "50.00", [("NEW", 2, 3)])]
    assert left_out(proposed(book, "2026-05-01")) == {"NEW": "It has reached level 3, the last of its policy."}

    def charge_back(build: DunningBuilder) -> None:
        build.apply(1, "100", on="2026-03-01", account=1, payment=1, takes_back=1)
        canceled = {"status": "Canceled", "cancellation_effective_date": date(2026, 3, 1), "cancellation_date": NOW}
        build.connection.execute(ledger.payment.update().values(**canceled))

    write(book, charge_back)
    assert letters(proposed(book, "2026-05-01")) == [("Acme Ltd", "EUR", 3, "100.00", [("OLD", 2, 3)])], (
        "its level is back"
    )
    with book.writing() as connection:
        assert list(prove(connection, as_of=date(2026, 5, 1))) == []
    with book.writing() as connection:
        connection.execute(ledger.invoice.update().where(ledger.invoice.c.id == 1).values(dunning_level=1))
        (found,) = prove_levels(connection)
    assert str(found) == "Invoice OLD: DunningLevel is 1, its events make it 2."


def test_whatever_keeps_an_invoice_back_is_its_reason_and_a_part_that_is_free_is_asked_for(book: Book) -> None:
    def work(build: DunningBuilder) -> None:
        build.policy(*LEVELS, promise_grace_days=3)
        acme, held, ahead = (build.account(name) for name in ("Acme Ltd", "Held Ltd", "Paid Ltd"))
        keys = {
            name: build.invoice(name, acme, "100", on="2026-01-01")
            for name in ("FREE", "PART", "HOLD", "OVER", "PROMISE", "BROKEN", "KEPT", "GONE")
        }
        build.dispute(keys["PART"], "30", on="2026-01-05")
        build.promise(keys["PART"], "20", on="2026-01-05", day="2026-01-20")
        build.hold(invoice=keys["HOLD"], on="2026-01-01", until="2026-01-20")
        build.hold(invoice=keys["OVER"], on="2026-01-01", until="2026-01-19", reason="Goodwill")
        build.promise(keys["PROMISE"], "100", on="2026-01-05", day="2026-01-20")
        build.promise(keys["BROKEN"], "100", on="2026-01-05", day="2026-01-16")
        build.promise(keys["KEPT"], "40", on="2026-01-05", day="2026-01-20")
        build.pay(keys["KEPT"], "40", on="2026-01-18", account=acme)
        build.dispute(keys["GONE"], "100", on="2026-01-05", resolved="2026-01-10")
        build.invoice("ACCOUNT", held, "100", on="2026-01-01")
        build.hold(account=held, on="2026-01-01", until="2026-02-20", reason="Payment plan")
        build.invoice("AHEAD", ahead, "100", on="2026-01-01")
        build.payment(ahead, "60", on="2026-01-03")
        build.credit_memo(ahead, "40", on="2026-01-03")

    write(book, work)
    proposal = proposed(book, "2026-01-20")
    (letter,) = proposal.letters
    assert {one.number: f"{one.asked:.0f}" for one in letter.items} == {
        "FREE": "100", "PART": "50", "OVER": "100", "BROKEN": "100", "KEPT": "60", "GONE": "100"
    }  # fmt: skip
    assert left_out(proposal) == {
        "HOLD": "It is on hold until 20 Jan 2026 by Ana Reyes: Insolvency.",
        "PROMISE": "100.00 EUR of it is promised for 20 Jan 2026.",
        "ACCOUNT": "It is on hold until 20 Feb 2026 by Ana Reyes: Payment plan.",
        "AHEAD": "100.00 EUR of cash and credits that are not applied yet cover the letter.",
    }


def test_each_currency_and_each_policy_has_its_letter_and_its_clock(book: Book) -> None:
    """And unapplied cash is taken off once, with the open credits named; a consumer pays no fee."""

    def work(build: DunningBuilder) -> None:
        fee = Fee(amounts={"EUR": D(5)})
        build.policy(replace(LEVELS[0], fee=fee), *LEVELS[1:])
        alone = build.policy(replace(LEVELS[0], fee=fee), name="Alone", is_default=False, letter_per="invoice")
        resale = build.policy(LEVELS[0], name="Resale", is_default=False, account_type="Reseller")
        unused = build.policy(LEVELS[0], name="Unused", is_default=False, is_active=False)
        acme, singles, seller, ann = (build.account(name) for name in ("Acme", "Bobs", "Carl", "Dora"))
        build.invoice("E-1", acme, "100", on="2026-01-01")
        build.invoice("U-1", acme, "100", on="2026-01-10", currency="USD")
        build.payment(acme, "25", on="2026-01-02")
        for number, due in (("S-1", "2026-01-01"), ("S-2", "2026-01-02")):
            build.invoice(number, singles, "100", on="2026-01-01", due=due)
        build.payment(singles, "150", on="2026-01-02")
        build.invoice("R-1", seller, "100", on="2026-01-01")
        build.invoice("C-1", ann, "100", on="2026-01-01")
        account, change = party.account, build.connection.execute
        change(account.update().where(account.c.id == singles).values(dunning_policy_id=alone))
        change(account.update().where(account.c.id == seller).values(type="Reseller", dunning_policy_id=unused))
        change(account.update().where(account.c.id == ann).values(is_person_account=True))
        assert resale

    write(book, work)
    first = proposed(book, "2026-01-10")
    names = {one.key: one.name for one in first.policies.values()}
    assert [
        (one.to.name, one.currency, names[one.policy_key], f"{one.unapplied:.0f}", f"{one.fee:.0f}", f"{one.total:.0f}")
        for one in first.letters
    ] == [
        ("Acme", "EUR", "House", "-25", "5", "80"),
        ("Bobs", "EUR", "Alone", "-50", "5", "55"),
        ("Carl", "EUR", "Resale", "0", "0", "100"),
        ("Dora", "EUR", "House", "0", "0", "100"),
    ]
    assert left_out(first)["S-1"] == "150.00 EUR of cash and credits that are not applied yet cover the letter."
    assert first.letters[1].key.count("/") == 3, "of one invoice alone"
    with book.writing() as connection:
        issue(connection, "2026-01-10")
    later = proposed(book, "2026-01-15")
    assert [(one.to.name, one.currency) for one in later.letters] == [("Acme", "USD")], "its clock is its own"
    keys = [one.key for one in first.policies.values() if one.name == "Resale"]
    chosen = book.ask(propose, date(2026, 1, 15), keys)
    assert {one.reason.why for one in chosen.left_out if one.number in {"E-1", "U-1"}} == {Why.NOT_CHOSEN}


def test_branches_share_a_letter_to_their_head_office_and_instalments_are_dunned_as_they_fall_due(book: Book) -> None:
    def work(build: DunningBuilder) -> None:
        level = replace(LEVELS[0], lists_not_due=True, channel="mail", deadline_days=10)
        build.policy(level, LEVELS[1], letter_per="head office", whole_account_at_highest=True)
        head = build.account("Head", "1")
        branch = build.account("Branch", "2")
        change = build.connection.execute
        change(party.account.update().where(party.account.c.id == branch).values(parent_id=head))
        change(
            party.contact.insert().values(
                account_id=head, last_name="Li", name="Bo Li", email="bo@example.com", created_date=NOW
            )
        )
        build.invoice("H-1", head, "10", on="2026-01-01")
        build.invoice("B-1", branch, "20", on="2026-01-01", due="2026-01-05")
        build.invoice("H-2", head, "40", on="2026-01-01", due="2026-03-01")
        parts = build.invoice("PARTS", branch, "100", on="2026-01-01", due="2026-03-01")
        build.instalments(parts, [("2026-01-05", "50"), ("2026-03-01", "50")])

    write(book, work)
    (letter,) = proposed(book, "2026-01-15").letters
    assert (letter.to.name, letter.address, f"{letter.total:.0f}") == ("Head", "bo@example.com", "80")
    assert [(one.number, f"{one.balance:.0f}", f"{one.asked:.0f}") for one in letter.items] == [
        ("H-1", "10", "10"), ("B-1", "20", "20"), ("PARTS", "100", "50")
    ]  # fmt: skip
    assert [one.number for one in letter.not_due_items] == ["H-2"]
    bounced = party.contact.update().values(email_bounced_date=NOW)
    write(book, lambda build: build.connection.execute(bounced))
    (letter,) = proposed(book, "2026-01-15").letters
    assert letter.channel == "print", "nothing goes to an address from which messages came back"


def test_before_it_is_due_there_is_one_notice_which_is_no_level(book: Book) -> None:
    def work(build: DunningBuilder) -> None:
        build.policy(PolicyLevel(0, "Soon", -5, is_courtesy=True), *LEVELS)
        acme = build.account("Acme Ltd")
        build.invoice("SOON", acme, "10", on="2026-01-01", due="2026-01-20")
        build.invoice("LATER", acme, "20", on="2026-01-01", due="2026-01-25")

    write(book, work)
    with book.writing() as connection:
        sent = issue(connection, "2026-01-18")
    assert letters(sent) == [("Acme Ltd", "EUR", 0, "10.00", [("SOON", 0, 0)])]
    assert (sent.letters[0].deadline, sent.letters[0].is_courtesy) == (date(2026, 1, 20), True)
    assert letters(proposed(book, "2026-01-19")) == []
    assert letters(proposed(book, "2026-01-25")) == [
        ("Acme Ltd", "EUR", 1, "10.00", [("SOON", 0, 1)]), ("Acme Ltd", "EUR", 0, "20.00", [("LATER", 0, 0)])
    ]  # fmt: skip
