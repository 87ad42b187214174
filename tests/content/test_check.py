"""The content check finds each fault it promises to find."""

import shutil
from pathlib import Path

import pytest
import yaml

from bot.content.check import examine
from bot.settings import ROOT


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def test_the_shipped_content_is_fit_to_be_said() -> None:
    assert list(examine(ROOT / "data")) == []


def broken(data: Path, change) -> list[str]:
    path = data / "responses" / "smalltalk_thanks.yml"
    responses = yaml.safe_load(path.read_text())
    change(responses["responses"])
    path.write_text(yaml.safe_dump(responses))
    return list(examine(data))


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("You are clean for a week now", "makes self-injury dirty"),
        ("I promise to stay with you", "no promise"),
        ("You must stop this now", "never pushes"),
        ("Hold an ice cube instead", "substitute"),
        ("word " * 61, "61 words"),
        ("Why? How? When?", "more than 2 questions"),
        ("", "says nothing"),
        ("Notwithstanding considerable institutional impediments, individuals experiencing "
         "psychological decompensation characteristically demonstrate remarkable adaptability", "reading age"),
    ],
)  # fmt: skip
def test_a_sentence_that_must_not_be_said_is_found(data: Path, text: str, finding: str) -> None:
    found = broken(data, lambda r: r["utter_smalltalk_thanks"][0].update(text=text))
    assert any(finding in one for one in found), found


def test_a_response_that_could_stay_silent_is_found(data: Path) -> None:
    def condition(responses) -> None:
        for variation in responses["utter_smalltalk_thanks"]:
            variation["condition"] = [{"type": "slot", "name": "walk", "value": 1}]

    assert any("may say nothing" in one for one in broken(data, condition))


def test_the_same_response_in_two_files_is_found(data: Path) -> None:
    found = broken(data, lambda r: r.update(utter_privacy=[{"text": "Another."}]))
    assert any("utter_privacy: stands in" in one for one in found)


def test_a_source_that_is_not_listed_is_found(data: Path) -> None:
    def cite(responses) -> None:
        responses["utter_smalltalk_thanks"][0]["metadata"]["sources"] = ["hearsay_2001"]

    assert any("hearsay_2001" in one for one in broken(data, cite))


def test_an_unquoted_date_is_found(data: Path) -> None:
    (data / "extra.yml").write_text("reviewed_on: 2026-11-24\n")
    assert any("quote every date" in one for one in examine(data))


def test_broken_yaml_is_one_finding_that_names_the_file(data: Path) -> None:
    (data / "responses" / "stop.yml").write_text("responses: [")
    [finding] = examine(data)
    assert "stop.yml" in finding


def test_a_sentence_in_another_language_with_an_unknown_source_is_found(data: Path) -> None:
    path = data / "languages.yml"
    path.write_text(path.read_text().replace("[helpline_directory]", "[nowhere]"))
    assert "languages.yml: the source nowhere is not in data/sources.yml" in list(examine(data))
