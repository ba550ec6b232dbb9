"""Reports that a person keeps, each with the last day it was produced for; it produces none."""

import json
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select

from duedesk.domain.reports.offered import REPORTS, ReportName
from duedesk.domain.reports.saved import Production, SavedReport
from duedesk.store.tables.reports import report_production, saved_report


def saved_reports(connection: Connection, user: str) -> tuple[SavedReport, ...]:
    """Give a person's saved reports by name; one of a report that is no more there is left out."""
    made = report_production.c
    latest = (
        select(made.saved_report_id, func.max(made.due_on, type_=made.due_on.type).label("due_on"))
        .group_by(made.saved_report_id)
        .subquery("latest")
    )
    columns = (made.due_on, made.status, made.claimed_at, made.finished_at, made.file, made.remark)
    found = connection.execute(
        select(saved_report, *columns)
        .select_from(
            saved_report.outerjoin(latest, latest.c.saved_report_id == saved_report.c.id).outerjoin(
                report_production,
                and_(made.saved_report_id == saved_report.c.id, made.due_on == latest.c.due_on),
            )
        )
        .where(saved_report.c.user_name == user)
        .order_by(saved_report.c.name)
    )
    return tuple(_saved(row) for row in found if row.report in {name.value for name in REPORTS})


def _saved(row: Row[Any]) -> SavedReport:
    last = None
    if row.due_on is not None:
        at = row.finished_at or row.claimed_at
        last = Production(row.due_on, row.status, at, row.file or "", row.remark or "")
    return SavedReport(
        row.id,
        row.name,
        ReportName(row.report),
        json.loads(row.said),
        row.folder,
        row.ending,
        row.schedule or "",
        row.since,
        row.user_name,
        last,
    )
