"""The results of a run as one table: on the terminal, as Markdown, as a chart; it measures nothing.

python tests/benchmarks/report.py RESULTS [--markdown FILE] [--chart FILE]
"""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Drawing

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.ratios import Figure, Ratio

_HEADS = ("What", "Ours", "Theirs", "Result", "At most", "")
_MET, _MISSED, _TOLD, _INK = "#8FB8A8", "#C2321F", "#667085", "#1B2430"
_SIZED = re.compile(r"(.+), ([\d,]+) invoices")
_LINE_PX, _WIDTH_PX = 26, 1100


def read(place: Path) -> list[Ratio | Figure]:
    """Give the results of a run; of one that was measured twice, the last."""
    kinds = {"Ratio": Ratio, "Figure": Figure}
    found: dict[tuple[str, str], Ratio | Figure] = {}
    for line in place.read_text(encoding="utf-8").splitlines():
        for kind, fields in json.loads(line).items():
            told = kinds[kind](**fields)
            found[told.what, told.against if isinstance(told, Ratio) else ""] = told
    return list(found.values())


def cells(told: Ratio | Figure) -> tuple[str, ...]:
    """Write one result as the cells of its row."""
    bound = "" if told.bound is None else f"{told.bound:g}"
    verdict = "" if told.bound is None else "holds" if told.holds else "not met"
    if isinstance(told, Ratio):
        return (told.what, _time(told.ours), _time(told.theirs), f"{told.times:.2f} x {told.against}", bound, verdict)
    return (told.what, "", "", f"{told.value:,.1f} {told.unit}", bound, verdict)


def as_text(results: Sequence[Ratio | Figure]) -> str:
    """Write the table for a terminal."""
    rows = [_HEADS, *map(cells, results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join([*lines, *(f"{what}: {why}" for what, why in in_the_way(results))])


def as_markdown(results: Sequence[Ratio | Figure]) -> str:
    """Write the table as Markdown."""
    rows = [_HEADS, ("---", "---:", "---:", "---:", "---:", "---"), *map(cells, results)]
    table = "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in rows)
    missed = "".join(f"- {what}: {why}\n" for what, why in in_the_way(results))
    return f"{table}\n## What stands in the way\n\n{missed}" if missed else table


def in_the_way(results: Sequence[Ratio | Figure]) -> list[tuple[str, str]]:
    """Give each result that misses its bound, and what keeps it from meeting it."""
    return [(told.what, told.in_the_way or "not looked into yet") for told in results if not told.holds]


def draw(results: Sequence[Ratio | Figure], place: Path) -> None:
    """Draw the ratios as bars, and how the cost of a job grows with the book as lines; both scales are logarithmic."""
    ratios = [told for told in results if isinstance(told, Ratio)]
    grown = growth(results)
    heights = [max(len(ratios), 3) * _LINE_PX / 100 + 1, 4 if grown else 0]
    size = (_WIDTH_PX / 100, sum(heights))
    drawing = Drawing(figsize=size, dpi=100, layout="constrained")
    canvas = FigureCanvasAgg(drawing)
    plots = drawing.subplots(2 if grown else 1, 1, height_ratios=heights[: 2 if grown else 1], squeeze=False)[:, 0]
    _draw_ratios(plots[0], ratios)
    if grown:
        _draw_growth(plots[1], grown)
    canvas.print_figure(place)


def growth(results: Sequence[Ratio | Figure]) -> dict[str, list[tuple[int, float]]]:
    """Give what was measured on books of several sizes: the job, and for each number of invoices its milliseconds."""
    found: dict[str, list[tuple[int, float]]] = {}
    for told in results:
        if isinstance(told, Figure) and (sized := _SIZED.fullmatch(told.what)):
            found.setdefault(sized[1], []).append((int(sized[2].replace(",", "")), told.value))
    return {job: sorted(points) for job, points in found.items() if len(points) > 1}


def _draw_ratios(plot: Axes, ratios: Sequence[Ratio]) -> None:
    places = range(len(ratios))
    colours = [_TOLD if told.bound is None else _MET if told.holds else _MISSED for told in ratios]
    plot.barh(places, [told.times for told in ratios], color=colours, height=0.6)
    bounded = [(at, told.bound) for at, told in enumerate(ratios) if told.bound is not None]
    plot.scatter([bound for _, bound in bounded], [at for at, _ in bounded], marker="|", s=180, color=_INK)
    plot.set_yticks(places, [f"{told.what} against {told.against}" for told in ratios], fontsize=8, parse_math=False)
    plot.set_xscale("log")
    plot.axvline(1, color=_TOLD, linewidth=0.8)
    plot.invert_yaxis()
    plot.set_xlabel("ours divided by theirs; | is the bound", fontsize=8)
    plot.spines[["top", "right"]].set_visible(False)


def _draw_growth(plot: Axes, grown: dict[str, list[tuple[int, float]]]) -> None:
    for job, points in grown.items():
        sizes, spent = zip(*points, strict=True)
        plot.plot(sizes, spent, marker="o", markersize=4, linewidth=1.4, label=job)
    plot.set_xscale("log")
    plot.set_yscale("log")
    plot.set_xlabel("invoices", fontsize=8)
    plot.set_ylabel("ms", fontsize=8)
    plot.legend(fontsize=8, frameon=False)
    plot.spines[["top", "right"]].set_visible(False)


def _time(seconds: float) -> str:
    return f"{seconds:,.2f} s" if seconds >= 1 else f"{seconds * 1000:,.1f} ms"


def main(arguments: Sequence[str]) -> int:
    """Print the table of a results file, and write it as Markdown and as a chart where asked."""
    parser = argparse.ArgumentParser(prog="report.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("results", type=Path)
    parser.add_argument("--markdown", type=Path)
    parser.add_argument("--chart", type=Path)
    options = parser.parse_args(arguments)
    results = read(options.results)
    print(as_text(results))
    if options.markdown:
        options.markdown.write_text(as_markdown(results), encoding="utf-8")
    if options.chart:
        draw(results, options.chart)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
