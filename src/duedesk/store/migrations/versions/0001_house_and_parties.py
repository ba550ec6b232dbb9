"""The journal, the files taken in, the settings; owners, payment terms, accounts and contacts."""

import sqlalchemy as sa
from alembic import op

from duedesk.store.tables.columns import Flag, Key, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _make_journal_entry()
    _make_import_batch()
    _make_setting()
    _make_owner()
    _make_payment_term()
    _make_account()
    _make_contact()


def _make_journal_entry() -> None:
    op.create_table(
        "journal_entry",
        sa.Column("id", Key, nullable=False),
        sa.Column("recorded_at", Moment, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("previous_hash", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal_entry"),
        sqlite_strict=True,
    )
    op.create_index("uq_journal_entry_hash", "journal_entry", ["hash"], unique=True)


def _make_import_batch() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", Key, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("file_hash", sa.Text, nullable=False),
        sa.Column("row_count", sa.Integer, nullable=False, server_default="0"),
        sa.Column(
            "journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_import_batch_journal_id"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_batch"),
        sqlite_strict=True,
    )
    op.create_index("uq_import_batch_file_hash", "import_batch", ["file_hash"], unique=True)


def _make_setting() -> None:
    op.create_table(
        "setting",
        sa.Column("id", Key, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_setting_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_setting"),
        sqlite_strict=True,
    )
    op.create_index("uq_setting_name", "setting", ["name"], unique=True)


def _make_owner() -> None:
    op.create_table(
        "owner",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_owner_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_owner"),
        sa.CheckConstraint(
            "type IN ('User', 'Group')",
            name=op.f("ck_owner_type"),
        ),
        sqlite_strict=True,
    )
    op.create_index("uq_owner_external_id", "owner", ["external_id"], unique=True)
    op.create_index("uq_owner_name", "owner", ["name"], unique=True)


def _make_payment_term() -> None:
    op.create_table(
        "payment_term",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("is_default", Flag, nullable=False, server_default="0"),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("period", sa.Integer, nullable=False, server_default="0"),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_payment_term_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_payment_term"),
        sa.CheckConstraint(
            "status IN ('Active', 'Draft', 'Inactive')",
            name=op.f("ck_payment_term_status"),
        ),
        sqlite_strict=True,
    )
    op.create_index("uq_payment_term_external_id", "payment_term", ["external_id"], unique=True)
    op.create_index("uq_payment_term_name", "payment_term", ["name"], unique=True)


def _make_account() -> None:
    op.create_table(
        "account",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("account_number", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("folded_name", sa.Text, nullable=False),
        sa.Column("owner_id", Key, sa.ForeignKey("owner.id", name="fk_account_owner_id")),
        sa.Column("parent_id", Key, sa.ForeignKey("account.id", name="fk_account_parent_id")),
        sa.Column("payment_term_id", Key, sa.ForeignKey("payment_term.id", name="fk_account_payment_term_id")),
        sa.Column("currency_iso_code", sa.Text),
        sa.Column("type", sa.Text),
        sa.Column("industry", sa.Text),
        sa.Column("billing_street", sa.Text),
        sa.Column("billing_city", sa.Text),
        sa.Column("billing_state", sa.Text),
        sa.Column("billing_postal_code", sa.Text),
        sa.Column("billing_country", sa.Text),
        sa.Column("phone", sa.Text),
        sa.Column("website", sa.Text),
        sa.Column("description", sa.Text),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_account_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sqlite_strict=True,
    )
    op.create_index("ix_account_folded_name", "account", ["folded_name"])
    op.create_index("uq_account_account_number", "account", ["account_number"], unique=True)
    op.create_index("uq_account_external_id", "account", ["external_id"], unique=True)


def _make_contact() -> None:
    op.create_table(
        "contact",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("account_id", Key, sa.ForeignKey("account.id", name="fk_contact_account_id")),
        sa.Column("salutation", sa.Text),
        sa.Column("first_name", sa.Text),
        sa.Column("last_name", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("email", sa.Text),
        sa.Column("phone", sa.Text),
        sa.Column("mailing_street", sa.Text),
        sa.Column("mailing_city", sa.Text),
        sa.Column("mailing_state", sa.Text),
        sa.Column("mailing_postal_code", sa.Text),
        sa.Column("mailing_country", sa.Text),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_contact_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sqlite_strict=True,
    )
    op.create_index("ix_contact_account_id", "contact", ["account_id"])
    op.create_index("uq_contact_external_id", "contact", ["external_id"], unique=True)
