"""Letters as issued, their texts by language and version, and how each was delivered."""

from duedesk.store.migrations.deliveries import make_deliveries

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Make the deliveries of letters."""
    make_deliveries()
