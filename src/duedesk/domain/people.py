"""Rules about users and groups: what a change of roles must leave behind; it stores nothing."""

from collections.abc import Collection
from dataclasses import dataclass

from duedesk.domain.access import KEEPERS, Role, Standing, groups_with
from duedesk.domain.errors import RequestError


@dataclass(frozen=True, slots=True)
class Person:
    """A user as the rules see them."""

    key: int
    name: str
    login: str
    role: Role | None
    is_active: bool

    @property
    def is_keeper(self) -> bool:
        """Tell whether they may mind users and sharing."""
        return self.is_active and self.role in KEEPERS

    def goes_by(self, user: str) -> bool:
        """Tell whether the machine's or the server's name for somebody is theirs."""
        return user in {self.login, self.name}


def check_roles(standing: Standing, before: Collection[Person], after: Collection[Person]) -> None:
    """Make sure that a change of users leaves somebody to mind them; RequestError where it would not.

    The first role of a book goes to whoever gives it: the moment somebody has one, everybody else needs one.
    """
    if not any(one.role for one in after):
        if any(one.role for one in before):
            raise RequestError("The last user with a role keeps it.", "Make somebody else Supervisor or Finance first.")
        return
    keepers = [one for one in after if one.is_keeper]
    if not standing.are_rules and not any(one.goes_by(standing.user) for one in keepers):
        raise RequestError(
            f"As soon as anybody has a role, everybody needs one, and you are “{standing.user}”.",
            f"First make a user of your own with the login {standing.user} and the role Supervisor or Finance.",
        )
    if not keepers:
        gone = next((one.name for one in before if one.is_keeper), "The last of them")
        raise RequestError(
            f"{gone} is the last active Supervisor or Finance user.", "Make somebody else one of the two first."
        )


def check_finance(standing: Standing, before: Collection[Person], changed: Person, was: Role | None) -> None:
    """Make sure that a Supervisor makes nobody Finance, nor unmakes them; RequestError otherwise.

    Where nobody is Finance a Supervisor may appoint somebody, only not themselves.
    """
    if standing.role is not Role.SUPERVISOR or Role.FINANCE not in {changed.role, was}:
        return
    nobody_is = not any(one.role is Role.FINANCE and one.is_active for one in before)
    if nobody_is and changed.key != standing.key:
        return
    raise RequestError(f"{standing.title} may neither give nor take the role Finance.", standing.whom_to_ask)


def check_members(group: int, members: Collection[int], all_others: Collection[tuple[int, int]]) -> None:
    """Make sure that no group is within itself; `all_others` are pairs of group and member of the other groups."""
    if group in members or any(one in groups_with(group, all_others) for one in members):
        raise RequestError("A group cannot be within itself.", "Take the member out of the one or of the other.")
