"""What says whether a dunning level is still that of a past day: when letters were cancelled, and levels set by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Make the indexes."""
    where = sa.text("cancelled_on IS NOT NULL")
    op.create_index(
        "ix_dunning_letter_cancelled_on", "dunning_letter", ["cancelled_on"], sqlite_where=where, postgresql_where=where
    )
    op.create_index("ix_dunning_reset_reset_date", "dunning_reset", ["reset_date"])
