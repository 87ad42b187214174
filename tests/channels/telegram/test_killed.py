"""The whole server as its operator runs it, killed at the worst moments and started again."""

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.record.store import Store
from bot.record.vault import load_vault
from bot.settings import Settings
from tests.channels.telegram.fake_api import TOKEN, FakeApi
from tests.channels.telegram.people import Someone
from tests.channels.telegram.rules import Refusal

SECRET = "zanzibar-whispers"


class Served:
    """`tideline serve` in a process of its own."""

    def __init__(self, api: FakeApi, home: Path) -> None:
        self._api, self._home = api, home
        self.log = home.parent / "serve.log"
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        environment = {
            **os.environ, "TIDELINE_HOME": str(self._home), "TIDELINE_PORT": str(port),
            "TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_BASE_URL": self._api.base_url,
        }  # fmt: skip
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "bot.cli", "serve"]
            self._process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    def kill(self) -> None:
        os.kill(self._process.pid, signal.SIGKILL)

    def stop(self) -> int:
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(30)

    def gone(self) -> bool:
        return self._process.poll() is not None


@pytest.fixture
def served(api: FakeApi, tmp_path: Path) -> Iterator[Served]:
    made = Served(api, tmp_path / "home")
    made.start()
    yield made
    if not made.gone():
        made.kill()
        made._process.wait(10)


def once(api: FakeApi, at: Callable[[str, dict], bool], act: Callable[[], None]) -> None:
    """Do something at a call of the bot, which then gets no answer."""

    def before(method: str, read: dict) -> None:
        if at(method, read):
            api.before = None
            act()
            raise Refusal(502, "Bad Gateway")

    api.before = before


def until(done: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)


def calm(someone: Someone) -> None:
    """Until nothing more is sent to somebody."""
    count, since = -1, time.monotonic()
    while time.monotonic() - since < 0.7:
        if len(someone.sees) != count:
            count, since = len(someone.sees), time.monotonic()
        time.sleep(0.02)


def test_killed_in_mid_conversation_nobody_gets_two_answers_or_none(
    served: Served, api: FakeApi
) -> None:
    def sends(nth: int) -> Callable[[str, dict], bool]:
        counted = iter(range(1, 1000))
        return lambda method, _read: method == "sendMessage" and next(counted) == nth

    moments = {
        "written down and confirmed": lambda method, read: (
            method == "getUpdates"
            and bool(api.updates)
            and read["offset"] > api.updates[-1]["update_id"]
        ),
        "thinking": lambda method, _read: method == "sendChatAction",
        "before the first message": sends(1),
        "between two messages": sends(2),
    }
    for moment, at in moments.items():
        someone = Someone(api)
        once(api, at, served.kill)
        someone.says("i need to hurt myself right now")
        until(served.gone)
        served.start()
        until(lambda someone=someone: any(shown.keyboard for shown in someone.sees))
        calm(someone)
        texts = [shown.text for shown in someone.sees]
        assert len(texts) == len(set(texts)) >= 2, (moment, texts)
        assert sum("0" in shown.titles for shown in someone.sees) == 1, (moment, texts)
        someone.presses(someone.last, "5")  # and they are where they were
        until(lambda someone=someone: "Ride it out" in someone.last.titles)


def bring_forward(home: Path, someone: Someone) -> None:
    """Let the minute of a promise be over."""
    vault = load_vault(Settings(home=home))
    store = Store(f"sqlite:///{home / 'tideline.db'}", vault)
    person = vault.pseudonym("telegram", str(someone.id))
    [nudge] = store._nudges(person=person)
    store.keep_promise(nudge["id"])
    store.promise(person, dt.datetime.utcnow() - dt.timedelta(seconds=1), nudge["value"])


def test_what_was_promised_arrives_once_also_after_a_kill(
    served: Served, api: FakeApi, tmp_path: Path
) -> None:
    someone = Someone(api)
    for text, wanted in (
        ("i need to hurt myself right now", "0"), ("5", "Ride it out"), ("wait with a timer", "1 minute"), ("1", ""),
    ):  # fmt: skip
        count = len(someone.sees)
        someone.says(text)
        until(lambda count=count: len(someone.sees) > count)
        calm(someone)
        assert not wanted or any(wanted in shown.titles for shown in someone.sees), wanted
    served.kill()
    until(served.gone)
    bring_forward(tmp_path / "home", someone)
    count = len(someone.sees)
    once(api, lambda method, _read: method == "sendMessage", served.kill)  # and killed as it is due
    served.start()
    until(served.gone)
    served.start()
    until(lambda: len(someone.sees) > count)
    calm(someone)
    asked = [shown for shown in someone.sees[count:] if "0" in shown.titles]
    assert len(asked) == 1  # how strong it is now


def test_no_id_name_word_or_token_is_in_a_log_or_the_database(
    served: Served, api: FakeApi, tmp_path: Path
) -> None:
    someone = Someone(api)
    api.inject("sendMessage", "502", "half", "429")
    api.inject("getUpdates", "409", "half", "502")
    for update in (
        {"text": f"my name is {SECRET}"},
        {"text": f"tried {SECRET}, was like an 8 now maybe 5"},
        {"voice": 3},  # not as the library knows it
        {"contact": {"phone_number": "+15550100", "first_name": "Zinnia"}},
        {"text": "check in on me tomorrow"},
    ):
        count = len(someone.sees)
        someone.says(**update)
        until(lambda count=count: len(someone.sees) > count)
    calm(someone)
    assert served.stop() in (0, -signal.SIGTERM)
    log = served.log.read_bytes()
    assert b"telegram: polling" in log
    kept = [path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file()]
    words = (SECRET, str(someone.id), "Marigold", "Quill", f"mq{someone.id}", "Zinnia", "5550100")
    for word in (*words, TOKEN, quote(TOKEN, safe=""), TOKEN.partition(":")[2]):
        assert word.encode() not in log
        assert not any(word.encode() in content for content in kept)
