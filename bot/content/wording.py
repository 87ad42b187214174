"""Vetted fragments that code puts around facts: `data/wording.yml`."""

import datetime as dt
from functools import lru_cache
from typing import Any

import yaml

from bot.content.helplines import STALE_DAYS, Country, Line
from bot.settings import settings


@lru_cache(maxsize=1)
def wording() -> dict[str, Any]:
    """The fragments by name.

    Raises:
        OSError, yaml.YAMLError: the file is missing or wrong.
    """
    loaded: dict[str, Any] = yaml.safe_load(
        (settings().data / "wording.yml").read_text(encoding="utf-8")
    )
    return loaded


def emergency(country: "Country | None") -> str:
    """A country's emergency numbers, or how to find them when there is no country."""
    words = wording()
    if country is None or not country.emergency.numbers:
        return str(words["emergency_anywhere"])
    return str(words["or"]).join(country.emergency.numbers)


def line_text(line: Line, today: Any) -> str:
    """A helpline as one line: name, ways to reach it, hours, cost, day of the last check."""
    words = wording()
    ways = [
        words[way].format(value=value)
        for way in ("phone", "text", "chat", "email")
        if (value := getattr(line, way))
    ]
    known = line.checked != dt.date.min
    old = "old" if line.age_days(today) > STALE_DAYS else "checked"
    notes = [
        words["hours"].format(value=line.hours) if line.hours else "",
        words["free"] if line.cost == "free" else "",
        words["not_on_bill"] if line.on_phone_bill is False else "",
        words[old].format(value=line.checked.isoformat()) if known else "",
    ]
    special = [one for one in line.audience if one != "everyone"]
    who = line.audience_note or ", ".join(words["audience"][one] for one in special)
    return str(words["line"]).format(
        name=line.name,
        who=words["who"].format(value=who) if who else "",
        ways=str(words["or"]).join(ways),
        notes="".join(f", {note}" for note in notes if note),
    )


def line_abroad(country: Country, line: Line) -> str:
    """A country's emergency number and one helpline, with no word that needs translating."""
    ways = [way for way in (line.phone, line.text, line.chat) if way]
    numbers = "/".join(country.emergency.numbers)
    return str(wording()["abroad"]).format(
        country=country.name, emergency=numbers, name=line.name, ways=" · ".join(ways)
    )
