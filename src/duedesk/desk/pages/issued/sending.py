"""Mailing what waits: what will leave is said, a password asked for where none is kept, then it leaves, or is stopped.

It works behind the window; what was not handed over when it is stopped waits.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QWidget

from duedesk.actions.delivering.handing_over import Delivered
from duedesk.actions.delivering.mailing import Outlook, mail_outlook, mail_waiting
from duedesk.desk import format as written
from duedesk.desk.background import Progress
from duedesk.desk.page import Page
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError


class SendPanel(VerbPanel):
    """Says what will leave; asks for the secret only where the machine keeps none."""

    def __init__(self, outlook: Outlook) -> None:
        letters = f"{outlook.letters:,} letter{'s'[: outlook.letters != 1]}"
        super().__init__(f"Mail {letters}", "Send now", "Each is read again as it leaves: what was paid stays here.")
        server = outlook.server
        facts = (
            ("Messages", f"{written.count(outlook.messages)}, one for each account and address"),
            ("By", f"{server.host}, from {server.sender}"),
            ("At most", f"{server.per_minute:,} a minute"),
        )
        for name, text in facts:
            self.fields.addWidget(plain_label(name, Role.QUIET))
            self.fields.addWidget(plain_label(text, wraps=True, selectable=True))
            self.fields.addSpacing(6)
        self.secret = QLineEdit() if outlook.needs_secret else None
        if self.secret is not None:
            self.secret.setEchoMode(QLineEdit.EchoMode.Password)
            self.add_field(f"Password of {server.user}", self.secret, "It is kept nowhere.")

    def first_field(self) -> QWidget | None:
        """Begin with the password where one is needed."""
        return self.secret

    def gather(self) -> str:
        """Give the password, or nothing; RequestError where it is needed and missing."""
        given = "" if self.secret is None else self.secret.text()
        if self.secret is not None and not given:
            raise RequestError("The password is missing.")
        return given


class Sending(QObject):
    """One round at a time."""

    def __init__(self, page: Page, open_panel: Callable[[VerbPanel], None], close_panel: Callable[[], None]) -> None:
        super().__init__(page)
        self._page = page
        self._open_panel = open_panel
        self._close_panel = close_panel

    def begin(self) -> None:
        """Say what would leave."""
        workspace = self._page.desk.workspace

        def show(outlook: Outlook) -> None:
            if not outlook.messages:
                self._page.say_done("Nothing waits to be mailed at the moment.")
                return
            panel = SendPanel(outlook)
            panel.asked.connect(lambda secret: self.send(str(secret)))
            self._open_panel(panel)

        self._page.desk.tasks.read(
            self, lambda: mail_outlook(workspace), show, failed=self._page.say_failed, slot="outlook"
        )

    def send(self, secret: str = "") -> None:
        """Mail what waits; the foot of the window shows how far it is, and stops it."""
        workspace, tasks = self._page.desk.workspace, self._page.desk.tasks
        self._close_panel()

        def do(progress: Progress) -> Delivered:
            return mail_waiting(workspace, secret=secret, progress=progress.report, is_stopped=progress.is_cancelled)

        def done(delivered: Delivered) -> None:
            tasks.changed.emit(Changes(frozenset({"LetterDelivery"})))
            sentence, hint = in_words(delivered)
            if delivered.stopped:
                self._page.say_failed(RequestError(delivered.stopped, sentence))
            else:
                self._page.say_done(sentence, hint)

        tasks.write(self, do, done, title="Mailing letters", failed=self._page.say_failed)


def in_words(done: Delivered) -> tuple[str, str]:
    """Say what came of a round, and what a person should look at."""
    counts = (
        (done.sent, "sent"),
        (done.later, "to be tried later"),
        (done.refused, "refused: those letters are printed instead"),
        (done.unknown, "unknown: say of each whether it was sent"),
        (len(done.withdrawn), "not sent, for something changed since"),
    )
    said = ", ".join(f"{count:,} {words}" for count, words in counts if count) or "Nothing was sent"
    return f"{said[:1].upper()}{said[1:]}.", "; ".join(dict.fromkeys(done.withdrawn.values()))
