"""A daily command as a task of the Windows Task Scheduler, in its own XML; it is written and never registered."""

import re
from datetime import date, datetime
from subprocess import list2cmdline
from xml.sax.saxutils import escape

from duedesk.exchange.timers.daily import DailyCommand, Timer, TimerFile, check_words

ENCODING = "utf-16"

_NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_VARIABLE = re.compile("%[^%]+%")


def scheduled_task(one: DailyCommand, first_day: date) -> Timer:
    """Give the task, which begins on a day. One that was missed is made up for; two never run at once."""
    command = (*one.command, *(("--log", one.log) if one.log else ()))
    check_words(command)
    program, *arguments = command
    begins = datetime.combine(first_day, one.at).isoformat()
    lines = (
        '<?xml version="1.0" encoding="UTF-16"?>',
        f'<Task version="1.2" xmlns="{_NAMESPACE}">',
        f"  <RegistrationInfo><Description>{escape(one.about)}</Description></RegistrationInfo>",
        "  <Triggers><CalendarTrigger>",
        f"    <StartBoundary>{begins}</StartBoundary><Enabled>true</Enabled>",
        "    <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>",
        "  </CalendarTrigger></Triggers>",
        '  <Principals><Principal id="Author">',
        "    <LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel>",
        "  </Principal></Principals>",
        "  <Settings>",
        "    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>",
        "    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>",
        "    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>",
        "    <StartWhenAvailable>true</StartWhenAvailable>",
        "    <ExecutionTimeLimit>PT2H</ExecutionTimeLimit>",
        "  </Settings>",
        '  <Actions Context="Author"><Exec>',
        f"    <Command>{escape(program)}</Command>",
        f"    <Arguments>{escape(list2cmdline(arguments))}</Arguments>",
        "  </Exec></Actions>",
        "</Task>",
        "",
    )
    file = TimerFile(f"{one.name}.xml", "\r\n".join(lines).encode(ENCODING), ENCODING)
    remarks = (f"What it said: {one.log}",) if one.log else ()
    if any(map(_VARIABLE.search, command)):
        taken = "The Task Scheduler takes what stands between two percent signs for a variable: name the file anew."
        remarks = (taken, *remarks)
    return Timer((file,), "", (f'schtasks /Create /TN "Duedesk\\{one.name}" /XML {file.name}',), remarks)
