"""Writes the aging to a workbook from the page: asks where, tells where it is, opens it if asked."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from duedesk.actions.exporting import export_aging
from duedesk.desk.page import Desk
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, elided_label, set_role
from duedesk.domain.aging import AgingRequest

_WORKBOOKS = "Excel workbooks (*.xlsx)"
_SUFFIX = ".xlsx"


class ExportLine(QWidget):
    """A line that says where the workbook was written; hidden until there is one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._written: Path | None = None
        self.said = elided_label()
        self.open = button("Open", self._open)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.said, 1)
        line.addWidget(self.open)
        line.addWidget(button("Close", self.hide, link=True))
        self.setVisible(False)

    def ask_and_write(self, request: AgingRequest, to: str | None = None) -> None:
        """Ask where the workbook of an aging shall stand, and write it; `to` is the currency it is converted to."""
        name = f"Aging {request.as_of.isoformat()}{_SUFFIX}"
        chosen, _ = QFileDialog.getSaveFileName(self, "Write the aging to a workbook", name, _WORKBOOKS)
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(chosen + _SUFFIX)
        workspace = self._desk.workspace
        self._desk.tasks.make_file(
            self,
            lambda how: export_aging(workspace, request, path, to, progress=how.report, stop=how.is_cancelled),
            lambda facts: self._tell(facts.path, facts.remarks, holds=facts.holds),
            title=f"Writing {path.name}",
        )

    def _tell(self, path: Path, remarks: tuple[str, ...], *, holds: bool) -> None:
        self._written = path
        self.said.setText(" ".join((f"{path.name} is in {path.parent}.", *remarks)))
        set_role(self.said, Role.TEXT if holds else Role.OVERDUE)
        self.setVisible(True)

    def _open(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))
