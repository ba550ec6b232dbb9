"""Who may do what, and whose invoices a person sees: roles, duties, levels of access; it knows no database.

Roles say which actions a person may take, ownership and sharing on which invoices. While nobody in a book has a
role there are no rules, so that one clerk's file works without set-up.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a user is at the desk for."""

    CLERK = "Clerk"
    SUPERVISOR = "Supervisor"
    FINANCE = "Finance"
    AUDITOR = "Auditor"


class Level(StrEnum):
    """How far access to an invoice goes; `All` is its owner's, and of those who see all."""

    READ = "Read"
    EDIT = "Edit"
    ALL = "All"


class Visibility(StrEnum):
    """What a clerk may do with invoices that others own and nobody shared: the default of the whole book."""

    PRIVATE = "Private"
    READ = "Public Read"
    WRITE = "Public Read/Write"


SEE_ALL = frozenset({Role.SUPERVISOR, Role.FINANCE, Role.AUDITOR})
KEEPERS = (Role.SUPERVISOR, Role.FINANCE)
"""Who minds users and shares; one of them is always there."""

ON_A_FILE = (
    "A book in a file trusts whoever can open the file: roles and sharing guard against mistakes there, not against "
    "malice."
)
ON_A_SERVER = (
    "On a PostgreSQL server they are enforced by the server itself for everybody who connects with a login of their "
    "own; a login that several share is trusted as a file is."
)
HOW_FAR_IT_HOLDS = f"{ON_A_FILE} {ON_A_SERVER}"
"""What the settings page says of roles and sharing."""

_DESK = (Role.CLERK, Role.SUPERVISOR, Role.FINANCE)
_FINANCE = (Role.FINANCE,)
_ALL = tuple(Role)


@dataclass(frozen=True, slots=True)
class Duty:
    """A part of the work, whose it is, and the actions that make it up by the names they are journaled under."""

    words: str
    """What follows “may not”."""
    roles: tuple[Role, ...]
    actions: tuple[str, ...]
    on_whole_book: bool = False
    """It takes somebody who may change every invoice (or, for what only reads, see every one)."""


DUTIES = (
    Duty(
        "write drafts",
        _DESK,
        (
            "create_draft",
            "edit_draft",
            "delete_drafts",
            "set_lines",
            "submit",
            "cancel",
            "reopen",
            "update",
        ),
    ),
    Duty("post invoices", _DESK, ("post", "start_batch_run", "batch_run", "stop_batch_run")),
    Duty(
        "book payments",
        _DESK,
        ("receive_payment", "edit_payment", "process_payment", "apply", "unapply", "grant_discount"),
    ),
    Duty("propose credits", _DESK, ("create_memo", "cancel_memo", "write_off")),
    Duty("record disputes", _DESK, ("dispute", "resolve")),
    Duty(
        "hold letters back",
        _DESK,
        ("hold", "release_hold", "promise", "withdraw_promise", "assign_dunning_policy", "set_dunning_level"),
    ),
    Duty("issue letters", _DESK, ("issue_letters", "cancel_letter")),
    Duty("change texts of letters", KEEPERS, ("save_letter_text",)),
    Duty(
        "send letters",
        _DESK,
        ("queue_delivery", "deliver", "note_delivery", "was_sent", "send_again", "withdraw_delivery", "note_bounces"),
    ),
    Duty("change dunning policies", KEEPERS, ("save_dunning_policy", "delete_dunning_policy")),
    Duty(
        "write notes",
        _DESK,
        (
            "add_note",
            "attach_file",
            "take_away",
            "put_back",
        ),
    ),
    Duty("take workbooks over", _DESK, ("take_back", "give_back")),
    Duty(
        "keep views and reports",
        _DESK,
        (
            "save_view",
            "rename_view",
            "share_view",
            "delete_view",
            "begin_with_view",
            "save_report",
            "forget_report",
            "claim_report",
            "note_production",
        ),
    ),
    Duty("act on many records at once", _DESK, ("start_bulk_run", "bulk_run")),
    Duty("undo", _DESK, ("undo",)),
    Duty("import", _DESK, ("import",), on_whole_book=True),
    Duty("void what is posted", KEEPERS, ("void", "cancel_payment", "refund", "cancel_refund")),
    Duty("decide on write-offs", KEEPERS, ("approve", "reject")),
    Duty("change rates of exchange", KEEPERS, ("import_rates",)),
    Duty("change reference rates", KEEPERS, ("import_reference_rates",)),
    Duty("give invoices to others", KEEPERS, ("assign_owner", "share", "unshare")),
    Duty(
        "mind users and sharing rules",
        KEEPERS,
        (
            "save_user",
            "save_group",
            "set_members",
            "deactivate",
            "save_rule",
            "delete_rule",
            "set_visibility",
        ),
    ),
    Duty("post and void credit memos", _FINANCE, ("post_memo", "void_memo")),
    Duty(
        "change settings, terms and series",
        _FINANCE,
        (
            "save_letterhead",
            "save_letter_style",
            "save_mail_server",
            "save_number_series",
            "save_term",
            "set_write_off_limit",
            "set_loss_rates",
            "choose_late_interest",
            "set_least_interest",
            "set_send_guard",
            "make_demo",
        ),
    ),
    Duty("prove the book", _ALL, ("check",), on_whole_book=True),
    Duty("copy the book", _ALL, ("backup",), on_whole_book=True),
)
"""Every action by its name in the journal. What is in none is for Finance alone, until it is put here."""

_OTHERS = Duty("do that", _FINANCE, ())
_DUTY_OF = {action: duty for duty in DUTIES for action in duty.actions}


def duty_of(action: str) -> Duty:
    """Give the duty an action belongs to; the opposite of an action (`undo_post`) belongs to undoing."""
    if action.startswith("undo_"):
        return _DUTY_OF["undo"]
    return _DUTY_OF.get(action, _OTHERS)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the person at the desk stands: who the book knows them as, and which invoices are theirs to see."""

    user: str
    """What the machine or the server calls them."""
    are_rules: bool = False
    """Somebody has a role, so that roles hold."""
    key: int | None = None
    name: str = ""
    role: Role | None = None
    visibility: Visibility = Visibility.WRITE
    groups: frozenset[int] = frozenset()
    """The person and every group they are in."""
    readable: frozenset[int] = frozenset()
    """Owners whose invoices they see: themselves, their groups, and whom a rule shares with them."""
    editable: frozenset[int] = frozenset()
    keepers: tuple[str, ...] = field(default=(), compare=False)
    """Whom to ask."""

    @property
    def is_shut_out(self) -> bool:
        """Tell whether rules hold and the person has no part in them."""
        return self.are_rules and self.role is None

    @property
    def sees_all(self) -> bool:
        """Tell whether no invoice is hidden from them."""
        return not self.are_rules or (
            self.role is not None and (self.role in SEE_ALL or self.visibility is not Visibility.PRIVATE)
        )

    @property
    def edits_all(self) -> bool:
        """Tell whether they may change every invoice."""
        return (
            not self.are_rules
            or self.role in KEEPERS
            or (self.role is Role.CLERK and self.visibility is Visibility.WRITE)
        )

    @property
    def title(self) -> str:
        """Give name and role, as sentences begin."""
        return f"{self.name or self.user} ({self.role})" if self.role else f"“{self.user}”"

    @property
    def whom_to_ask(self) -> str:
        """Give a sentence that says whom to ask."""
        return f"Ask {' or '.join(self.keepers[:3])}." if self.keepers else "Ask who keeps the book."

    def whom_to_ask_for(self, action: str) -> str:
        """Give a sentence that says who may take an action."""
        roles = duty_of(action).roles
        able = [one for one in self.keepers if any(one.endswith(f"({role})") for role in roles)]
        return f"Ask {' or '.join(able[:3])}." if able else self.whom_to_ask

    def may(self, action: str) -> bool:
        """Tell whether the role allows an action; on which invoices is another matter."""
        if not self.are_rules:
            return True
        duty = duty_of(action)
        whole = self.sees_all if Role.AUDITOR in duty.roles else self.edits_all
        return self.role in duty.roles and (whole or not duty.on_whole_book)


def why_not(standing: Standing, action: str) -> str:
    """Say in a few words why a person may not take an action, nothing where their role allows it."""
    if standing.may(action):
        return ""
    roles = duty_of(action).roles
    return (
        "that takes somebody who changes every invoice"
        if standing.role in roles
        else f"that takes {' or '.join(roles)}"
    )


@dataclass(frozen=True, slots=True)
class SharingRule:
    """What one group owns, with its members, is shared with another."""

    owned_by: int
    shared_with: int
    level: Level


def groups_with(key: int, members: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Give a user or group and every group it is in, however deep; `members` are pairs of group and member."""
    return _reached([key], [(member, group) for group, member in members])


def members_within(key: int, members: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Give a group and everybody in it, however deep."""
    return _reached([key], members)


def owners_shared_with(
    groups: frozenset[int], members: Collection[tuple[int, int]], rules: Iterable[SharingRule], level: Level
) -> frozenset[int]:
    """Give the owners whose invoices are open at a level to somebody who stands in these groups."""
    enough = {Level.READ, Level.EDIT} if level is Level.READ else {Level.EDIT}
    owners = set(groups)
    for rule in rules:
        if rule.shared_with in groups and rule.level in enough:
            owners |= members_within(rule.owned_by, members)
    return frozenset(owners)


def _reached(start: Iterable[int], steps: Iterable[tuple[int, int]]) -> frozenset[int]:
    onward: dict[int, list[int]] = {}
    for here, there in steps:
        onward.setdefault(here, []).append(there)
    found: set[int] = set()
    waiting = list(start)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += onward.get(one, ())
    return frozenset(found)
