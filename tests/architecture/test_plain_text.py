"""What comes from outside is never taken for markup: text reaches the screen by ways that show it as it is."""

import ast
from collections.abc import Iterator

import pytest

from architecture.source import Module, dotted, imported_names, in_full, package, parse

LABELS = "desk/widgets/labels.py"
MESSAGES = "desk/widgets/messages.py"

MADE_ONLY_IN = {"QLabel": LABELS, "QMessageBox": MESSAGES}
"""What takes text for markup unless it is told not to, and the one file that makes it and tells it so."""

NEVER_USED = {"QInputDialog", "QErrorMessage", "QProgressDialog", "QToolTip", "QWhatsThis", "QTextBrowser", "QTextEdit"}
"""What takes text for markup and cannot be told not to, or is better told by our own."""

NEVER_CALLED = {"setHtml", "insertHtml", "appendHtml", "setMarkdown", "insertMarkdown", "setWhatsThis"}
MARKUP = {"RichText", "AutoText", "MarkdownText", "StyledText"}


def markup(module: Module) -> Iterator[str]:
    """Name each place where text could be taken for markup."""
    names = imported_names(module.tree)
    for check in (_made_elsewhere, _marked_up, _unsafe_tooltips):
        for line, what in check(module, names):
            yield f"{module.place}:{line} {what}"


def _made_elsewhere(module: Module, names: dict[str, str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module.tree):
        uses: list[ast.expr] = []
        if isinstance(node, ast.Call):
            uses = [node.func, *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
        elif isinstance(node, ast.ClassDef):
            uses = node.bases
        for use in uses:
            kind = in_full(use, names).rpartition(".")[2]
            if MADE_ONLY_IN.get(kind, module.place) != module.place:
                yield use.lineno, f"{kind} belongs in {MADE_ONLY_IN[kind]} alone"


def _marked_up(module: Module, names: dict[str, str]) -> Iterator[tuple[int, str]]:
    clipboards = {
        target.id
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name) and in_full(node.value.func, names).endswith("QMimeData")
    }
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name | ast.Attribute):
            owner, _, last = in_full(node, names).rpartition(".")
            told_to = last in MARKUP and owner.endswith("TextFormat")
            if last in NEVER_USED or told_to or (last in NEVER_CALLED and owner not in clipboards):
                yield node.lineno, last


def _unsafe_tooltips(module: Module, names: dict[str, str]) -> Iterator[tuple[int, str]]:
    imported = "duedesk.desk.widgets.labels.tooltip" in names.values()
    for node in ast.walk(module.tree):
        set_unsafely = (
            isinstance(node, ast.Call)
            and dotted(node.func).endswith(".setToolTip")
            and not all(_is_safe_tooltip(argument, names) for argument in node.args[-1:])
        )
        given_unsafely = isinstance(node, ast.Attribute) and node.attr == "ToolTipRole" and not imported
        if set_unsafely or given_unsafely:
            yield getattr(node, "lineno", 0), f"tooltips are made by `tooltip` of {LABELS}"


def _is_safe_tooltip(argument: ast.expr, names: dict[str, str]) -> bool:
    if isinstance(argument, ast.Constant):
        return "<" not in str(argument.value)
    return isinstance(argument, ast.Call) and in_full(argument.func, names).rpartition(".")[2] == "tooltip"


def test_text_on_the_screen_is_shown_as_it_is() -> None:
    assert [one for module in package() if module.room == "desk" for one in markup(module)] == []


@pytest.mark.parametrize(
    "text",
    [
        "from PySide6.QtWidgets import QLabel\nname = QLabel(account.name)",
        "from PySide6 import QtWidgets\nname = QtWidgets.QLabel()",
        "from PySide6.QtWidgets import QLabel as Text\nname = Text()",
        "from PySide6.QtWidgets import QLabel\nclass Loud(QLabel): pass",
        "from PySide6.QtWidgets import QMessageBox\nQMessageBox.warning(self, title, text)",
        "from PySide6.QtWidgets import QMessageBox\nbox = QMessageBox(self)",
        "from PySide6.QtWidgets import QInputDialog\nQInputDialog.getText(self, title, account.name)",
        "label.setTextFormat(Qt.TextFormat.RichText)",
        "label.setTextFormat(QtCore.Qt.TextFormat.AutoText)",
        "document.setHtml(note.text)",
        "button.setToolTip(account.name)",
        "button.setToolTip(f'Open {account.name}')",
        "def data(self, index, role):\n    if role == Qt.ItemDataRole.ToolTipRole:\n        return self.name(index)",
    ],
)
def test_planted_markup_is_caught(text: str) -> None:
    assert [*markup(parse(text, "desk/pages/planted.py"))]


@pytest.mark.parametrize(
    "text",
    [
        "from duedesk.desk.widgets.labels import plain_label\nname = plain_label(account.name)",
        "from PySide6.QtWidgets import QLabel\ndef dress(label: QLabel) -> None: ...",
        "from duedesk.desk.widgets.labels import tooltip\nbutton.setToolTip(tooltip(account.name))",
        "button.setToolTip('Open the invoice')",
        "from duedesk.desk.widgets.labels import tooltip\nif role == Qt.ItemDataRole.ToolTipRole: tooltip(name)",
        "copied = QMimeData()\ncopied.setHtml(table)",
    ],
)
def test_plain_text_is_not(text: str) -> None:
    assert [*markup(parse(text, "desk/pages/planted.py"))] == []


def test_the_one_place_for_labels_takes_nothing_for_markup(qtbot: object) -> None:
    from PySide6.QtCore import Qt

    from duedesk.desk.widgets.labels import elided_label, plain_label, tooltip

    trap = '<img src="file:///x"><b>Acme & Söhne</b> &lt;'

    for label in (plain_label(trap), elided_label(trap)):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert label.text() == trap
    assert _shown(tooltip(trap)) == trap


def _shown(markup_text: str) -> str:
    from PySide6.QtGui import QTextDocument

    document = QTextDocument()
    document.setHtml(markup_text)
    return document.toPlainText()
