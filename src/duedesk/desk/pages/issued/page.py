"""Letters that were issued, the runs that issued them and how they left: one view at a time; it issues none."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from duedesk.desk.navigation import ShowDunning, ShowIssued
from duedesk.desk.page import Desk, FootLine, Page, PageCommand, Said
from duedesk.desk.pages.issued.bar import IssuedBar
from duedesk.desk.pages.issued.compared_view import ComparedView
from duedesk.desk.pages.issued.deliveries_view import DeliveriesView
from duedesk.desk.pages.issued.letters_view import LettersView
from duedesk.desk.pages.issued.runs_view import RunsView
from duedesk.desk.pages.issued.view import IssuedView
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.domain.changes import Changes


class IssuedPage(Page):
    """The bar, and the view in front; each view reads for itself."""

    title = "Letters issued"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self.letters = LettersView(self)
        self.runs = RunsView(self)
        self.deliveries = DeliveriesView(self)
        self.compared = ComparedView(self)
        self.views: Sequence[IssuedView] = (self.letters, self.runs, self.deliveries, self.compared)
        self.bar = IssuedBar(tuple(one.name for one in self.views))
        self.stack = QStackedWidget()
        self._feet: dict[IssuedView, FootLine] = {}
        for view in self.views:
            self.stack.addWidget(view)
            view.counted.connect(lambda count, view=view: self.bar.count(view.name, count))
            view.footed.connect(lambda said, view=view: self._on_footed(view, said))
            view.commands_changed.connect(self.commands_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)
        self.bar.view_chosen.connect(self.bring)
        self.bar.narrowed.connect(self._narrow)
        self.bar.run_left.connect(lambda: self.letters.show_of_run(None))
        self.bar.done.connect(self._do_primary)
        self.bar.proposal_asked.connect(lambda: self.go(ShowDunning()))
        self.letters.run_changed.connect(self.bar.show_run)
        self.runs.letters_asked.connect(self.show_letters_of)
        self.deliveries.letter_asked.connect(lambda key: self.show_issued(ShowIssued(letter=key)))
        self._show_bar()

    @property
    def view(self) -> IssuedView:
        """Give the view in front."""
        return self.views[max(self.stack.currentIndex(), 0)]

    def show_issued(self, asked: ShowIssued) -> None:
        """Show what a destination asks for: a view, one letter, or the letters of a run."""
        if asked.view:
            self.bring(asked.view)
        if asked.letter is not None:
            self.bring(self.letters.name)
            self.bar.search.clear()
            self.bar.states.choose("")
            self.letters.take_in_hand(asked.letter)
        if not self.letters.is_read:
            self.refresh()
        if asked.came_back:
            self.deliveries.bouncing.ask()

    def bring(self, name: str) -> None:
        """Bring a view to the front by its name."""
        place = next((at for at, one in enumerate(self.views) if one.name == name), None)
        if place is None or place == self.stack.currentIndex():
            return
        self.stack.setCurrentIndex(place)
        self._show_bar()
        self.bar.run_asked(shows=self.view is self.letters)
        self.footed.emit(self._feet.get(self.view, FootLine()))
        self.commands_changed.emit()
        self.begin()

    def show_letters_of(self, run: tuple[int, str]) -> None:
        """Show the letters of a run, by its key and name."""
        self.letters.show_of_run(run)
        self.bring(self.letters.name)

    def refresh(self, changes: Changes | None = None) -> None:
        """Read again what is concerned."""
        for view in self.views:
            if changes is None or changes.concern(*view.concerns):
                view.read()

    def begin(self) -> None:
        """Begin in the list."""
        self.view.begin()

    def focus_filter(self) -> None:
        """Put the cursor into the search."""
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        for view in self.views:
            view.take_look()

    def can_leave(self) -> bool:
        """Tell whether the panel holds nothing that would have to be typed again."""
        return self.view.side.can_leave()

    def bookmark(self) -> object:
        """Remember the view in front."""
        return self.view.name

    def return_to(self, bookmark: object) -> None:
        """Bring the view to the front again."""
        self.show_issued(ShowIssued(str(bookmark)))

    def account_in_hand(self) -> tuple[int, str] | None:
        """Give the account of the line in hand."""
        return self.view.account_in_hand()

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done in the view in front."""
        bringing = (
            PageCommand(f"Show: {one.name}", partial(self.bring, one.name), (f"Alt+{at}",), follows_rule=at == 1)
            for at, one in enumerate(self.views, 1)
        )
        return (*self.view.commands(), *(() if self.view.side.panel is not None else bringing))

    def _show_bar(self) -> None:
        self.bar.show_view(self.view.name, self.view.states, self.view.hint, self.view.primary[0])
        self.bar.search.setText(self.view.text)
        self.bar.states.choose(self.view.state)

    def _do_primary(self) -> None:
        """Do what the view is mostly for, or say why it cannot be done."""
        key = self.view.primary[1]
        command = next((one for one in self.view.commands() if key in one.keys), None)
        if command is not None and not (why := command.barred()):
            command.run()
        elif command is not None:
            self.said.emit(Said(f"{why[:1].upper()}{why[1:]}."))

    def _narrow(self) -> None:
        self.view.narrow(self.bar.text, self.bar.state)

    def _on_footed(self, view: IssuedView, said: FootLine) -> None:
        self._feet[view] = said
        if view is self.view:
            self.footed.emit(said)
