"""The beginning of an import: its entry in the journal, and all that its files share; no row is taken here."""

from sqlalchemy import Connection

from duedesk.actions.importing.contacts import Contacts
from duedesk.actions.importing.links import Links
from duedesk.actions.importing.parties import Accounts
from duedesk.actions.importing.report import Tally
from duedesk.actions.importing.rows import Shared, Touched
from duedesk.actions.importing.stage import Stage
from duedesk.actions.permission import permit
from duedesk.domain.days import write_moment
from duedesk.domain.world import World
from duedesk.exchange.source import Source
from duedesk.store import journal

_APPLICATIONS = ("PaymentLineInvoice", "CreditMemoInvApplication")


def begin(connection: Connection, world: World, tally: Tally, sources: list[Source], mapping: str | None) -> Shared:
    """Enter an import of these files in the journal; `mapping` is the digest of its mapping.

    RequestError where the person at the desk may not import.
    """
    for action in dict.fromkeys(("import", *(_TAKES[name] for name in _names(sources) if name in _TAKES))):
        permit(connection, world.user, action)
    moment = world.now()
    now = write_moment(moment)
    journal_id = journal.record(
        connection,
        world,
        action="import",
        summary=summary(sources),
        details={
            "files": [source.name for source in sources],
            "sha256": [source.sha256 for source in sources],
            "rows": sum(source.row_count for source in sources),
            "mapping": mapping,
        },
        history_follows=True,
    )
    stage = Stage(connection)
    return Shared(
        connection,
        stage,
        tally,
        Accounts(connection, stage, tally, journal_id, now),
        Contacts(connection, stage, tally, journal_id, now),
        Links(connection, stage, tally, journal_id, now),
        world.user,
        journal_id,
        moment,
        now,
        world.today(),
        Touched(),
        any(section.name in _APPLICATIONS for source in sources for section in source.sections),
        any(source.claims is not None and source.claims.name == "Invoice" for source in sources),
    )


_TAKES = {
    "Refund": "refund",
    "Dispute": "dispute",
    "InvoiceShare": "share",
    "GroupMember": "set_members",
    "InvoiceOwnerSharingRule": "save_rule",
}
"""What a file must not do for somebody whose role does not let them do it by hand."""


def _names(sources: list[Source]) -> set[str]:
    return {section.name for source in sources for section in source.sections}


def summary(sources: list[Source]) -> str:
    """Say in a line what is imported."""
    rows = sum(source.row_count for source in sources)
    names = ", ".join(source.name for source in sources[:3]) + (", ..." if len(sources) > 3 else "")
    return f"Imported {names} ({'1 row' if rows == 1 else f'{rows:,} rows'})"
