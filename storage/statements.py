"""Statements that portals wait for, put to the database's driver without SQLAlchemy in between.

SQLAlchemy words each of them, once, and its pool lends the connection. Asking through it took 1.0 ms of CPU where the
driver takes 0.3 (four papers of an owner, PostgreSQL), and a portal's request has few milliseconds in all.
"""

from collections import namedtuple
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import ClauseElement, Connection, Dialect, SelectBase
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import ExpandedState, SQLCompiler

Told = TypeVar("Told")
_Place = TypeVar("_Place")
_Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A connection of the driver's, lent by the pool."""

    driver: Any
    dialect: Dialect

    @classmethod
    def by(cls, connection: Connection) -> "Held":
        """In whatever transaction that one is."""
        return cls(connection.connection.driver_connection, connection.dialect)

    def wrap(self, error: Any, sql: str | None = None) -> Exception:
        """What SQLAlchemy would raise for an error of the driver's: see ``database.translated``."""
        return wrap(self.dialect, error, sql, is_lost=self.dialect.is_disconnect(error, self.driver, None))


def wrap(dialect: Dialect, error: Exception, sql: str | None = None, *, is_lost: bool = False) -> Exception:
    known = dialect.loaded_dbapi.Error
    return DBAPIError.instance(sql, None, error, known, hide_parameters=True, connection_invalidated=is_lost)


@dataclass(frozen=True, slots=True)
class Question:
    statement: "Statement"
    values: Mapping[str, object]


Steps = Generator[Question, list[Any], Told]
"""Questions put one after another, each answered with its rows, and what comes of them: the same whether a thread waits
for the answers or an event loop.
"""


def answer(held: Held, steps: Steps[Told]) -> Told:
    try:
        question = next(steps)
        while True:
            question = steps.send(question.statement.run(held, question.values))
    except StopIteration as end:
        return cast("Told", end.value)


async def async_answer(held: Held, steps: Steps[Told]) -> Told:
    """On a connection of psycopg's for event loops."""
    try:
        question = next(steps)
        while True:
            question = steps.send(await question.statement.async_run(held, question.values))
    except StopIteration as end:
        return cast("Told", end.value)


class Statement:
    """In the words of every database, worded at its first use. Safe to share between threads."""

    def __init__(self, core: ClauseElement) -> None:
        self._core = core
        self._worded: dict[str, _Worded] = {}

    def run(self, held: Held, values: Mapping[str, object]) -> list[Any]:
        """Its rows; takes values and gives rows as SQLAlchemy would, and raises what it would."""
        worded = self._in_words_of(held.dialect)
        sql, parameters = worded.fill(values)
        try:
            return worded.read(held.driver.execute(sql, parameters))
        except held.dialect.loaded_dbapi.Error as error:
            raise held.wrap(error, sql) from error

    async def async_run(self, held: Held, values: Mapping[str, object]) -> list[Any]:
        worded = self._in_words_of(held.dialect)
        sql, parameters = worded.fill(values)
        try:
            cursor = await held.driver.execute(sql, parameters)
            return worded.read(await cursor.fetchall() if worded.gives_rows else ())
        except held.dialect.loaded_dbapi.Error as error:
            raise held.wrap(error, sql) from error

    def asking(self, values: Mapping[str, object]) -> Question:
        return Question(self, values)

    def _in_words_of(self, dialect: Dialect) -> "_Worded":
        worded = self._worded.get(dialect.name)
        if worded is None:
            worded = self._worded[dialect.name] = _Worded(self._core, dialect)
        return worded


class _Worded:
    """For one database."""

    def __init__(self, core: ClauseElement, dialect: Dialect) -> None:
        self._compiled = cast("SQLCompiler", core.compile(dialect=dialect))
        self._fixed: ExpandedState | None = None
        """Where no value takes the place of several parameters."""
        columns = list(core.selected_columns) if isinstance(core, SelectBase) else []
        self._row: Callable[[Iterable[Any]], Any] = namedtuple("Row", [one.name for one in columns])._make  # type: ignore[attr-defined]  # noqa: PYI024
        self.gives_rows = bool(columns)
        types = [one.type.dialect_impl(dialect) for one in columns]
        self._from_driver = _known(enumerate(type_.result_processor(dialect, None) for type_ in types))
        # What the statement itself names, as the states of a paper, is as many parameters every time.
        self._expands = any(one.expanding and one.required for one in self._compiled.binds.values())
        bound = {name: one.type.dialect_impl(dialect) for name, one in self._compiled.binds.items()}
        self._to_driver = _known((name, type_.bind_processor(dialect)) for name, type_ in bound.items())

    def fill(self, values: Mapping[str, object]) -> tuple[str, Sequence[object] | Mapping[str, object]]:
        """The statement, and what takes the place of its parameters."""
        filled = dict(values)
        for name, convert in self._to_driver:
            if name in filled:
                filled[name] = convert(filled[name])
        if self._expands:
            state = self._compiled.construct_expanded_state(filled)
        else:
            if self._fixed is None:
                state = self._compiled.construct_expanded_state(filled)
                # What one caller gives must never stand in for what the next one leaves out.
                own = {name: value for name, value in state.parameters.items() if name not in filled}
                self._fixed = state._replace(parameters=own)
            state = self._fixed
        filled = {**state.parameters, **filled}
        if state.positiontup is not None:
            return state.statement, [filled[name] for name in state.positiontup]
        return state.statement, filled

    def read(self, cursor: Iterable[tuple[Any, ...]]) -> list[Any]:
        rows: list[Any] = []
        for told in cursor if self.gives_rows else ():
            row = list(told)
            for at, convert in self._from_driver:
                row[at] = convert(row[at])
            rows.append(self._row(row))
        return rows


def _known(converts: Iterable[tuple[_Place, _Convert | None]]) -> list[tuple[_Place, _Convert]]:
    return [(place, convert) for place, convert in converts if convert is not None]
