"""Indexes that cover only the rows they are asked for, so that a first load builds less."""

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Change nothing yet."""
