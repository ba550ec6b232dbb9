"""How a figure of a page is made up, asked of the book as of a day and as known then; each kind is told elsewhere."""

from sqlalchemy import Connection

from duedesk.domain.explaining.figures import (
    AgingFigure,
    Explanation,
    Figure,
    ForecastFigure,
    HabitFigure,
    KeyFigure,
    ListFigure,
    MovementFigure,
    PayingFigure,
    RecordFigure,
)
from duedesk.store.queries.explaining.aging import explain_aging
from duedesk.store.queries.explaining.forecast import explain_expected
from duedesk.store.queries.explaining.habits import explain_habit
from duedesk.store.queries.explaining.lists import explain_list
from duedesk.store.queries.explaining.metrics import explain_key_figure
from duedesk.store.queries.explaining.moved import explain_movement
from duedesk.store.queries.explaining.paying import explain_paying
from duedesk.store.queries.explaining.records import explain_record


def explain(connection: Connection, figure: Figure) -> Explanation:
    """Give how a figure is made up; RequestError where it is none that can be explained."""
    match figure:
        case RecordFigure():
            return explain_record(connection, figure)
        case ListFigure():
            return explain_list(connection, figure)
        case AgingFigure():
            return explain_aging(connection, figure)
        case KeyFigure():
            return explain_key_figure(connection, figure)
        case HabitFigure():
            return explain_habit(connection, figure)
        case MovementFigure():
            return explain_movement(connection, figure)
        case ForecastFigure():
            return explain_expected(connection, figure)
        case PayingFigure():
            return explain_paying(connection, figure)
