"""The measured process: loads one assistant, talks to it, prints its figures as JSON.

Both assistants are driven the same way: the whole turn, in process, with the
tracker store that each ships with (SQLite; stock Rasa's in-memory store would
keep nothing), one message after another.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.logs import configure_logging

Say = Callable[[str, str], Awaitable[int]]
"""Takes person and text, returns the number of messages answered."""

OURS = ("hello", "i really want to hurt myself", "8", "who can read this?", "skip", "are you a bot",
        "i don't know", "thanks", "what does recovery mean", "stop")  # fmt: skip
STOCK = ("hello", "i am feeling great", "are you a bot", "i feel sad", "yes", "no", "are you human",
         "good morning", "bye", "not good")  # fmt: skip
FRESH, LONG, PEOPLE, EACH = 20, 500, 10, 6


def main() -> None:
    """`worker tideline STARTED NAME…` or `worker stock FOLDER STARTED NAME…`."""
    configure_logging()
    kind, *rest = sys.argv[1:]
    if kind == "stock":
        folder, started, *names = rest
        figures = asyncio.run(_measure(_stock, Path(folder), STOCK, float(started), names))
    else:
        started, *names = rest
        figures = asyncio.run(_measure(_tideline, Path("."), OURS, float(started), names))
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    os._exit(0)


async def _measure(
    load: Callable[[Path], Awaitable[Say]],
    folder: Path,
    script: tuple[str, ...],
    started: float,
    names: list[str],
) -> dict[str, dict[str, float]]:
    say = await load(folder)
    await say("first", script[0])
    figures: dict[str, dict[str, float]] = {"start": {"s": time.time() - started}}
    for text in script * 2:
        await say("warm", text)
    if "fresh" in names:
        figures["fresh"] = await _fresh(say, script)
    if "people_10" in names:
        figures["people_10"] = await _people(say, script)
    if "long" in names:
        figures["long"] = await _long(say, script)
    figures["memory"] = {"mb": _resident_mb()}
    return {name: row for name, row in figures.items() if name in names}


async def _fresh(say: Say, script: tuple[str, ...]) -> dict[str, float]:
    took = []
    for number in range(FRESH):
        for text in script:
            took.append(await _timed(say, f"fresh-{number}", text))
    took.sort()
    return {"p50_ms": took[len(took) // 2], "p95_ms": took[int(len(took) * 0.95)]}


async def _long(say: Say, script: tuple[str, ...]) -> dict[str, float]:
    """Medians of the turns around the 5th and around the 500th, the same ten messages each."""
    took = [await _timed(say, "long", script[i % len(script)]) for i in range(LONG)]
    width = len(script)
    early, late = sorted(took[:width]), sorted(took[-width:])
    return {"turn_5_ms": early[width // 2], "turn_500_ms": late[width // 2]}


async def _people(say: Say, script: tuple[str, ...]) -> dict[str, float]:
    async def one(name: str) -> None:
        for text in script[:EACH]:
            await say(name, text)

    started = time.perf_counter()
    await asyncio.gather(*(one(f"person-{number}") for number in range(PEOPLE)))
    return {"per_s": PEOPLE * EACH / (time.perf_counter() - started)}


async def _timed(say: Say, person: str, text: str) -> float:
    started = time.perf_counter()
    await say(person, text)
    return (time.perf_counter() - started) * 1000


def _resident_mb() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


async def _tideline(_folder: Path) -> Say:
    from bot.conversation.start import start
    from bot.conversation.turn import Turn

    conversation = await asyncio.to_thread(start)

    async def say(person: str, text: str) -> int:
        answer = await conversation.answer(Turn("bench", person, text))
        if answer.failed:
            raise RuntimeError(f"a turn failed in {answer.failed}")
        return len(answer.replies)

    return say


async def _stock(folder: Path) -> Say:
    os.chdir(folder)
    from rasa.core.agent import load_agent
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
    from rasa.core.tracker_store import SQLTrackerStore

    agent = await load_agent(model_path="models")
    store = SQLTrackerStore(agent.domain, dialect="sqlite", db=str(folder / "tracker.db"))
    agent.tracker_store = agent.processor.tracker_store = store

    async def say(person: str, text: str) -> int:
        channel = CollectingOutputChannel()
        await agent.handle_message(UserMessage(text, channel, person))
        return len(channel.messages)

    return say


if __name__ == "__main__":
    main()
