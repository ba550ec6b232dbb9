"""The fields of a draft in hand: the few that matter for the head, the others for the details; it stores nothing."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.forms.field_editor import FieldEditor, Option, editor_of
from duedesk.desk.widgets.account_search import AccountPicker
from duedesk.desk.widgets.frames import scrolled
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.domain.catalog import Field
from duedesk.domain.currencies import MINOR_DIGITS
from duedesk.domain.filters import Value
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.records.draft_editing import EditableDraft, Named

ACCOUNT, CURRENCY, CONTACT = "BillingAccountId", "CurrencyIsoCode", "BillToContactId"

IN_HEAD = {ACCOUNT: 3, "InvoiceDate": 0, "DueDate": 0, "PaymentTermId": 2, CURRENCY: 0}
"""The fields that stand in the head, and how they share its room; those with nothing keep their width."""

_WIDTHS = {CURRENCY: 84}


class DraftForm(QObject):
    """Editors made from the catalogue: what it calls Update becomes one. `head` and `details` are where they stand."""

    changed = Signal()
    """Something was typed."""
    account_changed = Signal(object)
    """Another account was chosen: its key."""

    def __init__(self, draft: EditableDraft, account: AccountPicker, today: Callable[[], date]) -> None:
        super().__init__()
        self._draft = draft
        self._account = account
        self.editors: dict[str, FieldEditor] = {}
        fields = [field for field in CATALOG.object("Invoice").fields if field.update]
        for field in fields:
            self.editors[field.name] = self._editor(field, today)
        self.head = self._head({field.name: field for field in fields})
        self.details = self._details([field for field in fields if field.name not in IN_HEAD])
        for name, editor in self.editors.items():
            editor.put(draft.values[name])
            editor.changed.connect(self.changed)
        account.picked.connect(lambda found: self.account_changed.emit(found.key))

    @property
    def values(self) -> dict[str, Value]:
        """Give the fields that hold another value than the draft."""
        held = {name: editor.value for name, editor in self.editors.items()}
        return {name: value for name, value in held.items() if value != (self._draft.values[name] or None)}

    def value(self, name: str) -> Value:
        """Give what a field holds now."""
        return self.editors[name].value

    def offer_contacts(self, contacts: Named) -> None:
        """Offer the contacts of another account; the one that was chosen was the other's."""
        field = CATALOG.object("Invoice").field(CONTACT)
        old = self.editors[CONTACT]
        made = editor_of(field, lambda: date.min, _choices(contacts))
        made.put(None)
        made.changed.connect(self.changed)
        old.widget.parentWidget().layout().replaceWidget(old.widget, made.widget)  # type: ignore[union-attr] # it stands in the grid
        old.widget.deleteLater()
        self.editors[CONTACT] = made
        self.changed.emit()

    def _editor(self, field: Field, today: Callable[[], date]) -> FieldEditor:
        if field.name == ACCOUNT:
            picker = self._account
            editor = FieldEditor(
                picker, lambda: picker.key, lambda value: picker.set_account(int(str(value)), self._draft.account)
            )
            picker.picked.connect(lambda _: editor.changed.emit())
            picker.setAccessibleName(field.label)
            return editor
        if field.name == CURRENCY:
            return editor_of(field, today, [Option(code, code) for code in sorted(MINOR_DIGITS)])
        named = self._draft.choices.get(field.name)
        return editor_of(field, today, None if named is None else _choices(named))

    def _head(self, fields: dict[str, Field]) -> QWidget:
        part = QWidget()
        line = QHBoxLayout(part)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        for name, stretch in IN_HEAD.items():
            widget = self.editors[name].widget
            if name in _WIDTHS:
                widget.setFixedWidth(_WIDTHS[name])
            line.addLayout(_below(fields[name].label, widget), stretch)
        return part

    def _details(self, fields: list[Field]) -> QWidget:
        inside = QWidget()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, 140)
        for row, field in enumerate(fields):
            name = plain_label(field.label, Role.QUIET)
            name.setBuddy(self.editors[field.name].widget)
            name.setContentsMargins(0, 5, 0, 0)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.editors[field.name].widget, row, 1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(19, 14, 19, 14)
        column.addLayout(grid)
        column.addStretch(1)
        inside.setMaximumWidth(620)
        return scrolled(inside)


def _below(label: str, widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addStretch(1)
    name = plain_label(label, Role.QUIET)
    name.setBuddy(widget)
    column.addWidget(name)
    column.addWidget(widget)
    return column


def _choices(named: Named) -> list[Option]:
    return [Option(key, name) for key, name in named]
