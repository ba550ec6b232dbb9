"""Files of records that are taken as they stand: values by the catalogue, references by Id, each known by its own Id.

What more holds of an object stands in `plain_rules`, `instalments` and `parts`.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from duedesk.actions.importing.links import Warn
from duedesk.actions.importing.references import References
from duedesk.actions.importing.report import RowFault
from duedesk.actions.importing.rows import FileRows, Shared
from duedesk.actions.importing.stage import stored
from duedesk.actions.importing.waiting import Values
from duedesk.domain.catalog import Field
from duedesk.domain.errors import Problem
from duedesk.domain.objects import CATALOG
from duedesk.exchange.cells import quoted
from duedesk.exchange.reading import ReadRow, Record
from duedesk.store.bulk import StoredValue


class PlainRows:
    """The rows of a file of one object; what a rule says of it is written over."""

    object_name: ClassVar[str]
    needs: ClassVar[tuple[str, ...]] = ()
    """Fields that may not be empty."""
    instead: ClassVar[Mapping[str, StoredValue]] = {}
    """What stands for nothing, by column."""
    related: ClassVar[str] = ""
    """The field that leads to another record of the same object, which may stand in a later row."""

    def __init__(self, shared: Shared, file: FileRows) -> None:
        self.shared, self.file = shared, file
        self.described = CATALOG.object(self.object_name)
        section = next(one for one in file.source.sections if one.name == self.object_name)
        names = [entry.field.name for entry in section.entries]
        self._references = References(shared, self.described, names, apart=self.related)
        self.table = self._references.table
        linked = {field.name for field in self._references.fields} | {"Id", self.related}
        self._direct = [field for name in names if (field := self.described.field(name)).name not in linked]
        self._rows: dict[str, int] = {}
        self._keys: dict[str, int] = {}
        self._held: list[tuple[Values, str]] = []

    def take(self, rows: Sequence[ReadRow]) -> None:
        """Take rows."""
        found = [(read, self.file.record(read, self.object_name)) for read in self.file.readable(rows)]
        records = [(read, record) for read, record in found if record is not None]
        self._references.look_up(record for _, record in records)
        there = self._references.known({text for _, record in records if (text := record.text("Id")) is not None})
        for read, record in records:
            warnings: list[Problem] = []
            try:
                is_new = self._take(read, record, there, self.file.warner(read, warnings))
            except RowFault as fault:
                self.file.reject(read, [self.file.fault(read, fault)])
                continue
            if not is_new:
                self.shared.tally.leave(self.object_name)
            self.file.accept(warnings)

    def end(self) -> list[Problem]:
        """Write what waited for a later row, and give what stands in the way."""
        while self._held:
            ready = [(values, name) for values, name in self._held if name in self._keys]
            if not ready:
                break
            self._held = [one for one in self._held if one[1] not in self._keys]
            for values, name in ready:
                self.stage({**values, self.described.field(self.related).column: self._keys[name]})
        if self._held:
            self.shared.tally.note(
                f"{self.file.source.name}: {self.described.field(self.related).label} of {len(self._held)} rows leads "
                "to nothing in the files, and is left empty."
            )
            for values, _ in self._held:
                self.stage(values)
        self.shared.stage.write()
        return []

    def complete(self, record: Record, values: Values, warn: Warn) -> bool:  # noqa: ARG002 - a rule may need them
        """Hold a row against the object's own rule and fill in what it leaves out; False where it is left out."""
        return True

    def stands(self, values: Values, *columns: str) -> bool:
        """Tell whether the book holds a record that says the same in these columns; it is then left as it is."""
        found = self._references.stands(values, columns)
        if found:
            self.shared.tally.leave(self.object_name)
        return found

    def stage(self, values: Values) -> None:
        """Put a record on its way."""
        said = {name: value for name, value in values.items() if value is not None}
        key = self.shared.stage.key(self.table)
        self.shared.stage.rows(self.table, ("id", *said)).append((key, *said.values()))
        external_id = values.get("external_id")
        if isinstance(external_id, str):
            self._keys[external_id] = key
        self.shared.tally.make(self.object_name)

    def known(self, external_id: str, record: Record) -> bool:  # noqa: ARG002 - a rule may need them
        """Hear of a row whose record stands in the book; True where it was changed for it."""
        return False

    def _take(self, read: ReadRow, record: Record, there: Mapping[str, int], warn: Warn) -> bool:
        external_id = record.text("Id")
        if external_id is not None:
            first = self._rows.setdefault(external_id, read.row.number)
            if first != read.row.number:
                raise RowFault(f"{quoted(external_id)} stands in row {first} already.", "Leave one of them out.")
            if external_id in there:
                self._keys[external_id] = there[external_id]
                return self.known(external_id, record)
        values = self._values(record, external_id, warn)
        if not self.complete(record, values, warn):
            return True  # it is left out, and a note says so
        for name in self.needs:
            field = self.described.field(name)
            if values.get(field.column) is None:
                label = self.described.label.lower()
                raise RowFault(f"the {label} has no {field.label.lower()}.", "Give it.", column=self._column(name))
        waits_for = record.text(self.related) if self.related else None
        if waits_for is None:
            self.stage(values)
        else:
            self._held.append((values, waits_for))
        return True

    def _values(self, record: Record, external_id: str | None, warn: Warn) -> Values:
        """Give what a row says, references as keys, with what stands for nothing."""
        values: Values = {"external_id": external_id, "journal_id": self.shared.journal_id}
        for field in self._direct:
            values[field.column] = stored(record.value(field.name))
        for field in self._references.fields:
            values[field.column] = self.reference(record, field, warn)
        if "created_date" in self.table.c and values.get("created_date") is None:
            values["created_date"] = self.shared.now
        for column, value in self.instead.items():
            if values.get(column) is None:
                values[column] = value
        return values

    def reference(self, record: Record, field: Field, warn: Warn) -> int | None:
        """Give the key of what a field leads to; RowFault where it must be there and is not."""
        key = self._references.key(record, field)
        name = record.text(field.name)
        if key is not None or name is None:
            return key
        target = CATALOG.object(field.refers_to[0]).label.lower()
        if field.name in self.needs:
            raise RowFault(
                f"there is no {target} {quoted(name)}.",
                f"Import the {target}s in the same go: name their file beside this one.",
                column=self._column(field.name),
            )
        warn(f"there is no {target} {quoted(name)}; it is left empty.", self._column(field.name))
        return None

    def _column(self, name: str) -> str:
        return self.file.column(self.object_name, name)
