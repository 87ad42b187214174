"""Tables. Whatever a person wrote is in a `sealed` column and nowhere else.

A row carries a day, not a time of day, for expiry: the precise time is sealed,
so that the database alone does not tell when somebody was struggling.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base: Any = declarative_base()


class Person(Base):
    """A pseudonym, and the day of its last visit."""

    __tablename__ = "person"
    id = sa.Column(sa.String(32), primary_key=True)
    seen_on = sa.Column(sa.Date, nullable=False, index=True)


class Entry(Base):
    """One thing kept for a person: an attempt, a strength, a plan, a setting."""

    __tablename__ = "entry"
    id = sa.Column(sa.Integer, primary_key=True)
    person_id = sa.Column(
        sa.String(32),
        sa.ForeignKey("person.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    )
    kind = sa.Column(sa.String(32), nullable=False)
    sealed = sa.Column(sa.LargeBinary, nullable=False)


class Conversation(Base):
    """Where a person's conversation stands: slots, active form, the last turns."""

    __tablename__ = "conversation"
    person_id = sa.Column(
        sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    sealed = sa.Column(sa.LargeBinary, nullable=False)


class Nudge(Base):
    """A message promised for later: a timer's end, a check-in."""

    __tablename__ = "nudge"
    id = sa.Column(sa.Integer, primary_key=True)
    person_id = sa.Column(
        sa.String(32),
        sa.ForeignKey("person.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    )
    due_at = sa.Column(sa.DateTime, nullable=False, index=True)
    """UTC."""
    sealed = sa.Column(sa.LargeBinary, nullable=False)


class Handled(Base):
    """Ids of updates already answered, so that a redelivery is not answered twice."""

    __tablename__ = "handled"
    channel = sa.Column(sa.String(16), primary_key=True)
    update_id = sa.Column(sa.String(64), primary_key=True)
    on_day = sa.Column(sa.Date, nullable=False, index=True)


class Errand(Base):
    """A message on its way: taken from a channel, not yet answered to the end."""

    __tablename__ = "errand"
    id = sa.Column(sa.Integer, primary_key=True)
    channel = sa.Column(sa.String(16), nullable=False)
    update_id = sa.Column(sa.String(64), nullable=False)
    person_id = sa.Column(sa.String(32), nullable=False, index=True)
    """No foreign key: the answer to "delete everything" outlives the record."""
    on_day = sa.Column(sa.Date, nullable=False)
    sent = sa.Column(sa.Integer, nullable=False)
    sealed = sa.Column(sa.LargeBinary, nullable=False)
