"""A statement of account as PDF, in the dress of the house: lines and sums by currency; it adds up what it prints."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from duedesk.documents.address import script_of
from duedesk.documents.dress import Dress, Window, logo_as_svg
from duedesk.documents.labels import Labels, read_labels
from duedesk.documents.letter import Letterhead
from duedesk.documents.printable import printable, shortened
from duedesk.documents.statement_labels import StatementLabels, read_statement_labels
from duedesk.documents.typesetter import changed, font_families, typeset
from duedesk.domain.money import ZERO
from duedesk.domain.names import tidy
from duedesk.domain.reports.statements import Addressee, OpenLine, Statement, StatementFrame
from duedesk.resources import LookName, look

Part = dict[str, object]


@dataclass(frozen=True, slots=True)
class StatementPaper:
    """The statements of one account, ready to be set; the language is that of whoever reads it."""

    letterhead: Letterhead
    to: Addressee
    statements: tuple[Statement, ...]
    frame: StatementFrame
    dress: Dress = field(default_factory=Dress)
    language: str = "en"


def render_statement(paper: StatementPaper) -> bytes:
    """Set the statements of an account as a tagged PDF; the same statements give the same bytes.

    Characters without a glyph are replaced by a visible sign. RequestError where there are no words in the language.
    """
    logo = logo_as_svg(paper.dress.logo) if paper.dress.logo else ""
    return typeset("statement.typ", {**changed(_content(paper), printable), "logo": logo}, dated=paper.frame.as_of)


def _content(paper: StatementPaper) -> Part:
    labels, own = read_labels(paper.language), read_statement_labels(paper.language)
    light, head, day = look(LookName.LIGHT), paper.letterhead, paper.frame.as_of
    on_top = paper.dress.window is Window.US  # there the address stands at the head already
    foot = ([] if on_top else [head.name, *head.address_lines], head.bank_lines, head.contact_lines)
    return {
        "window": paper.dress.window.value,
        "language": paper.language,
        "fonts": font_families(script_of(paper.to.parts[-1])),
        "colours": {
            "text": light.text,
            "quiet": light.quiet_text,
            "line": light.line,
            "panel": light.hover,
            "accent": paper.dress.colour or light.text,
        },
        "logo-alt": head.name,
        "title": tidy(f"{own.title}, {paper.to.name}"),
        "date": [day.year, day.month, day.day],
        "sender": {"name": head.name, "address": list(head.address_lines), "return-line": head.return_line},
        "recipient": [paper.to.name, *paper.to.address],
        "facts": list(_facts(paper, labels, own)),
        "subject": own.title,
        "sections": [_section(paper, one, labels, own) for one in paper.statements],
        "panel": list(_panel(paper, labels)),
        "running": {
            "left": list(filter(None, (shortened(paper.to.name, 22), shortened(paper.to.number, 12)))),
            "right": own.title,
        },
        "foot": [[line for line in column if line] for column in foot],
        "page-of": labels.page_of,
    }


def _facts(paper: StatementPaper, labels: Labels, own: StatementLabels) -> Iterator[Part]:
    if paper.to.number:
        yield {"label": labels.account, "value": paper.to.number, "strong": False}
    days = [(own.as_of, paper.frame.as_of)]
    if paper.frame.first_day is not None:
        days = [(own.from_day, paper.frame.first_day), (own.to, paper.frame.as_of)]
    for label, day in days:
        yield {"label": label, "value": labels.day_in_full(day), "strong": False}
    for one in paper.statements:
        yield {"label": own.balance, "value": labels.amount(one.closing, one.currency), "strong": True}


def _section(paper: StatementPaper, one: Statement, labels: Labels, own: StatementLabels) -> Part:
    is_activity = paper.frame.is_activity
    made = _moved(paper.frame.first_day, one, labels, own) if is_activity else _open(one, labels, own)
    header, rows, sums = made
    columns = zip(header, *rows, ["", "", "", *[""] * (len(header) - 3 - len(sums)), *sums], strict=True)
    return {
        "heading": "" if len(paper.statements) == 1 else own.section(one.currency),
        "header": header,
        "rows": rows,
        "figures": 3,
        "number": 1,
        "rest": 2,
        "nothing": own.nothing_moved if is_activity else own.nothing_open,
        "sum-label": f"{own.closing if is_activity else own.balance}, {one.currency}",
        "sums": sums,
        "widest": [max(column, key=len) for column in columns],
        "aging": [] if is_activity else list(_aged(paper.frame, one, labels, own)),
    }


_Table = tuple[list[str], list[list[str]], list[str]]


def _open(one: Statement, labels: Labels, own: StatementLabels) -> _Table:
    header = [own.date, own.number, own.kind, own.due, own.overdue, own.amount, own.open]
    rows = [_open_row(line, one.currency, labels, own) for line in one.open_lines]
    return header, rows, [labels.figure(_sum(line.balance for line in one.open_lines), one.currency)]


def _open_row(line: OpenLine, currency: str, labels: Labels, own: StatementLabels) -> list[str]:
    days = line.days_overdue
    number = line.number or labels.without_number
    return [
        labels.day_in_table(line.on),
        number if line.instalment is None else f"{number} ({line.instalment})",
        own.kinds.get(line.kind, line.kind),
        "" if line.due_date is None else labels.day_in_table(line.due_date),
        "" if days is None or days <= 0 else labels.days_overdue(days),
        labels.figure(line.total, currency),
        labels.figure(line.balance, currency),
    ]


def _moved(first_day: date | None, one: Statement, labels: Labels, own: StatementLabels) -> _Table:
    header = [own.date, own.number, own.kind, own.charged, own.credited, own.balance]

    def figure(amount: Decimal) -> str:
        return labels.figure(amount, one.currency) if amount else ""

    start = "" if first_day is None else labels.day_in_table(first_day)
    rows = [[start, "", own.opening, "", "", labels.figure(one.opening, one.currency)]]
    rows += [
        [
            labels.day_in_table(line.on),
            line.number,
            own.events.get(line.what, line.what),
            figure(max(line.amount, ZERO)),
            figure(max(-line.amount, ZERO)),
            labels.figure(line.balance, one.currency),
        ]
        for line in one.moved_lines
    ]
    amounts = [line.amount for line in one.moved_lines]
    charged = _sum(amount for amount in amounts if amount > 0)
    credited = -_sum(amount for amount in amounts if amount < 0)
    closing = one.opening + charged - credited
    return header, rows, [figure(charged), figure(credited), labels.figure(closing, one.currency)]


def _aged(frame: StatementFrame, one: Statement, labels: Labels, own: StatementLabels) -> Iterator[Part]:
    """Give what is open by its age, and what is not applied yet."""
    count, light = len(frame.buckets), look(LookName.LIGHT)
    sums = [ZERO] * (count + 1)
    for line in one.open_lines:
        sums[-1 if line.days_overdue is None else frame.buckets.index(line.days_overdue)] += line.balance
    for index in range(count):
        yield {
            "label": own.bucket(*frame.buckets.days(index)),
            "amount": labels.figure(sums[index], one.currency),
            "colour": light.bucket(index, count),
            "strong": False,
        }
    if sums[-1]:
        amount = labels.figure(sums[-1], one.currency)
        yield {"label": own.unapplied, "amount": amount, "colour": "", "strong": False}


def _panel(paper: StatementPaper, labels: Labels) -> Iterator[Part]:
    """Give where to pay, by currency where the house has accounts of its own for them, and whom to ask."""
    banks = [paper.frame.pay_to[one.currency] for one in paper.statements if one.currency in paper.frame.pay_to]
    lines: Sequence[str] = banks or paper.letterhead.bank_lines
    if lines:
        yield {"label": labels.transfer_to, "lines": list(lines)}
    if paper.letterhead.contact_lines:
        yield {"label": labels.questions, "lines": list(paper.letterhead.contact_lines)}


def _sum(amounts: Iterator[Decimal] | Sequence[Decimal]) -> Decimal:
    return sum(amounts, ZERO)
