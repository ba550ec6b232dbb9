"""Policies are tried on a run before they are saved; one that somebody else changed meanwhile is not saved over."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from actions.dunning.dunned import LEVELS, dunned
from duedesk.actions.dunning.levels import assign_dunning_policy
from duedesk.actions.dunning.policies import save_policy
from duedesk.actions.dunning.trying import tried
from duedesk.actions.workspace import Workspace
from duedesk.domain.dunning.policy import INVOICE, Fee, Policy
from duedesk.domain.dunning.trial import Trial, Turn
from duedesk.domain.errors import RequestError
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.accounts import find_account
from duedesk.store.queries.dunning.policies import policies

D = Decimal
DAY = date(2026, 2, 20)


@pytest.fixture
def desk(book: Book, world: World) -> Workspace:
    """Acme and Bolt, nothing dunned."""
    made = Workspace(book, world)
    dunned(made)
    return made


def told(trial: Trial) -> list[tuple[Turn, str, int, str]]:
    return [(one.turn, one.letter.to.name, one.letter.level, f"{one.letter.total:.2f}") for one in trial.turned]


def test_a_draft_is_tried_on_the_run_and_nothing_is_written(desk: Workspace) -> None:
    held, other = desk.ask(policies)
    assert tried(desk, DAY, [held]).turned == ()

    dearer = replace(held.levels[0], fee=Fee(amounts={"EUR": D(7)}), minimums={"EUR": D(600)})
    trial = tried(desk, DAY, [replace(held, levels=(dearer, *held.levels[1:]))])
    assert told(trial) == [(Turn.CHANGED, "Acme Ltd", 1, "1067.00"), (Turn.GONE, "Bolt Ltd", 1, "502.50")]
    (level,) = trial.of(held.key)
    assert (level.currency, level.now.letters, level.now.total, level.before.letters) == ("EUR", 1, D(1067), 2)
    assert (trial.left_out, trial.left_out_before) == (1, 0)

    own = Policy(-1, "By invoice", (replace(LEVELS[0], fee=None),), letter_per=INVOICE, is_default=True)
    trial = tried(desk, DAY, [own])
    assert [one[0] for one in told(trial)] == [Turn.NEW, Turn.NEW, Turn.NEW, Turn.GONE, Turn.GONE]
    assert (trial.of(-1)[0].now.total, trial.totals) == (D(1560), {"EUR": D(1560)})
    assert trial.beside(-1)["EUR"][1].letters == 2
    assert desk.ask(policies) == (held, other)
    with pytest.raises(RequestError, match="Level 1 needs a name"):
        tried(desk, DAY, [replace(own, levels=(replace(own.levels[0], name=" "),))])


def test_a_policy_that_was_changed_meanwhile_is_not_saved_over(desk: Workspace) -> None:
    read, _ = desk.ask(policies)
    save_policy(
        desk, replace(read, name="House rules", levels=(replace(read.levels[0], grace_days=3), *read.levels[1:]))
    )
    with pytest.raises(RequestError) as refused:
        save_policy(desk, replace(read, promise_grace_days=2))
    assert refused.value.message == (
        "House rules was changed by somebody else meanwhile: Name is “House rules” there and “House” here; Grace "
        "for promises is “0” there and “2” here; Level 1, grace days is “3” there and “0” here."
    )
    now, _ = desk.ask(policies)
    save_policy(desk, replace(now, promise_grace_days=2))
    save_policy(desk, Policy(0, "Key", LEVELS, is_default=True))
    with pytest.raises(RequestError, match="The default is “no” there and “yes” here"):
        save_policy(desk, replace(now, promise_grace_days=2, version=now.version + 1))
    assign_dunning_policy(desk, {desk.ask(find_account, "Bolt Ltd").key: now.key}, of_accounts=True)
