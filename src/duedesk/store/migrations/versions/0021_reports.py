"""Reports as they are kept: their parameters, when they are due, and what was produced."""

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Make the tables of reports."""
