"""Errands: taken once, there after a restart, gone when done."""

import datetime as dt

import sqlalchemy as sa

from bot.record.errands import Errands
from bot.record.models import Errand
from bot.record.store import Store

PERSON = "p" * 32


def test_a_message_is_taken_once(any_store: Store) -> None:
    errands = Errands(any_store, "telegram")
    assert errands.take("1", PERSON, {"text": "hello"}) is not None
    assert errands.take("1", PERSON, {"text": "hello"}) is None
    assert Errands(any_store, "other").take("1", PERSON, {}) is not None


def test_what_is_under_way_is_there_after_a_restart_in_order(any_store: Store) -> None:
    errands = Errands(any_store, "telegram")
    first, _second = (errands.take(n, PERSON, {"n": n}) for n in "12")
    errands.answered(first, {"n": "1", "answer": ["a", "b"]})
    errands.sent(first, 1)
    again = Errands(any_store, "telegram").waiting()
    assert [(one.key, one.value, one.sent) for one in again] == [
        ("1", {"n": "1", "answer": ["a", "b"]}, 1),
        ("2", {"n": "2"}, 0),
    ]


def test_what_is_done_is_gone_and_still_not_taken_again(any_store: Store) -> None:
    errands = Errands(any_store, "telegram")
    errands.done(errands.take("1", PERSON, {}))
    assert errands.waiting() == []
    assert errands.take("1", PERSON, {}) is None


def test_its_content_is_sealed(store: Store, tmp_path) -> None:
    Errands(store, "telegram").take("1", PERSON, {"text": "zanzibar"})
    assert not any(b"zanzibar" in path.read_bytes() for path in tmp_path.iterdir())


def test_it_outlives_the_record_but_not_a_day_nor_the_operators_deletion(any_store: Store) -> None:
    errands = Errands(any_store, "telegram")
    errands.take("1", PERSON, {})
    any_store.forget(PERSON)
    assert len(errands.waiting()) == 1
    errands.drop(PERSON)
    assert errands.waiting() == []
    errands.take("2", PERSON, {})
    with any_store.transaction() as connection:
        old = dt.date.today() - dt.timedelta(days=3)
        connection.execute(sa.update(Errand.__table__).values(on_day=old))
    any_store.expire(365)
    assert errands.waiting() == []


def test_a_row_that_does_not_open_keeps_nobody_else_from_their_answer(any_store: Store) -> None:
    errands = Errands(any_store, "telegram")
    errands.take("1", PERSON, {"n": "1"})
    errands.take("2", PERSON, {"n": "2"})
    with any_store.transaction() as connection:
        one = Errand.__table__.c.update_id == "1"
        connection.execute(sa.update(Errand.__table__).where(one).values(sealed=b"x" * 40))
    assert [one.value for one in errands.waiting()] == [{"n": "2"}]
