"""Users, groups, sharing and who one is, from the terminal."""

from dataclasses import replace

from cli.sessions import say
from duedesk.domain.world import World


def test_users_are_made_listed_and_sent_away(world: World, any_ledger: str) -> None:
    refused = say(world, "user", "--book", any_ledger, "Bo Lind", "--role", "Clerk")
    assert refused.code == 1
    assert refused.err.startswith("As soon as anybody has a role, everybody needs one, and you are “Ana Reyes”.")
    assert say(world, "user", "Ana Reyes", "--role", "Supervisor").out == "User Ana Reyes changed\n"
    assert say(world, "user", "Bo Lind", "--role", "Clerk", "--login", "bo").out == "User Bo Lind made\n"
    assert say(world, "user", "bo", "--send-away").out == "User Bo Lind changed\n"
    assert say(world, "user").out == (
        "Name       Login  Role        Groups\n"
        "Ana Reyes         Supervisor\n"
        "Bo Lind    bo     Clerk               has left\n"
    )
    (shown,) = say(world, "user", "Bo Lind", "--take-back", "--json").document["users"]
    assert {name: shown[name] for name in ("name", "login", "role", "active", "groups")} == {
        "name": "Bo Lind",
        "login": "bo",
        "role": "Clerk",
        "active": True,
        "groups": [],
    }
    assert say(world, "user", "Nobody").err.startswith("There is no user “Nobody”.")
    assert say(world, "user", "--role", "Clerk").err.startswith("Say which user.")


def test_groups_shares_and_rules(world: World, any_ledger: str) -> None:
    for arguments in (("Ana Reyes", "--role", "Supervisor"), ("Bo", "--role", "Clerk"), ("Cy", "--role", "Clerk")):
        assert say(world, "user", "--book", any_ledger, *arguments).code == 0
    assert say(world, "group", "North", "--add", "Bo").out == (
        "Group North made\nMembers of group North: 1 added, 0 taken out\n"
    )
    assert say(world, "group", "--json").document["groups"][0]["members"] == ["Bo"]
    assert say(world, "group", "South").err == "There is no group “South”. Say --make to make it.\n"
    assert say(world, "sharing", "--default", "Private").out == "Invoices are Private by default\n"
    assert say(world, "assign", "INV-1", "--to", "North").out == "Invoice INV-1 assigned to North\n"
    assert say(world, "assign", "--where", "Balance > 0", "--to", "Cy", "--json").document == {
        "done": "4 invoices assigned to Cy",
        "found": 4,
    }
    assert say(world, "share", "INV-2", "--with", "Bo", "--level", "Edit").code == 0
    rule = ("sharing", "--rule", "Cy's for North", "--owned-by", "Cy", "--with", "North")
    assert say(world, *rule).out == "Sharing rule Cy's for North: what Cy owns is shared with North\n"
    assert say(world, "share", "INV-2").out == (
        "Who    Access  Why\nCy     All     Owner\nBo     Edit    Manual\nNorth  Read    Rule Cy's for North\n"
    )
    assert say(world, "unshare", "INV-2", "--with", "Bo").out == "Invoice INV-2 no longer shared with Bo\n"
    shown = say(world, "sharing", "--json").document
    assert (shown["default"], [one["name"] for one in shown["rules"]]) == ("Private", ["Cy's for North"])
    assert say(world, "sharing").out.startswith("Default: Private\nRule ")
    assert say(world, "sharing", "--rule", "Cy's for North", "--delete").out == (
        "Sharing rule Cy's for North taken away\n"
    )
    assert say(world, "sharing", "--rule", "None").err.startswith("There is no sharing rule “None”.")


def test_what_a_clerk_may_not_see_is_nowhere(world: World, any_ledger: str) -> None:
    for arguments in (("Ana Reyes", "--role", "Supervisor"), ("Bo", "--role", "Clerk")):
        assert say(world, "user", "--book", any_ledger, *arguments).code == 0
    assert say(world, "assign", "--where", "Balance >= 0", "--to", "Ana Reyes").code == 0
    assert say(world, "assign", "INV-3", "--to", "Bo").code == 0
    assert say(world, "sharing", "--default", "Private").code == 0
    bo = replace(world, user="Bo")
    seen = say(bo, "invoices", "--json", "--fields", "DocumentNumber").document
    assert [row["DocumentNumber"] for row in seen["rows"]] == ["INV-3"]
    assert say(bo, "show", "INV-1").err.startswith("There is no invoice, payment or credit memo “INV-1”.")
    totals = say(bo, "aging", "--as-of", "2026-04-10", "--json").document["totals"]
    assert [(one["currency"], one["balance"]) for one in totals] == [("JPY", "120000")]
    assert say(bo, "check").err.startswith("Bo (Clerk) may not prove the book: that takes somebody who sees every")
    assert say(bo, "assign", "INV-3", "--to", "Bo").err.startswith("Bo (Clerk) may not give invoices to others")
    assert say(replace(world, user="mallory"), "invoices").err.startswith("book")


def test_who_one_is(world: World, ledger: str) -> None:
    assert say(world, "whoami", "--book", ledger).out == (
        "You are  Ana Reyes\nRole     nobody has one yet, so everybody may do everything\n"
    )
    assert say(world, "user", "Ana Reyes", "--role", "Supervisor").code == 0
    me = say(world, "whoami", "--json").document
    assert (me["role"], me["sees_all"], me["enforced_by_server"]) == ("Supervisor", True, False)
    assert "change settings, terms and series" in me["may_not"]
    assert "You see      every invoice" in say(world, "whoami").out


def test_logins_are_for_servers(world: World, ledger: str) -> None:
    said = say(world, "user", "--book", ledger, "--server-sql")
    assert (said.code, said.err[:31]) == (1, "A book in a file has no logins.")
