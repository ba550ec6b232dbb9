"""What can be done to a bucket at its head: split, merge, change its end there; it tells which buckets came of it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton

from duedesk.desk.pages.aging.edges import can_merge, can_split, day_of_split, ending, merged, split
from duedesk.desk.pages.aging.model import AgingModel
from duedesk.desk.tables.header import RecordHeader
from duedesk.desk.widgets.labels import set_tooltip
from duedesk.domain.aging import LAST_EDGE, Basis, Buckets
from duedesk.domain.errors import RequestError

_BUTTON = 20
_HELP = "Split, merge or move this bucket (right click, or F2 in its column)"


class BucketHead(QObject):
    """Listens at the heads of a table."""

    edited = Signal(object)
    """Other Buckets are asked for."""
    refused = Signal(str)
    """What was typed is no end, in words."""

    def __init__(self, head: RecordHeader, model: AgingModel) -> None:
        super().__init__(head)
        self._head = head
        self._model = model
        self._buckets, self._basis = Buckets(), Basis.DUE
        self.field = QLineEdit(head.viewport())
        self.field.setValidator(QIntValidator(1, LAST_EDGE, self.field))
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setVisible(False)
        self.field.installEventFilter(self)
        self._place, self._hovered = 0, -1
        self.button = QToolButton(head.viewport())
        self.button.setText("⋯")
        self.button.setFixedSize(_BUTTON, _BUTTON)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.setVisible(False)
        set_tooltip(self.button, _HELP)
        self.button.clicked.connect(lambda *_: self.open_menu(self._hovered))
        head.viewport().installEventFilter(self)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(lambda at: self.open_menu(head.logicalIndexAt(at)))
        self.field.returnPressed.connect(self._take)

    def set_buckets(self, buckets: Buckets, basis: Basis = Basis.DUE) -> None:
        """Work on these buckets, named by the date that age is counted from."""
        self._buckets, self._basis = buckets, basis
        self.field.setVisible(False)

    def menu(self, section: int) -> QMenu | None:
        """Give the menu of a head; None where it is no bucket that can be edited."""
        place = self._model.bucket_of(section)
        if not place:
            return None
        menu = QMenu(self._head)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        buckets, labels = self._buckets, self._labels(self._buckets)
        if can_split(buckets, place):
            halves = self._labels(split(buckets, place))
            menu.addAction(f"Split into {halves[place]} and {halves[place + 1]}").triggered.connect(
                lambda *_: self.edited.emit(split(buckets, place))
            )
        if can_merge(buckets, place):
            together = self._labels(merged(buckets, place))[place]
            menu.addAction(f"Merge with {labels[place + 1]} to {together}").triggered.connect(
                lambda *_: self.edited.emit(merged(buckets, place))
            )
        if place <= len(buckets.edges):
            menu.addAction("Change its last day…").triggered.connect(lambda *_: self.edit_end(section))
        else:
            menu.addAction(f"End it after {day_of_split(buckets, place)} days").triggered.connect(
                lambda *_: self.edited.emit(split(buckets, place))
            )
        return menu

    def open_menu(self, section: int) -> None:
        """Open the menu of a head below it."""
        menu = self.menu(section)
        if menu is not None:
            left = self._head.sectionViewportPosition(section)
            menu.popup(self._head.viewport().mapToGlobal(QPoint(left, self._head.height())))

    def edit_end(self, section: int) -> None:
        """Put a field on a head, in which the last day of its bucket is typed."""
        self._place = self._model.bucket_of(section) or 0
        if not 0 < self._place <= len(self._buckets.edges):
            return
        left, width = self._head.sectionViewportPosition(section), self._head.sectionSize(section)
        self.field.setGeometry(QRect(left + 4, 4, width - 8, self._head.height() - 8))
        self.field.setAccessibleName(f"Last day of {self._labels(self._buckets)[self._place]}")
        self.field.setText(str(self._buckets.edges[self._place - 1]))
        self.field.setVisible(True)
        self.field.selectAll()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the button on the head under the mouse, leave the field by Esc."""
        if watched is self.field:
            return self._on_field(event)
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseMove:
            self._hover(self._head.logicalIndexAt(event.position().toPoint()))
        elif event.type() is QEvent.Type.Leave:
            self._hover(-1)
        return False

    def _labels(self, buckets: Buckets) -> tuple[str, ...]:
        return buckets.labels_from(self._basis)

    def _hover(self, section: int) -> None:
        is_bucket = bool(self._model.bucket_of(section))
        self._hovered = section if is_bucket else -1
        if is_bucket:
            left = self._head.sectionViewportPosition(section)
            self.button.move(left + 2, (self._head.height() - _BUTTON) // 2)
            self.button.setAccessibleName(f"Bucket {self._labels(self._buckets)[self._model.bucket_of(section) or 0]}")
        self.button.setVisible(is_bucket)

    def _on_field(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.field.setVisible(False)
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.KeyPress:
                self.field.setVisible(False)
            event.accept()
            return True
        return False

    def _take(self) -> None:
        try:
            buckets = ending(self._buckets, self._place, int(self.field.text() or 0))
        except RequestError as refused:
            self.refused.emit(str(refused))
            return
        self.field.setVisible(False)
        if buckets != self._buckets:
            self.edited.emit(buckets)
