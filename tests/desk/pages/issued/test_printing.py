"""Letters of a run go onto paper in the folding machine's order, and it is noted that they were printed."""

from pathlib import Path

import pypdfium2
from PySide6.QtPrintSupport import QPrinter

from desk.waiting import Settled
from duedesk.actions.workspace import Workspace
from duedesk.desk.page import Said
from duedesk.desk.pages.issued.page import IssuedPage
from duedesk.desk.pages.issued.print_panel import PrintPanel
from duedesk.store.queries.letters.deliveries import deliveries


def _pages(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def test_a_run_is_printed_and_marked(page: IssuedPage, workspace: Workspace, settled: Settled, tmp_path: Path) -> None:
    said: list[Said] = []
    page.said.connect(said.append)
    page.bring("Runs")
    settled()
    next(one for one in page.commands() if "Ctrl+P" in one.keys).run()
    settled()
    panel = page.view.side.panel
    assert isinstance(panel, PrintPanel)
    assert (panel.title.text(), panel.sheets.text()) == ("Print 2 letters", "2 pages on 2 sheets")

    printing = page.runs.printing
    keys = [one.key for one in page.letters.rows]
    asked = panel.gather()
    printing.save(panel, keys, asked, tmp_path / "all")
    settled()
    assert said[-1].sentence == "2 letters on 4 pages, saved as all.pdf."
    assert _pages(tmp_path / "all.pdf") == 4

    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printing.print(printer, tmp_path / "all.pdf", keys, asked)
    settled()
    assert said[-1].sentence == "Printed, 4 pages. 2 letters printed."
    assert {(row.channel, row.status) for row in workspace.ask(deliveries)} == {("print", "Sent")}
    page.letters.narrow("", "print")
    assert page.letters.list.lines == (), "none waits for print any more"
