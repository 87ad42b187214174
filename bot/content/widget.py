"""What is baked into the website widget: its words and every country's helplines."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, Extra

from bot.content.helplines import Country, Directory, Line, load_directory
from bot.content.responses import Sentence
from bot.safety.static_help import STATIC_HELP

META = ("sources", "reviewed_by", "reviewed_on")


class Words(BaseModel):
    """The widget's words in one language."""

    language: str
    direction: str
    reviewed_by: str
    reviewed_on: str
    words: dict[str, str]

    class Config:
        extra = Extra.forbid


def load_words(data: Path) -> dict[str, Words]:
    """The words by language; English is the one that is always there.

    Raises:
        ValueError: a file is wrong, or lacks a word that English has.
    """
    found = {}
    for path in sorted((data / "widget").glob("*.yml")):
        try:
            words = Words(**yaml.safe_load(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError, yaml.YAMLError) as error:
            raise ValueError(f"{path}: {error}") from None
        found[words.language] = words
    english = found.get("en")
    if english is None:
        raise ValueError(f"{data / 'widget'}: en.yml is missing")
    for language, words in found.items():
        differs = sorted(set(words.words) ^ set(english.words))
        if differs:
            raise ValueError(f"widget/{language}.yml: differs from en.yml in {', '.join(differs)}")
    return found


def widget_sentences(data: Path) -> list[Sentence]:
    """The widget's words as sentences, for the check and the clinician's report."""
    return [
        Sentence(
            file=f"widget/{language}.yml",
            response=name,
            text=text,
            buttons=(),
            metadata={
                "id": f"widget_{name}",
                "sources": [],
                "reviewed_by": words.reviewed_by,
                "reviewed_on": words.reviewed_on,
            },
            conditional=False,
        )
        for language, words in load_words(data).items()
        for name, text in words.words.items()
    ]


def baked(data: Path, own: "Path | None" = None) -> dict[str, Any]:
    """Everything that the widget carries with it, as JSON values."""
    directory = load_directory(data / "helplines", own)
    return {
        "static": STATIC_HELP,
        "countries": [_country(directory, c) for c in _by_name(directory)],
        "languages": {
            language: {"direction": words.direction, "words": words.words}
            for language, words in load_words(data).items()
        },
    }


def write_baked(data: Path, out: Path, own: "Path | None" = None) -> None:
    """Write it where the web build reads it, when it changed.

    Raises:
        ValueError, OSError: data is wrong, or the file cannot be written.
    """
    text = json.dumps(baked(data, own), ensure_ascii=False, separators=(",", ":"))
    if not out.exists() or out.read_text(encoding="utf-8") != text:
        out.write_text(text, encoding="utf-8")


def _by_name(directory: Directory) -> list[Country]:
    return sorted(
        (c for c in directory.countries.values() if c.country != "ZZ"), key=lambda c: c.name
    )


def _country(directory: Directory, country: Country) -> dict[str, Any]:
    lines = directory.lines(country.country, most=4)
    return {
        "code": country.country,
        "name": country.name,
        "emergency": country.emergency.numbers,
        "lines": [_line(line) for line in lines],
    }


def _line(line: Line) -> dict[str, Any]:
    """A line as short as can be: what is empty is left out."""
    shape: dict[str, Any] = {
        "name": line.name,
        "phone": line.phone,
        "text": line.text,
        "chat": line.chat,
        "hours": line.hours,
        "who": line.audience_note,
        "url": line.url,
        "free": line.cost == "free",
        "unbilled": line.on_phone_bill is False,
        "checked": line.checked.isoformat() if line.checked > dt.date.min else None,
    }
    return {key: value for key, value in shape.items() if value}
