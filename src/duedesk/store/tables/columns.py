"""Column types that mean the same on SQLite (STRICT) and PostgreSQL: amounts, days, moments, flags and text.

SQLite STRICT knows INTEGER and TEXT only, so days and moments are ISO 8601 text there, which sorts as time does.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.sql.schema import SchemaItem
from sqlalchemy.types import TypeDecorator, TypeEngine

from duedesk.domain.days import write_moment
from duedesk.domain.money import from_units, to_units
from duedesk.domain.rates import rate_from_units, rate_to_units

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Key(TypeDecorator[int]):
    """A record's number: a rowid alias on SQLite, a bigint on PostgreSQL."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use INTEGER on SQLite: only that is the rowid itself."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())


class Amount(TypeDecorator[Decimal]):
    """An amount as whole ten-thousandths in 64 bits, a Decimal in Python."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use INTEGER on SQLite, which STRICT allows."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Store whole ten-thousandths; RequestError where the amount does not fit."""
        return None if value is None else to_units(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Give a Decimal back; a sum over bigints is numeric on PostgreSQL."""
        return None if value is None else from_units(int(value))


class Rate(TypeDecorator[Decimal]):
    """A rate of exchange as whole millionths of a millionth in 64 bits, a Decimal in Python."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use INTEGER on SQLite, which STRICT allows."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Store whole units; RequestError where the rate does not fit."""
        return None if value is None else rate_to_units(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Give a Decimal back."""
        return None if value is None else rate_from_units(int(value))


class Day(TypeDecorator[date]):
    """A date without a time."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use ISO text on SQLite and DATE on PostgreSQL."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Date())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        """Write ISO text where dates are text."""
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        """Give a date back."""
        return date.fromisoformat(value) if value is not None and dialect.name == "sqlite" else value


class Moment(TypeDecorator[datetime]):
    """A moment, always UTC."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use ISO text on SQLite and TIMESTAMPTZ on PostgreSQL."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Write text that sorts by time where moments are text."""
        return write_moment(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give an aware moment in UTC back."""
        if value is None:
            return None
        return (datetime.fromisoformat(value) if dialect.name == "sqlite" else value).astimezone(UTC)


class Flag(TypeDecorator[bool]):
    """Yes or no."""

    impl = Integer
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use INTEGER on SQLite, which STRICT allows."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else Boolean())

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> Any:  # noqa: FBT001
        """Write 0 or 1 where flags are integers."""
        return int(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:  # noqa: ARG002
        """Give a bool back."""
        return None if value is None else bool(value)


def table(name: str, *items: SchemaItem) -> Table:
    """Make a table, STRICT on SQLite, with the record key in front."""
    return Table(name, METADATA, Column("id", Key, primary_key=True), *items, sqlite_strict=True)


def words(name: str, *, required: bool = False) -> Column[str]:
    """A text column."""
    return Column(name, Text, nullable=not required)


def amount(name: str, *, required: bool = True) -> Column[Decimal]:
    """An amount column; nothing is 0."""
    return Column(name, Amount, nullable=not required, server_default="0" if required else None)


def rate(name: str) -> Column[Decimal]:
    """A rate of exchange."""
    return Column(name, Rate, nullable=False)


def day(name: str, *, required: bool = False) -> Column[date]:
    """A date column."""
    return Column(name, Day, nullable=not required)


def moment(name: str, *, required: bool = False) -> Column[datetime]:
    """A moment column."""
    return Column(name, Moment, nullable=not required)


def flag(name: str, *, default: bool = False) -> Column[bool]:
    """A yes-or-no column; no is the default."""
    return Column(name, Flag, nullable=False, server_default=str(int(default)))


def content(name: str) -> Column[bytes]:
    """A column of bytes as they are."""
    return Column(name, LargeBinary, nullable=False)


def number(name: str, *, default: str | None = None) -> Column[int]:
    """A whole number."""
    return Column(name, Integer, nullable=default is None, server_default=default)


def record_key(name: str) -> Column[int]:
    """The key of a record of any table, which may be gone: no foreign key."""
    return Column(name, Key, nullable=False)


def link(name: str, to: str, *, required: bool = False) -> Column[int]:
    """A reference to a record of another table."""
    return Column(name, Key, ForeignKey(f"{to}.id"), nullable=not required)


def one_of(name: str, *values: str) -> CheckConstraint:
    """Allow only the given values in a text column."""
    return CheckConstraint(f"{name} IN ({', '.join(repr(value) for value in values)})", name=name)


__all__ = [
    "METADATA",
    "Amount",
    "CheckConstraint",
    "Column",
    "Day",
    "Flag",
    "Index",
    "Key",
    "Moment",
    "Rate",
    "amount",
    "content",
    "day",
    "flag",
    "link",
    "moment",
    "number",
    "one_of",
    "rate",
    "record_key",
    "table",
    "words",
]
