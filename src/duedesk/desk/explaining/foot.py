"""What tells how the figures at the foot of a list are made up: sums and averages, of all or of what is selected."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from duedesk.desk.navigation import ShowExplanation
from duedesk.desk.page import Page, PageCommand
from duedesk.desk.tables.figures_in_words import is_billed
from duedesk.desk.tables.view import RecordTable
from duedesk.domain.explaining.figures import ListFigure
from duedesk.domain.filters import Filter
from duedesk.store.queries.lists.figures import Figures, added_up

_MOST_KEYS = 9


def foot_commands(
    page: Page, asked: Filter | None, figures: Sequence[Figures], table: RecordTable
) -> tuple[PageCommand, ...]:
    """Give a command for each figure that the foot says, in its order; those of the selection come first.

    The keys are those of what stands first: Ctrl+Alt and the place of the currency for a sum, with Shift for its
    average.
    """
    if asked is None:
        return ()
    selected = table.sums.now
    of_list = _commands(page, asked, figures, "", lambda: None, keys=selected is None)
    if selected is None:
        return tuple(of_list)
    return (
        *_commands(page, asked, selected.figures or (), " selected", lambda: tuple(table.selected_keys()), keys=True),
        *of_list,
    )


def _commands(
    page: Page,
    asked: Filter,
    figures: Sequence[Figures],
    which: str,
    among: Callable[[], tuple[int, ...] | None],
    *,
    keys: bool,
) -> Iterator[PageCommand]:
    whole = is_billed(figures)
    path = added_up(asked.object)[0 if whole else 1]

    def tell(currency: str, *, is_average: bool) -> None:
        page.go(ShowExplanation(ListFigure(asked, path, currency, is_average, among())))

    shown = [one for one in figures if whole or one.balance]
    for at, one in enumerate(shown, 1):
        has_keys = keys and at <= _MOST_KEYS
        sums, averages = ((f"Ctrl+Alt+{at}",), (f"Ctrl+Alt+Shift+{at}",)) if has_keys else ((), ())
        yield PageCommand(
            f"Explain the{which} su&m in {one.currency}", partial(tell, one.currency, is_average=False), sums
        )
        if one.count > 1:
            text = f"Explain the{which} a&verage in {one.currency}"
            yield PageCommand(text, partial(tell, one.currency, is_average=True), averages)
