"""Whatever happens in whatever order, a letter asks for what is owed at that moment, once, and can be taken back.

What is owed is told here from the rows alone, not by the rules that the program goes by.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, select, update

from actions.dunning.dunned import D, findings, standing_on, write
from actions.invoices.test_any_order import fresh_book
from duedesk.actions.cash.applying import ForInvoice
from duedesk.actions.cash.crediting import MemoDraft, create_memo
from duedesk.actions.cash.receiving import PaymentDraft, cancel_payment, receive_payment
from duedesk.actions.disputes import dispute, resolve
from duedesk.actions.dunning.cancelling import cancel_letter
from duedesk.actions.dunning.holds import hold_account, hold_invoices, release_holds
from duedesk.actions.dunning.issuing import issue
from duedesk.actions.dunning.promises import Part, promise, withdraw_promises
from duedesk.actions.dunning.proposing import proposal
from duedesk.actions.workspace import Workspace
from duedesk.domain.credit_memo import MemoLine
from duedesk.domain.dunning.policy import Fee, PolicyLevel
from duedesk.domain.dunning.proposal import Proposal
from duedesk.domain.errors import DuedeskError
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.letters.issued import IssuedLetter, LetterItem, issued_letters, letter_items
from duedesk.store.tables import disputes, dunning, interest, ledger, party
from dunning_records import DunningBuilder

EXAMPLES = int(os.environ.get("DUEDESK_DUNNING_GAMES", "1"))
MOVED = 60 if EXAMPLES > 1 else 40
BEGIN = date(2026, 1, 5)
GRACE = 2
LEVELS = (
    PolicyLevel(1, "First", 3, fee=Fee(amounts={"EUR": D("2.50")})),
    PolicyLevel(2, "Second", 15, interval_days=7, minimums={"EUR": D(30)}, charges_interest=True),
    PolicyLevel(3, "Last", 30, interval_days=5, fee=Fee("percent", percent=D(5)), charges_interest=True),
)
AMOUNTS = ("100", "250", "40", "75.50")


@dataclass
class Game:
    """A book under play: two accounts with two invoices each, a clock, and a proposal that grows old."""

    start: Workspace
    today: date = BEGIN
    seen: Proposal | None = None
    letters: set[int] = field(default_factory=set)

    @property
    def desk(self) -> Workspace:
        return standing_on(self.start, self.today)

    def rows(self, table: Table) -> list[Any]:
        """Give every row of a table."""
        with self.start.book.reading() as connection:
            return list(connection.execute(select(table).order_by(table.c.id)))

    def any_of(self, table: Table, number: int) -> Any:
        """Give one row; a refusal of the game where there is none."""
        rows = self.rows(table)
        if not rows:
            raise DuedeskError("There is none.")
        return rows[number % len(rows)]

    def invoice(self, number: int) -> int:
        """Give one of the first four invoices."""
        return number % len(AMOUNTS) + 1

    def part(self, number: int, key: int) -> Any:
        """Give a part of what is open of an invoice, all of it as a rule."""
        left = self.owed()[key]
        return left if number % 3 else (left / 2).quantize(D("0.01"))

    def owed(self) -> dict[int, Any]:
        """Give what is open of every invoice that is owed."""
        found = {one.id: one.total_amount_with_tax for one in self.rows(ledger.invoice) if one.status == "Posted"}
        for one in self.rows(ledger.application):
            if one.invoice_id in found:
                found[one.invoice_id] += one.impact_amount
        return found


def pass_days(game: Game, number: int) -> None:
    """Days go by; now and then the clock is set back by one."""
    game.today += timedelta(days=-1 if number % 11 == 10 else number % 12)


def pay(game: Game, number: int) -> None:
    key = game.invoice(number)
    account = game.rows(ledger.invoice)[key - 1].billing_account_id
    amount = game.part(number // 4, key)
    if number % 5 == 4:
        receive_payment(game.desk, PaymentDraft(account, D(number % 60 + 1), "EUR"))
    else:
        receive_payment(game.desk, PaymentDraft(account, amount, "EUR", invoices=(ForInvoice(key, amount),)))


def charge_back(game: Game, number: int) -> None:
    cancel_payment(game.desk, game.any_of(ledger.payment, number).id)


def give_credit(game: Game, number: int) -> None:
    key = game.invoice(number)
    amount = game.part(0, key)
    lines = (MemoLine(amount, name="Goods returned"),)
    create_memo(game.desk, MemoDraft(lines, source_invoice_key=key, post=True, invoices=(ForInvoice(key, amount),)))


def contest(game: Game, number: int) -> None:
    key = game.invoice(number)
    dispute(game.desk, key, reason_code="Price", amount=game.part(number // 4, key))


def settle(game: Game, number: int) -> None:
    resolve(game.desk, game.any_of(disputes.dispute, number).id, resolution="Withdrawn")


def give_word(game: Game, number: int) -> None:
    promise(game.desk, [Part(game.invoice(number))], day=game.today + timedelta(days=number % 10))


def take_word_back(game: Game, number: int) -> None:
    withdraw_promises(game.desk, [game.any_of(dunning.payment_promise, number).id])


def hold(game: Game, number: int) -> None:
    until = game.today + timedelta(days=number % 13)
    if number % 4 == 3:
        hold_account(game.desk, number % 2 + 1, reason_code="Goodwill", until=until)
    else:
        hold_invoices(game.desk, [game.invoice(number)], reason_code="Goodwill", until=until)


def let_go(game: Game, number: int) -> None:
    release_holds(game.desk, [game.any_of(dunning.dunning_hold, number).id])


def look(game: Game, number: int) -> None:
    """Propose, and let the proposal lie."""
    game.seen = proposal(game.desk, game.today - timedelta(days=number % 3))


def send(game: Game, number: int) -> None:
    """Issue what was proposed some time ago, or what is proposed now."""
    seen = game.seen if game.seen is not None and number % 3 == 0 else proposal(game.desk, game.today)
    levels = {key: level for key, (level, _) in levels_told(game).items()}
    before = Before(game, levels)
    done = issue(game.desk, seen, key=f"{game.today}" if number % 7 == 6 else "")
    new = [one for one in done.letters if one.key not in game.letters]
    items = game.desk.ask(letter_items, [one.key for one in new])
    for letter in new:
        before.check(letter, items[letter.key])
        game.letters.add(letter.key)
    assert done.was_there is not bool(new) or not done.letters
    issued = {item.invoice_key for some in items.values() for item in some}
    assert not issued & {one.invoice_key for one in done.dropped} or done.was_there


def take_back(game: Game, number: int) -> None:
    cancel_letter(game.desk, game.any_of(dunning.dunning_letter, number).id, "Played back")


MOVES: tuple[Callable[[Game, int], None], ...] = (
    *(pass_days, pass_days, pass_days, pay, charge_back, give_credit, contest, settle, give_word, take_word_back),
    *(hold, let_go, look, send, send, send, take_back),
)


class Before:
    """What was owed and what kept letters back at a moment, from the rows alone."""

    def __init__(self, game: Game, levels: Mapping[int, int]) -> None:
        self.today, self.levels, self.owed = game.today, levels, game.owed()
        self.invoices = {one.id: one for one in game.rows(ledger.invoice)}
        self.held = [
            one
            for one in game.rows(dunning.dunning_hold)
            if one.start_date <= self.today <= one.end_date
            and (one.released_on is None or one.released_on > self.today)
        ]
        self.aside: dict[int, Any] = {}
        for one in game.rows(disputes.dispute):
            if one.received_date <= self.today and (one.resolved_on is None or one.resolved_on > self.today):
                self.aside[one.invoice_id] = self.aside.get(one.invoice_id, D(0)) + one.disputed_amount
        paid = game.rows(ledger.application)
        for one in game.rows(dunning.payment_promise):
            is_kept_back = one.received_date <= self.today <= one.promise_date + timedelta(days=GRACE)
            if is_kept_back and (one.withdrawn_on is None or one.withdrawn_on > self.today):
                since = [p for p in paid if p.invoice_id == one.invoice_id and p.recorded_at > one.recorded_at]
                left = one.promised_amount + sum(p.impact_amount for p in since if p.kind == "payment")
                self.aside[one.invoice_id] = self.aside.get(one.invoice_id, D(0)) + max(D(0), left)

    def check(self, letter: IssuedLetter, items: list[LetterItem]) -> None:
        """Hold a letter against it."""
        assert letter.total == letter.principal + letter.unapplied + letter.fee + letter.interest > 0
        assert letter.principal == sum(item.asked for item in items)
        for item in items:
            row = self.invoices[item.invoice_key]
            assert item.balance == self.owed[item.invoice_key]
            assert 0 < item.asked <= self.owed[item.invoice_key] - self.aside.get(item.invoice_key, D(0))
            assert not any(row.id == one.invoice_id or row.billing_account_id == one.account_id for one in self.held)
            assert item.level_after is not None
            assert item.level_before == self.levels.get(item.invoice_key, 0)
            assert item.level_after == item.level_before + 1, "one level at a time"
            assert (letter.letter_date - row.due_date).days >= LEVELS[item.level_after - 1].days_overdue


def levels_told(game: Game) -> dict[int, tuple[int, date]]:
    """Give level and day of the last letter of each invoice, from the letters that stand."""
    days = {one.id: one.letter_date for one in game.rows(dunning.dunning_letter) if one.status == "Issued"}
    found: dict[int, tuple[int, date]] = {}
    for one in game.rows(dunning.dunning_letter_item):
        if one.dunning_letter_id in days:
            level, day = found.get(one.invoice_id, (0, BEGIN))
            found[one.invoice_id] = max(level, one.level_after), max(day, days[one.dunning_letter_id])
    return found


def check_charges(game: Game) -> None:
    """Fees and interest are there as long as their letter, to the cent."""
    invoices = {one.id: one for one in game.rows(ledger.invoice)}
    charged: dict[int, Any] = {}
    for one in game.rows(interest.interest_charge):
        if not one.is_cancelled:
            charged[one.dunning_letter_id] = charged.get(one.dunning_letter_id, D(0)) + one.amount
    for letter in game.desk.ask(issued_letters):
        status = "Voided" if letter.is_cancelled else "Posted"
        for key, amount in (
            (letter.fee_invoice_key, letter.fee),
            (letter.interest_invoice_key, letter.interest),
        ):
            assert (key is None) == (amount == 0)
            if key is not None:
                assert (invoices[key].status, invoices[key].total_amount_with_tax) == (status, amount)
        assert charged.get(letter.key, D(0)) == (0 if letter.is_cancelled else letter.interest)
    stored = {one.id: (one.dunning_level, one.last_dunned_date) for one in invoices.values() if one.dunning_level}
    assert stored == levels_told(game)


def played(start: Workspace, moves: list[tuple[int, int]]) -> None:
    game = Game(start)
    for move, number in moves:
        try:
            MOVES[move % len(MOVES)](game, number)
        except DuedeskError:  # a refusal leaves nothing behind
            continue
    check_charges(game)
    assert findings(start, game.today) == []


def begun(book: Book, world: World) -> Workspace:
    """Begin a game: the clock stands before everything is due."""
    start = Workspace(book, world)

    def work(build: DunningBuilder) -> None:
        build.policy(*LEVELS, promise_grace_days=GRACE)
        accounts = build.account("Acme Ltd"), build.account("Bolt Ltd")
        build.connection.execute(update(party.account).values(billing_country="DE"))
        for number, amount in enumerate(AMOUNTS):
            due = (BEGIN + timedelta(days=number * 3)).isoformat()
            build.invoice(f"I-{number}", accounts[number % 2], amount, on="2026-01-02", due=due)

    write(start, work)
    return start


def moves_of(seed: int) -> list[tuple[int, int]]:
    """Draw the moves of a game: a seed plays it again."""
    draw = Random(seed)
    return [(draw.randrange(len(MOVES)), draw.randrange(1_000)) for _ in range(MOVED)]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_letter_asks_for_what_is_not_owed(kind: str, request: pytest.FixtureRequest, world: World) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],
    )
    @given(st.integers(0, 2**32))
    def play(seed: int) -> None:
        with fresh_book(kind, request) as book:
            played(begun(book, world), moves_of(seed))

    play()
