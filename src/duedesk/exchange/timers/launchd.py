"""A daily command as a property list of launchd, for the user's own agents; it is written and never loaded."""

import plistlib
import posixpath
import shlex

from duedesk.exchange.timers.daily import DailyCommand, Timer, TimerFile, check_words

FOLDER = "~/Library/LaunchAgents"


def launchd_agent(one: DailyCommand) -> Timer:
    """Give the list. Words are passed on one by one, so that nothing in them has to be quoted."""
    check_words((*one.command, one.log))
    label = f"org.{one.name.replace('-', '.', 1)}"
    said = {
        "Label": label,
        "ProgramArguments": list(one.command),
        "StartCalendarInterval": {"Hour": one.at.hour, "Minute": one.at.minute},
        "ProcessType": "Background",
        **({"StandardOutPath": one.log, "StandardErrorPath": one.log} if one.log else {}),
    }
    name = f"{label}.plist"
    logs = (f"mkdir -p {shlex.quote(posixpath.dirname(one.log))}",) if one.log else ()
    remarks = (f"What it said: {one.log}",) if one.log else ()
    return Timer(
        (TimerFile(name, plistlib.dumps(said, sort_keys=False)),),
        FOLDER,
        (
            *logs,
            f"launchctl bootstrap gui/$(id -u) {FOLDER}/{name}",
        ),
        (*remarks, "A run that was missed while the machine slept is made up for when it wakes."),
    )
