"""What dunning letters say: the book's own texts by kind and language, each save another version, and those shipped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, insert

from duedesk.actions.deed import deed
from duedesk.actions.workspace import Workspace
from duedesk.documents.dunning_wording import Kind, shipped_text
from duedesk.documents.wording import Wording, parse_wording
from duedesk.documents.wording_gaps import check_gaps
from duedesk.documents.wording_text import as_columns, from_columns
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.languages import LANGUAGES
from duedesk.store.bulk import Keys
from duedesk.store.queries.letters.texts import KeptText, newest_texts, text_versions
from duedesk.store.tables.letters import letter_text

SHIPPED = 0
"""The version of a text that came with the program."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of letters, the book's own or the one shipped; nobody saved a shipped one."""

    kind: Kind
    language: str
    version: int
    wording: Wording
    recorded_at: datetime | None = None
    recorded_by: str = ""

    @property
    def name(self) -> str:
        """Give what a letter keeps of it: `de/level-2/3`."""
        return f"{self.language}/{self.kind}/{self.version or 'shipped'}"


@dataclass(slots=True)
class Texts:
    """The texts that hold now, for many letters: read once, each understood when first asked for."""

    kept: Mapping[tuple[str, str], KeptText]
    _known: dict[tuple[Kind, str], Text] = field(default_factory=dict)

    def text(self, kind: Kind, language: str) -> Text:
        """Give the text of a kind in a language; RequestError where there is no such language."""
        if (kind, language) not in self._known:
            kept = self.kept.get((kind.value, language))
            self._known[kind, language] = _own(kept) if kept is not None else _shipped(kind, language)
        return self._known[kind, language]


@dataclass(frozen=True, slots=True)
class SavedText:
    """A text that was saved, and what changed: nothing where it is what it was."""

    text: Text
    changes: Changes


def current_texts(connection: Connection) -> Texts:
    """Give the texts that hold now."""
    return Texts({(one.kind, one.language): one for one in newest_texts(connection)})


def all_texts(connection: Connection) -> tuple[Text, ...]:
    """Give the text that holds of each kind in each language."""
    texts = current_texts(connection)
    return tuple(texts.text(kind, language) for language in LANGUAGES for kind in Kind)


def one_text(connection: Connection, kind: Kind, language: str, version: int | None = None) -> Text:
    """Give a text, the one that holds unless a version is named; RequestError where there is none."""
    if version is None:
        return current_texts(connection).text(kind, _known_language(language))
    if version == SHIPPED:
        return _shipped(kind, _known_language(language))
    found = {one.version: one for one in text_versions(connection, kind.value, language)}
    if version not in found:
        there = ", ".join(map(str, sorted(found))) or "none of the book's own"
        raise RequestError(
            f"There is no version {version} of “{kind.value}” in the language “{language}”.",
            f"There is {there}; 0 is the one shipped.",
        )
    return _own(found[version])


def versions_of(connection: Connection, kind: Kind, language: str) -> tuple[Text, ...]:
    """Give all versions of a text, the newest first, the one shipped last."""
    own = (_own(one) for one in text_versions(connection, kind.value, _known_language(language)))
    return (*own, _shipped(kind, language))


def save_letter_text(workspace: Workspace, kind: Kind, language: str, toml: str) -> SavedText:
    """Save a text as another version; RequestError names the part and the merge field that is not known or missing.

    Nothing is written where it says what the text that holds says.
    """
    wording = parse_wording(toml, f"{_known_language(language)}/{kind.value}")
    check_gaps(wording)
    with deed(workspace, "save_letter_text") as act:
        held = one_text(act.connection, kind, language)
        if held.wording == wording:
            return SavedText(held, act.changes)
        newest = next(iter(text_versions(act.connection, kind.value, language)), None)
        version = 1 + (newest.version if newest is not None else SHIPPED)
        (key,) = Keys(act.connection).take(letter_text, 1)
        entry = act.record(f"Version {version} of the text {kind.value} in {language} saved", {"LetterText": [key]})
        by = {"recorded_at": act.now, "recorded_by": act.world.user, "journal_id": entry}
        values = {"id": key, "kind": kind.value, "language_code": language, "version": version, **by}
        act.connection.execute(insert(letter_text).values(**values, **as_columns(wording)))
        act.made("LetterText", key)
        saved = Text(kind, language, version, wording, act.now, act.world.user)
    return SavedText(saved, act.changes)


def _own(kept: KeptText) -> Text:
    place = f"{kept.language}/{kept.kind}/{kept.version}"
    wording = from_columns(kept.parts, place)
    return Text(Kind(kept.kind), kept.language, kept.version, wording, kept.recorded_at, kept.recorded_by)


def _shipped(kind: Kind, language: str) -> Text:
    wording = parse_wording(shipped_text(language, kind), f"{language}/{kind.value}")
    return Text(kind, language, SHIPPED, wording)


def _known_language(language: str) -> str:
    if language not in LANGUAGES:
        raise RequestError(f"There are no letters in the language “{language}”.", f"There are {', '.join(LANGUAGES)}.")
    return language
