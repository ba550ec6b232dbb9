"""What is offered under Ctrl+K: commands by the beginnings of their words, those that are barred with the reason."""

from datetime import date

from duedesk.desk.finding.offers import Group, Offer, command_offers, in_groups, is_query, matching
from duedesk.desk.menus import Command
from duedesk.desk.navigation import ShowInvoice, ShowInvoices
from duedesk.desk.page import PageCommand
from duedesk.desk.record_places import place_of
from duedesk.domain.filters import OPEN, Compare, Filter, Operator

AS_OF = date(2026, 11, 23)


def nothing() -> None:
    """Do nothing."""


COMMANDS = (
    Command("&File", "&Open book…", nothing, ("Ctrl+O",)),
    Command("&View", "As of &today", nothing, ("Ctrl+T",)),
    Command("&Go", "Aging", nothing, ("Ctrl+2",)),
)
OF_PAGE = (
    PageCommand("&Open the invoice", nothing, heard="Enter"),
    PageCommand("&Post…", nothing, ("P",), barred=lambda: "no draft is selected"),
)


def offers() -> tuple[Offer, ...]:
    return command_offers(COMMANDS, OF_PAGE, pages_menu="&Go", page="Invoices")


def test_pages_come_first_then_what_the_page_can_do_then_the_menus() -> None:
    assert [(one.group, one.title, one.detail, one.right) for one in offers()] == [
        (Group.PAGES, "Aging", "", "Ctrl+2"),
        (Group.COMMANDS, "Open the invoice", "Invoices", "Enter"),
        (Group.COMMANDS, "Post…", "no draft is selected", "P"),
        (Group.COMMANDS, "Open book…", "File", "Ctrl+O"),
        (Group.COMMANDS, "As of today", "View", "Ctrl+T"),
    ]
    assert [one.title for one in offers() if one.opens is None] == ["Post…"]


def test_every_word_typed_begins_a_word_of_the_command() -> None:
    assert [one.title for one in matching(offers(), "op")] == ["Open the invoice", "Open book…"]
    assert [one.title for one in matching(offers(), "book op")] == ["Open book…"]
    assert [one.title for one in matching(offers(), "ook")] == []
    assert [one.title for one in matching(offers(), "po")] == ["Post…"]
    assert len(matching(offers(), "")) == 4
    assert len(matching(offers(), "o", most=1)) == 1


def test_offers_stand_under_their_headings() -> None:
    assert [(group, len(held)) for group, held in in_groups(offers())] == [(Group.PAGES, 1), (Group.COMMANDS, 4)]
    assert offers()[0].spoken == "Go to, Aging, Ctrl+2"


def test_a_query_is_known_by_its_first_word() -> None:
    assert is_query("  select Balance FROM Invoice")
    assert not is_query("select")
    assert not is_query("Selecta GmbH")


def test_a_record_without_a_page_leads_nowhere() -> None:
    reachable = frozenset({ShowInvoice, ShowInvoices})

    assert place_of("Invoice", 7, AS_OF, reachable) == ShowInvoice(7, AS_OF)
    assert place_of("Invoice", 7, AS_OF, frozenset()) is None
    assert place_of("Contact", 7, AS_OF, reachable) is None
    narrowed = Filter(AS_OF).narrowed(OPEN, Compare("BillingAccount.RecordKey", Operator.EQ, 3))
    assert place_of("Account", 3, AS_OF, reachable, called="Acme") == ShowInvoices(narrowed, "Acme, all open")
