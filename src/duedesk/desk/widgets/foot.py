"""The one line at the foot: what is shown, what it adds up to, whether it holds, and work under way with its stop."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.background import Tasks, Ticket
from duedesk.desk.page import FootLine
from duedesk.desk.theme import PAGE_MARGIN
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.frames import bar, rule
from duedesk.desk.widgets.heard import announce
from duedesk.desk.widgets.labels import Role, elided_label, plain_label, set_role, set_tooltip

HEIGHT = 32
_SPACING, _BAR, _NARROW_BAR = 24, 160, 56
_WIDE = 1100
"""Pixels from which on the proof has a place beside a file that is made."""
_GAP, _SHORT_GAP = "     ", "   "
_TICK = "✓"
SAID_AFTER_MS = 900
"""What stands at the foot for so long is said aloud; what goes by sooner is not."""


class Foot(QWidget):
    """Shows a FootLine; while work is under way how far it is, a write in its place, a file at its side."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tickets: list[Ticket] = []
        self._ticket: Ticket | None = None
        self._far: dict[int, tuple[int, int]] = {}
        self._said = FootLine()
        self._shown = plain_label("", Role.QUIET)
        self._totals = elided_label()
        self._proof = plain_label("", Role.QUIET)
        self._work = elided_label("", Role.QUIET)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stop = button("Stop", self._cancel, link=True)
        panel = bar()
        line = self._line = QHBoxLayout(panel)
        line.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 0)
        line.setSpacing(_SPACING)
        for widget, stretch in ((self._shown, 0), (self._totals, 1), (self._work, 1), (self._bar, 0)):
            line.addWidget(widget, stretch, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._stop)
        line.addWidget(self._proof)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule())
        column.addWidget(panel, 1)
        self.setFixedHeight(HEIGHT)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("What is shown, and what it adds up to")
        self._said_aloud = ""
        self._stands = QTimer(self)
        self._stands.setSingleShot(True)
        self._stands.setInterval(SAID_AFTER_MS)
        self._stands.timeout.connect(self._say_aloud)
        self._show_work(under_way=False)
        tasks.started.connect(self._on_started)
        tasks.progressed.connect(self._on_progressed)
        tasks.finished.connect(self._on_finished)

    def show_line(self, said: FootLine) -> None:
        """Say something else."""
        self._shown.setText(said.shown)
        self._said = said
        self._show_work(under_way=self._ticket is not None)
        self._fit_totals()
        self.setAccessibleDescription(in_speech(said))
        self._stands.start()
        set_role(self._proof, Role.OVERDUE if not said.holds else Role.GOOD if said.proved else Role.QUIET)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the totals in as many words as there is room for."""
        super().resizeEvent(event)
        self._show_work(under_way=self._ticket is not None)
        self._fit_totals()

    def hideEvent(self, event: QHideEvent) -> None:
        """Say nothing more of a window that is gone."""
        super().hideEvent(event)
        self._stands.stop()

    def _say_aloud(self) -> None:
        """Say what stands at the foot, unless it was said last."""
        said = self.accessibleDescription()
        if said != self._said_aloud and self.isVisible():
            announce(self, said)
        self._said_aloud = said

    def _fit_totals(self) -> None:
        """Say totals and proof in as many words as there is room for: of a proof that holds, the tick alone if must be.

        Averages matter more than the rule that is kept anyway; what is left out is told in a tooltip.
        """
        said = self._said
        proof = said.proof
        tick = _TICK if said.holds and proof.endswith(_TICK) else proof
        whole, close, brief = _GAP.join(said.totals), _SHORT_GAP.join(said.totals), _GAP.join(said.brief)
        ways = [(whole, proof), (whole, tick), (close, tick)]
        last = (brief, proof) if brief else (whole, tick)
        totals, proof = next((way for way in ways if self._fits(*way)), last)
        self._totals.setText(totals)
        set_tooltip(self._totals, whole if totals == brief != whole else "")
        self._proof.setText(proof)
        set_tooltip(self._proof, said.proof if proof != said.proof else "")

    def _fits(self, totals: str, proof: str) -> bool:
        metrics = self._totals.fontMetrics()
        taken = metrics.horizontalAdvance(self._said.shown) + 2 * PAGE_MARGIN + _SPACING
        if proof and not self._proof.isHidden():
            taken += metrics.horizontalAdvance(proof) + _SPACING
        if self._is_beside:
            beside = metrics.horizontalAdvance(self._work.text()) + self._stop.sizeHint().width()
            taken += beside + _NARROW_BAR + 3 * _SPACING
        return metrics.horizontalAdvance(totals) <= self.width() - taken

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._show_ticket()

    def _on_started(self, ticket: Ticket) -> None:
        self._tickets.append(ticket)
        self._show_ticket()

    def _on_progressed(self, ticket: Ticket, done: int, total: int) -> None:
        self._far[id(ticket)] = (done, total)
        if ticket is self._ticket:
            self._show_far()

    def _on_finished(self, ticket: Ticket) -> None:
        self._tickets = [one for one in self._tickets if one is not ticket]
        self._far.pop(id(ticket), None)
        self._show_ticket()

    def _show_ticket(self) -> None:
        """Show the write asked for last, else the file that is made now and how many there are with those that wait."""
        writes = [one for one in self._tickets if not one.makes_file]
        files = [one for one in self._tickets if one.makes_file]
        self._ticket = next(iter([*reversed(writes), *files]), None)
        if self._ticket is not None:
            title = f"Writing {written.plural(len(files), 'file')}" if self._ticket.makes_file else self._ticket.title
            self._work.setText("Stopping…" if self._ticket.stop.is_set() else title)
            set_tooltip(self._work, self._ticket.title)
            self._show_far()
        self._show_work(under_way=self._ticket is not None)
        self._fit_totals()

    @property
    def _is_beside(self) -> bool:
        """Tell whether a file is made, whose progress leaves the totals their place."""
        return self._ticket is not None and self._ticket.makes_file

    def _show_far(self) -> None:
        done, total = self._far.get(id(self._ticket), (0, 0))
        self._bar.setRange(0, 1000 if total > 0 else 0)
        if total > 0:
            self._bar.setValue(done * 1000 // total)
        set_tooltip(self._bar, f"{written.count(done)} of {written.count(total)}" if total > 0 else "")

    def _show_work(self, *, under_way: bool) -> None:
        for widget in (self._work, self._bar, self._stop):
            widget.setVisible(under_way)
        is_beside = self._is_beside
        self._proof.setVisible(not is_beside or self.width() >= _WIDE or not self._said.holds)
        self._totals.setVisible(not under_way or is_beside)
        self._bar.setFixedWidth(_NARROW_BAR if is_beside else _BAR)
        self._line.setStretchFactor(self._work, 0 if is_beside else 1)
        self._work.setMinimumWidth(self._work.fontMetrics().horizontalAdvance(self._work.text()) if is_beside else 0)


def in_speech(said: FootLine) -> str:
    """Give a line of the foot as it is said: the whole totals, and that the figures do not hold where they do not."""
    parts = (said.shown, *said.totals, "" if said.holds else said.proof)
    return ". ".join(part for part in parts if part).replace("⌀", "average").replace("≠", "is not")
