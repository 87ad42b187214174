"""What is baked into the widget is checked like everything else that a person reads."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from bot.content.check import examine
from bot.content.report import render
from bot.content.widget import baked, load_words
from bot.settings import ROOT


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def reworded(data: Path, language: str = "en", **words: str) -> None:
    shipped = yaml.safe_load((data / "widget" / "en.yml").read_text())
    shipped["language"] = language
    shipped["words"].update(words)
    (data / "widget" / f"{language}.yml").write_text(yaml.safe_dump(shipped))


def test_a_forbidden_word_in_the_widget_is_found(data: Path) -> None:
    reworded(data, welcome_bot="I promise to keep this between us.")
    assert any("widget_welcome_bot" in finding for finding in examine(data))


def test_a_translation_that_lacks_a_word_is_found(data: Path) -> None:
    reworded(data, "cy", extra="one too many")
    assert any("cy.yml" in finding and "extra" in finding for finding in examine(data))


def test_the_report_shows_the_widgets_words() -> None:
    report = render(ROOT / "data")
    for text in ("Okay, let&#x27;s start", "Leave now", "Your code. It is shown this once:"):
        assert text in report


def test_every_country_is_baked_in_with_its_emergency_number() -> None:
    countries = {one["code"]: one for one in baked(ROOT / "data")["countries"]}
    assert countries["GB"]["emergency"] == ["999"]
    assert any(line.get("phone") == "116 123" for line in countries["GB"]["lines"])
    assert all(country["emergency"] for country in countries.values())
    assert "ZZ" not in countries


def test_an_operators_own_lines_are_baked_in(tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    shipped = yaml.safe_load((ROOT / "data" / "helplines" / "ie.yml").read_text())
    line = {"id": "ours", "name": "Harbour Lane", "phone": "01 234 5678", "checked": "2026-11-01"}
    own.write_text(yaml.safe_dump({**shipped, "lines": [line]}))
    [ireland] = [c for c in baked(ROOT / "data", own)["countries"] if c["code"] == "IE"]
    assert ireland["lines"][0]["name"] == "Harbour Lane"


def test_every_word_that_the_widget_asks_for_is_there() -> None:
    known = load_words(ROOT / "data")["en"].words
    source = "".join(path.read_text() for path in (ROOT / "web" / "src").rglob("*.ts*"))
    assert set(re.findall(r'\bt\("(\w+)"', source)) <= set(known)
    unused = [
        name for name in known if f'"{name}"' not in source and not name.startswith("disguise_")
    ]
    assert unused == []
