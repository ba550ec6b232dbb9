"""The dunning policies that accounts and invoices of a file name, by Id or by name; it makes none."""

from collections.abc import Callable

from sqlalchemy import Connection, select

from duedesk.actions.importing.stage import Stage
from duedesk.domain.names import fold
from duedesk.exchange.cells import quoted
from duedesk.store.tables.dunning import dunning_policy

NAME = "DunningPolicyId"


class Policies:
    """The policies of the book and of the files so far, read when the first of them is named."""

    def __init__(self, connection: Connection, stage: Stage) -> None:
        self._connection, self._stage = connection, stage
        self._found: dict[str, int] | None = None

    def key(self, said: str | None, warn: Callable[[str, str], None]) -> int | None:
        """Give the key of a policy; None, and a warning, where there is none of that Id or name."""
        if said is None:
            return None
        if self._found is None:
            self._found = self._read()
        found = self._found.get(said) or self._found.get(fold(said))
        if found is None:
            warn(f"there is no dunning policy {quoted(said)}, and it is left empty.", NAME)
        return found

    def _read(self) -> dict[str, int]:
        self._stage.write()  # those of a file may not be written yet
        one = dunning_policy.c
        rows = self._connection.execute(select(one.id, one.external_id, one.name)).all()
        by_name = {fold(row.name): row.id for row in rows}
        return by_name | {row.external_id: row.id for row in rows if row.external_id is not None}
