"""Reports as they are kept: their parameters, when they are due, and what was produced."""

from duedesk.store.migrations.run_closing import let_runs_close
from duedesk.store.migrations.saved_reports import make_saved_reports

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Make the tables of reports, and what dunning needs beside."""
    let_runs_close()
    make_saved_reports()
