"""Buckets edited where they stand: one split, two merged, the end of one moved; it says what came of it, shows none."""

from duedesk.domain.aging import Buckets
from duedesk.domain.errors import RequestError


def can_split(buckets: Buckets, place: int) -> bool:
    """Tell whether a bucket of days overdue has two days at least."""
    first, last = buckets.days(place)
    return place > 0 and (last is None or (first is not None and last > first))


def split(buckets: Buckets, place: int) -> Buckets:
    """Split a bucket in the middle; the oldest one a bucket's length after its beginning."""
    return Buckets(tuple(sorted({*buckets.edges, day_of_split(buckets, place)})))


def day_of_split(buckets: Buckets, place: int) -> int:
    """Give the last day of the first half."""
    first, last = buckets.days(place)
    if not can_split(buckets, place) or first is None:
        raise RequestError("A bucket of one day cannot be split.")
    if last is None:
        before = buckets.edges[-2] if len(buckets.edges) > 1 else 0
        return 2 * buckets.edges[-1] - before
    return first + (last - first + 1) // 2 - 1


def can_merge(buckets: Buckets, place: int) -> bool:
    """Tell whether a bucket has an older one beside it, and is not the last that has an end."""
    return 0 < place <= len(buckets.edges) and len(buckets.edges) > 1


def merged(buckets: Buckets, place: int) -> Buckets:
    """Take a bucket and the next older one together."""
    if not can_merge(buckets, place):
        raise RequestError("These buckets cannot be merged.", "One bucket with an end has to stay.")
    return Buckets(tuple(edge for at, edge in enumerate(buckets.edges, 1) if at != place))


def ending(buckets: Buckets, place: int, day: int) -> Buckets:
    """Let a bucket end on another day; RequestError where it would swallow the next."""
    edges = list(buckets.edges)
    edges[place - 1] = day
    return Buckets(tuple(edges))
