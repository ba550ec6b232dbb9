"""The panel of a batch run: how many drafts it will post, over how much, on which day; it starts nothing."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from duedesk.desk import format as written
from duedesk.desk.bulk.outlook import in_currencies
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.date_field import DateField
from duedesk.desk.widgets.labels import Role, set_role
from duedesk.desk.widgets.remark import Remark
from duedesk.desk.widgets.tick import Tick
from duedesk.domain.filters import Filter
from duedesk.store.queries.batch_runs import BatchRun
from duedesk.store.queries.lists.figures import Figures

_HOW = (
    "Each is posted by itself: one that cannot be is set to Error with its reason, and the others go on. "
    "What became of each is shown afterwards."
)


@dataclass(frozen=True, slots=True)
class BatchAsked:
    """A run as it is asked for."""

    asked: Filter
    on: date
    comments: str
    converts: bool
    among: "array[int] | None" = None


class BatchPanel(VerbPanel):
    """Says how many drafts the list finds, over how much."""

    def __init__(
        self,
        asked: Filter,
        totals: tuple[Figures, ...],
        today: Callable[[], date],
        left: tuple[BatchRun, ...] = (),
        among: "array[int] | None" = None,
    ) -> None:
        count = sum(one.count for one in totals)
        amounts = in_currencies((one.currency, one.total) for one in totals)
        which = f"All {count:,} drafts that the list finds," if among is None else f"The {count:,} drafts selected,"
        super().__init__(
            f"Post {written.plural(count, 'draft')}",
            "Post all",
            f"{which} over {amounts}. {_HOW}" if count > 1 else f"{amounts}. {_HOW}",
        )
        set_role(self.says, Role.TEXT)
        self._asked, self._among = asked, among
        self.converts = Tick("Turn negative lines into a credit memo")
        self.fields.addWidget(self.converts)
        self.fields.addSpacing(6)
        self.day = DateField(today(), today)
        self.add_field("Posted on", self.day)
        self.comments = QPlainTextEdit()
        self.comments.setTabChangesFocus(True)
        self.comments.setFixedHeight(64)
        self.add_field("Comments on the run", self.comments)
        for run in left:
            waiting = written.plural(run.pending, "draft")
            self.fields.addWidget(Remark(f"{run.number} was left with {waiting} waiting. Go > Batch runs resumes it."))

    def first_field(self) -> QWidget | None:
        """Begin on the command: everything is filled in."""
        return None

    def gather(self) -> BatchAsked:
        """Give the run as it is asked for."""
        return BatchAsked(
            self._asked, self.day.day, self.comments.toPlainText().strip(), self.converts.isChecked(), self._among
        )
