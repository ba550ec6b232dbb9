"""How a letter asks to be paid: on which account, by which code, or by a link; it moves no money."""

from string import Template
from urllib.parse import quote

from duedesk.actions.letter_style import LetterStyle
from duedesk.documents.bank_lines import account_in
from duedesk.documents.dunning_letter import DunningSection
from duedesk.documents.letter import Letterhead
from duedesk.documents.payment_codes import Party, Payment, payment_of
from duedesk.domain.money import plain
from duedesk.domain.names import fold
from duedesk.store.queries.letters.facts import Recipient

_COUNTRIES = {
    **dict.fromkeys(("switzerland", "schweiz", "suisse", "svizzera", "ch"), "CH"),
    **dict.fromkeys(("liechtenstein", "li"), "LI"),
    **dict.fromkeys(("germany", "deutschland", "de"), "DE"),
    **dict.fromkeys(("austria", "österreich", "at"), "AT"),
    **dict.fromkeys(("france", "fr"), "FR"),
    **dict.fromkeys(("italy", "italia", "it"), "IT"),
}
"""Countries whose customers find themselves on a Swiss bill; on those of others the place is left to be written."""


def payment_for(head: Letterhead, style: LetterStyle, number: str, section: DunningSection, who: Recipient) -> Payment:
    """Ask for payment on the account of the currency, else by the house's link, else on the letterhead's account."""
    currency = section.currency
    account = style.accounts.get(currency)
    link = "" if account is not None or not style.link else _link(style.link, number, section)
    place = who.address
    code = _COUNTRIES.get(fold(place.country), "")
    debtor = Party(who.account, place.street, "", place.postal_code, place.city, code)
    return payment_of(
        number,
        section.to_pay,
        currency,
        account or (None if link else account_in(head)),
        debtor=debtor if debtor.is_whole else None,
        link=link,
    )


def _link(link: str, number: str, section: DunningSection) -> str:
    said = {"letter": number, "amount": plain(section.to_pay, section.currency), "currency": section.currency}
    return Template(link).substitute({name: quote(text, safe="") for name, text in said.items()})
