"""Notes and files on an invoice for people and for machines; it reads none."""

from collections.abc import Iterable, Iterator

from duedesk.cli.json_text import Json
from duedesk.cli.layout import aligned
from duedesk.cli.lists.record_text import moment
from duedesk.domain.days import write_moment
from duedesk.store.queries.records.feed import FeedPost


def feed_lines(posts: Iterable[FeedPost]) -> Iterator[str]:
    """Write notes and files, newest first, with the keys they are named by."""
    rows: list[tuple[str, str]] = []
    for post in posts:
        first, *others = (*([f"[{post.name}, {size(post.size)}]"] if post.is_file else []), *post.text.splitlines())
        rows.append((f"{post.key}  {moment(post.at)}", f"{first} ({post.who})"))
        rows += (("", line) for line in others)
    yield from aligned(rows)


def feed_json(post: FeedPost) -> Json:
    """Give a note or file with all that is known of it."""
    file: Json = {"name": post.name, "media_type": post.media_type, "size": post.size} if post.is_file else None
    return {"key": post.key, "at": write_moment(post.at), "who": post.who, "text": post.text, "file": file}


def size(count: int) -> str:
    """Write a number of bytes for people: `12 kB`."""
    for unit, worth in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= worth:
            return f"{count / worth:,.1f} {unit}"
    return f"{count} bytes"
