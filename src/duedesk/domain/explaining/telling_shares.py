"""What share of all that is open one has, told in numbers; it finds no rows."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from duedesk.domain.aging import AgingRow
from duedesk.domain.explaining.figures import AgingFigure
from duedesk.domain.explaining.telling_metrics import tenths
from duedesk.domain.metrics import HUNDRED, concentration
from duedesk.domain.money import ZERO, grouped


def share_sentences(rows: Iterable[AgingRow], figure: AgingFigure, shown: Decimal) -> Iterator[str]:
    """Say what share of all that is open a row has, and the largest up to it together."""
    code, shares = figure.currency, concentration(rows, figure.currency)
    whole = sum((one.amount for one in shares), ZERO)
    if shown <= 0 or not whole:
        return
    of = f"÷ {grouped(whole, code)} × 100"
    yield f"Its share: {grouped(shown, code)} {of} = {tenths(shown * HUNDRED / whole)} % of all that is open."
    for place, one in enumerate(shares, 1):
        if figure.keys and one.key == figure.keys[0] and place > 1:
            together = sum((before.amount for before in shares[:place]), ZERO)
            yield f"The largest {place} together: {grouped(together, code)} {of} = {tenths(one.cumulative)} %."
