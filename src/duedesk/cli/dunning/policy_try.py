"""`duedesk policy NAME --set F --try`: what tomorrow's run would be by a policy that is not saved; it saves none."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from duedesk.actions.dunning.trying import tried
from duedesk.actions.workspace import Workspace
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.terminal import DONE, Terminal
from duedesk.domain.days import in_words
from duedesk.domain.dunning.policy import Policy
from duedesk.domain.dunning.trial import LevelSum, Sum, Trial
from duedesk.domain.money import grouped, plain
from duedesk.store.queries.dunning.policies import policies

_NEW = -1


def try_it(options: argparse.Namespace, terminal: Terminal, workspace: Workspace, policy: Policy) -> int:
    """Tell what the run of the day after today would be, and what is new, gone or changed by the policy."""
    day = terminal.world.today() + timedelta(days=1)
    wanted = policy if policy.key else replace(policy, key=_NEW)
    trial = tried(workspace, day, [wanted])
    names = {one.key: one.name for one in workspace.ask(policies)} | {wanted.key: wanted.name}
    if options.json:
        write_json(terminal, {"as_of": day.isoformat(), **_document(trial, names)})
        return DONE
    terminal.say(f"The run of {in_words(day)} as {wanted.name} would have it; nothing is saved.")
    columns = (
        Column("Policy"),
        *(Column(label, is_figure=True) for label in ("Level", "Letters", "Invoices", "Asks for", "As saved")),
    )
    for line in table(columns, (_row(one, names) for one in trial.levels)):
        terminal.say(line)
    terminal.say(f"{trial.left_out:,} overdue invoices left out; as saved {trial.left_out_before:,}.")
    for line in _turned(trial):
        terminal.say(line)
    return DONE


def _row(one: LevelSum, names: dict[int, str]) -> tuple[str, ...]:
    money = [f"{grouped(each.total, one.currency)} {one.currency}" for each in (one.now, one.before)]
    name = names.get(one.policy_key, "")
    return (name, str(one.level), f"{one.now.letters:,}", f"{one.now.items:,}", *money)


def _turned(trial: Trial) -> Iterator[str]:
    for one in trial.turned:
        letter = one.letter
        sums = [
            "none" if each is None else f"{grouped(each.total, each.currency)} {each.currency}, level {each.level}"
            for each in (one.before, one.now)
        ]
        yield f"{one.turn.capitalize()}: {letter.to.name}: {sums[0]} → {sums[1]}"


def _document(trial: Trial, names: dict[int, str]) -> dict[str, Json]:
    levels: list[Json] = [
        {
            "policy": names.get(one.policy_key),
            "level": one.level,
            "currency": one.currency,
            **_sum_json(one.now, one.currency),
            "as_saved": _sum_json(one.before, one.currency),
        }
        for one in trial.levels
    ]
    turned: list[Json] = [
        {
            "turn": one.turn.value,
            "account": one.letter.to.name,
            "currency": one.letter.currency,
            "level": one.now.level if one.now else None,
            "level_as_saved": one.before.level if one.before else None,
            "total": plain(one.now.total, one.now.currency) if one.now else None,
            "total_as_saved": plain(one.before.total, one.before.currency) if one.before else None,
        }
        for one in trial.turned
    ]
    left: dict[str, Json] = {"left_out": trial.left_out, "left_out_as_saved": trial.left_out_before}
    return {"levels": levels, "turned": turned, **left}


def _sum_json(one: Sum, currency: str) -> dict[str, Json]:
    return {"letters": one.letters, "items": one.items, "total": plain(one.total, currency)}
