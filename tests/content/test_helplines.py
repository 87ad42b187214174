import datetime as dt
from pathlib import Path

import pytest
import yaml

from bot.content.helplines import Directory, load_directory
from bot.content.wording import line_text
from bot.nlu.normalise import normalise
from bot.settings import ROOT

FOLDER = ROOT / "data" / "helplines"
DAY = dt.date(2026, 11, 24)


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load_directory(FOLDER)


@pytest.mark.parametrize(
    ("locale", "codes"),
    [
        ("en-IE", ["IE"]), ("fi", ["FI"]), ("pt-br", ["BR"]), ("en", []), ("en-US,en;q=0.9", ["US"]),
        ("xx", []), ("", []), (None, []), ("en_GB", ["GB"]), ("zz-zz-zz", []),
    ],
)  # fmt: skip
def test_a_devices_language_suggests_a_country(directory: Directory, locale, codes) -> None:
    assert directory.hinted(locale) == codes


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("UK", "GB"), ("i'm in ireland", "IE"), ("northern ireland", "GB"), ("I live in the US now", None),
        ("us", "US"), ("usa", "US"), ("united states", "US"), ("can you help us", None),
        ("i'm not in canada", None), ("new zealand", "NZ"), ("india", "IN"), ("mumbai", "IN"),
        ("hello there", None), ("australia please", "AU"), ("latin america", None),
    ],
)  # fmt: skip
def test_a_country_is_understood_and_never_guessed(
    directory: Directory, said: str, code: str
) -> None:
    assert directory.find(normalise(said)) == code


def test_short_codes_are_shown_as_the_country_dials_them(directory: Directory) -> None:
    shown = {c: " ".join(line_text(n, DAY) for n in directory.lines(c)) for c in ("US", "GB", "FR")}
    assert "988" in shown["US"] and "1-800-273" not in shown["US"]
    assert "116 123" in shown["GB"] and "+44" not in shown["GB"]
    assert "3114" in shown["FR"]


def test_a_line_says_when_it_was_checked_and_what_it_costs(directory: Directory) -> None:
    text = line_text(directory.lines("GB")[0], DAY)
    assert "Samaritans" in text and "2026-06-02" in text and "not on the phone bill" in text


def test_a_line_unchecked_for_two_years_is_left_out_when_there_is_another(
    directory: Directory,
) -> None:
    assert "gb_childline" not in [line.id for line in directory.lines("GB", today=DAY)]
    only_old = directory.lines("AU", today=DAY)
    assert only_old
    assert all("may have changed" in line_text(line, DAY) for line in only_old)


def test_an_unknown_country_gets_no_other_countrys_lines(directory: Directory) -> None:
    assert directory.lines("XX") == []
    assert directory.lines(None) == []
    assert directory.lines("IT") == []  # only unverified rows were known


def test_an_operator_adds_changes_and_hides_lines(tmp_path: Path) -> None:
    shipped = yaml.safe_load((FOLDER / "gb.yml").read_text())
    own = {**shipped, "lines": [
        {"id": "our_desk", "name": "Our desk", "phone": "01234 5", "checked": "2026-11-01"},
        {"id": "gb_shout", "hidden": True},
    ]}  # fmt: skip
    path = tmp_path / "own.yml"
    path.write_text(yaml.safe_dump(own))
    names = [line.name for line in load_directory(FOLDER, path).lines("GB", today=DAY)]
    assert names[0] == "Our desk"
    assert "Samaritans" in names
    assert "Shout" not in names


def test_an_operators_line_without_a_date_is_shown_without_one(tmp_path: Path) -> None:
    shipped = yaml.safe_load((FOLDER / "gb.yml").read_text())
    own = {**shipped, "lines": [{"id": "our_desk", "name": "Our desk", "phone": "01234 5"}]}
    path = tmp_path / "own.yml"
    path.write_text(yaml.safe_dump(own))
    line = load_directory(FOLDER, path).lines("GB", today=DAY)[0]
    assert (line.name, line.undated) == ("Our desk", True)
    assert "checked" not in line_text(line, DAY)


def test_an_operators_one_file_may_hold_several_countries(tmp_path: Path) -> None:
    own = []
    for code in ("gb", "ie"):
        shipped = yaml.safe_load((FOLDER / f"{code}.yml").read_text())
        line = {"id": f"{code}_desk", "name": f"Desk {code}", "phone": "1", "checked": "2026-11-01"}
        own.append({**shipped, "lines": [line]})
    path = tmp_path / "own.yml"
    path.write_text(yaml.safe_dump_all(own))
    both = load_directory(FOLDER, path)
    assert [both.lines(code, today=DAY)[0].name for code in ("GB", "IE")] == ["Desk gb", "Desk ie"]


def test_a_broken_file_is_named_with_its_field(tmp_path: Path) -> None:
    path = tmp_path / "own.yml"
    path.write_text("country: GB\nname: x\n")
    with pytest.raises(ValueError, match=r"(?s)own\.yml.*emergency"):
        load_directory(FOLDER, path)
