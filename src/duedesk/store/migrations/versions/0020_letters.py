"""Letters as issued, their texts by language and version, and how each was delivered."""

from duedesk.store.migrations.deliveries import make_deliveries
from duedesk.store.migrations.letter_documents import make_letter_documents

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Make texts, letters as issued, and deliveries."""
    make_letter_documents()
    make_deliveries()
