"""A dunning policy in a file, TOML or JSON, as `duedesk policy NAME --set F` takes it; it stores none."""

import argparse
import json
import tomllib
from pathlib import Path
from typing import Any

from duedesk.actions.workspace import Workspace
from duedesk.cli.dunning.policy_text import read_policy
from duedesk.domain.dunning.policy import Policy
from duedesk.domain.errors import RequestError
from duedesk.store.queries.dunning.policies import policies

_LARGEST_FILE = 100_000


def read_given(options: argparse.Namespace, workspace: Workspace) -> Policy:
    """Read the policy that `--set` gives; what it leaves out of one that is there stays. RequestError says why not."""
    said = _document(options.set)
    wanted = options.name.strip().casefold()
    there = next((one for one in workspace.ask(policies) if one.name.casefold() == wanted), None)
    name = str(said.get("name") or options.name)
    return read_policy(name, said, there)


def _document(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise RequestError(f"{path} cannot be read: {error.strerror}.") from error
    if len(content) > _LARGEST_FILE:
        raise RequestError(f"{path.name} is too large for a policy.")
    try:
        text = content.decode("utf-8-sig")
        said = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise RequestError(f"{path.name} is neither TOML nor JSON: {str(error).splitlines()[0]}.") from error
    if not isinstance(said, dict):
        raise RequestError(f"{path.name} holds no policy.", "`duedesk policy NAME --json` writes one.")
    return said
