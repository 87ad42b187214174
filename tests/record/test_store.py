import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.record.models import Nudge
from bot.record.store import Store, StoreProblem
from bot.record.vault import Vault

SECRET = "mein geheimnis 🌊 quietly"


def test_migrating_twice_changes_nothing(any_store: Store) -> None:
    any_store.add("p", "note", {"text": "kept"})
    any_store.migrate()
    assert any_store.one("p", "note")["text"] == "kept"


def test_entries_come_back_in_order_and_only_to_their_person(any_store: Store) -> None:
    for word in ("one", "two"):
        any_store.add("p", "note", {"text": word})
    any_store.add("q", "note", {"text": "other"})
    assert [entry["text"] for entry in any_store.entries("p", "note")] == ["one", "two"]


def test_put_replaces(any_store: Store) -> None:
    any_store.put("p", "plan", {"why": "a"})
    any_store.put("p", "plan", {"why": "b"})
    assert [entry["why"] for entry in any_store.entries("p", "plan")] == ["b"]


def test_export_holds_everything_and_forget_removes_everything(any_store: Store) -> None:
    any_store.add("p", "note", {"text": SECRET})
    any_store.save_conversation("p", {"events": [SECRET]})
    any_store.promise("p", dt.datetime.utcnow(), {"signal": "timer_due"})
    export = any_store.export("p")
    assert export["record"][0]["text"] == SECRET
    assert export["conversation"] == {"events": [SECRET]}
    assert export["promised_messages"] == [{"signal": "timer_due"}]
    assert any_store.forget("p") is True
    assert any_store.export("p") == {"record": [], "conversation": None, "promised_messages": []}
    assert any_store.forget("p") is False


def test_expire_removes_only_who_stayed_away_too_long(any_store: Store) -> None:
    any_store.add("p", "note", {"text": "old"})
    today = dt.datetime.now(dt.timezone.utc).date()
    assert any_store.expire(30, today + dt.timedelta(days=30)) == 0
    assert any_store.expire(30, today + dt.timedelta(days=31)) == 1
    assert any_store.people() == []


def test_a_promise_is_kept_once(any_store: Store) -> None:
    now = dt.datetime.utcnow()
    number = any_store.promise("p", now, {"signal": "timer_due"})
    assert any_store.due(now - dt.timedelta(seconds=1)) == []
    assert [nudge["value"]["signal"] for nudge in any_store.due(now)] == ["timer_due"]
    assert any_store.keep_promise(number) is True
    assert any_store.keep_promise(number) is False


def test_a_promise_that_does_not_open_keeps_nobody_else_from_theirs(any_store: Store) -> None:
    now = dt.datetime.utcnow()
    any_store.promise("p", now, {"signal": "timer_due"})
    any_store.promise("q", now, {"signal": "checkin_due"})
    with any_store.transaction() as connection:
        one = Nudge.__table__.c.person_id == "p"
        connection.execute(sa.update(Nudge.__table__).where(one).values(sealed=b"x" * 40))
    assert [nudge["value"]["signal"] for nudge in any_store.due(now)] == ["checkin_due"]


def test_an_update_is_taken_once(any_store: Store) -> None:
    assert any_store.first_time("telegram", "7") is True
    assert any_store.first_time("telegram", "7") is False
    assert any_store.first_time("web", "7") is True


def test_nothing_a_person_wrote_is_in_the_database_file(tmp_path: Path, store: Store) -> None:
    store.add("p", "note", {"text": SECRET})
    store.save_conversation("p", {"events": [SECRET]})
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"geheimnis" not in stored
    assert SECRET.encode() not in stored


def test_a_database_that_is_gone_is_one_line_with_its_cure(vault: Vault) -> None:
    with pytest.raises(StoreProblem, match="TIDELINE_DATABASE_URL"):
        Store("postgresql://nobody@127.0.0.1:1/none", vault).ping()
