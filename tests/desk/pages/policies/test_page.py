"""Policies are edited with every field explained and tried on tomorrow's run before they are saved."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desk.waiting import Settled
from duedesk.actions.dunning.policies import save_policy
from duedesk.actions.workspace import Workspace
from duedesk.desk.page import Said
from duedesk.desk.pages.policies.conflict_panel import ConflictPanel
from duedesk.desk.pages.policies.page import PoliciesPage
from duedesk.desk.widgets.row_table import RowTable
from duedesk.domain.dunning.policy import INVOICE
from duedesk.store.queries.dunning.policies import policies, policy_called


@pytest.fixture
def said(page: PoliciesPage) -> list[Said]:
    told: list[Said] = []
    page.said.connect(told.append)
    return told


def rows(table: RowTable) -> list[tuple[str, ...]]:
    found = map(table.records.row, range(table.records.rowCount()))
    return [row.texts for row in found if row is not None]


def give(page: PoliciesPage, key: str, settled: Settled) -> None:
    next(one for one in page.commands() if key in {*one.keys, one.heard}).run()
    settled()


def type_in(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    field.selectAll()
    qtbot.keyClicks(field, text)  # type: ignore[no-untyped-call]


def tried(page: PoliciesPage, settled: Settled) -> list[tuple[str, ...]]:
    page.try_run()
    settled()
    return rows(page.body.trial.sums)


def test_a_level_is_changed_tried_and_saved(
    page: PoliciesPage, workspace: Workspace, qtbot: QtBot, settled: Settled, said: list[Said]
) -> None:
    assert [row[:2] for row in rows(page.body.policies)] == [("House", "Account"), ("Standard", "Account")]
    assert tried(page, settled)[0] == ("Level 1 · First", "2", "3", "1,565.00 EUR", "the same")

    page.body.levels.selectRow(0)
    form = page.form.level_form
    type_in(qtbot, form.minimums, "600 EUR; 1 000,50 usd")
    assert page.form.explained.startswith("Minimum, by currency A letter that asks for less is not written")
    type_in(qtbot, form.fee_amount, "7 EUR")
    assert tried(page, settled)[0] == ("Level 1 · First", "2 → 1", "3 → 2", "1,067.00 EUR", "1,565.00 EUR")
    assert rows(page.body.trial.turned) == [
        ("Changed", "Acme Ltd", "1", "1,067.00 EUR", "1,062.50 EUR"),
        ("Gone", "Bolt Ltd", "1", "", "502.50 EUR"),
    ]
    assert not page.can_leave()
    assert said[-1].sentence == "House is not saved."

    type_in(qtbot, form.days, "soon")
    assert page.form.fault == "Days overdue: “soon” is no number of days. Write a whole number, such as 14."
    assert not page.form.save_button.isEnabled()
    type_in(qtbot, form.days, "25")
    assert page.form.fault.startswith("Level 2 begins 20 days after the due date, no later than level 1 with 25.")
    type_in(qtbot, form.days, "6")
    give(page, "Ctrl+S", settled)
    assert said[-1].sentence == "Dunning policy House saved."
    level = workspace.ask(policy_called, "House").levels[0]
    assert (level.days_overdue, level.minimums) == (6, {"EUR": Decimal(600), "USD": Decimal("1000.5")})
    assert page.can_leave()


def test_a_policy_is_made_with_a_notice_and_levels_and_deleted_again(
    page: PoliciesPage, workspace: Workspace, qtbot: QtBot, settled: Settled
) -> None:
    give(page, "Ctrl+N", settled)
    type_in(qtbot, page.form.policy_form.name, "Key accounts")
    form = page.form.policy_form
    form.letter_per.choose(INVOICE)
    form.letter_per.activated.emit(1)
    form.ticks["is_default"].click()
    page.add_notice()
    page.add_level()
    page.add_level()
    assert [row[:3] for row in rows(page.body.levels)] == [
        ("–", "Friendly notice", "−5"),
        ("1", "First reminder", "5"),
        ("2", "Level 2", "19"),
        ("3", "Level 3", "33"),
    ]
    assert page.form.level_form.at_the_end.isVisible()
    give(page, "Ctrl+Del", settled)
    assert tried(page, settled)[:2] == [
        ("Level 1 · First reminder", "0 → 3", "0 → 3", "1,560.00 EUR", "0.00 EUR"),
        ("Other policies", "2 → 0", "3 → 0", "0.00 EUR", "1,565.00 EUR"),
    ]
    give(page, "Ctrl+S", settled)
    made, *_ = workspace.ask(policies)
    assert (made.name, made.is_default, [one.days_overdue for one in made.levels]) == (
        "Key accounts",
        True,
        [-5, 5, 19],
    )
    assert page.editing.key == made.key

    page.body.policies.selectRow(2)
    give(page, "Ctrl+Shift+Del", settled)
    assert [one.name for one in workspace.ask(policies)] == ["Key accounts", "House"]


def test_what_somebody_else_changed_meanwhile_is_shown_beside_ones_own(
    page: PoliciesPage, workspace: Workspace, qtbot: QtBot, settled: Settled
) -> None:
    type_in(qtbot, page.form.policy_form.promises, "3")
    house = workspace.ask(policy_called, "House")
    save_policy(workspace, replace(house, description="Ours", promise_grace_days=1))
    give(page, "Ctrl+S", settled)
    panel = page.body.side.panel
    assert isinstance(panel, ConflictPanel)
    told = [label.text() for label in panel.findChildren(QLabel)]
    assert told[told.index("Grace for promises") :][1:3] == ["In the book: 1", "Yours: 3"]
    panel.do()
    settled()
    kept = workspace.ask(policy_called, "House")
    assert (kept.promise_grace_days, kept.description, page.body.side.panel) == (3, "", None)
