"""A daily command as a timer and a service of systemd, for the user's own manager; it is written and never enabled."""

from duedesk.exchange.timers.daily import DailyCommand, Timer, TimerFile, check_words

FOLDER = "~/.config/systemd/user"

_QUOTED = frozenset(" \t\"'\\;#")


def systemd_timer(one: DailyCommand) -> Timer:
    """Give the two units. A run that was missed, the machine being off, is made up for when it is on again."""
    check_words((*one.command, one.log))
    about = _specified(one.about)
    service = (
        f"[Unit]\nDescription={about}\n\n[Service]\nType=oneshot\nExecStart={command_line(one.command)}\n"
        "Nice=5\nTimeoutStartSec=2h\n"
    )
    timer = (
        f"[Unit]\nDescription={about}, every day\n\n[Timer]\nOnCalendar=*-*-* {one.at:%H:%M:%S}\nPersistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    files = (
        TimerFile(f"{one.name}.service", service.encode()),
        TimerFile(f"{one.name}.timer", timer.encode()),
    )
    begin = ("systemctl --user daemon-reload", f"systemctl --user enable --now {one.name}.timer")
    remarks = (
        f"What it said: journalctl --user -u {one.name}",
        "It runs while you are logged in; `loginctl enable-linger` lets it run always.",
    )
    return Timer(files, FOLDER, begin, remarks)


def command_line(command: tuple[str, ...]) -> str:
    """Write a command as ExecStart takes it: words quoted, percent signs doubled, nothing taken for a variable.

    A dollar sign stays what it is by the colon before the program: a doubled one would not do in its path.
    """
    program, *arguments = command
    is_plain = not any("$" in word for word in command)
    return " ".join(map(_word, (program if is_plain else f":{program}", *arguments)))


def _word(word: str) -> str:
    text = _specified(word).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"' if not text or not _QUOTED.isdisjoint(text) else text


def _specified(text: str) -> str:
    """Take from a percent sign that it begins a specifier."""
    return text.replace("%", "%%")
