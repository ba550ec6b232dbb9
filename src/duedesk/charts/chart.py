"""What every chart has: a sheet to be drawn on, a heading where it is for paper, a picture; it knows none of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from duedesk.charts.canvas import Canvas
from duedesk.charts.picture import ChartColumn, ChartPicture, ChartRegion
from duedesk.charts.style import TEXT_SIZE, drawable, elided
from duedesk.resources import Look

_TITLE_SIZE = 15.0
_TITLE_LINE, _TOLD_LINE = 22.0, 20.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a chart is drawn on: logical pixels, their ratio to device pixels, a look.

    On paper a chart says itself what it is: `title`, and `told` below it (the currency, the day).
    """

    width: int
    height: int
    look: Look
    pixel_ratio: float = 1.0
    title: str = ""
    told: str = ""
    edge: int = 0
    """Pixels of bare page around it."""


class Chart:
    """A chart on its sheet. What can be moved is moved and drawn again without the rest, by one thread at a time."""

    lies = False

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.look = sheet.look
        self.canvas = Canvas(
            width=max(sheet.width, 1),
            height=max(sheet.height, 1),
            pixel_ratio=sheet.pixel_ratio,
            background=sheet.look.panel,
            edge=sheet.edge,
        )
        self.regions: tuple[ChartRegion, ...] = ()
        self.columns: tuple[ChartColumn, ...] = ()
        self.lock = Lock()
        self.top = 0.0
        """Where the chart may begin, below its heading."""
        for text, size, line, colour in (
            (sheet.title, _TITLE_SIZE, _TITLE_LINE, sheet.look.text),
            (sheet.told, TEXT_SIZE, _TOLD_LINE, sheet.look.quiet_text),
        ):
            if text:
                self.top += line
                shown = elided(drawable(text), self.canvas.width, size)
                self.canvas.write(shown, 0, self.top - 6, colour, size=size)

    def move(self, columns: Sequence[ChartColumn]) -> bool:  # noqa: ARG002 - what a chart that moves takes
        """Show other columns on the same scale; False where a new chart is needed, as it is where none moves."""
        return False

    def picture(self) -> ChartPicture:
        """Draw."""
        return ChartPicture(*self.canvas.rgba(), self.regions, self.sheet.pixel_ratio, self.lies, self.columns)

    def pdf(self) -> bytes:
        """Draw for paper."""
        return self.canvas.pdf()
