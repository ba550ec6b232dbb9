"""How the page of policies says things at the foot; it reads nothing."""

from duedesk.desk import format as written
from duedesk.desk.page import FootLine
from duedesk.desk.pages.policies.drafts import Drafts
from duedesk.domain.dunning.trial import Trial


def foot_of(drafts: Drafts, trial: Trial) -> FootLine:
    """Say how many policies there are, and what the run asks for, by currency."""
    unsaved = len(drafts.changed)
    policies = f"{len(drafts.policies):,} polic{'y' if len(drafts.policies) == 1 else 'ies'}"
    shown = f"{policies}, {unsaved:,} not saved" if unsaved else policies
    totals = tuple(written.money(total, code) for code, total in trial.totals.items())
    return FootLine(shown, totals, f"{written.plural(trial.letters, 'letter')} in the run of the next day")
