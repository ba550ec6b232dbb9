"""What is said before a verb is done to many invoices, and after; it reads nothing and decides nothing."""

from duedesk.desk import format as written
from duedesk.desk.bulk.outlook import AllOutlook, Item, LeftOut, Outlook, in_currencies
from duedesk.desk.bulk.verbs import MANNERS, BulkVerb

_LEFT_OUT_SHOWN = 4

_AFTER = {
    BulkVerb.POST: "They get their numbers and due dates, and can then be neither edited nor deleted.",
    BulkVerb.CANCEL: "Nothing was owed on them; each can be reopened as a draft.",
    BulkVerb.REOPEN: "They can then be edited and posted again.",
    BulkVerb.DELETE: "That cannot be seen in any list afterwards; the journal keeps what they were.",
    BulkVerb.VOID: "They count until the day below, and then no more. What was paid or credited on them is taken off "
    "on that day and is free to be applied elsewhere.",
    BulkVerb.WRITE_OFF: "Each balance is given up by a credit memo; above the limit of its currency another person has "
    "to agree first.",
    BulkVerb.ASSIGN: "Whoever they are given to sees and edits them from then on.",
    BulkVerb.NOTE: "The note stands in the feed of each of them.",
}

_AFTER_ONE = {
    BulkVerb.POST: "It gets its number and due date, and can then be neither edited nor deleted.",
    BulkVerb.CANCEL: "Nothing was owed on it; it can be reopened as a draft.",
    BulkVerb.REOPEN: "It can then be edited and posted again.",
    BulkVerb.DELETE: "That cannot be seen in any list afterwards; the journal keeps what it was.",
    BulkVerb.VOID: "It counts until the day below, and then no more. What was paid or credited on it is taken off on "
    "that day and is free to be applied elsewhere.",
    BulkVerb.WRITE_OFF: "The balance is given up by a credit memo; above the limit of its currency another person has "
    "to agree first.",
    BulkVerb.ASSIGN: "Whoever it is given to sees and edits it from then on.",
    BulkVerb.NOTE: "The note stands in its feed.",
}

_ALL_THAT_MATCH = (
    " It is done in parts; one that is refused keeps none of the others back. It can be stopped and gone on with."
)


def title(outlook: Outlook | AllOutlook) -> str:
    """Give the title of the panel: `Post 12 invoices`, of a single one `Post INV-0007`."""
    if not outlook.count:
        return MANNERS[outlook.verb].do
    match outlook.verb:
        case BulkVerb.ASSIGN:
            return f"Assign {_counted(outlook)}"
        case BulkVerb.NOTE:
            return f"Add a note to {_counted(outlook)}"
        case verb:
            return f"{MANNERS[verb].do} {_counted(outlook)}"


def command(outlook: Outlook | AllOutlook) -> str:
    """Give what stands on the button."""
    return MANNERS[outlook.verb].do


def what_will_happen(outlook: Outlook | AllOutlook) -> str:
    """Say what will happen to how many, in which currencies."""
    if not outlook.count:
        return "None of the selected invoices allows it." if outlook.left_count else "None of them is found any more."
    amounts = in_currencies(outlook.amounts)
    one = _single(outlook)
    what = written.plural(outlook.count, _noun(outlook)) if one is None else f"{_named(one)} of {one.account}"
    what = f"{what[:1].upper()}{what[1:]}" if outlook.verb is not BulkVerb.WRITE_OFF else what
    first = f"{amounts} still open on {what}." if outlook.verb is BulkVerb.WRITE_OFF else f"{what} over {amounts}."
    after = _ALL_THAT_MATCH if isinstance(outlook, AllOutlook) else ""
    return f"{first} {(_AFTER if one is None else _AFTER_ONE)[outlook.verb]}{after}"


def left_out_title(outlook: Outlook | AllOutlook) -> str:
    """Say how many of the selected are left out."""
    out, picked = outlook.left_count, outlook.left_count + outlook.count
    if out == picked:
        return "It is left out" if out == 1 else f"All {out:,} are left out"
    return f"{out:,} of the {picked:,} selected {'is' if out == 1 else 'are'} left out"


def left_out_lines(outlook: Outlook | AllOutlook) -> tuple[str, ...]:
    """Say which are left out and why, a line a reason; of many only how many more."""
    if isinstance(outlook, AllOutlook):
        return tuple(f"{reason[:1].upper()}{reason[1:]}: {number:,}" for reason, number in outlook.left_out)
    return _named_lines(outlook.left_out)


def _named_lines(left_out: tuple[LeftOut, ...]) -> tuple[str, ...]:
    by_reason: dict[str, list[str]] = {}
    for one in left_out:
        by_reason.setdefault(one.reason, []).append(one.item.name)
    lines = []
    for reason, names in by_reason.items():
        more = len(names) - _LEFT_OUT_SHOWN
        named = ", ".join(names[:_LEFT_OUT_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
        lines.append(f"{reason[:1].upper()}{reason[1:]}: {named}")
    return tuple(lines)


def done_words(verb: BulkVerb, done: int, refused: int, left: int = 0) -> str:
    """Say what was done and what was not: `12 invoices posted, 2 refused, 5 left`."""
    first = f"{written.plural(done, 'invoice')} {MANNERS[verb].done}"
    if verb is BulkVerb.NOTE:
        first = f"Note added to {written.plural(done, 'invoice')}"
    first = f"{first}, {refused:,} refused" if refused else first
    return f"{first}, {left:,} left" if left else first


def _counted(outlook: Outlook | AllOutlook) -> str:
    one = _single(outlook)
    return written.plural(outlook.count, _noun(outlook)) if one is None else _named(one)


def _single(outlook: Outlook | AllOutlook) -> Item | None:
    """Give the invoice where the verb is said to one alone, for it to be named."""
    return outlook.items[0] if isinstance(outlook, Outlook) and outlook.count == 1 else None


def _named(item: Item) -> str:
    return item.name.replace("Draft", "draft", 1) if item.name.startswith("Draft #") else item.name


def _noun(outlook: Outlook | AllOutlook) -> str:
    of_drafts = outlook.verb in {BulkVerb.POST, BulkVerb.DELETE, BulkVerb.CANCEL} and outlook.are_drafts
    return "draft" if of_drafts else "invoice"
