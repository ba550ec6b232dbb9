"""What the field of Ctrl+K asks the book behind the window, turned into offers; it shows nothing."""

from datetime import date

from duedesk.actions.following.views import recent
from duedesk.actions.workspace import Workspace
from duedesk.desk import format as written
from duedesk.desk.finding.offers import GROUP_OF, Group, Offer, is_query, matching
from duedesk.desk.finding.query_offers import query_offers
from duedesk.desk.navigation import Stand
from duedesk.desk.record_places import Reachable, place_of
from duedesk.desk.view_deeds import kept, place_of_view
from duedesk.store.queries.known_by import known_by
from duedesk.store.queries.recent import RecentRecord
from duedesk.store.queries.search import Found, search
from duedesk.store.queries.views import SavedView

LAST = 8
"""Records of late that are offered."""

EACH = 6
"""Records of each kind that are offered; more is a matter of typing more."""


def offers_for(workspace: Workspace, text: str, stand: Stand, reachable: Reachable) -> tuple[Offer, ...]:
    """Give the views and records that a text names, those first whose number it is; the last seen where there is none.

    What had not been recorded by the moment that is known is not found.
    A query is only read: its result is asked for where it is shown.
    """
    if is_query(text):
        return query_offers(text)
    as_of = stand.as_of
    views = matching((_view(view, as_of) for view in kept(workspace)), text)
    if not text:
        late = workspace.ask(known_by, recent(workspace, LAST), stand.known_on)
        return (*(_recent(one, as_of, reachable) for one in late), *views)
    found = workspace.ask(known_by, workspace.ask(search, text, limit=EACH), stand.known_on)
    return (*views, *(_offer(one, as_of, reachable) for one in found))


def _view(view: SavedView, as_of: date) -> Offer:
    whose = "" if view.is_own else view.by
    return Offer(Group.VIEWS, view.name, whose, "", place_of_view(view, as_of))


def _recent(record: RecentRecord, as_of: date, reachable: Reachable) -> Offer:
    opens = place_of(record.object, record.key, as_of, reachable, called=record.name)
    whose = "" if record.object == "Account" else record.account
    return Offer(Group.RECENT, record.name, whose, record.kind, opens)


def _offer(found: Found, as_of: date, reachable: Reachable) -> Offer:
    group = GROUP_OF[found.object]
    opens = place_of(found.object, found.key, as_of, reachable, called=found.name)
    if found.object == "Account":
        detail = "  ·  ".join(part for part in (found.reference, found.account) if part)  # its number and country
        return Offer(group, found.name, "" if detail == found.name else detail, "", opens)
    on = f"due {written.day(found.on)}" if found.object == "Invoice" and found.on is not None else written.day(found.on)
    told = (found.account, found.reference if found.reference != found.name else "", on)
    detail = "  ·  ".join(part for part in told if part)
    amount = written.money(found.amount, found.currency)
    return Offer(group, found.name or found.status, detail, amount, opens)
