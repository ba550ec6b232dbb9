"""The opposites of keeping reports: one that was saved is forgotten or as it was, one that was forgotten is back."""

from functools import partial

from duedesk.actions.reports.saved import as_kept, forget_report, save_report
from duedesk.actions.undoing.opposite import Asked, Opposite, Planned


def _report_back(asked: Asked) -> Planned:
    name = str(asked.entry.details["name"])
    was = asked.entry.before.get(name)
    if was is None:
        return Planned(f"Forget the report {name}", ("forget_report",), (partial(forget_report, name=name),))
    again = partial(save_report, wanted=as_kept(name, was))
    return Planned(f"Save the report {name} as it was", ("save_report",), (again,))


OPPOSITES = {
    "save_report": Opposite(_report_back, holds=()),
    "forget_report": Opposite(_report_back, holds=()),
}
