"""Rates of reference by date and the profile a country charges late interest by."""

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Change nothing yet."""
