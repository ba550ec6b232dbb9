"""What the field of Ctrl+K offers, as values: records, views, pages and commands in groups; it shows nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from duedesk.desk.menus import Command
from duedesk.desk.navigation import Destination
from duedesk.desk.page import PageCommand


class Group(StrEnum):
    """Under which heading something is offered, in the order of the headings."""

    QUERY = "Query"
    RECENT = "Recent"
    VIEWS = "Views"
    PAGES = "Go to"
    COMMANDS = "Commands"
    ACCOUNTS = "Accounts"
    INVOICES = "Invoices"
    PAYMENTS = "Payments"
    MEMOS = "Credit memos"


GROUP_OF = {
    "Account": Group.ACCOUNTS,
    "Invoice": Group.INVOICES,
    "Payment": Group.PAYMENTS,
    "CreditMemo": Group.MEMOS,
}

MOST_COMMANDS = 6
"""Commands offered beside records; a command is known by a word or two."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One line: what it is, what tells it from its like, and at the right its figure or its key.

    `opens` is where it leads or what it does; None where it only tells something, `fault` where that is a fault.
    """

    group: Group
    title: str
    detail: str = ""
    right: str = ""
    opens: Destination | Callable[[], None] | None = None
    fault: bool = False

    @property
    def spoken(self) -> str:
        """Give it for those who hear it."""
        return ", ".join(part for part in (self.group.value, self.title, self.detail, self.right) if part)


def command_offers(
    commands: Iterable[Command], of_page: Iterable[PageCommand], *, pages_menu: str, page: str
) -> tuple[Offer, ...]:
    """Give the commands of the menus: pages first, then those of the page in front, then the others."""
    given = tuple(commands)
    pages = [_command(command, Group.PAGES, "") for command in given if command.menu == pages_menu]
    own = [_page_command(command, page) for command in of_page]
    others = [
        _command(command, Group.COMMANDS, _plain(command.menu)) for command in given if command.menu != pages_menu
    ]
    return (*pages, *own, *others)


def matching(offers: Iterable[Offer], text: str, most: int = MOST_COMMANDS) -> tuple[Offer, ...]:
    """Give the offers of whose title every word that was typed begins a word; all that can be taken where nothing was.

    A command that is looked for and cannot be given now is found, and says why.
    """
    sought = text.casefold().split()
    if not sought:
        return tuple(offer for offer in offers if offer.opens is not None)
    return tuple(offer for offer in offers if _begins(offer.title, sought))[:most]


def in_groups(offers: Sequence[Offer]) -> tuple[tuple[Group, tuple[Offer, ...]], ...]:
    """Give the offers under their headings; the headings in the order in which they first come."""
    order = dict.fromkeys(offer.group for offer in offers)
    return tuple((group, tuple(offer for offer in offers if offer.group is group)) for group in order)


def is_query(text: str) -> bool:
    """Tell whether what is typed is a query: no record and no command begins so."""
    first, space, _ = text.lstrip().partition(" ")
    return bool(space) and first.casefold() == "select"


def _begins(title: str, sought: Sequence[str]) -> bool:
    words = title.casefold().split()
    return all(any(word.startswith(part) for word in words) for part in sought)


def _command(command: Command, group: Group, detail: str) -> Offer:
    return Offer(group, _plain(command.text), detail, " or ".join(command.keys), command.run)


def _page_command(command: PageCommand, page: str) -> Offer:
    reason = command.barred()
    keys = command.heard or " or ".join(command.keys)
    if reason:
        return Offer(Group.COMMANDS, _plain(command.text), reason, keys)
    return Offer(Group.COMMANDS, _plain(command.text), page, keys, command.run)


def _plain(text: str) -> str:
    return text.replace("&", "")
