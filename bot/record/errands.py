"""Errands: messages taken from a channel and not yet answered to the end.

A channel that must answer each message once, also when the process is killed
in the middle, writes it down before it tells the sender's server that it has
it. The row goes through three states and then goes away: taken, answered (the
replies are kept), and some replies sent. `handled` remembers the number of the
update for a week, so that a redelivery is not taken again.

Errands are in transit for seconds. Deleting a person's record leaves those that
are still on their way: the one under way is the request to delete.
"""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Optional

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.record.models import Errand as Row
from bot.record.models import Handled
from bot.record.store import Store

_TABLE = Row.__table__


@dataclass(frozen=True)
class Errand:
    """One message on its way."""

    id: int
    person: str
    value: dict[str, Any]
    """What came in, and the replies once there are any."""
    sent: int = 0
    """How many of the answer's messages have reached the person."""
    key: str = ""
    """The update's number, the same when it is delivered again."""


class Errands:
    """The errands of one channel. Methods block: call them off the event loop.

    Raises:
        StoreProblem: from every method, when the database fails.
    """

    def __init__(self, store: Store, channel: str) -> None:
        self._store = store
        self._channel = channel

    def take(self, update_id: str, person: str, value: dict[str, Any]) -> Optional[Errand]:
        """Write a message down; None when it had been taken before."""
        today = dt.datetime.now(dt.timezone.utc).date()
        seen = {"channel": self._channel, "update_id": update_id, "on_day": today}
        row = {**seen, "person_id": person, "sent": 0, "sealed": self._seal(person, value)}
        try:
            with self._store.transaction() as connection:
                connection.execute(sa.insert(Handled.__table__).values(**seen))
                number = connection.execute(sa.insert(_TABLE).values(**row)).inserted_primary_key[0]
        except IntegrityError:
            return None
        return Errand(int(number), person, value, key=update_id)

    def answered(self, errand: Errand, value: dict[str, Any]) -> Errand:
        """Keep the answer, so that a restart sends just this one."""
        self._change(errand, sealed=self._seal(errand.person, value))
        return replace(errand, value=value)

    def sent(self, errand: Errand, count: int) -> None:
        """Keep how many of the answer's messages have been sent."""
        self._change(errand, sent=count)

    def done(self, errand: Errand) -> None:
        """The person has the whole answer, or can no longer be reached."""
        with self._store.transaction() as connection:
            connection.execute(sa.delete(_TABLE).where(_TABLE.c.id == errand.id))

    def waiting(self) -> list[Errand]:
        """What a process that was killed has left, in the order it came; a row that does not open
        with this installation's key keeps nobody else from their answer."""
        query = sa.select(_TABLE).where(_TABLE.c.channel == self._channel).order_by(_TABLE.c.id)
        with self._store.transaction() as connection:
            rows = connection.execute(query).fetchall()
        vault = self._store.vault
        found = [(row, vault.opened(row.sealed, row.person_id, "errand")) for row in rows]
        return [
            Errand(row.id, row.person_id, value, row.sent, row.update_id)
            for row, value in found
            if value is not None
        ]

    def drop(self, person: str) -> None:
        """Delete what is on its way to or from a person."""
        with self._store.transaction() as connection:
            connection.execute(sa.delete(_TABLE).where(_TABLE.c.person_id == person))

    def _change(self, errand: Errand, **values: Any) -> None:
        with self._store.transaction() as connection:
            connection.execute(sa.update(_TABLE).where(_TABLE.c.id == errand.id).values(**values))

    def _seal(self, person: str, value: dict[str, Any]) -> bytes:
        return self._store.vault.seal(value, person, "errand")
