"""What the payment block of a letter shows beside or below its code, as JSON can hold it; it draws nothing."""

from duedesk.documents.dunning_labels import DunningLabels
from duedesk.documents.dunning_letter import DunningLetter, DunningSection
from duedesk.documents.labels import Labels
from duedesk.documents.payment_codes import CodeKind, Party, Payment, matrix
from duedesk.documents.references import in_groups
from duedesk.domain.money import plain

Part = dict[str, object]


def payment_panel(letter: DunningLetter, section: DunningSection, labels: Labels, own: DunningLabels) -> Part | None:
    """Give the block that says how to pay a section; None where nothing is known but what the foot says."""
    payment = section.payment
    if section.to_pay <= 0:
        return None
    if payment is None:
        lines = list(letter.letterhead.bank_lines)
        return _block(own, own.transfer, "", lines, own.reference, letter.number, section, labels) if lines else None
    if payment.kind is CodeKind.SWISS:
        return {"kind": "swiss", "swiss": _swiss(payment, own), "code": _code(payment)}
    lines = _account_lines(payment) or list(letter.letterhead.bank_lines)
    if payment.kind is CodeKind.LINK:
        lines = [_shown_link(payment.link)]
        head = (own.pay_online, "")
    else:
        head = (own.scan, own.or_transfer) if payment.kind is CodeKind.EPC else (own.transfer, "")
    block = _block(own, *head, lines, own.reference, in_groups(payment.reference), section, labels)
    return {**block, "code": _code(payment)}


def _block(
    own: DunningLabels,
    strong: str,
    rest: str,
    lines: list[str],
    reference_label: str,
    reference: str,
    section: DunningSection,
    labels: Labels,
) -> Part:
    return {
        "kind": "panel",
        "strong": strong,
        "rest": rest,
        "lines": lines,
        "facts": [
            {"label": reference_label, "value": reference},
            {"label": own.amount, "value": labels.amount(section.to_pay, section.currency)},
        ],
        "note": own.crossed,
        "code": None,
        "alt": own.qr_alt,
    }


def _code(payment: Payment) -> Part | None:
    if not payment.payload:
        return None
    width, modules = matrix(payment.payload)
    return {"width": width, "modules": modules}


def _account_lines(payment: Payment) -> list[str]:
    account = payment.account
    if account is None:
        return []
    iban = in_groups(account.iban.replace(" ", ""))
    bic = f" · BIC {account.bic}" if account.bic else ""
    return [account.holder.name, f"IBAN {iban}{bic}"]


def _shown_link(link: str) -> str:
    return link.removeprefix("https://")


def _swiss(payment: Payment, own: DunningLabels) -> Part:
    account = payment.account
    whole, _, cents = plain(payment.amount, payment.currency).partition(".")
    grouped = f"{int(whole):,}".replace(",", "\N{NO-BREAK SPACE}")
    labels = own.swiss
    return {
        "receipt": labels.receipt,
        "payment-part": labels.payment_part,
        "account-label": labels.account,
        "account": [in_groups(account.iban.replace(" ", "")), *_party(account.holder)] if account else [],
        "reference-label": labels.reference,
        "reference": in_groups(payment.reference),
        "payable-by": labels.payable_by if payment.debtor else labels.payable_by_blank,
        "debtor": _party(payment.debtor) if payment.debtor else [],
        "currency-label": labels.currency,
        "currency": payment.currency,
        "amount-label": labels.amount,
        "amount": f"{grouped}.{cents}",
        "acceptance": labels.acceptance,
        "alt": own.qr_alt,
    }


def _party(party: Party) -> list[str]:
    abroad = f"{party.country}-" if party.country not in {"", "CH", "LI"} else ""
    street = " ".join(part for part in (party.street, party.house_number) if part)
    return [line for line in (party.name, street, f"{abroad}{party.postal_code} {party.town}".strip()) if line]
