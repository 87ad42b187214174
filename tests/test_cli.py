"""The operator's commands: exit codes, and one line that names the cure."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.safety.static_help import STATIC_HELP


def tideline(tmp_path: Path, *words: str, **more: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, "TIDELINE_HOME": str(tmp_path / "home"), **more}
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *words],
        capture_output=True,
        text=True,
        env=environment,
        timeout=180,
    )


def test_doctor_finds_this_installation_fit(tmp_path: Path) -> None:
    done = tideline(tmp_path, "doctor", "--json")
    findings = json.loads(done.stdout)
    assert done.returncode == 0, findings
    assert {"key", "store", "model", "safety", "helplines", "web"} <= {f["check"] for f in findings}


@pytest.mark.parametrize(
    ("setting", "check", "cure"),
    [
        ({"TIDELINE_MODELS": "/nowhere"}, "model", "make setup"),
        ({"TIDELINE_KEY": "c2hvcnQ="}, "key", "32 bytes"),
        (
            {"TIDELINE_DATABASE_URL": "postgresql://x@127.0.0.1:1/x"},
            "store",
            "TIDELINE_DATABASE_URL",
        ),
        ({"TIDELINE_COUNTRY": "Atlantis"}, "helplines", "two-letter code"),
        ({"TELEGRAM_BOT_TOKEN": "half"}, "telegram", "BotFather"),
        (
            {"TELEGRAM_BOT_TOKEN": "1:a", "TELEGRAM_WEBHOOK_URL": "http://example.org/x"},
            "telegram",
            "https",
        ),
    ],
)
def test_doctor_names_a_fault_and_its_cure(tmp_path: Path, setting, check: str, cure: str) -> None:
    done = tideline(tmp_path, "doctor", "--json", **setting)
    assert done.returncode == 1
    faults = [f for f in json.loads(done.stdout) if f["state"] == "fault" and f["check"] == check]
    assert faults
    assert cure in faults[0]["says"] + faults[0]["cure"]


def test_without_a_model_people_get_help_and_the_operator_the_cure(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "TIDELINE_HOME": str(tmp_path / "home"),
        "TIDELINE_MODELS": "/nowhere",
    }
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "chat", "--json"],
        input=b"i want to die\n", env=environment, capture_output=True, timeout=120,
    )  # fmt: skip
    answer = json.loads(done.stdout)
    assert answer["replies"][0]["text"] == STATIC_HELP
    assert answer["safety"]["level"] == "crisis"  # by the patterns alone
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[-1].endswith("run `make setup`")


def test_a_blank_token_is_no_token(monkeypatch) -> None:
    from bot.settings import Settings

    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", " \n")
    assert Settings().telegram_bot_token is None
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", " 1:a\n")
    assert Settings().telegram_bot_token.get_secret_value() == "1:a"


def test_a_setting_of_the_wrong_kind_is_one_line(tmp_path: Path) -> None:
    done = tideline(tmp_path, "doctor", TIDELINE_PORT="many")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1


def test_wrong_use_exits_with_2(tmp_path: Path) -> None:
    assert tideline(tmp_path, "chat", "--no-such-option").returncode == 2


def test_data_commands_serve_a_person_who_asks_the_service(tmp_path: Path) -> None:
    missing = tideline(tmp_path, "data", "export", "terminal", "sam")
    assert missing.returncode == 1
    assert "nothing is kept" in missing.stderr
    environment = {**os.environ, "TIDELINE_HOME": str(tmp_path / "home")}
    subprocess.run(
        [sys.executable, "-m", "bot.cli", "chat", "--json", "--user", "sam"],
        input=b"hello\n", env=environment, capture_output=True, timeout=120,
    )  # fmt: skip
    assert "hello" in tideline(tmp_path, "data", "export", "terminal", "sam").stdout
    assert tideline(tmp_path, "data", "expire", "--days", "3").stdout.startswith("0 people")
    assert tideline(tmp_path, "data", "forget", "terminal", "sam").returncode == 0
    assert tideline(tmp_path, "data", "forget", "terminal", "sam").returncode == 1


def test_eval_safety_has_the_shape_of_the_contract(tmp_path: Path) -> None:
    rows = [("i want to kill myself", "crisis"), ("hello there", "everyday")]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps({"text": t, "label": n}) for t, n in rows))
    out = tmp_path / "predictions.jsonl"
    done = tideline(tmp_path, "eval", "safety", str(file), "--json", "--predictions", str(out))
    report = json.loads(done.stdout)
    assert set(report) == {"n", "by_label", "auc", "p50_ms", "p95_ms"}
    assert report["by_label"]["crisis"] == {
        "n": 1,
        "none": 0,
        "check_in": 0,
        "crisis": 1,
        "recognised": 1,
    }
    assert "kill" not in out.read_text()
    assert [json.loads(line)["line"] for line in out.read_text().splitlines()] == [1, 2]


def test_eval_nlu_accepts_an_also(tmp_path: Path) -> None:
    rows = [
        {"text": "hello", "topic": "privacy", "also": ["greet"]},
        {"text": "hi there", "topic": "greet"},
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    report = json.loads(tideline(tmp_path, "eval", "nlu", str(file), "--json").stdout)
    assert report["accuracy"] == 1
    assert report["errors"] == []


@pytest.mark.parametrize(
    "content", ["{", '{"text": "x", "label": "none_such"}', '{"label": "crisis"}']
)
def test_a_wrong_line_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(content)
    done = tideline(tmp_path, "eval", "safety", str(file))
    assert done.returncode == 1
    assert "rows.jsonl:1" in done.stderr


def test_the_report_holds_every_sentence(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert tideline(tmp_path, "content", "report", str(out)).returncode == 0
    page = out.read_text()
    assert "Path: urge" in page
    assert "What you just said matters" in page


def test_an_unknown_benchmark_is_named(tmp_path: Path) -> None:
    done = tideline(tmp_path, "bench", "warp")
    assert done.returncode == 1
    assert "fresh" in done.stderr


def test_folds_that_are_not_there_are_named_with_the_cure(tmp_path: Path) -> None:
    done = tideline(tmp_path, "eval", "folds", str(tmp_path))
    assert done.returncode == 1
    assert "scripts/finetune.py" in done.stderr
