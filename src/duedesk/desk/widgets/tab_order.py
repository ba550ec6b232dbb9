"""The order in which Tab goes through widgets that were not made in it; it takes no focus itself.

It is told them: a wrapper got from the chain of focus would own the widget that follows, and take it along.
"""

from itertools import pairwise

from PySide6.QtWidgets import QWidget


def put_in_order(*widgets: QWidget) -> None:
    """Let Tab go from each widget to the next; each takes the cursor."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)
