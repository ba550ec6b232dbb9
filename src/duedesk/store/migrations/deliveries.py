"""The table of deliveries with its guards, and on a server who may see and write it: for the migration that makes it.

A delivery goes with its letter. It is claimed from Waiting alone, and what was sent stays sent unless it bounces.
"""

import sqlalchemy as sa
from alembic import op

from duedesk.store.tables.columns import Key, Moment

_DESK_ROLES = ("duedesk_clerk", "duedesk_supervisor", "duedesk_finance")
_ROLES = (*_DESK_ROLES, "duedesk_auditor")
_DESK = "(SELECT duedesk_role()) IN ('Clerk', 'Supervisor', 'Finance')"
_UNDER_WAY = "status IN ('Waiting', 'Claimed', 'Unknown', 'Sent')"
_GUARDS = (
    ("delete", "DELETE", ""),
    ("update", "UPDATE OF dunning_letter_id, channel, created_date", ""),
    ("claim", "UPDATE OF status", "WHEN (NEW.status = 'Claimed' AND OLD.status <> 'Waiting')"),
    ("sent", "UPDATE OF status", "WHEN (OLD.status = 'Sent' AND NEW.status NOT IN ('Sent', 'Failed'))"),
    ("end", "UPDATE OF status", "WHEN (OLD.status = 'Withdrawn' AND NEW.status <> 'Withdrawn')"),
)


def make_deliveries() -> None:
    """Make table, indexes and guards; on a server policies and grants."""
    _make_table()
    on_file = op.get_bind().dialect.name == "sqlite"
    said = "a delivery is kept as it was recorded"
    does = f"BEGIN SELECT RAISE(ABORT, '{said}'); END" if on_file else "EXECUTE FUNCTION duedesk_refuse()"
    for name, event, condition in _GUARDS:
        trigger = f"letter_delivery_keeps_{name} BEFORE {event} ON letter_delivery FOR EACH ROW {condition} {does}"
        op.execute(sa.text(f"CREATE TRIGGER {trigger}"))
    if not on_file:
        _secure()
        _tell_who_sees()
        _grant()


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


def _secure() -> None:
    letter = "EXISTS (SELECT 1 FROM dunning_letter l WHERE l.id = dunning_letter_id)"  # which shows who may see it
    own = (
        "EXISTS (SELECT 1 FROM dunning_letter l WHERE l.id = dunning_letter_id "
        "AND ((SELECT duedesk_reaches_all('Edit')) OR l.account_id IN (SELECT duedesk_accounts('Edit'))))"
    )
    desk = f"({_DESK} AND {own})"
    op.execute("ALTER TABLE letter_delivery ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY letter_delivery_read ON letter_delivery FOR SELECT USING ({letter})")
    op.execute(f"CREATE POLICY letter_delivery_add ON letter_delivery FOR INSERT WITH CHECK ({desk})")
    op.execute(f"CREATE POLICY letter_delivery_change ON letter_delivery FOR UPDATE USING ({desk}) WITH CHECK ({desk})")


def _tell_who_sees() -> None:
    """Let journal and changes be seen by whoever sees the delivery they speak of."""
    bind = op.get_bind()
    read = str(
        bind.exec_driver_sql(
            "SELECT pg_get_expr(polqual, polrelid) FROM pg_policy "
            "WHERE polname = 'record_change_read' AND polrelid = 'record_change'::regclass"
        ).scalar()
    )
    seen = "EXISTS (SELECT 1 FROM letter_delivery d WHERE d.id = record_key)"
    bind.exec_driver_sql("DROP POLICY record_change_read ON record_change")
    bind.exec_driver_sql(
        "CREATE POLICY record_change_read ON record_change FOR SELECT USING "
        f"(({read}) AND (object_name <> 'LetterDelivery' OR {seen}))".replace("%", "%%")
    )
    more = (
        "WHEN 'LetterDelivery' THEN EXISTS (SELECT 1 FROM {s}.letter_delivery d "
        "JOIN {s}.dunning_letter l ON l.id = d.dunning_letter_id WHERE d.id = $2 "
        "AND l.account_id IN (SELECT {s}.duedesk_accounts('Read')) AND {s}.duedesk_sees_letter(l.id)) "
    )
    schema = str(bind.exec_driver_sql("SELECT quote_ident(current_schema())").scalar())
    body = _body("duedesk_sees")
    if "ELSE true END" not in body:
        raise LookupError("duedesk_sees is not as it was made")
    bind.exec_driver_sql(
        "CREATE OR REPLACE FUNCTION duedesk_sees(object_name text, key bigint) RETURNS boolean LANGUAGE sql STABLE "
        "SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS "
        f"$${body.replace('ELSE true END', f'{more}ELSE true END').replace('{s}', schema)}$$"
    )


def _grant() -> None:
    """Add the table to what each role is granted, and grant it where the roles are there."""
    bind = op.get_bind()
    here = str(bind.exec_driver_sql("SELECT quote_ident(current_schema())").scalar())
    begun, _, _ = _body("duedesk_grant").rpartition("END")
    steps = "".join(f"GRANT SELECT ON {here}.letter_delivery TO {role}; " for role in _ROLES)
    steps += "".join(
        f"GRANT INSERT, UPDATE ON {here}.letter_delivery TO {role}; "
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {here} TO {role}; "
        for role in _DESK_ROLES
    )
    bind.exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION duedesk_grant() RETURNS void LANGUAGE plpgsql AS $${begun}{steps}END $$"
    )
    op.execute(
        "DO $$ BEGIN IF (SELECT count(*) FROM pg_roles WHERE rolname IN "
        f"({', '.join(map(repr, _ROLES))})) = 4 THEN PERFORM duedesk_grant(); END IF; END $$"
    )


def _body(function: str) -> str:
    return str(
        op.get_bind()
        .exec_driver_sql(
            f"SELECT prosrc FROM pg_proc WHERE proname = '{function}' AND pronamespace = current_schema()::regnamespace"
        )
        .scalar()
    )
