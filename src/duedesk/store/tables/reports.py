"""Tables of reports that are kept: each with its parameters and schedule, and the days for which it was produced."""

from sqlalchemy import Column, ForeignKey

from duedesk.store.tables.columns import Index, Key, day, link, moment, one_of, table, words

saved_report = table(
    "saved_report",
    words("name", required=True),
    words("user_name", required=True),
    words("report", required=True),
    words("said", required=True),
    words("folder", required=True),
    words("ending", required=True),
    words("schedule"),
    day("since", required=True),
    moment("created_date", required=True),
    link("journal_id", "journal_entry"),
    one_of("ending", "xlsx", "csv"),
    Index("uq_saved_report_name", "user_name", "name", unique=True),
)
"""A report under a name, one's own: what was said of its parameters is kept as it was typed."""

report_production = table(
    "report_production",
    Column("saved_report_id", Key, ForeignKey("saved_report.id", ondelete="CASCADE"), nullable=False),
    day("due_on", required=True),
    words("status", required=True),
    moment("claimed_at", required=True),
    moment("finished_at"),
    words("file"),
    words("remark"),
    one_of("status", "Started", "Done", "Failed"),
    Index("uq_report_production_saved_report_id", "saved_report_id", "due_on", unique=True),
)
"""A day is claimed before the report is produced for it, so that two timers never produce it twice."""
