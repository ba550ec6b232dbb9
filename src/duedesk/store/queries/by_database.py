"""A condition that a file and a server are asked in other words, because their planners are; it says none itself."""

from typing import Any, Self

from sqlalchemy import Boolean
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType


class by_database(FunctionElement[bool]):  # noqa: N801 - it is used as a function and named as one
    """The first condition where the book is a file, the second where it is on a server."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:  # noqa: ARG002 - SQLAlchemy's signature
        """Stay a condition: compared with 1, no index would be asked."""
        return self


@compiles(by_database, "sqlite")
def _on_file(element: by_database, compiler: SQLCompiler, **kwargs: Any) -> str:
    on_file, _ = element.clauses
    return f"({compiler.process(on_file, **kwargs)})"


@compiles(by_database, "postgresql")
def _on_server(element: by_database, compiler: SQLCompiler, **kwargs: Any) -> str:
    _, on_server = element.clauses
    return f"({compiler.process(on_server, **kwargs)})"
