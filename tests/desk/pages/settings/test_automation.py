"""What runs by itself every day is shown for each system, copied and saved; nothing is installed."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desk.waiting import Settled
from duedesk.actions.automation import LAUNCHD, WINDOWS
from duedesk.actions.dunning.guarding import set_send_guard
from duedesk.actions.workspace import Workspace
from duedesk.desk.page import Said
from duedesk.desk.pages.settings.page import SettingsPage
from duedesk.desk.pages.settings.sending.automation import TimerPanel
from duedesk.store.queries.dunning.policies import policies


def test_a_timer_is_shown_copied_and_saved(
    page: SettingsPage, workspace: Workspace, settled: Settled, said: list[Said], tmp_path: Path
) -> None:
    page.show_section("Automation")
    settled()
    assert [one.texts[1] for one in page.view.content.entries] == [
        "duedesk dun --due",
        "duedesk deliver",
        "duedesk report --due",
    ]
    assert "No policy is issued with nobody looking" in page.view.remark.text()
    set_send_guard(workspace, by_itself=[one.key for one in workspace.ask(policies)])
    page.view.read()
    settled()
    assert page.view.remark.text().endswith("Issued with nobody looking: Standard.")

    page.view.edit(0)
    panel = page.view.form
    assert isinstance(panel, TimerPanel)
    panel.system.choose(WINDOWS)
    assert "<Arguments>dun --due --book " in panel.files.toPlainText()
    panel.system.choose(LAUNCHD)
    panel.at.setText("25:00")
    panel.at.editingFinished.emit()
    assert panel.fault == "“25:00” is no time of day. Write 06:30."
    panel.at.setText("7:15")
    panel.letters.setText(str(tmp_path / "letters"))
    panel.letters.editingFinished.emit()
    assert panel.fault == ""
    assert "<integer>15</integer>" in panel.files.toPlainText()
    assert f"<string>{tmp_path / 'letters'}</string>" in panel.files.toPlainText()
    panel.copy_button.click()
    assert QGuiApplication.clipboard().text() == panel.files.toPlainText()
    assert panel.folder.text().endswith("Library/LaunchAgents")
    panel.folder.setText(str(tmp_path / "agents"))
    panel.do()
    settled()
    (written,) = (tmp_path / "agents").iterdir()
    assert written.name.startswith("org.duedesk.dun-")
    assert said[-1].sentence == f"1 file written to {tmp_path / 'agents'}; nothing is begun yet."
    assert page.view.form is None


def test_enter_goes_on_to_the_folder_and_writes_nothing_in_passing(
    page: SettingsPage, settled: Settled, said: list[Said], tmp_path: Path
) -> None:
    page.show_section("Automation")
    settled()
    page.view.begin()
    QTest.keyClick(page.view.table, Qt.Key.Key_Return)
    panel = page.view.form
    assert isinstance(panel, TimerPanel)
    written = tmp_path / "timers"
    panel.folder.setText(str(written))
    assert panel.system.hasFocus()

    QTest.keyClick(panel.system, Qt.Key.Key_Return)
    settled()
    assert panel.folder.hasFocus()
    assert (said, written.exists()) == ([], False)
    panel.copy_button.setFocus()
    QTest.keyClick(panel.copy_button, Qt.Key.Key_Return)  # Enter on a button presses that button
    assert QGuiApplication.clipboard().text() == panel.files.toPlainText()
    assert not written.exists()
    panel.folder.setFocus()
    QTest.keyClick(panel.folder, Qt.Key.Key_Return)
    settled()
    assert list(written.iterdir())

    page.view.edit(0)
    again = page.view.form
    assert isinstance(again, TimerPanel)
    again.leave_button.setFocus()
    QTest.keyClick(again.leave_button, Qt.Key.Key_Return)
    settled()
    assert page.view.form is None
    assert len(said) == 1
