"""`duedesk settings` shows and sets the letterhead."""

from cli.sessions import say
from duedesk.domain.world import World


def test_what_is_set_is_shown_and_printed_on_letters(world: World, any_ledger: str) -> None:
    lines = "IBAN DE02 1203 0000 0000 2020 51 |BIC BYLADEM1001"
    said = say(world, "settings", "letterhead.bank_lines", "--book", any_ledger, lines)
    assert (said.code, said.out) == (0, "IBAN DE02 1203 0000 0000 2020 51 | BIC BYLADEM1001\n")
    assert say(world, "settings", "letterhead.name", "Nordwind GmbH").out == "Nordwind GmbH\n"
    assert say(world, "settings").out == (
        "letterhead.name           Nordwind GmbH\n"
        "letterhead.address_lines\n"
        "letterhead.return_line\n"
        "letterhead.contact_lines\n"
        "letterhead.bank_lines     IBAN DE02 1203 0000 0000 2020 51 | BIC BYLADEM1001\n"
        "letterhead.country\n"
        "loss_rates                0:0.3, 1:1.6, 31:3.6, 61:6.6, 91:10.6\n"
    )
    assert say(world, "settings", "loss_rates", "0:1,31:10").out == "0:1, 31:10\n"
    assert say(world, "settings", "loss_rates", "").out.startswith("0:0.3, ")
    assert say(world, "settings", "letterhead.name", "--json").document == {
        "settings": [{"name": "letterhead.name", "value": "Nordwind GmbH"}]
    }
    assert say(world, "settings", "letterhead.name", "").out == "\n"


def test_a_setting_that_is_none(world: World, ledger: str) -> None:
    said = say(world, "settings", "--book", ledger, "letterhead.fax", "1")
    assert said.code == 1
    assert said.err.startswith("There is no setting “letterhead.fax”. There are letterhead.name, ")


def test_a_line_that_fits_no_paper(world: World, ledger: str) -> None:
    said = say(world, "settings", "--book", ledger, "letterhead.name", "x" * 100)
    assert (said.code, said.out) == (1, "")
    assert "is longer than 80 characters" in said.err
