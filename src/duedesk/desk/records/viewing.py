"""Keeps that a record was looked at, behind the window; what cannot be kept is not missed."""

from typing import Any

from duedesk.actions.following.views import note_view
from duedesk.desk.records.page import OneRecordPage


def keep_view(page: OneRecordPage[Any], object_name: str, key: int) -> None:
    """Keep that the person at the desk looks at a record now."""
    workspace = page.desk.workspace
    page.desk.tasks.read(page, lambda: note_view(workspace, object_name, key), lambda _: None)
