"""A wording as people edit it and as a book keeps it: TOML, or a text for each part; it fills nothing in."""

import json
from collections.abc import Mapping
from typing import Any

from duedesk.documents.wording import AXES, Variant, Wording, wording_of

PARTS = ("title", "subject", "salutation", "paragraphs", "closing", "signature")


def parts_of(wording: Wording) -> dict[str, Any]:
    """Give the parts of a wording as TOML or JSON can hold them."""
    single = {part: _said(getattr(wording, part)) for part in PARTS if part != "paragraphs"}
    paragraphs = [_paragraph(sentences) for sentences in wording.paragraphs]
    return {part: paragraphs if part == "paragraphs" else single[part] for part in PARTS}


def as_toml(wording: Wording) -> str:
    """Write a wording as the TOML it can be read from again."""
    parts = parts_of(wording)
    lines = []
    for part in PARTS:
        if part == "paragraphs":
            lines += ["paragraphs = [", *(line for one in parts[part] for line in _paragraph_lines(one)), "]"]
        else:
            lines.append(f"{part} = {_inline(parts[part])}")
    return "\n".join(lines) + "\n"


def as_columns(wording: Wording) -> dict[str, str]:
    """Give each part as the JSON that a book keeps of it."""
    return {part: json.dumps(said, ensure_ascii=False) for part, said in parts_of(wording).items()}


def from_columns(kept: Mapping[str, str], place: str) -> Wording:
    """Read a wording from what a book kept; RequestError where it is at fault."""
    return wording_of({part: json.loads(kept[part]) for part in PARTS}, place)


def _said(variant: Variant) -> str | dict[str, str]:
    if not variant.axis:
        return variant.texts[0]
    return dict(zip(AXES[variant.axis], variant.texts, strict=True))


def _paragraph(sentences: tuple[Variant, ...]) -> Any:
    said = [_said(one) for one in sentences]
    return said[0] if len(said) == 1 else said


def _paragraph_lines(paragraph: Any) -> list[str]:
    if isinstance(paragraph, list):
        return ["    [", *(f"        {_inline(one)}," for one in paragraph), "    ],"]
    return [f"    {_inline(paragraph)},"]


def _inline(said: str | dict[str, str]) -> str:
    if isinstance(said, str):
        return _quoted(said)
    return "{ " + ", ".join(f"{name} = {_quoted(text)}" for name, text in said.items()) + " }"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
