"""The table of deliveries with its guards, and on a server who may see and write it: for the migration that makes it.

A delivery goes with its letter. It is claimed from Waiting alone, and what was sent stays sent unless it bounces.
"""

import sqlalchemy as sa
from alembic import op

from duedesk.store.migrations.guards import guard
from duedesk.store.migrations.server_access import EDITS_LETTER, SEES_LETTER, grant, set_policies, show_changes_of
from duedesk.store.tables.columns import Key, Moment

_UNDER_WAY = "status IN ('Waiting', 'Claimed', 'Unknown', 'Sent')"
_GUARDS = (
    ("delete", "DELETE", ""),
    ("update", "UPDATE OF dunning_letter_id, channel, created_date", ""),
    ("claim", "UPDATE OF status", "WHEN (NEW.status = 'Claimed' AND OLD.status <> 'Waiting')"),
    ("sent", "UPDATE OF status", "WHEN (OLD.status = 'Sent' AND NEW.status NOT IN ('Sent', 'Failed'))"),
    ("end", "UPDATE OF status", "WHEN (OLD.status = 'Withdrawn' AND NEW.status <> 'Withdrawn')"),
)

_SEEN = (
    "WHEN 'LetterDelivery' THEN EXISTS (SELECT 1 FROM {s}.letter_delivery d "
    "JOIN {s}.dunning_letter l ON l.id = d.dunning_letter_id WHERE d.id = $2 "
    "AND l.account_id IN (SELECT {s}.duedesk_accounts('Read')) AND {s}.duedesk_sees_letter(l.id)) "
)


def make_deliveries() -> None:
    """Make table, indexes and guards; on a server policies and grants."""
    _make_table()
    for name, event, condition in _GUARDS:
        guard("letter_delivery", name, event, "a delivery is kept as it was recorded", condition)
    if op.get_bind().dialect.name == "postgresql":
        set_policies("letter_delivery", SEES_LETTER, EDITS_LETTER, EDITS_LETTER)
        show_changes_of({"LetterDelivery": "letter_delivery"}, _SEEN)
        grant(("letter_delivery",))


def _make_table() -> None:
    def link(name: str, to: str, *, required: bool = False) -> sa.Column[int]:
        key = sa.ForeignKey(f"{to}.id", name=f"fk_letter_delivery_{name}")
        return sa.Column(name, Key, key, nullable=not required)

    def check(name: str, rule: str) -> sa.CheckConstraint:
        return sa.CheckConstraint(rule, name=op.f(f"ck_letter_delivery_{name}"))

    statuses = "'Waiting', 'Claimed', 'Sent', 'Unknown', 'Refused', 'Failed', 'Withdrawn'"
    op.create_table(
        "letter_delivery",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        link("dunning_letter_id", "dunning_letter", required=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("last_error", sa.Text),
        sa.Column("next_try_at", Moment),
        sa.Column("claimed_at", Moment),
        sa.Column("claimed_by", sa.Text),
        sa.Column("sent_at", Moment),
        sa.Column("bounced_at", Moment),
        sa.Column("created_date", Moment, nullable=False),
        link("journal_id", "journal_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_letter_delivery"),
        check("channel", "channel IN ('print', 'mail')"),
        check("status", f"status IN ({statuses})"),
        check(
            "claimed",
            "status <> 'Claimed' OR (claimed_at IS NOT NULL AND claimed_by IS NOT NULL AND message_id IS NOT NULL)",
        ),
        check("sent", "status <> 'Sent' OR sent_at IS NOT NULL"),
        check("address", "channel <> 'mail' OR address IS NOT NULL"),
        sqlite_strict=True,
    )
    op.create_index("uq_letter_delivery_external_id", "letter_delivery", ["external_id"], unique=True)
    op.create_index(
        "uq_letter_delivery_dunning_letter_id",
        "letter_delivery",
        ["dunning_letter_id", "channel"],
        unique=True,
        sqlite_where=sa.text(_UNDER_WAY),
        postgresql_where=sa.text(_UNDER_WAY),
    )
    for columns in (["dunning_letter_id"], ["status", "next_try_at"], ["message_id"]):
        op.create_index(f"ix_letter_delivery_{columns[0]}", "letter_delivery", columns)
