"""The text in hand and its versions: read, seen on a letter, saved, all behind the window; it draws nothing itself."""

from PySide6.QtCore import QObject, Signal

from duedesk.actions.letter_texts import SavedText, Text, save_letter_text
from duedesk.desk.page import FootLine, Page
from duedesk.desk.pages.letter_texts.bar import TextsBar
from duedesk.desk.pages.letter_texts.reading import Sheets, draw, read_samples, read_versions
from duedesk.desk.pages.letter_texts.wording_edit import WordingEdit
from duedesk.desk.pages.letter_texts.words import counted
from duedesk.documents.dunning_wording import Kind
from duedesk.documents.wording import Wording
from duedesk.documents.wording_gaps import check_gaps
from duedesk.documents.wording_text import as_toml
from duedesk.domain.dunning.proposal import Proposal
from duedesk.domain.errors import DuedeskError, RequestError

__all__ = ("Sheets", "Storing")


class Storing(QObject):
    """What holds, what is shown and what is typed may be three texts."""

    found = Signal()
    """There is another text, or another version of it is shown."""
    drawn = Signal(object)
    """The letter is set: its Sheets, or the DuedeskError why not."""

    def __init__(self, page: Page, bar: TextsBar, edit: WordingEdit) -> None:
        super().__init__(page)
        self._page = page
        self._bar = bar
        self._edit = edit
        self._kind, self._language = Kind.LEVEL_1, "en"
        self._samples: Proposal | RequestError | None = None
        self._begun: Wording | None = None
        self.versions: tuple[Text, ...] = ()
        self.version = 0

    @property
    def asked(self) -> tuple[str, str]:
        """Give kind and language of what is shown."""
        return self._kind.value, self._language

    @property
    def has_letters(self) -> bool:
        """Tell whether there is a letter to see the text on."""
        return isinstance(self._samples, Proposal)

    @property
    def is_typed(self) -> bool:
        """Tell whether something was typed into the version that is shown."""
        try:
            return self._begun is not None and self._edit.gather("") != self._begun
        except RequestError:
            return True

    @property
    def is_old(self) -> bool:
        """Tell whether an earlier version is shown."""
        return bool(self.versions) and self.version != self.versions[0].version

    @property
    def is_changed(self) -> bool:
        """Tell whether saving would change what the letters say."""
        return self.is_typed or (self.is_old and self._begun != self.versions[0].wording)

    def foot(self) -> FootLine:
        """Say how many versions there are."""
        return FootLine(counted(len(self.versions) - 1))

    def fault(self) -> DuedeskError | None:
        """Say what is wrong with what is typed."""
        if not self.versions:
            return None
        try:
            check_gaps(self._gather())
        except RequestError as error:
            return error
        return None

    def read(self, *, keep_typed: bool = False) -> None:
        """Read the text that the bar asks for, and letters to see it on."""
        workspace, as_of = self._page.desk.workspace, self._page.as_of
        kind, language = self._bar.kind, str(self._bar.language.chosen)
        keeps = keep_typed and self.is_typed

        def then(found: tuple[tuple[Text, ...], Proposal | RequestError]) -> None:
            self.versions, self._samples = found
            if isinstance(self._samples, Proposal):
                self._bar.show_letters(self._samples)
            if keeps:
                self.found.emit()
                return
            self._kind, self._language = kind, language
            self._take(self.versions[0])

        self._page.desk.tasks.read(
            self,
            lambda: (read_versions(workspace, kind, language), read_samples(workspace, as_of)),
            then,
            failed=self._page.say_failed,
            slot="text",
        )

    def show_versions(self) -> None:
        """Offer the versions, the one that is shown in hand."""
        self._bar.show_versions(self.versions, self.version)

    def show_version(self) -> None:
        """Show the version that the bar asks for."""
        wanted = self._bar.version.chosen
        self._take(next((one for one in self.versions if one.version == wanted), self.versions[0]))

    def drop(self) -> None:
        """Show what holds again."""
        if self.versions:
            self._take(self.versions[0])

    def draw(self) -> None:
        """Set the letter in hand with what is typed."""
        samples, workspace, language = self._samples, self._page.desk.workspace, self._language
        letter = self._bar.letter.chosen
        if isinstance(samples, RequestError):
            self.drawn.emit(samples)
        elif samples is not None and isinstance(letter, str) and self.versions:
            wording = self._gather()
            self._page.desk.tasks.read(
                self,
                lambda: draw(workspace, samples, letter, language, wording),
                self.drawn.emit,
                failed=self.drawn.emit,
                slot="sheets",
            )

    def save(self) -> None:
        """Save what is typed, or the earlier version that is shown, as another version."""
        if self.fault() is not None or not self.is_changed:
            return
        workspace, kind, language, toml = (
            self._page.desk.workspace,
            self._kind,
            self._language,
            as_toml(self._gather()),
        )
        self._begun = self._gather()  # what is saved is typed no more: the text is read again at once

        def done(saved: SavedText) -> None:
            self._page.say_done(
                f"Saved as {saved.text.name}.", "Letters say it from now on; earlier versions are kept."
            )

        def fail(error: DuedeskError) -> None:
            self._begun = self.versions[0].wording
            self._page.say_failed(error)

        self._page.desk.tasks.write(
            self,
            lambda _: save_letter_text(workspace, kind, language, toml),
            done,
            title="Saving the text",
            failed=fail,
        )

    def _gather(self) -> Wording:
        return self._edit.gather(f"{self._language}/{self._kind.value}")

    def _take(self, text: Text) -> None:
        self.version = text.version
        self._edit.show_wording(text.wording)
        self._begun = self._edit.gather("")
        self.show_versions()
        self.found.emit()
