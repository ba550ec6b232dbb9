"""Which invoices a list is asked for, in which order and columns: by options, or by a saved view; it lists none."""

import argparse
from dataclasses import replace
from datetime import date

from duedesk.actions.calls.views import find_view, list_of
from duedesk.actions.workspace import Workspace
from duedesk.domain.days import parse_day
from duedesk.domain.dunning.dunnable import DUNNABLE_TOMORROW
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.listed import SHOWN
from duedesk.domain.objects import CATALOG
from duedesk.domain.query_text import write_list
from duedesk.language.conditions import parse_condition, parse_order


def filter_asked(options: argparse.Namespace, as_of: date) -> Filter:
    """Give what `--where`, `--search` and `--order-by` ask for on a day."""
    return Filter(
        as_of,
        where=parse_condition(options.where, CATALOG, "Invoice") if options.where else None,
        search=options.search,
        order_by=parse_order(options.order_by, CATALOG, "Invoice") if options.order_by else (),
    )


def add_dunnable(parser: argparse.ArgumentParser) -> None:
    """Add `--dunnable`."""
    parser.add_argument(
        "--dunnable",
        metavar="D",
        nargs="?",
        type=parse_day,
        const=DUNNABLE_TOMORROW.value,
        help="only what a dunning run of that day puts into a letter (tomorrow)",
    )


def list_asked(options: argparse.Namespace, as_of: date, workspace: Workspace) -> tuple[Filter, tuple[str, ...]]:
    """Give what is asked for, and the columns that a saved list shows; what is said beside a view narrows it."""
    asked = filter_asked(options, as_of)
    if options.dunnable is not None:
        asked = asked.narrowed(replace(DUNNABLE_TOMORROW, value=options.dunnable))
    fields: tuple[str, ...] = ()
    if options.view:
        listed = list_of(find_view(workspace, options.view), as_of)
        if listed.filter.object != "Invoice":
            raise RequestError("That view shows no invoices.", f"`duedesk view run “{options.view}”` answers it.")
        kept, fields = listed.filter, listed.columns
        kept = kept.narrowed(asked.where) if asked.where is not None else kept
        asked = replace(kept, order_by=asked.order_by or kept.order_by, search=asked.search or kept.search)
    return replace(asked, known_on=options.known_on), fields


def list_text(options: argparse.Namespace) -> str:
    """Give the list that options ask for as a query; its search is left out."""
    fields = tuple(one.strip() for one in options.fields.split(",")) if options.fields else SHOWN
    return write_list(filter_asked(options, date.min), fields)
