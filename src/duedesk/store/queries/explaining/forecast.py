"""How what is expected in a week is made up, invoice by invoice; how late an account pays is told elsewhere."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlalchemy import Connection, select

from duedesk.domain.errors import RequestError
from duedesk.domain.explaining.figures import (
    MOST_STEPS,
    Explanation,
    ForecastFigure,
    PayingFigure,
    Step,
    stood_in_words,
    summed,
)
from duedesk.domain.explaining.telling_forecast import (
    band_in_words,
    item_in_words,
    place_in_words,
    promises_in_words,
)
from duedesk.domain.forecast.weeks import Chances, Expected, Forecast, check_weeks, forecast, shares
from duedesk.domain.forecast.words import Outlook
from duedesk.domain.money import from_units
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.forecast.facts import chances_of, open_items
from duedesk.store.settlement import chosen
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account

_EXPECTED = (
    "Expected of an invoice = what is open of it × the chance that it is paid in these days, given how late it is.",
    "A promise is expected in its week as often as the account keeps its promises.",
)


def explain_expected(connection: Connection, figure: ForecastFigure) -> Explanation:
    """Tell what of each invoice is expected, the largest part first, and how its account pays."""
    standpoint = Standpoint(figure.as_of, figure.known_on)
    every = open_items(connection, standpoint)
    chances = chances_of(connection, standpoint, every, check_weeks(figure.weeks))
    own = [item for item in every if item.currency == figure.currency]
    if not own:
        raise RequestError(f"Nothing is open in {figure.currency} on that day.")
    (made,) = forecast(own, chances)
    parts = [(part, item) for item in own if (part := _part(shares(item, chances), figure))]
    parts.sort(key=lambda one: (-one[0], one[1].due, one[1].key))
    told = parts[:MOST_STEPS]
    return Explanation(
        title=f"{place_in_words(made, figure.place)} in {figure.currency}",
        unit=figure.currency,
        figure=_figure(made, figure.place),
        said=(stood_in_words(figure.as_of, figure.known_on), *_EXPECTED, *band_in_words(made, figure.place)),
        steps=summed(_steps(connection, told, chances, figure)),
        left_out=len(parts) - len(told),
        left_amount=from_units(sum(part for part, _ in parts[MOST_STEPS:])),
    )


def _part(of_item: Sequence[int], figure: ForecastFigure) -> int:
    return sum(of_item[: figure.weeks]) if figure.place is None else of_item[figure.place]


def _figure(made: Forecast, place: int | None) -> Decimal:
    weeks = [week.expected for week in made.weeks]
    return made.total.expected if place is None else (*weeks, made.later, made.never, made.disputed)[place]


def _steps(
    connection: Connection, parts: Sequence[tuple[int, Expected]], chances: Chances, figure: ForecastFigure
) -> Iterator[Step]:
    """Give a line an invoice, and below it one that leads to how its account pays."""
    wanted = chosen(connection, invoice.c.id, {item.key for _, item in parts})
    named = select(invoice.c.id, invoice.c.document_number, account.c.name)
    asked = named.join(account, account.c.id == invoice.c.billing_account_id).where(wanted)
    called = {key: (number or "", name) for key, number, name in connection.execute(asked)}
    for part, item in parts:
        number, name = called[item.key]
        what = item_in_words(item, part, figure.as_of, name)
        yield Step(what, number, item.due, amount=from_units(part), object="Invoice", key=item.key)
        for said in promises_in_words(item, chances.words.of(item.account)):
            yield Step(said, level=1)
        if item.by_habit:
            pays = PayingFigure(item.account, figure.as_of, figure.known_on)
            yield Step(Outlook(chances.habits.of(item.account)).sentence, level=1, figure=pays)
