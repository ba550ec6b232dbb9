"""The opposites of what is done to notes and files: taken away what was added, put back what was taken away."""

from collections.abc import Sequence

from duedesk.actions.following.feed import put_back, take_away
from duedesk.actions.undoing.opposite import Asked, Opposite, Planned
from duedesk.domain.errors import RequestError
from duedesk.store.queries.records.feed import FeedPost, feed_post


def _take_away(asked: Asked) -> Planned:
    keys = asked.entry.keys("InvoiceFeed")
    if len(keys) > 1:
        return _take_several_away(asked, keys)
    post = _post(asked)
    if post.is_taken_away:
        raise RequestError(f"{_what(post, 'The')} was taken away already.")
    sentence = f"Take {_what(post, 'the')} away from {_where(post)}"
    return Planned(sentence, ("take_away",), (lambda workspace: take_away(workspace, post.key),))


def _put_back(asked: Asked) -> Planned:
    keys = asked.entry.keys("InvoiceFeed")
    if len(keys) > 1:
        return _put_several_back(asked, keys)
    post = _post(asked)
    if not post.is_taken_away:
        raise RequestError(f"{_what(post, 'The')} stands there.")
    sentence = f"Put {_what(post, 'the')} back on {_where(post)}"
    return Planned(sentence, ("put_back",), (lambda workspace: put_back(workspace, post.key),))


def _take_several_away(asked: Asked, keys: Sequence[int]) -> Planned:
    left = [key for key in keys if not feed_post(asked.connection, key).is_taken_away]
    if not left:
        raise RequestError("The notes were taken away already.")
    sentence = f"Take the notes away from {len(left):,} invoices"
    return Planned(sentence, ("take_away",), (lambda workspace: take_away(workspace, *left),))


def _put_several_back(asked: Asked, keys: Sequence[int]) -> Planned:
    gone = [key for key in keys if feed_post(asked.connection, key).is_taken_away]
    if not gone:
        raise RequestError("The notes stand there.")
    sentence = f"Put the notes back on {len(gone):,} invoices"
    return Planned(sentence, ("put_back",), (lambda workspace: put_back(workspace, *gone),))


def _post(asked: Asked) -> FeedPost:
    return feed_post(asked.connection, asked.entry.keys("InvoiceFeed")[0])


def _what(post: FeedPost, article: str) -> str:
    return post.name or f"{article} note"


def _where(post: FeedPost) -> str:
    return f"invoice {post.invoice}" if post.invoice else "the draft"


OPPOSITES = {
    "add_note": Opposite(_take_away, holds=()),
    "attach_file": Opposite(_take_away, holds=()),
    "take_away": Opposite(_put_back, holds=()),
    "put_back": Opposite(_take_away, holds=()),
}
