"""Reports of faults of the program, kept as files in the user's own folder; nothing is sent anywhere."""

import platform
import re
import traceback
from collections.abc import Sequence
from pathlib import Path

from duedesk import __version__
from duedesk.actions import recent
from duedesk.domain.errors import DuedeskError
from duedesk.domain.world import World
from duedesk.exchange.files import write_safely

_PASSWORD = re.compile(r"(?<=://)([^/@\s:]*):[^/\s]*@")
"""What stands between the user's name and the host in a server's address."""


def save_fault_report(error: BaseException, world: World, arguments: Sequence[str] = ()) -> Path | None:
    """Write down what happened, for whoever mends it; None where nothing can be written.

    It may name records of the book and stays on this machine; passwords in addresses are left out.
    """
    now = world.now()
    text = "\n".join(
        (
            f"Duedesk {__version__}, Python {platform.python_version()}, {platform.platform()}",
            f"{now.isoformat()}  duedesk {' '.join(arguments)}".rstrip(),
            "",
            *traceback.format_exception(error),
        )
    )
    path = recent.state_folder() / f"fault-{now:%Y%m%d-%H%M%S-%f}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with write_safely(path) as draft:
            draft.write_text(_PASSWORD.sub(r"\1:***@", text), encoding="utf-8", errors="backslashreplace")
            draft.chmod(0o600)
    except (OSError, DuedeskError):
        return None
    return path
