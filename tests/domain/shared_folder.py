"""Finds the reference texts and cases that stand beside the checkout; nothing of them is kept in the repository."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

_BESIDE = Path(__file__).resolve().parents[2].parent / "shared"


def shared(*parts: str) -> Path:
    """Give a path of the shared folder; the test is skipped where it is not there."""
    path = Path(os.environ.get("DUEDESK_SHARED", _BESIDE), *parts)
    if not path.exists():
        pytest.skip(f"{'/'.join(parts)} of the shared folder is not here")
    return path


def shared_json(*parts: str) -> Any:
    """Read a JSON document of the shared folder; the test is skipped where it is not there."""
    return json.loads(shared(*parts).read_text(encoding="utf-8"))
