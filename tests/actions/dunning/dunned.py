"""What the stories of issued letters share: a book with a policy that charges, runs on a day, and what they left."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import update

from conftest import NOW
from duedesk.actions.dunning.issuing import IssuedRun, issue
from duedesk.actions.dunning.proposing import proposal
from duedesk.actions.workspace import Workspace
from duedesk.domain.dunning.policy import Fee, PolicyLevel
from duedesk.domain.dunning.triage import Triage
from duedesk.store.proof.book import prove
from duedesk.store.queries.letters.issued import letter_items
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account
from dunning_records import DunningBuilder

D = Decimal
LEVELS = (
    PolicyLevel(1, "First", 5, fee=Fee(amounts={"EUR": D("2.50")}), deadline_days=10),
    PolicyLevel(2, "Second", 20, interval_days=10, fee=Fee(amounts={"EUR": D(5)}), charges_interest=True),
    PolicyLevel(3, "Last", 40, charges_interest=True, tone="final"),
)


def standing_on(desk: Workspace, day: date) -> Workspace:
    """Let the clock stand on a day."""
    now = datetime.combine(day, NOW.timetz())
    return replace(desk, world=replace(desk.world, now=lambda: now, today=lambda: day))


def write(desk: Workspace, work: Callable[[DunningBuilder], object]) -> None:
    """Put something into the book."""
    with desk.book.writing() as connection:
        build = DunningBuilder(connection)
        work(build)
        build.settle()


def dunned(desk: Workspace) -> None:
    """Two accounts in Germany; Acme with three invoices of 1,000, 60 and 40 euros, Bolt with one of 500."""

    def work(build: DunningBuilder) -> None:
        build.policy(*LEVELS)
        acme, bolt = build.account("Acme Ltd", "10"), build.account("Bolt Ltd", "20")
        build.connection.execute(update(account).values(billing_country="DE"))
        build.invoice("I-1", acme, "1000", on="2026-01-01", due="2026-01-31")
        build.invoice("I-2", acme, "60", on="2026-01-10", due="2026-02-09")
        build.invoice("I-3", acme, "40", on="2026-02-01", due="2026-03-03")
        build.invoice("B-1", bolt, "500", on="2026-01-10", due="2026-02-01")

    write(desk, work)


def run(desk: Workspace, day: date, triage: Triage | None = None, **said: object) -> IssuedRun:
    """Propose the run of a day, and issue it on that day."""
    there = standing_on(desk, day)
    return issue(there, proposal(there, day), triage, **said)  # type: ignore[arg-type]


def told(desk: Workspace, done: IssuedRun) -> list[str]:
    """Give the letters in a line each: number, account, level, sums, and items with their levels."""
    items = desk.ask(letter_items, [one.key for one in done.letters])
    return [
        f"{one.number} {one.account} {one.level}: {one.principal:.2f} {one.unapplied:+.2f} {one.fee:+.2f} "
        f"{one.interest:+.2f} = {one.total:.2f} "
        + " ".join(f"{item.number}:{item.level_before}>{item.level_after}" for item in items[one.key])
        for one in done.letters
    ]


def dropped(done: IssuedRun) -> Mapping[str, str]:
    """Give what dropped out with its reason."""
    return {one.number: one.reason for one in done.dropped}


def levels(desk: Workspace) -> dict[str, int]:
    """Give the levels of the invoices that have one."""
    with desk.book.reading() as connection:
        rows = connection.execute(invoice.select().where(invoice.c.dunning_level > 0)).all()
    return {row.document_number: row.dunning_level for row in rows}


def findings(desk: Workspace, day: date) -> list[str]:
    """Prove the book."""
    with desk.book.reading() as connection:
        return [str(one) for one in prove(connection, as_of=day)]
