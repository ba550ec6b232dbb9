"""The opposites of what is done with money and credits; each counts from today, and the ledger shows both."""

from collections.abc import Sequence

from duedesk.actions.cash.applying import Part, apply, unapply
from duedesk.actions.cash.crediting import cancel_memo, void_memo
from duedesk.actions.cash.receiving import cancel_payment, edit_payment
from duedesk.actions.cash.refunding import cancel_refund
from duedesk.actions.cash.writing_off import reject
from duedesk.actions.undoing.entries import entry_with
from duedesk.actions.undoing.naming import Applied, applied, called, found, money, sums, taken_off_by
from duedesk.actions.undoing.opposite import Asked, Opposite, Planned, Step
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError


def _unapply(asked: Asked) -> Planned:
    keys = asked.entry.keys("Application")
    parts = applied(asked.connection, keys)
    later = taken_off_by(asked.connection, keys)
    if later is not None:
        summary = entry_with(asked.connection, later).summary
        raise RequestError(f"Some of it was taken off again since: {summary}.", "Unapply what is left by hand.")
    sentence = f"Unapply {_what(parts)} from {_invoices(parts)}, {asked.dated}"
    return Planned(sentence, ("unapply",), (lambda workspace: unapply(workspace, keys),))


def _apply_again(asked: Asked) -> Planned:
    parts = applied(asked.connection, asked.entry.keys("Application"))
    wanted = [_part(one) for one in parts]
    sentence = f"Apply {_what(parts)} to {_invoices(parts)} again, {asked.dated}"
    return Planned(sentence, ("apply",), (lambda workspace: apply(workspace, wanted),))


def _cancel_payment(asked: Asked) -> Planned:
    """Undo money received: it is canceled, and the discounts that it earned are voided."""
    (key,) = asked.entry.keys("Payment")
    memos = asked.entry.keys("CreditMemo")
    asked.require_untouched({"Payment": [key], "CreditMemo": memos})
    row = found(asked.connection, "Payment", key)
    amount = money(row.amount, row.currency_iso_code)
    on = asked.entry.keys("Invoice")
    off = f", which takes it off {called(asked.connection, 'Invoice', on)}" if row.net_applied and on else ""
    too = f", and void {called(asked.connection, 'CreditMemo', memos)}" if memos else ""
    sentence = f"Cancel {called(asked.connection, 'Payment', [key])} of {amount}, {asked.dated}{off}{too}"
    steps: list[Step] = [lambda workspace: cancel_payment(workspace, key)]
    return Planned(sentence, ("cancel_payment", *(("void_memo",) if memos else ())), (*steps, *_voids(asked, memos)))


def _edit_payment_back(asked: Asked) -> Planned:
    keys, before = asked.entry.keys("Payment"), asked.entry.before
    asked.require_untouched({"Payment": keys})

    def edit(workspace: Workspace) -> None:
        for key, values in before.items():
            edit_payment(workspace, int(key), values)

    sentence = f"Set {called(asked.connection, 'Payment', keys)} back to what it was"
    return Planned(sentence, ("edit_payment",), (edit,))


def _cancel_refund(asked: Asked) -> Planned:
    (key,) = asked.entry.keys("Refund")
    asked.require_untouched({"Refund": [key]})
    row = found(asked.connection, "Refund", key)
    amount = money(row.amount, row.currency_iso_code)
    sentence = f"Cancel {called(asked.connection, 'Refund', [key])} of {amount}, {asked.dated}"
    return Planned(sentence, ("cancel_refund",), (lambda workspace: cancel_refund(workspace, key),))


def _cancel_memo(asked: Asked) -> Planned:
    (key,) = asked.entry.keys("CreditMemo")
    asked.require_untouched({"CreditMemo": [key]})
    sentence = f"Cancel {called(asked.connection, 'CreditMemo', [key])}"
    return Planned(sentence, ("cancel_memo",), (lambda workspace: cancel_memo(workspace, key),))


def _void_memo(asked: Asked) -> Planned:
    keys = asked.entry.keys("CreditMemo")
    asked.require_untouched({"CreditMemo": keys})
    named = called(asked.connection, "CreditMemo", keys)
    whole = " and ".join(
        money(row.total_amount_with_tax, row.currency_iso_code)
        for row in (found(asked.connection, "CreditMemo", key) for key in keys)
    )
    return Planned(f"Void {named} of {whole}, {asked.dated}", ("void_memo",), _voids(asked, keys))


def _take_write_off_back(asked: Asked) -> Planned:
    """Undo a write-off: its memo is voided, or what waits for approval is turned down."""
    requests = asked.entry.keys("ApprovalRequest")
    if not requests:
        return _void_memo(asked)
    asked.require_untouched({"ApprovalRequest": requests})
    row = found(asked.connection, "ApprovalRequest", requests[0])
    sentence = f"Withdraw the request to write off {money(row.amount, row.currency_iso_code)}"
    return Planned(sentence, ("reject",), (lambda workspace: reject(workspace, requests[0], comments=asked.reason),))


def _voids(asked: Asked, keys: Sequence[int]) -> tuple[Step, ...]:
    def void(workspace: Workspace) -> None:
        for key in keys:
            void_memo(workspace, key, reason=asked.reason)

    return (void,) if keys else ()


def _part(one: Applied) -> Part:
    return Part("Payment" if one.source == "Payment" else "CreditMemo", one.source_key, one.invoice_key, one.amount)


def _what(parts: Sequence[Applied]) -> str:
    sources = list(dict.fromkeys(one.source_name for one in parts))
    return f"{sums(parts)} of {sources[0] if len(sources) == 1 else f'{len(sources)} payments and credit memos'}"


def _invoices(parts: Sequence[Applied]) -> str:
    numbers = list(dict.fromkeys(one.invoice for one in parts))
    return numbers[0] if len(numbers) == 1 else f"{len(numbers)} invoices"


OPPOSITES = {
    "apply": Opposite(_unapply),
    "unapply": Opposite(_apply_again),
    "receive_payment": Opposite(_cancel_payment),
    "edit_payment": Opposite(_edit_payment_back),
    "process_payment": Opposite(_cancel_payment),
    "refund": Opposite(_cancel_refund),
    "create_memo": Opposite(_cancel_memo),
    "post_memo": Opposite(_void_memo),
    "write_off": Opposite(_take_write_off_back),
    "approve": Opposite(_void_memo),
    "grant_discount": Opposite(_void_memo),
}
