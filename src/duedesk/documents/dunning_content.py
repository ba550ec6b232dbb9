"""What the layout of a dunning letter asks for, as JSON can hold it, words and figures in the letter's language."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from duedesk.documents.dress import Window
from duedesk.documents.dunning_labels import DunningLabels, basis_in, read_dunning_labels
from duedesk.documents.dunning_letter import Branch, DunningItem, DunningLetter, DunningSection, InterestOf
from duedesk.documents.elision import elided
from duedesk.documents.labels import Labels, read_labels
from duedesk.documents.payment_panel import payment_panel
from duedesk.documents.printable import shortened
from duedesk.documents.typesetter import bill_families, font_families
from duedesk.documents.wording import Merged
from duedesk.domain.money import ZERO
from duedesk.domain.names import tidy
from duedesk.resources import LookName, look

Part = dict[str, object]
_OVERDUE = 3


def content(letter: DunningLetter, texts: Merged) -> Part:
    """Give everything on the pages of a letter but its logo."""
    labels, own = read_labels(letter.language), read_dunning_labels(letter.language)
    light, head = look(LookName.LIGHT), letter.letterhead
    accent = letter.dress.colour or light.text
    return {
        "window": letter.dress.window.value,
        "language": letter.language,
        "fonts": font_families(letter.script),
        "bill-fonts": bill_families(),
        "colours": {
            "text": light.text,
            "quiet": light.quiet_text,
            "line": light.line,
            "panel": light.hover,
            "accent": accent,
        },
        "title": tidy(", ".join(part for part in (texts.title, letter.account_name) if part)),
        "date": [letter.letter_date.year, letter.letter_date.month, letter.letter_date.day],
        "sender": {"name": head.name, "address": list(head.address_lines), "return-line": head.return_line},
        "recipient": list(letter.recipient_lines),
        "facts": list(_facts(letter, labels, own)),
        "subject": texts.subject,
        "salutation": texts.salutation,
        "paragraphs": [text for text in texts.paragraphs if text],
        "closing": texts.closing,
        "signature": texts.signature,
        "running": {
            "left": list(filter(None, (shortened(letter.account_name, 22), shortened(letter.number, 16)))),
            "right": texts.title,
        },
        "foot": _foot(letter),
        "page-of": labels.page_of,
        "logo-alt": own.logo_alt,
        "sections": [_section(letter, section, labels, own) for section in letter.sections],
        "branches": list(_branches(letter, labels, own)),
        "appendix": _appendix(letter, labels, own),
        "attached": [],
    }


def _facts(letter: DunningLetter, labels: Labels, own: DunningLabels) -> Iterator[Part]:
    yield {"label": labels.letter_date, "value": labels.day_in_full(letter.letter_date), "strong": False}
    if letter.account_number:
        yield {"label": labels.account, "value": letter.account_number, "strong": False}
    yield {"label": own.letter, "value": letter.number, "strong": False}
    if letter.deadline is not None:
        yield {"label": labels.pay_by, "value": labels.day_in_full(letter.deadline), "strong": True}


def _foot(letter: DunningLetter) -> list[list[str]]:
    head = letter.letterhead
    on_top = letter.dress.window is Window.US  # there the address stands at the head already
    columns = ([] if on_top else [head.name, *head.address_lines], head.bank_lines, head.contact_lines)
    return [[line for line in column if line] for column in columns]


def _section(letter: DunningLetter, section: DunningSection, labels: Labels, own: DunningLabels) -> Part:
    alone = len(letter.sections) == 1
    by_branch = bool(letter.branches)
    rows = _branch_rows(letter, section, labels) if by_branch else _item_rows(section.items, section, labels, own)
    header = [own.branch, own.branch_invoices] if by_branch else list(labels.table_header(section.currency)[:-1])
    header.append(labels.table_header(section.currency)[-1])
    if not by_branch and not any(item.days_overdue > 0 for item in section.items):
        header[_OVERDUE] = ""  # of a notice before the due date
    payment = payment_panel(letter, section, labels, own)
    sums = list(_sums(letter, section, labels, own))
    return {
        "heading": "" if alone else labels.section_heading(section.currency),
        "header": header,
        "rows": rows,
        "sums": sums,
        "not-due": _not_due(section, labels, own) if not by_branch else None,
        "widest": _widest(header, rows, [str(one["amount"]) for one in sums]),
        "payment": payment,
    }


def _item_rows(items: Sequence[DunningItem], section: DunningSection, labels: Labels, own: DunningLabels) -> list[Part]:
    currency = section.currency
    rows: list[Part] = []
    for item in items:
        cells = [
            item.number or labels.without_number,
            labels.day_in_table(item.invoice_date),
            labels.day_in_table(item.due_date),
            labels.days_overdue(item.days_overdue) if item.days_overdue > 0 else "",
            labels.figure(item.total, currency),
            labels.figure(item.asked, currency),
        ]
        note = own.set_aside_row(labels.amount(item.set_aside, currency)) if item.set_aside else ""
        rows.append({"cells": cells, "note": note})
    return rows


def _sums(letter: DunningLetter, section: DunningSection, labels: Labels, own: DunningLabels) -> Iterator[Part]:
    figure, currency = labels.figure, section.currency
    if section.to_pay != section.principal:
        yield _sum(own.invoices, figure(section.principal, currency))
    if section.unapplied:
        yield _sum(own.unapplied, figure(section.unapplied, currency))
    if section.interest:
        day = labels.day_in_full(section.interest_until or letter.as_of)
        yield _sum(elided(own.interest_to(day), letter.language), figure(section.interest, currency), own.see_page)
    if section.fee:
        yield _sum(own.fee, figure(section.fee, currency))
    yield _sum(own.to_pay, figure(section.to_pay, currency))


def _sum(label: str, amount: str, see: str = "") -> Part:
    return {"label": label, "amount": amount, "see": see}


def _not_due(section: DunningSection, labels: Labels, own: DunningLabels) -> Part | None:
    if not section.not_due:
        return None
    return {"heading": own.not_due, "rows": _item_rows(section.not_due, section, labels, own)}


def _by_branch(items: Sequence[DunningItem]) -> Iterator[tuple[Branch | None, list[DunningItem]]]:
    order = {branch: index for index, branch in enumerate(dict.fromkeys(item.branch for item in items))}
    for branch, group in groupby(sorted(items, key=lambda item: order[item.branch]), key=lambda item: item.branch):
        yield branch, list(group)


def _branch_rows(letter: DunningLetter, section: DunningSection, labels: Labels) -> list[Part]:
    rows: list[Part] = []
    for branch, items in _by_branch(section.items):
        asked = sum((item.asked for item in items), ZERO)
        cells = [_branch_name(letter, branch), labels.count(len(items)), labels.figure(asked, section.currency)]
        rows.append({"cells": cells, "note": ""})
    return rows


def _branches(letter: DunningLetter, labels: Labels, own: DunningLabels) -> Iterator[Part]:
    """Give a page for each branch and currency, with its invoices and their sum."""
    if not letter.branches:
        return
    for section in letter.sections:
        by_branch = dict(_by_branch(section.items))
        listed = dict(_by_branch(section.not_due))
        header = list(labels.table_header(section.currency))
        for branch in dict.fromkeys((*by_branch, *listed)):
            items = by_branch.get(branch, [])
            rows = _item_rows(items, section, labels, own)
            total = labels.figure(sum((item.asked for item in items), ZERO), section.currency)
            not_due = listed.get(branch)
            yield {
                "heading": _branch_name(letter, branch),
                "place": branch.place if branch else "",
                "header": header,
                "rows": rows,
                "sums": [_sum(own.branch_total, total)],
                "not-due": {"heading": own.not_due, "rows": _item_rows(not_due, section, labels, own)}
                if not_due
                else None,
                "widest": _widest(header, rows, [total]),
            }


def _branch_name(letter: DunningLetter, branch: Branch | None) -> str:
    """Name a branch; what is of none is the head office's own."""
    if branch is None:
        return " · ".join(part for part in (letter.account_name, letter.account_number) if part)
    return " · ".join(part for part in (branch.name, branch.number) if part)


def _widest(header: Sequence[str], rows: Sequence[Part], sums: Sequence[str]) -> list[str]:
    """Give the longest text of each column, the sums belonging to the last."""
    columns = [list(column) for column in zip(header, *(row["cells"] for row in rows), strict=True)]
    columns[-1].extend(sums)
    return [max(map(str, column), key=len) for column in columns]


def _appendix(letter: DunningLetter, labels: Labels, own: DunningLabels) -> Part | None:
    sections = [section for section in letter.sections if section.appendix]
    if not sections:
        return None
    return {
        "heading": own.appendix,
        "header": [own.period, own.days, own.balance, own.rate, own.interest_amount],
        "sections": [
            {
                "bases": list(dict.fromkeys(_basis(one, letter.language) for one in section.appendix)),
                "groups": [_interest_rows(one, section.currency, labels, own) for one in section.appendix],
                "label": f"{own.interest_total}, {section.currency}",
                "total": labels.figure(section.interest, section.currency),
            }
            for section in sections
        ],
    }


def _basis(one: InterestOf, language: str) -> str:
    terms = one.statement.terms
    return f"{basis_in(language, terms.basis).rstrip('.')} ({terms.day_count})."


def _interest_rows(one: InterestOf, currency: str, labels: Labels, own: DunningLabels) -> Part:
    rows = [
        [
            own.days_between(labels.day_in_table(period.first_day), labels.day_in_table(period.last_day)),
            labels.count(period.days),
            labels.figure(period.balance, currency),
            f"{labels.figures(_percent(period.rate))}\N{NO-BREAK SPACE}%",
            labels.figure(period.amount, currency),
        ]
        for period in one.statement.periods
    ]
    return {
        "name": f"{own.appendix_invoice} {one.number or labels.without_number}",
        "rows": rows,
        "total": labels.figure(one.statement.total, currency),
    }


def _percent(rate: Decimal) -> str:
    """Write a rate with two decimals, more only where it has more."""
    digits = max(2, -int(rate.normalize().as_tuple().exponent)) if rate else 2
    return f"{rate:.{digits}f}"
