"""What settings a book holds, by their names on the terminal, and how each is set; it prints nothing."""

from dataclasses import fields, replace
from typing import Any

from duedesk.actions.cash.write_off_limits import set_write_off_limit, write_off_limits
from duedesk.actions.loss_rates import loss_rates, set_loss_rates
from duedesk.actions.settings import letterhead, save_letterhead
from duedesk.actions.workspace import Workspace
from duedesk.cli.cash.cash_options import amount, currency
from duedesk.documents.letter import Letterhead
from duedesk.domain.errors import RequestError
from duedesk.domain.money import plain
from duedesk.domain.reports.allowance import DEFAULT_RATES, LossRates

BETWEEN_LINES = "|"
"""Stands between the lines of a setting that has several."""

_PREFIX = "letterhead."
_LIMIT = "write_off_limit."
_RATES = "loss_rates"


def settings_held(workspace: Workspace) -> dict[str, str]:
    """Give every setting by its name, in words."""
    limits = write_off_limits(workspace.book)
    limited = {f"{_LIMIT}{code}": plain(limit, code) for code, limit in sorted(limits.items())}
    return _of_letterhead(letterhead(workspace.book)) | limited | {_RATES: str(loss_rates(workspace.book))}


def setting_held(workspace: Workspace, name: str) -> str:
    """Give one setting; RequestError where there is none of that name, though any currency may have a limit."""
    settings = settings_held(workspace)
    if name not in settings and _limited_currency(name) is None:
        raise RequestError(f"There is no setting “{name}”.", f"There are {', '.join(settings)}.")
    return settings.get(name, "")


def set_setting(workspace: Workspace, name: str, text: str) -> None:
    """Set what `setting_held` knows; the empty text clears it."""
    limited = _limited_currency(name)
    if limited is not None:
        set_write_off_limit(workspace, limited, amount(text) if text.strip() else None)
    elif name == _RATES:
        set_loss_rates(workspace, LossRates.parse(text) if text.strip() else DEFAULT_RATES)
    else:
        head, field = letterhead(workspace.book), name.removeprefix(_PREFIX)
        lines = tuple(text.split(BETWEEN_LINES))
        changed: dict[str, Any] = {field: lines if isinstance(getattr(head, field), tuple) else text}
        save_letterhead(workspace, replace(head, **changed))


def _limited_currency(name: str) -> str | None:
    """Give the currency whose limit is named."""
    return currency(name.removeprefix(_LIMIT)) if name.startswith(_LIMIT) else None


def _of_letterhead(head: Letterhead) -> dict[str, str]:
    settings = {}
    for field in fields(head):
        held = getattr(head, field.name)
        settings[f"{_PREFIX}{field.name}"] = held if isinstance(held, str) else f" {BETWEEN_LINES} ".join(held)
    return settings
