"""What somebody tries who leaves the program aside and talks to the server with a login of their own.

Cem is a clerk and may see I-1 alone; I-2 is Dee's. Aud is an auditor. Nothing is public.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from random import Random

import psycopg
import pytest
from sqlalchemy import Connection, insert, select

from build import Builder
from conftest import NOW
from duedesk.domain.access import Role, Visibility
from duedesk.domain.objects import CATALOG
from duedesk.domain.world import World
from duedesk.store import journal
from duedesk.store.book import Book
from duedesk.store.standing import VISIBILITY
from duedesk.store.tables import METADATA
from duedesk.store.tables.desk import setting
from duedesk.store.tables.following import history_entry, invoice_feed, stored_file
from duedesk.store.tables.ledger import invoice_line
from duedesk.store.tables.party import owner
from duedesk.store.visible import OPEN_TO_ALL
from store.access.logins import keep_login, location_of

PEOPLE = {"cem": Role.CLERK, "dee": Role.CLERK, "sue": Role.SUPERVISOR, "fay": Role.FINANCE, "aud": Role.AUDITOR}


@pytest.fixture
def held(server_book: Book) -> Book:
    """The book under attack."""
    with server_book.writing() as connection:
        keys = {
            login: connection.execute(
                insert(owner)
                .values(name=login.title(), type="User", login=login, role=role, created_date=NOW)
                .returning(owner.c.id)
            ).scalar_one()
            for login, role in PEOPLE.items()
        }
        connection.execute(insert(setting).values(name=VISIBILITY, value=f'"{Visibility.PRIVATE}"'))
        build = Builder(connection)
        acme = build.account("Acme Ltd", owner=keys["cem"])
        build.account("Zeta Ltd", owner=keys["dee"])
        first = build.invoice("I-1", acme, "100", on="2026-01-01", owner=keys["cem"])
        second = build.invoice("I-2", acme, "200", on="2026-01-01", owner=keys["dee"])
        money = build.payment(acme, "60", on="2026-01-05", number="P-1")
        build.apply(first, "20", on="2026-01-05", account=acme, payment=money)
        build.apply(second, "30", on="2026-01-05", account=acme, payment=money)
        for key in (first, second):
            line = {"invoice_id": key, "name": "Line", "type": "Charge", "created_date": NOW}
            connection.execute(insert(invoice_line).values(**line))
            file = {"name": f"{key}", "media_type": "text/plain", "size": 1, "sha256": f"{key}", "content": b"x"}
            kept = connection.execute(insert(stored_file).values(**file).returning(stored_file.c.id)).scalar_one()
            note = {"parent_id": key, "type": "TextPost", "body": "Psst", "inserted_by": "sue", "created_date": NOW}
            connection.execute(insert(invoice_feed).values(**note, related_record_id=kept))
        build.settle()
        _keep_history(connection, first, second)
    for login, role in PEOPLE.items():
        keep_login(server_book, login, role)
    return server_book


def _keep_history(connection: Connection, *keys: int) -> None:
    world = World(now=lambda: NOW, today=NOW.date, random=Random(0), user="sue")
    for key in keys:
        entry = journal.record(connection, world, action="post", summary=f"Invoice {key} posted")
        row = {"object_name": "Invoice", "record_key": key, "field": "Status", "data_type": "string"}
        row |= {"created_by": "sue", "created_date": NOW, "action": "post", "journal_id": entry}
        connection.execute(insert(history_entry).values(**row, new_value="Posted", previous_hash="0", hash=f"h{key}"))


@contextmanager
def as_login(book: Book, login: str) -> Iterator[psycopg.Connection]:
    """Connect as somebody would with psql."""
    with psycopg.connect(location_of(book, login), autocommit=True) as connection:
        yield connection


def _count(connection: psycopg.Connection, question: str) -> int:
    row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return int(row[0])


HIDDEN = {
    "invoice": 1,
    "invoice_line": 1,
    "application": 1,
    "invoice_feed": 1,
    "stored_file": 1,
    "history_entry": 1,
    "invoice_share": 0,
    "payment": 1,
}


@pytest.mark.parametrize(("table", "seen"), HIDDEN.items())
def test_a_clerk_reads_what_is_theirs_and_nothing_else(held: Book, table: str, seen: int) -> None:
    with as_login(held, "cem") as connection:
        assert _count(connection, f"SELECT count(*) FROM {table}") == seen
        for way in ("SET row_security = off", "SET search_path = pg_catalog, public", "SET ROLE duedesk_clerk"):
            with suppress(psycopg.errors.InsufficientPrivilege):  # without row_security the question is refused
                connection.execute(way.encode())
                assert _count(connection, f"SELECT count(*) FROM public.{table}") <= seen
            connection.execute(b"RESET ROLE; RESET row_security")


def test_what_was_paid_elsewhere_is_known_as_a_sum_and_no_more(held: Book) -> None:
    with as_login(held, "cem") as connection:
        assert connection.execute("SELECT account_id, impact_amount FROM hidden_application").fetchall() == [
            (1, -300_000)
        ]
    with as_login(held, "dee") as connection:
        assert _count(connection, "SELECT count(*) FROM hidden_application") == 1
    with as_login(held, "sue") as connection:
        assert _count(connection, "SELECT count(*) FROM hidden_application") == 0


REFUSED = """
UPDATE invoice SET owner_id = (SELECT id FROM owner WHERE login = 'cem') WHERE id = 2 RETURNING id
UPDATE invoice SET status = 'Voided', voided_date = '2026-02-01', voided_at = now() WHERE id = 1
UPDATE invoice SET status = 'Canceled' WHERE id = 1
UPDATE invoice SET total_amount_with_tax = 1 WHERE id = 1
UPDATE invoice SET balance = 0, settlement_status = 'Settled' WHERE id = 1
UPDATE invoice SET net_payments_applied = 0 WHERE id = 1
UPDATE payment SET balance = 600000, net_applied = 0 WHERE id = 1
UPDATE payment SET status = 'Canceled', cancellation_effective_date = '2026-02-01', cancellation_date = now()
DELETE FROM invoice WHERE id = 1
DELETE FROM payment WHERE id = 1
DELETE FROM application
UPDATE application SET amount = 1, impact_amount = -1
DELETE FROM dispute
UPDATE dispute SET disputed_amount = 1
INSERT INTO dispute (name, invoice_id, currency_iso_code, disputed_amount, reason_code, received_date, recorded_at,
    recorded_by) VALUES ('I-2/1', 2, 'EUR', 10, 'Price', '2026-02-01', now(), 'cem')
INSERT INTO dispute (name, invoice_id, currency_iso_code, disputed_amount, reason_code, received_date, recorded_at,
    recorded_by) VALUES ('I-1/9', 1, 'EUR', 10, 'Price', '2026-02-01', now(), 'sue')
INSERT INTO dunning_hold (name, invoice_id, reason_code, start_date, end_date, recorded_at, recorded_by)
    VALUES ('H-1', 2, 'Other', '2026-02-01', '2026-03-01', now(), 'cem')
UPDATE dunning_policy SET name = 'Mine'
UPDATE dunning_level SET days_overdue = 0
INSERT INTO dated_conversion_rate (base_iso_code, iso_code, start_date, conversion_rate)
    VALUES ('EUR', 'USD', '2026-01-01', 1)
INSERT INTO reference_rate (series, start_date, percent, source) VALUES ('ECB', '2026-07-01', 90000, 'me')
INSERT INTO interest_charge (invoice_id, currency_iso_code, charged_from, charged_until, amount, recorded_at,
    recorded_by) VALUES (2, 'EUR', '2026-02-01', '2026-03-01', 10, now(), 'cem')
DELETE FROM history_entry
UPDATE history_entry SET new_value = 'Draft'
DELETE FROM journal_entry
UPDATE journal_entry SET actor = 'sue'
UPDATE owner SET role = 'Finance' WHERE login = 'cem' RETURNING id
UPDATE owner SET login = 'cem' WHERE login = 'fay' RETURNING id
INSERT INTO owner (name, type, login, role, created_date) VALUES ('Me', 'User', 'me', 'Finance', now())
INSERT INTO group_member (group_id, user_or_group_id) VALUES (2, 1)
INSERT INTO invoice_share (parent_id, user_or_group_id, access_level, row_cause, created_date)
    VALUES (2, 1, 'Edit', 'Manual', now())
INSERT INTO invoice_owner_sharing_rule (name, group_id, user_or_group_id, invoice_access_level, created_date)
    VALUES ('Mine', 2, 1, 'Edit', now())
INSERT INTO setting (name, value) VALUES ('x', '1')
UPDATE setting SET value = '"Public Read/Write"' RETURNING id
INSERT INTO journal_entry (recorded_at, actor, action, summary, details, previous_hash, hash)
    VALUES (now(), 'sue', 'void', 'Sue did it', '{}', '0', 'x')
INSERT INTO history_entry (object_name, record_key, field, data_type, created_by, created_date, action, journal_id,
    previous_hash, hash) VALUES ('Invoice', 1, 'Status', 'string', 'sue', now(), 'post', 1, '0', 'x')
INSERT INTO application (kind, type, invoice_id, payment_id, account_id, currency_iso_code, amount, impact_amount,
    effective_date, recorded_at) VALUES ('payment', 'Applied', 1, 1, 1, 'EUR', 10, -10, '2026-02-01', now())
INSERT INTO application (kind, type, invoice_id, payment_id, account_id, currency_iso_code, amount, impact_amount,
    effective_date, recorded_at) VALUES ('payment', 'Applied', 2, 1, 1, 'EUR', 10, -10, '2026-02-01', now())
INSERT INTO refund (account_id, payment_id, status, type, processing_mode, currency_iso_code, effective_date, amount,
    created_date) VALUES (1, 1, 'Processed', 'x', 'External', 'EUR', '2026-02-01', 10, now())
TRUNCATE invoice CASCADE
ALTER TABLE invoice DISABLE ROW LEVEL SECURITY
ALTER TABLE invoice DISABLE TRIGGER ALL
DROP POLICY invoice_read ON invoice
CREATE OR REPLACE FUNCTION public.duedesk_role() RETURNS text LANGUAGE sql AS $$ SELECT 'Finance' $$
SET ROLE duedesk
SET ROLE duedesk_finance
SET SESSION AUTHORIZATION sue
GRANT duedesk_finance TO cem
SELECT duedesk_grant()
SET session_replication_role = replica
COPY invoice TO PROGRAM 'cat'
SELECT lo_import('/etc/passwd')
"""
"""One a line, or going on where it is indented."""

REFUSALS = (psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation, psycopg.errors.RaiseException)
"""By grants and policies, by rules on rows and figures, by the guards of what is posted."""


@pytest.mark.parametrize("attack", re.sub(r"\n +", " ", REFUSED).strip().splitlines())
def test_a_clerk_changes_nothing_that_is_not_theirs(held: Book, attack: str) -> None:
    before = _whole(held)
    with as_login(held, "cem") as connection, suppress(*REFUSALS):
        assert connection.execute(attack.encode()).rowcount == 0, "it found nothing to change"
    assert _whole(held) == before


def _whole(book: Book) -> dict[str, list[tuple[object, ...]]]:
    with book.reading_all() as connection:
        return {
            name: [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
            for name, table in METADATA.tables.items()
        }


def test_a_table_of_ones_own_deceives_no_guard(held: Book) -> None:
    """The guard of the lines looks whether their invoice is posted: not in the attacker's invoice."""
    with as_login(held, "cem") as connection:
        connection.execute(b"CREATE TEMP TABLE invoice (id bigint, posted_at timestamptz)")
        connection.execute(b"CREATE TEMP TABLE owner AS SELECT * FROM public.owner")
        connection.execute(b"UPDATE pg_temp.owner SET role = 'Finance' WHERE login = 'cem'")
        connection.execute(b"INSERT INTO pg_temp.invoice VALUES (1, NULL)")
        for change in ("UPDATE public.invoice_line SET line_amount = 1", "DELETE FROM public.invoice_line"):
            with pytest.raises(psycopg.errors.RaiseException, match="is posted and cannot be changed"):
                connection.execute(change.encode())
        assert _count(connection, "SELECT count(*) FROM public.invoice") == 1


def test_a_function_of_ones_own_sees_nothing_on_the_way(held: Book) -> None:
    """A cheap function in the condition would be asked before the policy, were it not for the barrier."""
    with as_login(held, "cem") as connection:
        connection.execute(
            b"CREATE FUNCTION pg_temp.peek(text, bigint) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS "
            b"$$ BEGIN RAISE WARNING '% %', $1, $2; RETURN true; END $$"
        )
        told: list[str] = []
        connection.add_notice_handler(lambda notice: told.append(notice.message_primary or ""))
        connection.execute(b"SELECT * FROM invoice WHERE pg_temp.peek(document_number, balance)").fetchall()
        connection.execute(b"SELECT * FROM hidden_application WHERE pg_temp.peek(kind, impact_amount)").fetchall()
    assert sorted(told) == ["I-1 800000", "payment -300000"]


@pytest.mark.parametrize("table", sorted(METADATA.tables))
def test_an_auditor_writes_nothing(held: Book, table: str) -> None:
    with as_login(held, "aud") as connection:
        assert _count(connection, "SELECT count(*) FROM invoice") == 2
        assert _count(connection, f"SELECT count(*) FROM {table}") >= 0
        for statement in (
            f"INSERT INTO {table} DEFAULT VALUES",
            f"UPDATE {table} SET id = id",
            f"DELETE FROM {table}",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())


@pytest.mark.parametrize("table", sorted(METADATA.tables))
def test_whoever_has_left_reads_nothing(held: Book, table: str) -> None:
    with held.writing() as connection:
        connection.execute(owner.update().where(owner.c.login == "cem").values(is_active=False))
    with as_login(held, "cem") as connection:
        expected = 0 if table not in OPEN_TO_ALL or table in {"setting", "group_member", "account", "contact"} else None
        found = _count(connection, f"SELECT count(*) FROM {table}")
    assert expected is None or found == expected


def test_a_supervisor_makes_nobody_finance(held: Book) -> None:
    with as_login(held, "sue") as connection:
        for change in (
            "UPDATE owner SET role = 'Finance' WHERE login = 'sue'",
            "UPDATE owner SET login = 'cem2' WHERE login = 'fay' RETURNING id",
            "INSERT INTO owner (name, type, login, role, created_date) VALUES ('Me', 'User', 'me', 'Finance', now())",
        ):
            with suppress(psycopg.errors.InsufficientPrivilege):
                assert connection.execute(change.encode()).rowcount == 0
        assert connection.execute(b"UPDATE owner SET role = 'Supervisor' WHERE login = 'cem'").rowcount == 1


def test_every_table_is_granted_and_every_table_of_records_bound(held: Book) -> None:
    with held.reading_all() as connection:
        for table in METADATA.tables:
            for role in ("clerk", "supervisor", "finance", "auditor"):
                question = f"SELECT has_table_privilege('duedesk_{role}', '{table}', 'SELECT')"
                assert connection.exec_driver_sql(question).scalar(), f"grant {table} to duedesk_{role}"
            bound = connection.exec_driver_sql(
                f"SELECT relrowsecurity FROM pg_class WHERE relname = '{table}'"
            ).scalar()
            assert bound or table in OPEN_TO_ALL, f"{table} has no policy"
        policies = connection.exec_driver_sql("SELECT qual FROM pg_policies WHERE policyname = 'record_change_read'")
        qualified = policies.scalar_one()
        for one in CATALOG:
            if one.table not in OPEN_TO_ALL | {"history_entry"}:
                assert f"'{one.name}'" in qualified, f"say in the policy of record_change who sees a {one.name}"
        loose = (
            "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace "
            "WHERE n.nspname = 'public' AND prosecdef "
            "AND NOT coalesce(array_to_string(proconfig, ' '), '') LIKE '%%pg_temp'"
        )
        assert connection.exec_driver_sql(loose).scalars().all() == [], "a search path others could step into"
