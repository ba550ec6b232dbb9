"""The type of the desk: Inter with tabular figures, in four sizes and two weights; it sets no font on any widget."""

from functools import cache

import fontpkg_heebo
import fontpkg_inter
import fontpkg_noto_sans_arabic
import fontpkg_noto_sans_devanagari
import fontpkg_noto_sans_thai
import noto_cjk_sans_otc
from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

SMALL, TEXT, TITLE, FIGURE = 11, 13, 20, 24
"""Pixels: pills and hints, tables and controls, page titles, the one figure that matters."""

_STRONG = 600

_PACKAGES = (
    fontpkg_inter,
    fontpkg_noto_sans_arabic,
    fontpkg_noto_sans_devanagari,
    fontpkg_noto_sans_thai,
    fontpkg_heebo,
)


def install(app: QApplication) -> None:
    """Make the desk's type known to Qt and the application's own."""
    _register()
    app.setFont(font())


def font(pixels: int = TEXT, *, strong: bool = False) -> QFont:
    """Give the desk's type in a size, tabular figures on; `strong` is for balances and the selected page."""
    given = QFont(fontpkg_inter.FAMILY)
    given.setPixelSize(pixels)
    given.setFeature(QFont.Tag("tnum"), 1)
    if strong:
        given.setWeight(QFont.Weight(_STRONG))
        given.setVariableAxis(QFont.Tag("wght"), _STRONG)  # Qt does not turn a weight into an axis by itself
    return given


@cache
def _register() -> None:
    """Make the files known; scripts that Inter lacks are written in what comes beside it, or in the system's type."""
    # Qt tells of every script that a font lacks, and then finds one that has it.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    for package in _PACKAGES:
        for file in sorted(package.ROOT.glob("files/*.ttf")):
            if "Italic" not in file.name:
                QFontDatabase.addApplicationFont(str(file))
    QFontDatabase.addApplicationFont(str(noto_cjk_sans_otc.FONT_PATH))
