"""What free text is searched in, indexed by three letters."""

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Change nothing yet."""
