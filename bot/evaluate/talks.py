"""`tideline eval talks`: whole conversations, each turn with what must hold of its answer.

A file is a YAML list of talks: `talk` (its name) and `turns`. A turn has `say` (what the
person types or the title of a button) or `signal`, and any of
    topic, level   one of these (a list, or "a|b")
    has            every one of these words in the answer
    any            at least one of these regular expressions in the answer
    lacks          none of these regular expressions in the answer
    buttons        every one of these titles on offer
Case does not count. tests/conversations/ holds the talks that must never fail;
tests/eval/talks/ those written by people who had not seen the bot, for measuring.
"""

import asyncio
import json
import os
import re
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Optional

import yaml

from bot.conversation.service import Conversation
from bot.conversation.turn import Answer, Turn
from bot.settings import settings

KINDS = ("topic", "level", "has", "any", "lacks", "buttons")


def run(files: list[Path], as_json: bool, transcript: Optional[Path]) -> None:
    """Print the share of expectations met, by kind, and where the others are.

    Raises:
        ValueError: a file is no list of talks; the text names it.
    """
    talks = [(path, talk) for path in files for talk in read(path)]
    with tempfile.TemporaryDirectory() as home:  # nobody's record: gone after the run
        os.environ["TIDELINE_HOME"] = home
        os.environ["TIDELINE_TURNS_PER_MINUTE"] = "100000"
        settings.cache_clear()
        from bot.conversation.start import start

        conversation = start()
        heard = asyncio.run(_held(conversation, talks))
    if transcript:
        transcript.write_text("\n".join(_lines(talks, heard)), encoding="utf-8")
    report = _report(talks, heard)
    sys.stdout.write((json.dumps(report) if as_json else _table(report)) + "\n")


def read(path: Path) -> list[dict[str, Any]]:
    """The talks of a file.

    Raises:
        ValueError: it holds something else; the text names the file and the talk.
    """
    try:
        talks = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert isinstance(talks, list)
    except (yaml.YAMLError, AssertionError, OSError):
        raise ValueError(f"{path}: no list of talks") from None
    for number, talk in enumerate(talks, 1):
        known = {"say", "signal", *KINDS}
        turns = talk.get("turns") if isinstance(talk, dict) else None
        if not turns or any(not isinstance(t, dict) or set(t) - known for t in turns):
            raise ValueError(f"{path}: talk {number} needs turns of {', '.join(sorted(known))}")
    return talks


async def hold(conversation: Conversation, talk: dict[str, Any]) -> list[Answer]:
    """The answers to the turns of one talk, by a new person."""
    person = str(uuid.uuid4())
    answers = []
    for turn in talk["turns"]:
        said = Turn("talks", person, str(turn.get("say", "")), signal=turn.get("signal"))
        answers.append(await conversation.answer(said))
    return answers


def misses(turn: dict[str, Any], answer: Answer) -> list[tuple[str, str]]:
    """The expectations of a turn that its answer does not meet: kind, and what was there."""
    words = "\n".join(reply.text for reply in answer.replies)
    titles = [button.title for reply in answer.replies for button in reply.buttons]
    found = []
    if not words.strip() or answer.failed:
        found.append(("answered", answer.failed or "silence"))
    for kind, got in (("topic", answer.topic), ("level", answer.safety.level)):
        if kind in turn and got not in listed(turn[kind]):
            found.append((kind, got))
    found += [("has", part) for part in _texts(turn, "has") if part.lower() not in words.lower()]
    wanted = _texts(turn, "any")
    if wanted and not any(re.search(part, words, re.IGNORECASE) for part in wanted):
        found.append(("any", "none"))
    lacking = _texts(turn, "lacks")
    found += [("lacks", part) for part in lacking if re.search(part, words, re.IGNORECASE)]
    return found + [("buttons", title) for title in _texts(turn, "buttons") if title not in titles]


def listed(value: Any) -> list[str]:
    """The alternatives of `topic` or `level`."""
    return [str(v) for v in value] if isinstance(value, list) else str(value).split("|")


def _texts(turn: dict[str, Any], kind: str) -> list[str]:
    value = turn.get(kind)
    return (
        [] if value is None else [str(v) for v in (value if isinstance(value, list) else [value])]
    )


async def _held(
    conversation: Conversation, talks: list[tuple[Path, dict[str, Any]]]
) -> list[list[Answer]]:
    return [await hold(conversation, talk) for _, talk in talks]


def _expected(turn: dict[str, Any]) -> Iterator[str]:
    """The kind of each expectation of a turn; that it is answered at all is one."""
    yield "answered"
    for kind in KINDS:
        if kind in turn:
            yield from [kind] * (
                1 if kind in ("topic", "level", "any") else len(_texts(turn, kind))
            )


def _report(talks: list[tuple[Path, dict[str, Any]]], heard: list[list[Answer]]) -> dict[str, Any]:
    kinds: dict[str, dict[str, int]] = {}
    wrong, turns, whole = [], 0, 0
    for (path, talk), answers in zip(talks, heard):
        for number, (turn, answer) in enumerate(zip(talk["turns"], answers), 1):
            missed = misses(turn, answer)
            turns, whole = turns + 1, whole + (not missed)
            for kind in _expected(turn):
                kinds.setdefault(kind, {"n": 0, "met": 0})["n"] += 1
            for kind, _ in missed:
                kinds[kind]["met"] -= 1
            wrong += [[path.stem, talk["talk"], number, kind, got] for kind, got in missed]
    for row in kinds.values():
        row["met"] += row["n"]
    n, met = (sum(row[key] for row in kinds.values()) for key in ("n", "met"))
    return {
        "talks": len(talks),
        "turns": {"n": turns, "met": whole, "share": round(whole / turns, 4)},
        "expectations": {"n": n, "met": met, "share": round(met / n, 4)},
        "by_kind": kinds,
        "misses": wrong,
    }


def _table(report: dict[str, Any]) -> str:
    lines = [f"{report['talks']} talks"]
    for name in ("turns", "expectations"):
        row = report[name]
        lines.append(f"{name:14}{row['met']:5} of {row['n']:5} met  {row['share']:.1%}")
    for kind, row in report["by_kind"].items():
        lines.append(f"  {kind:12}{row['met']:5} of {row['n']:5}")
    lines += ["  ".join(str(part) for part in miss) for miss in report["misses"]]
    return "\n".join(lines)


def _lines(talks: list[tuple[Path, dict[str, Any]]], heard: list[list[Answer]]) -> Iterator[str]:
    for (path, talk), answers in zip(talks, heard):
        yield f"\n## {path.stem}: {talk['talk']}"
        for turn, answer in zip(talk["turns"], answers):
            yield f"\n> {turn.get('say', turn.get('signal'))}"
            heard_as = f"{answer.topic}/{answer.intent} {answer.confidence:.2f}"
            yield f"  [{heard_as} {answer.safety.level}]"
            for reply in answer.replies:
                yield f"  {reply.text}  " + " ".join(f"[{b.title}]" for b in reply.buttons)
            for kind, got in misses(turn, answer):
                yield f"  !! {kind}: {turn.get(kind)} got {got}"
