"""Roads an aging takes: covering indexes for past days and trends."""

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Change nothing yet."""
