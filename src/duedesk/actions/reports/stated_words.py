"""Which language a statement is written in, and its words as a sheet takes them; the PDF reads its own."""

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import Connection

from duedesk.documents.dunning_wording import language_for
from duedesk.documents.labels import read_labels
from duedesk.documents.statement_labels import read_statement_labels
from duedesk.domain.reports.offered import LANGUAGE, ReportRequest
from duedesk.domain.reports.statements import Statement, StatementFrame
from duedesk.exchange.workbooks.statement_words import StatementWords
from duedesk.store.queries.reports.statement_languages import languages_of


def written_in(
    connection: Connection, request: ReportRequest, statements: Sequence[Statement], house: str
) -> dict[int, str]:
    """Give the language of each account's statements: the one asked for, that of its contact, else the house's."""
    keys = {one.to.key for one in statements}
    own = {} if request.option(LANGUAGE.name) else languages_of(connection, keys)
    return {key: language_for(request.option(LANGUAGE.name) or own.get(key), house) for key in keys}


def words_of(language: str, frame: StatementFrame) -> StatementWords:
    """Give the words of a statement's sheet; RequestError where there are none in the language."""
    labels, own = read_labels(language), read_statement_labels(language)
    same = {one.name: getattr(own, one.name) for one in fields(StatementWords) if hasattr(own, one.name)}
    first, last = (day and labels.day_in_full(day).replace("\xa0", " ") for day in (frame.first_day, frame.as_of))
    days = f"{first} – {last}" if first else f"{own.as_of} {last}"
    return StatementWords(
        **same,
        days=days,
        account=labels.account,
        currency=own.account_currency,
        pay_to=labels.transfer_to,
        page_of=labels.page_of.format(page="&P", pages="&N"),
    )
