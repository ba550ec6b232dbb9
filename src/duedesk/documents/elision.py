"""Articles before the day of a date where they are shortened (`l’8 dicembre`); it knows no other grammar."""

import re

_ITALIAN_DAY = re.compile(r"\b(il|al|del|dal) (8|11)(?=\N{NO-BREAK SPACE})", re.IGNORECASE)


def elided(text: str, language: str) -> str:
    """Write `l’8 dicembre` and `dell’11 maggio` in Italian; that the parts of a day are tied together tells it."""
    return _ITALIAN_DAY.sub(_shortened, text) if language == "it" else text


def _shortened(found: re.Match[str]) -> str:
    article = found[1]
    if article.lower() == "il":
        return f"{'L' if article[0] == 'I' else 'l'}’{found[2]}"
    return f"{article}l’{found[2]}"
