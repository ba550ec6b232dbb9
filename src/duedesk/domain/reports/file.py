"""The name of the file that a report becomes where none was asked for; it makes no file."""

from duedesk.domain.reports.offered import OF_A_DAY, ReportRequest


def file_name(request: ReportRequest, ending: str = "xlsx") -> str:
    """Give the name of the file where none was asked for: `open-items-2026-11-23.xlsx`."""
    days = f"{request.as_of:%Y-%m-%d}"
    is_of_a_day = request.option("kind") == OF_A_DAY
    if request.first_day is not None and request.last_day is not None and not is_of_a_day:
        days = f"{request.first_day:%Y-%m-%d}-to-{request.last_day:%Y-%m-%d}"
        if request.is_running:
            days = f"{request.first_day:%Y-%m-%d}-until-{request.as_of:%Y-%m-%d}"
    return f"{request.name}-{days}.{ending}"
