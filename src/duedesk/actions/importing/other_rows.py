"""Which rules the rows of a file of a simple object meet."""

from duedesk.actions.importing.dispute_rows import DisputeRows
from duedesk.actions.importing.dunning_rows import HoldRows, LevelAmountRows, LevelRows, PolicyRows, PromiseRows
from duedesk.actions.importing.instalments import ScheduleItemRows, ScheduleRows
from duedesk.actions.importing.parts import MemoLineRows, RefundRows
from duedesk.actions.importing.plain_rows import PlainRows
from duedesk.actions.importing.plain_rules import (
    BatchRunRows,
    FeedRows,
    MemberRows,
    ShareRows,
    SharingRuleRows,
    TermItemRows,
)
from duedesk.actions.importing.rows import FileRows, Shared

_RULES: tuple[type[PlainRows], ...] = (
    TermItemRows,
    MemberRows,
    SharingRuleRows,
    BatchRunRows,
    ScheduleRows,
    ScheduleItemRows,
    ShareRows,
    FeedRows,
    DisputeRows,
    RefundRows,
    MemoLineRows,
    PolicyRows,
    LevelRows,
    LevelAmountRows,
    HoldRows,
    PromiseRows,
)


def plain_rows(shared: Shared, file: FileRows) -> PlainRows | None:
    """Give what takes a file of simple records; None where the file is of something else."""
    for rules in _RULES:
        if file.has(rules.object_name):
            return rules(shared, file)
    return None
