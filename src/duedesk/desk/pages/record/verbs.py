"""What can be done with an invoice as it stands, and why the rest cannot, as values; it does none of it."""

from dataclasses import dataclass
from enum import Enum

from duedesk.domain.access import why_not
from duedesk.domain.life_cycle import Status, Verb, allows
from duedesk.domain.money import ZERO
from duedesk.store.queries.records.movements import Movement
from duedesk.store.queries.records.whole_invoice import WholeInvoice


class Doing(Enum):
    """The verbs of the record page: what it is called, its key, and the action it comes to."""

    EDIT = "&Edit", "E", "edit_draft"
    POST = "&Post…", "P", "post"
    REOPEN = "&Reopen", "R", "reopen"
    APPROVE = "Appro&ve", "Y", "approve"
    REJECT = "Re&ject…", "J", "reject"
    APPLY = "&Apply…", "A", "apply"
    PAY = "Pay&ment…", "M", "receive_payment"
    UNAPPLY = "&Unapply…", "U", "unapply"
    CREDIT = "&Credit…", "C", "create_memo"
    WRITE_OFF = "&Write off…", "W", "write_off"
    DISPUTE = "&Dispute…", "D", "dispute"
    RESOLVE = "Re&solve…", "S", "resolve"
    HOLD = "&Hold…", "H", "hold"
    RELEASE = "Release hol&d…", "Shift+H", "release_hold"
    POLICY = "Dunnin&g policy…", "G", "assign_dunning_policy"
    PROMISE = "Promise &to pay…", "T", "promise"
    VOID = "&Void…", "V", "void"
    CANCEL = "Cance&l…", "X", "cancel"
    DELETE = "&Delete…", "Del", "delete_drafts"
    LETTER = "&Letter", "L", ""
    WHY = "Why is it not dunned&?", "Q", ""
    NOTE = "&Note", "N", "add_note"
    ATTACH = "Attach a &file…", "F", "attach_file"

    @property
    def text(self) -> str:
        """Give what it is called in a menu."""
        return self.value[0]

    @property
    def key(self) -> str:
        """Give its key."""
        return self.value[1]

    @property
    def action(self) -> str:
        """Give the name of its action; empty where it changes nothing."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Offer:
    """A verb that is offered; `barred` says in a few words why it cannot be given, nothing where it can."""

    doing: Doing
    barred: str = ""


_BY_STATE = {
    Doing.EDIT: Verb.EDIT,
    Doing.POST: Verb.POST,
    Doing.REOPEN: Verb.REOPEN,
    Doing.VOID: Verb.VOID,
    Doing.CANCEL: Verb.CANCEL,
    Doing.DELETE: Verb.DELETE,
}
_OF_A_DEBT = {
    Doing.APPLY,
    Doing.PAY,
    Doing.CREDIT,
    Doing.WRITE_OFF,
    Doing.DISPUTE,
    Doing.HOLD,
    Doing.POLICY,
    Doing.PROMISE,
    Doing.WHY,
}
_DECISIONS = {Doing.APPROVE, Doing.REJECT}


def offers_of(whole: WholeInvoice, *, in_hand: Movement | None, barred: str = "") -> tuple[Offer, ...]:
    """Give the verbs that the state of an invoice allows, in the order of the bar.

    `in_hand` is the payment or credit whose row is chosen, `barred` what stands in the way of every change.
    """
    found = []
    for doing in Doing:
        if _fits(doing, whole, in_hand):
            changes = bool(doing.action)
            found.append(Offer(doing, (barred if changes else "") or _barred(doing, whole)))
    return tuple(found)


def primary(whole: WholeInvoice) -> Doing | None:
    """Give the verb that most will say next."""
    if whole.waiting is not None:
        return Doing.APPROVE
    return Doing.POST if allows(Verb.POST, whole.invoice.status) and whole.invoice.status != Status.POSTED else None


def _fits(doing: Doing, whole: WholeInvoice, in_hand: Movement | None) -> bool:
    status = whole.invoice.status
    if doing in _BY_STATE:
        return allows(_BY_STATE[doing], status)
    if doing in _OF_A_DEBT:
        return status == Status.POSTED
    if doing in _DECISIONS:
        return whole.waiting is not None
    if doing is Doing.RESOLVE:
        return bool(whole.standing_disputes)
    if doing is Doing.RELEASE:
        return bool(whole.standing_holds)
    if doing is Doing.UNAPPLY:
        return in_hand is not None and in_hand.rest > 0
    return True


def _barred(doing: Doing, whole: WholeInvoice) -> str:
    reason = why_not(whole.standing, doing.action) if doing.action else ""
    if reason:
        return reason
    if doing in {Doing.APPLY, Doing.WRITE_OFF} and whole.invoice.balance == ZERO:
        return "nothing is open"
    if doing in {Doing.HOLD, Doing.PROMISE} and whole.invoice.balance == ZERO:
        return "nothing is open"
    if doing is Doing.DISPUTE and whole.contested == whole.invoice.balance:
        return "all that is open is contested" if whole.contested else "nothing is open"
    if doing is Doing.WRITE_OFF and whole.waiting is not None:
        return "a write-off waits for approval"
    if doing is Doing.APPROVE and whole.waiting is not None and _is_own(whole):
        return "you asked for it yourself"
    return ""


def _is_own(whole: WholeInvoice) -> bool:
    asked = "" if whole.waiting is None else whole.waiting.requested_by
    return asked.strip().casefold() == whole.standing.user.strip().casefold()
