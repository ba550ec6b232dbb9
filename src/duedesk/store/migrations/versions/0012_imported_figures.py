"""What an invoice's source says of it otherwise than its applications make."""

import sqlalchemy as sa
from alembic import op

from duedesk.store.tables.columns import Amount

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("invoice", sa.Column("imported_net_payments_applied", Amount))
    op.add_column("invoice", sa.Column("imported_net_credits_applied", Amount))
    op.add_column("invoice", sa.Column("imported_settlement_status", sa.Text))
