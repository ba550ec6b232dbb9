"""Rows in blocks without any window: what is kept, what is forgotten, what is read next."""

from hypothesis import given
from hypothesis import strategies as st

from duedesk.desk.tables.block_cache import BlockCache, Wanted


def filled(*blocks: int, size: int = 4, kept: int = 3) -> BlockCache[str]:
    cache: BlockCache[str] = BlockCache(size=size, kept=kept)
    for block in blocks:
        cache.put(block, [f"row {place}" for place in range(block * size, (block + 1) * size)])
    return cache


def test_a_row_is_found_by_its_place() -> None:
    cache = filled(0, 2)

    assert cache.row(0) == "row 0"
    assert cache.row(11) == "row 11"
    assert cache.row(4) is None
    assert 2 in cache
    assert 1 not in cache


def test_the_last_block_may_be_short() -> None:
    cache: BlockCache[str] = BlockCache(size=4)
    cache.put(1, ["row 4", "row 5"])

    assert cache.row(5) == "row 5"
    assert cache.row(6) is None
    assert cache.places(1, 6) == range(4, 6)
    assert cache.places(0, 6) == range(4)


def test_the_block_that_was_not_looked_at_for_longest_is_forgotten() -> None:
    cache = filled(0, 1, 2)
    cache.row(0)
    cache.put(3, ["row 12"])

    assert [block in cache for block in range(4)] == [True, False, True, True]


def test_a_block_that_is_read_again_is_not_kept_twice() -> None:
    cache = filled(0, 0, 0)

    assert len(cache) == 1


def test_clearing_forgets_all() -> None:
    cache = filled(0, 1)
    cache.clear()

    assert len(cache) == 0
    assert cache.row(0) is None


@given(st.lists(st.integers(0, 1_000_000), max_size=200))
def test_it_never_keeps_more_than_it_may(places: list[int]) -> None:
    cache = filled(kept=5)
    for place in places:
        if cache.row(place) is None:
            block = cache.block_of(place)
            cache.put(block, [f"row {one}" for one in range(block * 4, block * 4 + 4)])
        assert cache.row(place) == f"row {place}"
        assert len(cache) <= 5


def test_what_was_wanted_last_is_read_first() -> None:
    wanted = Wanted(waiting=3)
    for block in (7, 8, 9, 8):
        wanted.ask(block)

    assert [wanted.take(), wanted.take(), wanted.take(), wanted.take()] == [8, 9, 7, None]


def test_what_has_been_scrolled_past_is_not_read_at_all() -> None:
    wanted = Wanted(waiting=2)
    for block in range(100):
        wanted.ask(block)

    assert [wanted.take(), wanted.take(), wanted.take()] == [99, 98, None]


def test_nothing_wanted_is_nothing() -> None:
    wanted = Wanted()
    wanted.ask(1)
    assert wanted

    wanted.clear()
    assert not wanted
    assert wanted.take() is None


def test_what_stands_next_to_it_and_is_wanted_too_is_read_with_it() -> None:
    wanted = Wanted(waiting=3)
    for block in (4, 9, 5):
        wanted.ask(block)

    assert wanted.take() == 5
    assert wanted.take_beside(5) == 4
    assert wanted.take_beside(5) is None
    assert wanted.take() == 9
