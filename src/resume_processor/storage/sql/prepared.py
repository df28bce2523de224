"""Statements that run so often that what SQLAlchemy does around each of them counts.

For SQLite each is compiled once and then run by the driver itself, inside SQLAlchemy's transaction,
with SQLAlchemy's types on the way in and out and its errors; that takes a fifth of the time. Any
other database is asked through SQLAlchemy.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Delete, Insert, Select, Update, exc

from resume_processor.storage.sql.rows import AnyRow

Statement: TypeAlias = Select[Any] | Insert | Update | Delete
Values: TypeAlias = Mapping[str, Any]

#: What happens to the value at a place on its way in or out.
_Processors: TypeAlias = tuple[tuple[int, Callable[[Any], Any]], ...]


class Prepared:
    """One statement; thread-safe."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._plans: dict[tuple[str, ...], _Plan] = {}

    def all(self, connection: Connection, values: Values) -> Sequence[AnyRow]:
        """Its rows, with the columns by name."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, values).all()
        plan = self._plan(connection, values)
        try:
            found = _driver(connection).execute(plan.sql, plan.given(values)).fetchall()
        except sqlite3.Error as error:
            raise _as_sqlalchemys(error, connection, plan) from error
        return [plan.row(one) for one in found]

    def one_or_none(self, connection: Connection, values: Values) -> AnyRow | None:
        """Its only row."""
        rows = self.all(connection, values)
        assert len(rows) <= 1
        return rows[0] if rows else None

    def run(self, connection: Connection, values: Values) -> int:
        """How many rows it changed."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, values).rowcount
        plan = self._plan(connection, values)
        try:
            return _driver(connection).execute(plan.sql, plan.given(values)).rowcount
        except sqlite3.Error as error:
            raise _as_sqlalchemys(error, connection, plan) from error

    def run_each(self, connection: Connection, several: Sequence[Values]) -> None:
        """Once for each of several, at least one, which all have the same names."""
        if connection.dialect.name != "sqlite":
            connection.execute(self._statement, several)
            return
        plan = self._plan(connection, several[0])
        try:
            _driver(connection).executemany(plan.sql, [plan.given(values) for values in several])
        except sqlite3.Error as error:
            raise _as_sqlalchemys(error, connection, plan) from error

    def _plan(self, connection: Connection, values: Values) -> _Plan:
        names = tuple(values)
        plan = self._plans.get(names)
        if plan is None:
            plan = self._plans[names] = _plan_of(self._statement, connection, names)
        return plan


@dataclass(frozen=True, slots=True)
class _Plan:
    """SQL, the names of its values in their order, and what becomes of values and rows."""

    sql: str
    names: tuple[str, ...]
    constants: dict[str, Any]  #: values that stand in the statement itself
    going_in: _Processors
    make_row: Callable[[Any], Any]
    coming_out: _Processors

    def given(self, values: Values) -> list[Any]:
        """In their order, as the driver takes them."""
        if self.constants:
            values = {**self.constants, **values}
        given = [values[name] for name in self.names]
        for place, process in self.going_in:
            given[place] = process(given[place])
        return given

    def row(self, found: Sequence[Any]) -> AnyRow:
        """With names, as SQLAlchemy gives them."""
        values = list(found)
        for place, process in self.coming_out:
            values[place] = process(values[place])
        row: AnyRow = self.make_row(values)
        return row


def _plan_of(statement: Statement, connection: Connection, names: Sequence[str]) -> _Plan:
    dialect = connection.dialect
    compiled: Any = statement.compile(dialect=dialect, column_keys=sorted(names))
    assert not compiled.post_compile_params  # no list of as many values as there happen to be,
    assert not [*compiled.insert_prefetch, *compiled.update_prefetch]  # and no defaults made here
    order = tuple(compiled.positiontup)
    binds = [compiled.binds[name] for name in order]
    known = [name for name in order if not compiled.binds[name].required]
    columns: list[Any] = list(statement.exported_columns)
    types_in = [bind.type.dialect_impl(dialect) for bind in binds]
    types_out = [column.type.dialect_impl(dialect) for column in columns]
    row = namedtuple("Row", [column.key for column in columns])  # type: ignore[misc]  # noqa: PYI024
    return _Plan(
        sql=compiled.string,
        names=order,
        constants={name: compiled.binds[name].effective_value for name in known},
        going_in=_present(one.bind_processor(dialect) for one in types_in),
        make_row=row._make,
        coming_out=_present(one.result_processor(dialect, None) for one in types_out),
    )


def _present(processors: Iterator[Callable[[Any], Any] | None]) -> _Processors:
    return tuple((place, one) for place, one in enumerate(processors) if one is not None)


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _as_sqlalchemys(error: sqlite3.Error, connection: Connection, plan: _Plan) -> BaseException:
    return exc.DBAPIError.instance(
        plan.sql, None, error, sqlite3.Error, hide_parameters=True, dialect=connection.dialect
    )
