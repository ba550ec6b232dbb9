"""Native charts in the house's colours: quiet axes, no frame, one line of title; they point at cells alone."""

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import ChartLines, TextAxis
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.series import Series as ChartSeries
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from duedesk.exchange.workbooks.specs import ChartSpec, Heading, Series
from duedesk.exchange.workbooks.styles import FONT, set_up_print
from duedesk.resources import Look

_WIDTH_CM, _HEIGHT_CM = 24, 7
_ROWS_EACH = 15
_ON_A_PAGE = 2
_FIRST_ROW = 4


def lay_out_charts(sheet: Worksheet, look: Look, charts: list[ChartSpec], heading: Heading) -> None:
    """Put charts on a sheet, one below the other."""
    sheet.sheet_view.showGridLines = False
    for place, spec in enumerate(charts):
        sheet.add_chart(_chart(spec, look), f"A{_FIRST_ROW + place * _ROWS_EACH}")
        if place % _ON_A_PAGE == 0 and place:
            sheet.row_breaks.append(Break(id=_FIRST_ROW + place * _ROWS_EACH - 1))
    set_up_print(sheet, title=heading.title, subtitle=heading.subtitle)
    # Excel hears of no breaks where it fits pages to a width.
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)


def _chart(spec: ChartSpec, look: Look) -> BarChart | LineChart:
    chart: BarChart | LineChart = LineChart() if spec.form == "lines" else BarChart()
    if isinstance(chart, BarChart):
        chart.type = "col"
        chart.gapWidth = 60
        if spec.form == "stacked":
            chart.grouping = "stacked"
            chart.overlap = 100
    chart.title = _title(spec.title, look)
    chart.width, chart.height = _WIDTH_CM, _HEIGHT_CM
    made = [_series(spec, series, place, look) for place, series in enumerate(spec.series)]
    chart.ser = made[:1] if spec.form == "pareto" else made
    chart.legend = None
    if len(spec.series) > 1:
        chart.legend = Legend(legendPos="b", txPr=_text(look.quiet_text))
    _quiet_axes(chart, spec, look)
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
    if spec.form == "pareto":
        curve = LineChart()
        curve.ser = made[1:]
        chart += curve
        chart.y_axis.scaling.max, chart.y_axis.majorUnit = 1, 0.2
    return chart


def _title(text: str, look: Look) -> Title:
    letters = _letters(look.text, size=1100, bold=True)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=letters), r=[RegularTextRun(rPr=letters, t=text)])
    layout = Layout(manualLayout=ManualLayout(xMode="edge", yMode="edge", x=0.01, y=0.02))
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False, layout=layout)


def _series(spec: ChartSpec, series: Series, place: int, look: Look) -> ChartSeries:
    colour = (series.colour or look.buckets[place % len(look.buckets)]).removeprefix("#")
    made = ChartSeries(idx=place, order=place)
    made.tx = SeriesLabel(v=series.name)
    made.val = NumDataSource(numRef=NumRef(f=series.values))
    made.cat = AxDataSource(strRef=StrRef(f=spec.categories))
    if spec.form == "lines" or (spec.form == "pareto" and place):
        made.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=colour, w=22_000))
        made.smooth = False
        return made
    made.graphicalProperties = GraphicalProperties(solidFill=colour, ln=LineProperties(noFill=True))
    made.dPt = [
        DataPoint(
            idx=index,
            spPr=GraphicalProperties(solidFill=point.removeprefix("#"), ln=LineProperties(noFill=True)),
        )
        for index, point in enumerate(spec.points)
    ]
    return made


def _quiet_axes(chart: BarChart | LineChart, spec: ChartSpec, look: Look) -> None:
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = spec.number_format
    faint = GraphicalProperties(ln=LineProperties(solidFill=look.line.removeprefix("#")))
    chart.y_axis.majorGridlines = ChartLines(spPr=faint)
    base = LineProperties(solidFill=look.quiet_text.removeprefix("#"))
    chart.x_axis.graphicalProperties = GraphicalProperties(ln=base)
    chart.y_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    chart.x_axis.tickLblPos = "low"  # below the bars that go below nothing
    if isinstance(chart.x_axis, TextAxis):
        chart.x_axis.auto = False  # ends of months are said as they are, and not put on the first of each
    for axis in (chart.x_axis, chart.y_axis):
        axis.majorTickMark = axis.minorTickMark = None
        axis.txPr = _text(look.quiet_text)


def _letters(colour: str, *, size: int = 900, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=size, b=bold, solidFill=colour.removeprefix("#"), latin=Font(typeface=FONT))


def _text(colour: str) -> RichText:
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=_letters(colour)), endParaRPr=_letters(colour))])
