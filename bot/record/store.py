"""The store: everything that is kept about a person goes in and out here."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Optional

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from bot.record.models import Conversation, Entry, Errand, Handled, Nudge, Person
from bot.record.vault import KeyProblem, Vault

MIGRATIONS = Path(__file__).parent / "migrations"
CONNECT_SECONDS, STATEMENT_MS = 5, 10_000
"""How long PostgreSQL may take to be reached, and to answer a statement."""
RECOVERY = "recovery"
"""Kind of the entry that names the row through which a recovery code finds a record."""


class StoreProblem(Exception):
    """The database cannot be reached, read or written; the text names the cure."""


class Store:
    """Reads and writes sealed rows. Methods block: call them off the event loop.

    Raises:
        StoreProblem: from every method, when the database fails.
        KeyProblem: from every reading method, when a row does not open.
    """

    def __init__(self, url: str, vault: Vault) -> None:
        self.vault = vault
        try:
            self._engine = _engine(url)
        except (SQLAlchemyError, OSError) as error:
            raise _problem(error) from error

    def migrate(self) -> None:
        """Bring the tables to the newest form; does nothing when they are."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self._begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def ping(self) -> None:
        """Ask the database for one value."""
        with self._begin() as connection:
            connection.execute(sa.select(sa.func.count()).select_from(Conversation.__table__))

    # -- entries ---------------------------------------------------------------

    def add(self, person: str, kind: str, value: dict[str, Any]) -> int:
        """Keep one entry; returns its number."""
        with self._begin() as connection:
            self._touch(connection, person)
            sealed = self.vault.seal(value, person, kind)
            row = sa.insert(Entry.__table__).values(person_id=person, kind=kind, sealed=sealed)
            return int(connection.execute(row).inserted_primary_key[0])

    def put(self, person: str, kind: str, value: dict[str, Any]) -> None:
        """Keep the one entry of a kind that has only one, replacing an earlier."""
        with self._begin() as connection:
            self._touch(connection, person)
            connection.execute(_entries(sa.delete(Entry.__table__), person, kind))
            sealed = self.vault.seal(value, person, kind)
            connection.execute(
                sa.insert(Entry.__table__).values(person_id=person, kind=kind, sealed=sealed)
            )

    def entries(self, person: str, kind: Optional[str] = None) -> list[dict[str, Any]]:
        """A person's entries, oldest first, each with `id` and `kind` added."""
        query = _entries(sa.select(Entry.__table__), person, kind).order_by(Entry.__table__.c.id)
        with self._begin() as connection:
            rows = connection.execute(query).fetchall()
        return [
            {
                "id": row.id,
                "kind": row.kind,
                **self.vault.open(row.sealed, person, row.kind),
            }
            for row in rows
        ]

    def one(self, person: str, kind: str) -> dict[str, Any]:
        """The newest entry of a kind, or an empty dict."""
        found = self.entries(person, kind)
        return found[-1] if found else {}

    def remove(self, person: str, entry_id: int) -> None:
        """Delete one entry of a person."""
        with self._begin() as connection:
            connection.execute(
                _entries(sa.delete(Entry.__table__), person).where(Entry.__table__.c.id == entry_id)
            )

    # -- conversation ----------------------------------------------------------

    def conversation(self, person: str) -> Optional[dict[str, Any]]:
        """The saved conversation, or None for somebody new."""
        table = Conversation.__table__
        query = sa.select(table.c.sealed).where(table.c.person_id == person)
        with self._begin() as connection:
            sealed = connection.execute(query).scalar()
        return self.vault.open(sealed, person, "conversation") if sealed else None

    def save_conversation(self, person: str, value: dict[str, Any]) -> None:
        """Replace the saved conversation."""
        table, sealed = (
            Conversation.__table__,
            self.vault.seal(value, person, "conversation"),
        )
        with self._begin() as connection:
            changed = connection.execute(
                sa.update(table).where(table.c.person_id == person).values(sealed=sealed)
            ).rowcount
            self._touch(connection, person)
            if not changed:
                connection.execute(sa.insert(table).values(person_id=person, sealed=sealed))

    # -- a person's rights -----------------------------------------------------

    def export(self, person: str) -> dict[str, Any]:
        """All that is kept about a person, in the clear."""
        return {
            "record": self.entries(person),
            "conversation": self.conversation(person),
            "promised_messages": [nudge["value"] for nudge in self._nudges(person=person)],
        }

    def forget(self, person: str) -> bool:
        """Delete all that is kept about a person; False when there was nothing."""
        for holder in self._recovery_of(person):
            self.forget(holder)
        with self._begin() as connection:
            for table in (Entry.__table__, Conversation.__table__, Nudge.__table__):
                connection.execute(sa.delete(table).where(table.c.person_id == person))
            row = sa.delete(Person.__table__).where(Person.__table__.c.id == person)
            return bool(connection.execute(row).rowcount)

    def expire(self, days: int, today: Optional[dt.date] = None) -> int:
        """Delete everyone whose last visit is more than `days` days ago; returns how many."""
        limit = (today or _today()) - dt.timedelta(days=days)
        with self._begin() as connection:
            query = sa.select(Person.__table__.c.id).where(Person.__table__.c.seen_on < limit)
            people = [row.id for row in connection.execute(query)]
            old = Handled.__table__.c.on_day < _today() - dt.timedelta(days=7)
            connection.execute(sa.delete(Handled.__table__).where(old))
            stuck = Errand.__table__.c.on_day < _today() - dt.timedelta(days=1)
            connection.execute(sa.delete(Errand.__table__).where(stuck))
        for person in people:
            self.forget(person)
        return len(people)

    def people(self) -> list[str]:
        """Every pseudonym on record."""
        with self._begin() as connection:
            return [row.id for row in connection.execute(sa.select(Person.__table__.c.id))]

    # -- promises --------------------------------------------------------------

    def promise(self, person: str, due_at: dt.datetime, value: dict[str, Any]) -> int:
        """Keep a message to be sent at `due_at` (UTC); returns its number."""
        with self._begin() as connection:
            self._touch(connection, person)
            row = sa.insert(Nudge.__table__).values(
                person_id=person,
                due_at=due_at,
                sealed=self.vault.seal(value, person, "nudge"),
            )
            return int(connection.execute(row).inserted_primary_key[0])

    def due(self, now: dt.datetime) -> list[dict[str, Any]]:
        """Promises that are due at `now` (UTC), oldest first."""
        return self._nudges(now=now)

    def keep_promise(self, nudge_id: int) -> bool:
        """Take a promise off the list; False when somebody else already has."""
        with self._begin() as connection:
            row = sa.delete(Nudge.__table__).where(Nudge.__table__.c.id == nudge_id)
            return bool(connection.execute(row).rowcount)

    def cancel_promises(self, person: str, kind: Optional[str] = None) -> None:
        """Take back what was promised to a person (of one kind, or all)."""
        for nudge in self._nudges(person=person):
            if kind in (None, nudge["value"].get("kind")):
                self.keep_promise(nudge["id"])

    def first_time(self, channel: str, update_id: str) -> bool:
        """Note that an update was taken; False when it had been before."""
        row = sa.insert(Handled.__table__).values(
            channel=channel, update_id=update_id, on_day=_today()
        )
        try:
            with self._engine.begin() as connection:
                connection.execute(row)
        except IntegrityError:
            return False
        except SQLAlchemyError as error:
            raise _problem(error) from error
        return True

    def was_handled(self, channel: str, update_id: str) -> bool:
        """Whether an update was noted by `first_time`."""
        table = Handled.__table__
        query = sa.select(table.c.update_id).where(
            table.c.channel == channel, table.c.update_id == update_id
        )
        with self._begin() as connection:
            return connection.execute(query).scalar() is not None

    def promised(self, person: str, kind: str) -> Optional[dt.datetime]:
        """When (UTC) the next promise of a kind is due, or None."""
        due = [n["due_at"] for n in self._nudges(person=person) if n["value"].get("kind") == kind]
        return due[0] if due else None

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """One transaction for a neighbour of ours; a row that is there already is its to notice."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            raise _problem(error) from error

    # -- inside ----------------------------------------------------------------

    def _recovery_of(self, person: str) -> list[str]:
        """What a recovery code of this person points from; a row that does not open names none."""
        try:
            return [str(entry["holder"]) for entry in self.entries(person, RECOVERY)]
        except KeyProblem:
            return []

    def _nudges(
        self, person: Optional[str] = None, now: Optional[dt.datetime] = None
    ) -> list[dict[str, Any]]:
        table = Nudge.__table__
        query = sa.select(table).order_by(table.c.due_at)
        if person is not None:
            query = query.where(table.c.person_id == person)
        if now is not None:
            query = query.where(table.c.due_at <= now)
        with self._begin() as connection:
            rows = connection.execute(query).fetchall()
        found = [(row, self.vault.opened(row.sealed, row.person_id, "nudge")) for row in rows]
        return [
            {"id": row.id, "person": row.person_id, "due_at": row.due_at, "value": value}
            for row, value in found
            if value is not None
        ]

    @staticmethod
    def _touch(connection: Any, person: str) -> None:
        table, today = Person.__table__, _today()
        seen = connection.execute(sa.select(table.c.seen_on).where(table.c.id == person)).scalar()
        if seen is None:
            connection.execute(sa.insert(table).values(id=person, seen_on=today))
        elif seen != today:
            connection.execute(sa.update(table).where(table.c.id == person).values(seen_on=today))

    @contextmanager
    def _begin(self) -> Iterator[Any]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise _problem(error) from error


def _entries(query: Any, person: str, kind: Optional[str] = None) -> Any:
    query = query.where(Entry.__table__.c.person_id == person)
    return query.where(Entry.__table__.c.kind == kind) if kind else query


def _today() -> dt.date:
    return dt.datetime.now(dt.timezone.utc).date()


def _problem(error: Exception) -> StoreProblem:
    reason = str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
    return StoreProblem(f"the database fails ({reason}): check TIDELINE_DATABASE_URL and its disk")


def _engine(url: str) -> Engine:
    if url.startswith("sqlite:///"):
        Path(url[len("sqlite:///") :]).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        engine = sa.create_engine(url, future=True, connect_args={"timeout": 5})
        event.listen(engine, "connect", _sqlite_pragmas)
        return engine
    limits = {"connect_timeout": CONNECT_SECONDS, "options": f"-c statement_timeout={STATEMENT_MS}"}
    return sa.create_engine(url, future=True, pool_pre_ping=True, connect_args=limits)


def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
