"""Every command of every page has a key or is heard by one, and no key of a page is one of the window's."""

from desk.small_book import Small
from desk.waiting import Settled
from duedesk.actions.workspace import Workspace
from duedesk.desk.main_window import MainWindow
from duedesk.desk.navigation import ShowBatchRuns, ShowDunning, ShowIssued, ShowQuery
from duedesk.desk.tour_stops import facts_of, stops_of


def test_every_command_has_a_key_of_its_own(
    window: MainWindow, workspace: Workspace, small: Small, settled: Settled
) -> None:
    of_window = [key for command in window.menus.commands for key in command.keys]
    assert len(of_window) == len(set(of_window))
    stops = {type(stop.destination): stop.destination for stop in stops_of(facts_of(workspace))}
    for place in (*stops.values(), ShowDunning("Holds"), ShowIssued("Letters"), ShowQuery(), ShowBatchRuns()):
        assert place is not None
        window.go(place)
        settled()
        assert window.page is not None
        offered = window.page.commands()
        keys = [key for command in offered for key in command.keys]
        assert [command.text for command in offered if not command.keys and not command.heard] == [], place
        assert sorted(set(keys) & set(of_window)) == [], place
        assert len(keys) == len(set(keys)), place
