"""What a list and its selection add up to, in the words of the foot; it adds nothing up."""

from collections.abc import Sequence

from duedesk.desk import format as written
from duedesk.desk.tables.summing import Selected
from duedesk.store.queries.lists.figures import Figures


def sums(figures: Sequence[Figures], *, brief: bool = False) -> tuple[str, ...]:
    """Write sum and average of each currency, and of how many where there are several currencies.

    They are of what is open; where nothing is, of the whole, which `is_billed` tells.
    """
    whole = is_billed(figures)
    shown = [one for one in figures if whole or one.balance]
    return tuple(_words(one, whole=whole, brief=brief, alone=len(figures) == 1) for one in shown)


def is_billed(figures: Sequence[Figures]) -> bool:
    """Tell whether nothing is open, so that the sums are of the whole amounts."""
    return not any(one.balance for one in figures)


def selection(
    selected: Selected, found: int, figures: Sequence[Figures], noun: str, group: str = ""
) -> tuple[str, tuple[str, ...]]:
    """Say what is selected of what is found: how much in words, and its sums before those of the list.

    `group` is what the group is called whose head was selected.
    """
    shown = f"{written.count(selected.count)} of {written.count(found)} {noun} selected"
    shown = f"{shown}: {group}" if group else shown
    if selected.figures is None:
        return shown, ("…",)
    of_list = () if selected.count == found else sums(figures, brief=True)
    return shown, (*sums(selected.figures), *((f"of {of_list[0]}", *of_list[1:]) if of_list else ()))


def briefly(figures: Sequence[Figures], selected: Selected | None = None) -> tuple[str, ...]:
    """Write the sums alone, of the selection where there is one."""
    return sums(figures if selected is None else selected.figures or (), brief=True)


def _words(one: Figures, *, whole: bool, brief: bool, alone: bool) -> str:
    amount, average = (one.total, one.average_total) if whole else (one.balance, one.average_balance)
    said = f"{one.currency} {written.amount(amount, one.currency)}"
    if brief or one.count < 2:
        return said
    of = "" if alone else f"{written.count(one.count)}, "
    return f"{said} ({of}⌀ {written.amount(average, one.currency)})"
