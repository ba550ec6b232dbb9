"""The aging by account as bars that lie: the largest, and one bar for all the rest; it asks nothing, shows nothing."""

from collections.abc import Sequence
from decimal import Decimal

from duedesk.charts.chart import Sheet
from duedesk.charts.lying import LyingBars
from duedesk.charts.picture import ChartColumn
from duedesk.charts.scale import scale_for
from duedesk.domain.aging import Basis, Buckets
from duedesk.domain.money import ZERO


def account_bars(
    columns: Sequence[ChartColumn],
    buckets: Buckets,
    currency: str,
    sheet: Sheet,
    *,
    room: Decimal = ZERO,
    basis: Basis = Basis.DUE,
) -> LyingBars:
    """Draw what accounts, or owners, countries, terms, leave open by bucket; the largest come first in `columns`."""
    colours = [sheet.look.bucket(place, len(buckets)) for place in range(len(buckets))]
    entries = list(zip(buckets.labels_from(basis), colours, strict=True))
    return LyingBars(
        columns, entries, lambda most, steps: scale_for(most, currency, most_steps=steps), sheet, room=room
    )
