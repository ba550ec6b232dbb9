"""Records whole for machines: every field by API name, amounts as text in the currency of the record they belong to."""

from dataclasses import dataclass, replace

from duedesk.actions.workspace import Workspace
from duedesk.cli.json_text import Json, json_value
from duedesk.domain.filters import All, Condition, Filter
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.lists import listing
from duedesk.store.queries.lists.listing import ListRow


@dataclass(frozen=True, slots=True)
class WholeRecords:
    """Reads records whole, as they stand where the question stands, with amounts in one currency."""

    workspace: Workspace
    asked: Filter
    currency: str

    def one(self, key: int) -> Json:
        """Give the record with this key of the object that is asked for."""
        name = self.asked.object
        (row,) = self.workspace.ask(listing.rows, self.asked, _names(name), [key])
        return self._whole(name, row)

    def all(self, object_name: str, *conditions: Condition) -> list[Json]:
        """Give all records of an object that fulfil the conditions."""
        wanted = replace(self.asked, object=object_name, where=All(conditions))
        with self.workspace.book.reading() as connection:
            found = listing.stream(connection, wanted, _names(object_name))
            return [self._whole(object_name, row) for row in found]

    def _whole(self, object_name: str, row: ListRow) -> Json:
        fields = CATALOG.object(object_name).read_fields
        pairs = zip(fields, row.values, strict=True)
        return {field.name: json_value(field, value, self.currency) for field, value in pairs}


def _names(object_name: str) -> list[str]:
    return [field.name for field in CATALOG.object(object_name).read_fields]
