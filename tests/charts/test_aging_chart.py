"""The aging as bars: what is drawn is what is owed, it can be hit, and nothing from outside upsets it."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import matplotlib as mpl
import pytest

from duedesk.charts.aging import AgingBars
from duedesk.charts.chart import Sheet
from duedesk.charts.picture import ChartColumn, ChartPicture
from duedesk.charts.style import drawable
from duedesk.domain.aging import DEFAULT_BUCKETS, Buckets
from duedesk.resources import LookName, look

LIGHT = look(LookName.LIGHT)
NOVEMBER = ("2344102.11", "991204.50", "380001.00", "204411.07", "257113.99")


def column(label: str, *amounts: str) -> ChartColumn:
    return ChartColumn(label, label, tuple(map(Decimal, amounts)))


def year() -> list[ChartColumn]:
    months = [date(2025 + (month > 12), (month - 1) % 12 + 1, 28) for month in range(12, 24)]
    return [
        ChartColumn(f"{month:%b}", month, tuple(Decimal(amount) * (8 + place) / 20 for amount in NOVEMBER))
        for place, month in enumerate(months)
    ]


def draw(columns: list[ChartColumn], *, width: int = 640, height: int = 240, ratio: float = 1.0) -> ChartPicture:
    return AgingBars(columns, DEFAULT_BUCKETS, "EUR", Sheet(width, height, LIGHT, ratio)).picture()


def colour_at(picture: ChartPicture, x: float, y: float) -> str:
    place = 4 * (int(y * picture.pixel_ratio) * picture.width + int(x * picture.pixel_ratio))
    return "#" + picture.rgba[place : place + 3].hex().upper()


def test_the_regions_add_up_to_what_is_owed_and_lie_inside_the_picture() -> None:
    picture = draw(year())

    assert (picture.width, picture.height, len(picture.rgba)) == (640, 240, 640 * 240 * 4)
    assert len(picture.regions) == 60
    assert sum(region.amount for region in picture.regions) == sum(sum(one.amounts) for one in year())
    for region in picture.regions:
        assert 0 <= region.x < region.x + region.width <= 640
        assert 0 <= region.y < region.y + region.height <= 240


def test_heights_are_in_proportion_to_the_amounts() -> None:
    pixels_per_unit = [region.height / float(region.amount) for region in draw(year()).regions]

    assert max(pixels_per_unit) == pytest.approx(min(pixels_per_unit))


@pytest.mark.parametrize("name", list(LookName))
@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_each_region_has_the_colour_of_its_bucket(name: LookName, ratio: float) -> None:
    colours = look(name)
    picture = AgingBars(year(), DEFAULT_BUCKETS, "EUR", Sheet(640, 240, colours, ratio)).picture()

    for region in picture.regions:
        middle = (region.x + region.width / 2, region.y + region.height / 2)
        assert colour_at(picture, *middle) == colours.bucket(region.bucket_index, 5)
        assert picture.region_at(*middle) == region
    assert colour_at(picture, 0, 0) == colours.panel


def test_both_looks_have_the_same_geometry() -> None:
    light, dark = (
        AgingBars(year(), DEFAULT_BUCKETS, "EUR", Sheet(900, 360, look(name))).picture() for name in LookName
    )

    assert light.regions == dark.regions
    assert light.rgba != dark.rgba


def test_a_thin_slice_can_still_be_hit_and_the_bare_panel_cannot() -> None:
    picture = draw([column("Nov", "1000000", "0", "0", "0", "0.01")])
    green, red = picture.regions

    assert red.height < 0.001
    assert picture.region_at(red.x + 1, red.y - 2) == red
    assert picture.region_at(green.x + 1, green.y + 20) == green
    assert picture.region_at(5, 100) is None


def test_without_columns_there_is_the_bare_panel() -> None:
    picture = draw([])

    assert picture.regions == ()
    assert picture.rgba == bytes.fromhex("FFFFFFFF") * 640 * 240


def test_a_year_in_which_nothing_was_owed_has_a_scale_and_no_bars() -> None:
    picture = draw([column(f"month {n}", "0", "0", "0", "0", "0") for n in range(12)])

    assert picture.regions == ()
    assert set(picture.rgba[0::4]) != {0xFF}


def test_what_is_below_nothing_is_not_drawn() -> None:
    picture = draw([column("Nov", "100.00", "-40.00", "50.00", "0", "0")])

    assert [region.amount for region in picture.regions] == [Decimal("100.00"), Decimal("50.00")]


@pytest.mark.parametrize("count", [1, 2, 13, 36])
@pytest.mark.parametrize("size", [(900, 360), (360, 160), (2400, 200), (60, 40), (1, 1), (0, 0)])
def test_any_number_of_bars_fits_any_size(count: int, size: tuple[int, int]) -> None:
    picture = draw([column(f"Nov {n}", *NOVEMBER) for n in range(count)], width=size[0], height=size[1])

    assert (picture.width, picture.height) == (max(size[0], 1), max(size[1], 1))
    assert len(picture.regions) == 5 * count
    if size >= (360, 160):
        lefts = sorted({region.x for region in picture.regions})
        assert all(right - left > picture.regions[0].width for left, right in pairwise(lefts))


def test_huge_amounts_and_yen() -> None:
    trillions = column("Nov", *["999999999999.9999"] * 5)

    assert sum(region.amount for region in draw([trillions] * 36).regions) == Decimal("999999999999.9999") * 180
    yen = AgingBars([column("11月", "1", "2", "0", "0", "1")], DEFAULT_BUCKETS, "JPY", Sheet(360, 160, LIGHT)).picture()
    assert [region.amount for region in yen.regions] == [1, 2, 1]


def test_nine_buckets_have_a_colour_each_and_more_are_kept_apart_by_a_seam() -> None:
    nine = Buckets((7, 14, 30, 45, 60, 90, 120))
    picture = AgingBars([column("Nov", *["100"] * 9)], nine, "EUR", Sheet(360, 240, LIGHT)).picture()
    bar = picture.regions[0]
    assert {colour_at(picture, bar.x + 2, round(one.y + one.height / 2)) for one in picture.regions} == {
        LIGHT.bucket(place, 9) for place in range(9)
    }

    twelve = Buckets((7, 14, 21, 30, 45, 60, 75, 90, 120, 180))
    picture = AgingBars([column("Nov", *["100"] * 12)], twelve, "EUR", Sheet(360, 240, LIGHT)).picture()
    bar = picture.regions[0]
    runs = [colour_at(picture, bar.x + 2, y) for y in range(240)]

    assert runs.count(LIGHT.panel) > 8
    assert sum(one == LIGHT.panel != before for before, one in pairwise(runs[60:])) >= 3


def test_a_column_has_an_amount_for_each_bucket() -> None:
    with pytest.raises(ValueError, match="zip"):
        draw([column("Nov", "1", "2")])


@pytest.mark.parametrize(
    "name",
    [
        "$x^{2$",
        "$\\frac{",
        "A\x00B\x1b[0m",
        "株式会社",
        "الواحة للتجارة",
        "हिंदी व्यापार",
        "می\u200cخواهم",
        "👩\u200d👩",
        "บริษัท",
        "𓀀𓀁",
        "",
        "W" * 500,
        "\ud800",
    ],
)
def test_a_name_is_only_a_name(name: str) -> None:
    assert len(draw([column(name, *NOVEMBER)]).regions) == 5


def test_what_no_font_has_becomes_a_box_and_what_controls_goes() -> None:
    assert drawable("Müller\n& \u202eSöhne") == "Müller & Söhne"
    assert drawable("\U00013000 Ltd") == "□ Ltd"


def test_the_users_matplotlib_settings_are_not_heeded() -> None:
    plain = draw(year())
    with mpl.rc_context({"text.usetex": True, "figure.autolayout": True, "path.sketch": None, "font.size": 30}):
        assert draw(year()).rgba == plain.rgba


def test_threads_draw_the_same_picture_at_once() -> None:
    expected = draw(year())
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda _: draw(year()), range(8)))

    assert all(picture == replace(expected) for picture in pictures)


def test_pyplot_is_never_loaded() -> None:
    script = "import sys, duedesk.charts.aging; sys.exit('matplotlib.pyplot' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
