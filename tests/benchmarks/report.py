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
_MET, _MISSED, _INK = "#8FB8A8", "#C2321F", "#1B2430"
_SIZED = re.compile(r"(.+), ([\d,]+) invoices")
_PLACED = re.compile(r"(.+?)(?:, ([\d,]{5,})(?: invoices)?(: [\d,]+)?)?(?: on (PostgreSQL [\d.]+))?")
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
    """Write the tables as Markdown: one of each size of book and place, the largest first; one of how cost grows."""
    grown = growth(results)
    sections: dict[tuple[str, int], list[tuple[str, ...]]] = {}
    for told in results:
        if not (isinstance(told, Figure) and (sized := _SIZED.fullmatch(told.what)) and sized[1] in grown):
            what, server, size = _placed(told.what)
            sections.setdefault((server, size), []).append((what, *cells(told)[1:]))
    written = []
    for (server, size), rows in sorted(sections.items(), key=lambda one: (one[0][0], -one[0][1])):
        told_of = f"{size:,} invoices" if size else "Whatever the size"
        written.append(f"## {told_of}{f' on {server}' if server else ''}\n\n{_table(_HEADS, rows)}")
    if grown:
        sizes = sorted({size for points in grown.values() for size, _ in points})
        rows = [(job, *(_of_size(points, size) for size in sizes)) for job, points in grown.items()]
        heads = ("Milliseconds by invoices", *(f"{size:,}" for size in sizes))
        written.append(f"## How cost grows\n\n{_table(heads, rows)}")
    missed = "".join(f"- {what}: {why}\n" for what, why in in_the_way(results))
    return "\n".join([*written, *([f"## What stands in the way\n\n{missed}"] if missed else [])])


def _placed(what: str) -> tuple[str, str, int]:
    """Take apart what was measured, on which server if on one, and of how many invoices if that is said."""
    found = _PLACED.fullmatch(what)
    if found is None:
        return what, "", 0
    return found[1] + (found[3] or ""), found[4] or "", int((found[2] or "0").replace(",", ""))


def _is_of(largest: dict[str, int], told: Ratio | Figure) -> bool:
    what, _, invoices = _placed(told.what)
    return largest[what] == invoices


def _of_size(points: Sequence[tuple[int, float]], size: int) -> str:
    return next((f"{spent:,.1f}" for at, spent in points if at == size), "")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    ruled = ["---", *("---:" if head else "---" for head in heads[1:])]
    every = [heads, ruled, *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in every)


def in_the_way(results: Sequence[Ratio | Figure]) -> list[tuple[str, str]]:
    """Give each result that misses its bound, and what keeps it from meeting it."""
    return [(told.what, told.in_the_way or "not looked into yet") for told in results if not told.holds]


def draw(results: Sequence[Ratio | Figure], place: Path) -> None:
    """Draw what was measured against its bound as bars, and how cost grows as lines; all scales are logarithmic.

    Of books of several sizes the largest is drawn.
    """
    largest: dict[str, int] = {}
    for told in results:
        what, _, invoices = _placed(told.what)
        largest[what] = max(invoices, largest.get(what, 0))
    bounded = [told for told in results if told.bound is not None and _is_of(largest, told)]
    grown = growth(results)
    heights = [max(len(bounded), 3) * _LINE_PX / 100 + 1, 4 if grown else 0]
    size = (_WIDTH_PX / 100, sum(heights))
    drawing = Drawing(figsize=size, dpi=100, layout="constrained")
    canvas = FigureCanvasAgg(drawing)
    plots = drawing.subplots(2 if grown else 1, 1, height_ratios=heights[: 2 if grown else 1], squeeze=False)[:, 0]
    _draw_bounded(plots[0], bounded)
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


def _draw_bounded(plot: Axes, bounded: Sequence[Ratio | Figure]) -> None:
    places = range(len(bounded))
    shares = [(told.times if isinstance(told, Ratio) else told.value) / (told.bound or 1) for told in bounded]
    plot.barh(places, shares, color=[_MET if told.holds else _MISSED for told in bounded], height=0.6)
    plot.set_yticks(places, [_placed(told.what)[0] for told in bounded], fontsize=8, parse_math=False)
    for place, share, told in zip(places, shares, bounded, strict=True):
        said = f" {cells(told)[3]} (at most {told.bound:g})"
        plot.text(max(share, 1), place, said, va="center", fontsize=7, color=_INK, parse_math=False)
    plot.set_xscale("log")
    plot.set_xlim(right=max(shares, default=1) * 16)
    plot.set_ylim(len(bounded) - 0.4, -0.6)
    plot.axvline(1, color=_INK, linewidth=0.8)
    plot.set_xlabel("measured, divided by what it may come to at most", fontsize=8)
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
