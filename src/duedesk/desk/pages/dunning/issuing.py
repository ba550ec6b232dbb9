"""From Ctrl+Enter to letters that are issued: what will happen is read and said, then done, and told; one at a time."""

from functools import partial

from duedesk.actions.dunning.issuing import IssuedRun, issue
from duedesk.desk import format as written
from duedesk.desk.background import Progress
from duedesk.desk.navigation import ShowIssued
from duedesk.desk.page import Page, PageCommand
from duedesk.desk.pages.dunning.issue_panel import IssueAsked, IssuedPanel, IssuePanel
from duedesk.desk.pages.dunning.papers import outlook
from duedesk.desk.pages.dunning.proposing import Proposing
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.domain.errors import Cancelled


class Issuing:
    """Opens the panels; the key of a run is made once, so that a run asked for twice is issued once."""

    def __init__(self, page: Page, side: SidePlace, proposing: Proposing) -> None:
        self._page = page
        self._side = side
        self._sifting = proposing.sifting
        self._held = proposing.held

    def command(self) -> PageCommand:
        """Give the command that begins it."""
        return PageCommand("&Issue…", self.begin, ("Ctrl+Return",), barred=self._barred)

    def begin(self) -> None:
        """Say what issuing would do."""
        held = self._held()
        if held is None or self._barred():
            return
        proposal, found = held
        workspace, triage = self._page.desk.workspace, self._sifting.now
        key = f"desk-{workspace.world.random.getrandbits(64):016x}"
        panel = IssuePanel()
        taken_out = sum(one.decided is None for one in found.lines)

        def do(asked: IssueAsked) -> None:
            self._page.desk.tasks.write(
                panel,
                lambda progress: issue(
                    workspace,
                    proposal,
                    triage,
                    key=key,
                    override=asked.override,
                    note=asked.note,
                    progress=partial(_report, progress),
                ),
                lambda done: self._tell(panel, done),
                title=f"Issuing {written.plural(len(found.proposal.letters), 'letter')}",
                failed=panel.show_fault,
            )

        panel.asked.connect(do)
        panel.left.connect(self._side.close_panel)
        self._side.open_panel(panel)
        self._page.desk.tasks.read(
            panel,
            lambda: outlook(workspace, found.proposal, triage.waivers),
            lambda said: panel.show_outlook(said, taken_out),
            failed=panel.show_fault,
        )

    def _tell(self, panel: IssuePanel, done: IssuedRun) -> None:
        if self._side.panel is not panel:
            return
        self._sifting.forget()
        after = IssuedPanel(
            done,
            (
                ("Letters issued  Ctrl+Shift+L", partial(self._page.go, ShowIssued("Letters"))),
                ("Deliveries  Ctrl+Shift+M", partial(self._page.go, ShowIssued("Deliveries"))),
            ),
        )
        after.asked.connect(lambda _: self._side.close_panel())
        after.left.connect(self._side.close_panel)
        self._side.open_panel(after)
        after.begin()
        if done.name:
            self._page.say_done(
                f"{done.name}: {written.plural(len(done.letters), 'letter')} issued.", "Ctrl+Z undoes it."
            )

    def _barred(self) -> str:
        barred, held = self._page.barred(), self._held()
        if barred or held is None:
            return barred or "nothing is proposed yet"
        return "" if held[1].proposal.letters or self._sifting.now.letters else "there is no letter to issue"


def _report(progress: Progress, done: int, total: int) -> None:
    """Say how many letters are set, and stop before any is issued where the reader wants that."""
    progress.report(done, total)
    if progress.is_cancelled():
        raise Cancelled
