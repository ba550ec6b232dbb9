"""Which signs of names and addresses no font here can print, said before letters are set; it sets none."""

from collections.abc import Iterable

from duedesk.documents.printable import printable
from duedesk.documents.typesetter import without_glyph
from duedesk.domain.dunning.proposal import ProposedLetter

_SHOWN = 12

_HINT = "Install a font that has them; the Noto family has one for every script."


def unprintable(letters: Iterable[ProposedLetter]) -> tuple[str, ...]:
    """Say which signs are missing, in a sentence; nothing where every name can be printed."""
    texts = dict.fromkeys(text for one in letters for text in (one.to.name, one.to.postal))
    missing = without_glyph(map(printable, texts))
    if not missing:
        return ()
    more = f" and {len(missing) - _SHOWN:,} more" if len(missing) > _SHOWN else ""
    return (f"No font here has {' '.join(missing[:_SHOWN])}{more}; a sign stands in their place. {_HINT}",)
