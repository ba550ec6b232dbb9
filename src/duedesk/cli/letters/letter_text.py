"""`duedesk letter-text`: lists what dunning letters say, shows a text, saves another version; it prints no letter."""

import argparse
from pathlib import Path

from duedesk.actions.letter_texts import Text, all_texts, one_text, save_letter_text, versions_of
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_json
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.documents.dunning_wording import Kind
from duedesk.documents.wording import FIELDS
from duedesk.documents.wording_text import as_toml, parts_of
from duedesk.domain.errors import RequestError
from duedesk.domain.languages import LANGUAGES

_LARGEST = 100_000


def add_parser(verbs: Verbs) -> None:
    """Add `letter-text`."""
    parser = verbs.add_parser(
        "letter-text",
        description="What dunning letters say, by kind and language. `letter-text list`; `letter-text show level-2 "
        "--language de` prints a text as TOML; `letter-text save level-2 --language de FILE.toml` saves another "
        f"version, and the earlier ones are kept. Merge fields: {', '.join(f'${name}' for name in FIELDS)}.",
    )
    parser.add_argument("what", choices=("list", "show", "versions", "save"), help="list, show, versions or save")
    parser.add_argument("kind", choices=tuple(Kind), type=Kind, nargs="?", help="which text")
    parser.add_argument("file", metavar="FILE.toml", type=Path, nargs="?", help="with save, what it shall say")
    add_book(parser)
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="its language (en)")
    parser.add_argument("--version", dest="number", metavar="N", type=int, help="with show, this version; 0 is shipped")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    if options.what != "list" and options.kind is None:
        raise RequestError("Say which text.", f"There are {', '.join(Kind)}.")
    if options.what == "save":
        return _save(options, terminal)
    with opened_book(options, terminal) as workspace, workspace.book.reading() as connection:
        if options.what == "show":
            text = one_text(connection, options.kind, options.language, options.number)
            return _show(text, options, terminal)
        if options.what == "versions":
            found = versions_of(connection, options.kind, options.language)
        else:
            found = all_texts(connection)
    if options.json:
        write_json(terminal, {"texts": [_json(one) for one in found]})
        return DONE
    columns = (Column("Language"), Column("Text"), Column("Version"), Column("Saved"), Column("By"))
    for line in table(columns, map(_cells, found)):
        terminal.say(line)
    return DONE


def _save(options: argparse.Namespace, terminal: Terminal) -> int:
    if options.file is None:
        raise RequestError("Say which file holds the text.", "`duedesk letter-text show` gives one to begin with.")
    try:
        raw = options.file.read_bytes()
        if len(raw) > _LARGEST:
            raise RequestError(f"{options.file} is too large for a text.", f"{_LARGEST:,} bytes are the most.")
        toml = raw.decode("utf-8-sig")
    except OSError as error:
        raise RequestError(f"{options.file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise RequestError(f"{options.file} is no text in UTF-8.", "Save it as UTF-8.") from None
    with opened_book(options, terminal) as workspace:
        saved = save_letter_text(workspace, options.kind, options.language, toml)
    if options.json:
        write_json(terminal, {**_json(saved.text), "changed": saved.changes.journal_id is not None})
    elif saved.changes.journal_id is None:
        terminal.say(f"{saved.text.name} says that already.")
    else:
        terminal.say(f"Saved as {saved.text.name}.")
    return DONE


def _show(text: Text, options: argparse.Namespace, terminal: Terminal) -> int:
    if options.json:
        write_json(terminal, {**_json(text), **parts_of(text.wording)})
    else:
        for line in as_toml(text.wording).splitlines():
            terminal.say(line)
    return DONE


def _json(text: Text) -> dict[str, Json]:
    return {
        "kind": text.kind.value,
        "language": text.language,
        "version": text.version,
        "saved_at": text.recorded_at.isoformat() if text.recorded_at else None,
        "saved_by": text.recorded_by or None,
    }


def _cells(text: Text) -> tuple[str, ...]:
    saved = text.recorded_at.date().isoformat() if text.recorded_at else ""
    return (text.language, text.kind.value, str(text.version or "shipped"), saved, text.recorded_by)
