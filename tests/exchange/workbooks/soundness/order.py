"""The order in which the standard (ECMA-376, part 1) has elements inside others; Excel repairs a file that has another.

An element that is not in the list of its parent is none that our workbooks have a use for.
"""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

_COMMON_AXIS = (
    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos "
    "spPr txPr crossAx crosses crossesAt"
)
_SERIES = "idx order tx spPr"
_ORDERS = {
    "worksheet": "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection "
    "protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr "
    "conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks "
    "colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture "
    "oleObjects controls webPublishItems tableParts extLst",
    "sheetPr": "tabColor outlinePr pageSetUpPr",
    "sheetView": "pane selection pivotSelection",
    "c": "f v is",
    "dataValidation": "formula1 formula2",
    "cfRule": "formula colorScale dataBar iconSet",
    "colorScale": "cfvo color",
    "headerFooter": "oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter",
    "workbook": "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups "
    "externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches",
    "styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst",
    "font": "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme",
    "patternFill": "fgColor bgColor",
    "border": "start end left right top bottom diagonal vertical horizontal",
    "xf": "alignment protection",
    "dxf": "font numFmt fill alignment border protection",
    "table": "autoFilter sortState tableColumns tableStyleInfo",
    "tableColumn": "calculatedColumnFormula totalsRowFormula",
    "chartSpace": "date1904 lang roundedCorners style clrMapOvr pivotSource protection chart spPr txPr externalData "
    "printSettings userShapes",
    "chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs",
    "plotArea": "layout barChart|lineChart catAx|valAx dTable spPr",
    "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
    "lineChart": "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId",
    "barChart/ser": f"{_SERIES} invertIfNegative pictureOptions dPt dLbls trendline errBars cat val shape",
    "lineChart/ser": f"{_SERIES} marker dPt dLbls trendline errBars cat val smooth",
    "dPt": "idx invertIfNegative marker bubble3D explosion spPr pictureOptions",
    "catAx": f"{_COMMON_AXIS} auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl",
    "valAx": f"{_COMMON_AXIS} crossBetween majorUnit minorUnit dispUnits",
    "scaling": "logBase orientation max min",
    "legend": "legendPos legendEntry layout overlay spPr txPr",
    "title": "tx layout overlay spPr txPr",
    "oneCellAnchor": "from ext sp grpSp graphicFrame cxnSp pic clientData",
    "twoCellAnchor": "from to sp grpSp graphicFrame cxnSp pic clientData",
}
_PLACES = {
    name: {one: place for place, among in enumerate(order.split()) for one in among.split("|")}
    for name, order in _ORDERS.items()
}
_LONG = {"sheetData"}
"""What has too many children to look at, whose order the cells themselves say."""


def elements_in_order(part: str, tree: ET.Element) -> Iterator[str]:
    """Say where elements stand in another order than the standard has."""
    waiting = [(_plain(tree.tag), tree)]
    while waiting:
        name, parent = waiting.pop()
        children = [_plain(child.tag) for child in parent]
        if name in _PLACES:
            yield from _wrong(part, name, children)
        if name not in _LONG:
            for plain, child in zip(children, parent, strict=True):
                waiting.append((f"{name}/ser" if plain == "ser" else plain, child))


def _wrong(part: str, name: str, children: list[str]) -> Iterator[str]:
    places = _PLACES[name]
    unknown = set(children) - set(places)
    if unknown:
        yield f"{part}: {name} holds {sorted(unknown)}, which it may not"
        return
    found = [places[child] for child in children]
    if found != sorted(found):
        yield f"{part}: {name} holds {children} in an order that the standard has not"


def _plain(tag: str) -> str:
    return tag.rpartition("}")[2]
