"""What the field of Ctrl+K says of a query: that its result can be shown, or what cannot be read and where."""

from duedesk.desk import format as written
from duedesk.desk.finding.offers import Group, Offer
from duedesk.desk.navigation import ShowQuery
from duedesk.desk.queries import hint_of, read_query
from duedesk.domain.errors import RequestError
from duedesk.domain.objects import CATALOG


def query_offers(text: str) -> tuple[Offer, ...]:
    """Offer the result of a query, or say what cannot be read and where."""
    try:
        query = read_query(text)
    except RequestError as error:
        hint = hint_of(error)
        unread = Offer(Group.QUERY, error.message, fault=True)
        return (unread, Offer(Group.QUERY, hint)) if hint else (unread,)
    described = CATALOG.object(query.object)
    kind = "one row a group" if query.is_grouped or query.only_counts else written.plural(len(query.columns), "column")
    return (Offer(Group.QUERY, "Show the result", f"{described.plural}, {kind}", "Enter", ShowQuery(text)),)
