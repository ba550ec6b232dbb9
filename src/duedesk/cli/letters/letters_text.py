"""Issued letters as the terminal tells them: rows, one letter whole, and JSON."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from duedesk.actions.workspace import Workspace
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, aligned, table
from duedesk.cli.lists.record_text import moment
from duedesk.cli.terminal import DONE, Terminal
from duedesk.domain.days import in_words, write_moment
from duedesk.domain.dunning.send_guard import Dropped
from duedesk.domain.money import grouped, plain
from duedesk.store.queries.letters.issued import IssuedLetter, LetterItem, letter_items


def letter_rows(found: Sequence[IssuedLetter]) -> Iterator[str]:
    """Give letters as a table."""
    columns = (
        *map(Column, ("Letter", "Dated", "Account", "Currency")),
        Column("Level", is_figure=True),
        *(Column(name, is_figure=True) for name in ("Fee", "Interest", "Total")),
        *map(Column, ("Pay by", "By", "Status")),
    )
    yield from table(columns, map(_row, found))


def dropped_rows(found: Sequence[Dropped]) -> Iterator[str]:
    """Give what dropped out of letters as they were issued, with why."""
    yield from table((Column("Dropped out"), Column("Because")), ((one.number, one.reason) for one in found))


def show_letter(terminal: Terminal, workspace: Workspace, one: IssuedLetter, *, as_json: bool) -> int:
    """Show one letter with its items, as it was issued."""
    items = workspace.ask(letter_items, [one.key]).get(one.key, [])
    if as_json:
        write_json(terminal, {"object": "DunningLetter", **letter_json(one, items)})
        return DONE
    for line in letter_lines(one, items):
        terminal.say(line)
    return DONE


def letter_lines(one: IssuedLetter, items: Sequence[LetterItem]) -> Iterator[str]:
    """Give one letter whole."""
    code = one.currency
    yield f"Letter {one.number}: {one.status.lower()}"
    yield f"{one.account}, {_level(one)} of {one.policy or 'no policy'}, {in_words(one.letter_date)}"
    if one.is_cancelled and one.cancelled_on is not None:
        yield f"cancelled on {in_words(one.cancelled_on)} by {one.cancelled_by}: {one.cancellation_reason}"
    yield ""
    yield from aligned((name, f"{code} {grouped(amount, code)}") for name, amount in _sums(one))
    yield from aligned(_facts(one))
    yield ""
    columns = (
        *map(Column, ("Invoice", "Due")),
        *(Column(name, is_figure=True) for name in ("Overdue", "Balance", "Asked")),
        Column("Level"),
    )
    rows = (
        (
            item.number,
            item.due_date.isoformat(),
            str(item.days_overdue) if item.level_after is not None else "",
            grouped(item.balance, code),
            grouped(item.asked, code),
            "not due yet" if item.level_after is None else f"{item.level_before} to {item.level_after}",
        )
        for item in items
    )
    yield from table(columns, rows)


def letter_json(one: IssuedLetter, items: Sequence[LetterItem] | None = None) -> dict[str, Json]:
    """Give a letter as JSON, with its items where they are told."""
    code = one.currency
    said: dict[str, Json] = {
        "letter": one.number,
        "account": one.account,
        "currency": code,
        "policy": one.policy,
        "level": one.level,
        "courtesy": one.is_courtesy,
        "dated": one.letter_date.isoformat(),
        "deadline": None if one.deadline is None else one.deadline.isoformat(),
        **{name: plain(getattr(one, name), code) for name in ("principal", "unapplied", "fee", "interest", "total")},
        "fee_invoice": one.fee_invoice or None,
        "interest_invoice": one.interest_invoice or None,
        "interest_until": None if one.interest_until is None else one.interest_until.isoformat(),
        "channel": one.channel,
        "address": one.address,
        "note": one.note,
        "status": one.status,
        "issued_at": write_moment(one.issued_at),
        "issued_by": one.issued_by,
        "cancelled_on": None if one.cancelled_on is None else one.cancelled_on.isoformat(),
        "cancellation_reason": one.cancellation_reason or None,
    }
    if items is not None:
        said["items"] = [_item_json(item, code) for item in items if item.level_after is not None]
        said["not_due"] = [_item_json(item, code) for item in items if item.level_after is None]
    return said


def _item_json(item: LetterItem, code: str) -> Json:
    return {
        "invoice": item.number,
        "due": item.due_date.isoformat(),
        "days_overdue": item.days_overdue,
        "balance": plain(item.balance, code),
        "asked": plain(item.asked, code),
        "contested": plain(item.contested, code),
        "promised": plain(item.promised, code),
        "level_before": item.level_before,
        "level_after": item.level_after,
    }


def _row(one: IssuedLetter) -> tuple[str, ...]:
    amounts = (grouped(amount, one.currency) for amount in (one.fee, one.interest, one.total))
    level = "notice" if one.is_courtesy else str(one.level)
    due = "" if one.deadline is None else one.deadline.isoformat()
    named = (one.number, one.letter_date.isoformat(), one.account, one.currency, level)
    return (*named, *amounts, due, one.channel, one.status)


def _level(one: IssuedLetter) -> str:
    return "notice" if one.is_courtesy else f"level {one.level}"


def _sums(one: IssuedLetter) -> Iterator[tuple[str, Decimal]]:
    yield "Invoices", one.principal
    for name, amount in (("Unapplied", one.unapplied), ("Fee", one.fee), ("Interest", one.interest)):
        if amount:
            yield name, amount
    yield "Total", one.total


def _facts(one: IssuedLetter) -> Iterator[tuple[str, str]]:
    if one.deadline is not None:
        yield "Pay by", one.deadline.isoformat()
    yield "By", f"{one.channel}{f': {one.address}' if one.address else ''}"
    for name, number in (("Fee invoice", one.fee_invoice), ("Interest invoice", one.interest_invoice)):
        if number:
            yield name, number
    yield "Issued", f"{moment(one.issued_at)} ({one.issued_by})"
    if one.note:
        yield "Note", one.note
