"""Saved views of lists: filter, columns, order and groups, and the one a person begins with."""

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Change nothing yet."""
