"""When a payment that was a draft was processed, so that what was known then can be told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateColumn

from duedesk.store.tables.columns import Moment

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column."""
    written = CreateColumn(sa.Column("processed_at", Moment)).compile(dialect=op.get_bind().dialect)
    op.execute(sa.text(f"ALTER TABLE payment ADD COLUMN {written}"))
