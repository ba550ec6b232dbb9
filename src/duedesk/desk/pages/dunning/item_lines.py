"""The invoices of a letter one below the other, each with its level, its age and why it is in it; it reads nothing."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.pages.dunning.words import level_of_item
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.pill import Pill
from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.domain.dunning_proposal import ProposedItem, ProposedLetter
from duedesk.domain.dunning_reasons import sentence
from duedesk.domain.money import ZERO
from duedesk.resources import Look

_MOST = 60
"""Invoices told one by one: the sheets show all."""

_MARGIN = 16


class ItemLines(QWidget):
    """Made anew for each letter."""

    def __init__(self, look: Look, one: ProposedLetter) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 10, _MARGIN, 10)
        column.setSpacing(2)
        for item in one.items[:_MOST]:
            _add_item(column, item, one, look)
        rest = len(one.items) - _MOST
        if rest > 0:
            column.addWidget(plain_label(f"And {rest:,} more, which the letter lists.", Role.QUIET))
        for words in _beside(one):
            column.addWidget(plain_label(words, Role.QUIET, wraps=True))
        column.addStretch(1)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        for pill in self.findChildren(Pill):
            pill.set_look(look)


def _add_item(column: QVBoxLayout, item: ProposedItem, one: ProposedLetter, look: Look) -> None:
    line = QHBoxLayout()
    line.setSpacing(8)
    pill = Pill(look)
    line.addWidget(plain_label(item.number or "No number", selectable=True))
    line.addWidget(pill)
    pill.set_text(level_of_item(item, is_courtesy=one.is_courtesy))
    line.addStretch(1)
    line.addWidget(plain_label(written.amount(item.asked, one.currency)))
    column.addLayout(line)
    bucket = DEFAULT_BUCKETS.labels[DEFAULT_BUCKETS.index(item.days_overdue)]
    column.addWidget(plain_label(f"{written.due(item.days_overdue, item.due_date)} · {bucket}", Role.SMALL))
    column.addWidget(plain_label(_why(item, one.currency), Role.QUIET, wraps=True))
    column.addSpacing(10)


def _why(item: ProposedItem, currency: str) -> str:
    said = [sentence(item.reason, currency)]
    kept = item.balance - item.asked
    if kept > ZERO:
        said.append(
            f"{written.money(kept, currency)} of {written.money(item.balance, currency)} is disputed or promised."
        )
    return " ".join(said)


def _beside(one: ProposedLetter) -> list[str]:
    """Say what else makes the sum, in lines; nothing where the invoices are all."""
    amounts = (("Not applied yet, taken off", one.unapplied), ("Fee", one.fee), ("Interest", one.interest))
    lines = [f"{name}: {written.money(amount, one.currency)}" for name, amount in amounts if amount != ZERO]
    if one.not_due_items:
        lines.append(f"{written.plural(len(one.not_due_items), 'invoice')} not due yet are listed beside.")
    return lines
