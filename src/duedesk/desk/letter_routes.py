"""How the pages of letters, of their texts and of dunning policies are made and shown, each when it is visited."""

from datetime import date

from duedesk.desk.navigation import Destination, ShowLetter, ShowLetterTexts, ShowPolicies
from duedesk.desk.page import Desk, Page


def make_letter(desk: Desk, as_of: date) -> Page:
    """Make the page."""
    from duedesk.desk.pages.letter.page import LetterPage  # noqa: PLC0415 - loaded when first visited

    return LetterPage(desk, as_of)


def take_letter(page: Page, to: Destination) -> None:
    """Show there what a destination asks for."""
    from duedesk.desk.pages.letter.page import LetterPage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case LetterPage(), ShowLetter(account_key, _):
            page.show_account(account_key)


def make_policies(desk: Desk, as_of: date) -> Page:
    """Make the page."""
    from duedesk.desk.pages.policies.page import PoliciesPage  # noqa: PLC0415 - loaded when first visited

    return PoliciesPage(desk, as_of)


def take_policies(page: Page, to: Destination) -> None:
    """Show there what a destination asks for."""
    from duedesk.desk.pages.policies.page import PoliciesPage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case PoliciesPage(), ShowPolicies():
            page.show_policies()


def make_letter_texts(desk: Desk, as_of: date) -> Page:
    """Make the page."""
    from duedesk.desk.pages.letter_texts.page import LetterTextsPage  # noqa: PLC0415 - loaded when first visited

    return LetterTextsPage(desk, as_of)


def take_letter_texts(page: Page, to: Destination) -> None:
    """Show there what a destination asks for."""
    from duedesk.desk.pages.letter_texts.page import LetterTextsPage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case LetterTextsPage(), ShowLetterTexts(kind, language):
            page.show_text(kind, language)
