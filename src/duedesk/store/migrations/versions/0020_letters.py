"""Letters as issued, their texts by language and version, and how each was delivered."""

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Change nothing yet."""
