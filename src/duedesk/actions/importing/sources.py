"""The files of an import opened, in the order their references need; what stands in the way of each is told."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from duedesk.actions.importing.report import Tally
from duedesk.exchange.faults import FileLeftOut, FileQuestion, FileRefused
from duedesk.exchange.mapping import Mapping, SourceOptions
from duedesk.exchange.opening import open_source
from duedesk.exchange.source import Source


def open_sources(
    files: Sequence[Path], mapping: Mapping | None, options: SourceOptions, tally: Tally, heard: Callable[[str], None]
) -> list[Source]:
    """Open every file; what is wrong with one is told beside what is wrong with the others.

    `heard` is called with what is being done and raises to stop it.
    """
    sources: dict[str, Source] = {}
    for path in files:
        reading = partial(heard, f"Reading {path.name}")
        reading()
        try:
            source = open_source(path, mapping, options, reading)
        except (FileRefused, FileQuestion) as fault:
            tally.report(fault.problem)
            continue
        except FileLeftOut as left_out:
            tally.note(str(left_out))
            continue
        for question in source.questions:
            tally.report(question)
        for sentence in source.notes:
            tally.note(sentence)
        if source.sha256 in sources:
            tally.note(f"{path.name} is the same file as {sources[source.sha256].name}; it is read once.")
        sources.setdefault(source.sha256, source)
    return sorted(sources.values(), key=lambda one: one.place)
