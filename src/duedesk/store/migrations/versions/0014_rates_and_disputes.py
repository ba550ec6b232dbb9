"""Rates of exchange by day, and what customers contest of an invoice."""

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Change nothing yet."""
