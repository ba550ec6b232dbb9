"""Settings as they are stored."""

from sqlalchemy import insert

from duedesk.store.book import Book
from duedesk.store.queries.settings import stored_setting
from duedesk.store.tables.desk import setting


def test_a_setting_is_found_by_name_and_missing_where_it_was_never_made(book: Book) -> None:
    with book.writing() as connection:
        connection.execute(insert(setting).values(name="colour", value='"red"'))
    assert book.ask(stored_setting, "colour") == '"red"'
    assert book.ask(stored_setting, "size") is None
