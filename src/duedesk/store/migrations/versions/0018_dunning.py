"""What is dunned and why not: policies with their levels, holds, promises, runs and letters."""

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Change nothing yet."""
