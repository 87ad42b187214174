"""`tideline chat`, run as its user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from bot.safety.static_help import STATIC_HELP


def chat(tmp_path: Path, lines: bytes, *options: str, **more: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, "TIDELINE_HOME": str(tmp_path / "home"), **more}
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", "chat", *options],
        input=lines, capture_output=True, env=environment, timeout=120,
    )  # fmt: skip


def test_an_urge_is_walked_in_json_lines(tmp_path: Path) -> None:
    done = chat(tmp_path, b"i want to hurt myself so bad right now\n8\n", "--json")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 0
    assert set(first) == {"user", "replies", "topic", "intent", "confidence", "safety", "ms"}
    assert set(first["replies"][0]) == {"text", "buttons", "image"}
    assert first["topic"] == second["topic"] == "urge"
    assert first["replies"] and second["replies"]
    assert second["user"] == "8"


def test_a_named_person_goes_on_with_their_record(tmp_path: Path) -> None:
    chat(tmp_path, b"tried drawing, was like an 8 now maybe 5\n", "--json", "--user", "sam")
    done = chat(tmp_path, b"/export\n/forget\n/export\n", "--json", "--user", "sam")
    first, _, third = (json.loads(line) for line in done.stdout.splitlines())
    assert "drawing" in first["replies"][0]["file"]["text"]
    assert "drawing" not in third["replies"][0]["file"]["text"]


def test_bytes_that_are_no_text_are_answered(tmp_path: Path) -> None:
    done = chat(tmp_path, b"\xff\xfe\x00\n\n\xf0\x9f\x98\xad\n", "--json")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == 3
    assert all(answer["replies"] for answer in answers)


def test_many_people_in_one_process(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"person": p, "text": "hello"}) + "\n" for p in "ab") + "broken\n"
    done = chat(tmp_path, lines.encode(), "--json-in")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["person"] for answer in answers[:2]] == ["a", "b"]
    assert "person" in answers[2]["error"]


def test_a_missing_model_is_one_line_with_its_cure(tmp_path: Path) -> None:
    done = chat(tmp_path, b"hello\n", "--json", TIDELINE_MODELS=str(tmp_path / "none"))
    assert done.returncode == 1
    assert STATIC_HELP in json.loads(done.stdout)["replies"][0]["text"]
    lines = [line for line in done.stderr.decode().splitlines() if line.startswith("tideline:")]
    assert len(lines) == 1
    assert "make setup" in lines[0]


def test_a_home_that_cannot_be_made_is_one_line_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file is in the way")
    done = chat(tmp_path, b"hello\n", "--json")
    assert done.returncode == 1
    assert "TIDELINE_HOME" in done.stderr.decode()
