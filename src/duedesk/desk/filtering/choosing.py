"""Which field stands behind a word of the filter builder, by the kind of what is compared; it decides no condition."""

from duedesk.desk.filtering.account_entry import AccountEntry
from duedesk.desk.filtering.asking import Choices
from duedesk.desk.filtering.day_entry import DayEntry
from duedesk.desk.filtering.entries import (
    ChosenEntry,
    CountEntry,
    Entry,
    PairEntry,
    Read,
    TickedEntry,
    TypedEntry,
    read_amount,
    read_text,
    read_whole,
    write_plain,
)
from duedesk.desk.filtering.spans import span_words, spans
from duedesk.desk.filtering.words import value_words
from duedesk.domain.building import Shape, Values, Word
from duedesk.domain.catalog import Field, Kind
from duedesk.domain.filter_fields import FilterField
from duedesk.domain.filters import Operand
from duedesk.domain.relative_days import RelativeDays, Unit

_DAYS = {Kind.DATE, Kind.DATETIME}


def entry_for(offer: FilterField, word: Word, values: Values, choices: Choices) -> Entry:
    """Make the field for what stands behind a word."""
    held = tuple(one for one in values if one is not None)
    match word.shape:
        case Shape.NOTHING:
            return Entry()
        case Shape.COUNT:
            return CountEntry(held[:1] if all(isinstance(one, int) for one in held) else ())
        case Shape.SPAN:
            named = [(span_words(days), days) for days in spans() if offer.field.is_read or days.unit is Unit.DAY]
            chosen = tuple(one for one in held if isinstance(one, RelativeDays))
            return ChosenEntry(named, chosen, lambda one: value_words(offer, one, {}))
        case Shape.TWO:
            least, most = (*values, None, None)[:2]
            ends = (_single(offer, () if one is None else (one,), choices) for one in (least, most))
            return PairEntry(*ends, stacked=offer.field.kind in _DAYS)
        case Shape.SEVERAL:
            return _several(offer, held, choices)
        case Shape.FRAGMENT | Shape.PATTERN:
            return TypedEntry(held[:1], read_text, write_plain)
        case _:
            return _single(offer, held[:1], choices)


def _several(offer: FilterField, values: Values, choices: Choices) -> Entry:
    words = offer.field.values or (choices.offered.currencies if offer.field.name == "CurrencyIsoCode" else ())
    if words:
        return TickedEntry(words, values)
    return TypedEntry(values, _reader(offer.field), write_plain, several=True)


def _single(offer: FilterField, values: Values, choices: Choices) -> Entry:
    field = offer.field
    if offer.picks == "Account":
        return AccountEntry(choices, values)
    if offer.picks:
        return _chosen(list(choices.offered.records.get(offer.picks, ())), offer, values, choices)
    if field.kind in _DAYS:
        return DayEntry(values, choices.today)
    if field.kind is Kind.BOOLEAN:
        return ChosenEntry([("Yes", True), ("No", False)], values or (True,), str)
    words = field.values or (choices.offered.currencies if field.name == "CurrencyIsoCode" else ())
    if words:
        return _chosen([(one, one) for one in words], offer, values, choices)
    return TypedEntry(values, _reader(field), write_plain)


def _chosen(answers: list[tuple[str, Operand]], offer: FilterField, values: Values, choices: Choices) -> Entry:
    return ChosenEntry(answers, values, lambda one: value_words(offer, one, choices.offered.names))


def _reader(field: Field) -> Read:
    if field.kind is Kind.INT:
        return read_whole
    return read_amount if field.is_figure else read_text
