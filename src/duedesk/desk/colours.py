"""Arithmetic on colours: mixing two, and keeping text readable on what it stands on; it names no colour itself."""

from duedesk.resources import Look

READABLE = 4.5
"""The contrast that text needs (WCAG AA)."""

_STEPS = 20


def mix(one: str, other: str, share: float) -> str:
    """Give `one` with a share of 0 to 1 of `other` mixed in, as #RRGGBB."""
    parts = (round(a + (b - a) * share) for a, b in zip(_channels(one), _channels(other), strict=True))
    return "#" + "".join(f"{part:02X}" for part in parts)


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(colour: str, *, on: str, towards: str) -> str:
    """Give `colour`, moved towards another only as far as text in it needs to be read on `on`."""
    for step in range(_STEPS):
        tried = mix(colour, towards, step / _STEPS)
        if contrast(tried, on) >= READABLE:
            return tried
    return towards


def on_tint(shown: Look, colour: str) -> str:
    """Give a text colour that can be read on the tint of what is selected."""
    return readable(colour, on=shown.accent_tint, towards=shown.text)


def on_accent(shown: Look) -> str:
    """Give the text colour of a button filled with the accent."""
    return readable(shown.panel, on=shown.accent, towards=shown.background)


def ink_on(shown: Look, colour: str) -> str:
    """Give the lightest or darkest ink of a look, whichever is read better on a colour."""
    return max((shown.panel, shown.text), key=lambda ink: contrast(ink, colour))


def level_colours(shown: Look, level: int) -> tuple[str, str]:
    """Give the ground and ink of a dunning level: those of the buckets, from the first that is late on."""
    colour = shown.buckets[min(level, len(shown.buckets) - 1)]
    ground = mix(shown.panel, colour, 0.28)
    return ground, readable(colour, on=ground, towards=shown.text)


def pill_colours(shown: Look, status: str) -> tuple[str, str]:
    """Give the ground of a pill and an ink that can be read on it: of a level or a status; an ordinary one is quiet."""
    if status.isdecimal():
        return level_colours(shown, int(status))
    settled = shown.buckets[0]
    match status:
        case "Partially settled":
            ground, ink = mix(shown.accent_tint, shown.accent, 0.1), shown.accent
        case "Settled":
            ground, ink = mix(shown.panel, settled, 0.25), settled
        case _:
            ground, ink = mix(shown.line, shown.panel, 0.35), shown.quiet_text
    return ground, readable(ink, on=ground, towards=shown.text)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
