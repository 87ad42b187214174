"""The helpline directory: data in `data/helplines/`, one file a country.

Numbers are shown verbatim as the country writes them (a short code is not an
international number), with the day they were last checked. A line that was not
checked for two years is not shown (the SAFETY notes of open-helplines), unless
the country has no other: then it is shown as old.
"""

import datetime as dt
import re
from pathlib import Path
from typing import Any, Literal, Optional

import yaml
from pydantic import BaseModel, Extra, validator

STALE_DAYS, HIDDEN_DAYS = 365, 730

_DENIED = re.compile(r"\bnot (?:in |from |the )*$")
MOST_WORDS_OF_A_PLACE = 6
"""Words up to which a message that names a country says where somebody is."""

Audience = Literal[
    "everyone",
    "young_people",
    "adults",
    "lgbtq",
    "self_injury",
    "parents",
    "loved_ones",
    "region",
]


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid


class Opening(_Strict):
    """When a line is open, in the country's own time."""

    always: bool = False
    days: str = "mon-sun"
    """A range or one day: "mon-sat", "fri"."""
    from_: Optional[str] = None
    to: Optional[str] = None

    class Config:
        fields = {"from_": "from"}


class Line(_Strict):
    """One helpline."""

    id: str
    name: str = ""
    phone: Optional[str] = None
    text: Optional[str] = None
    chat: Optional[str] = None
    email: Optional[str] = None
    hours: Optional[str] = None
    opening: Optional[Opening] = None
    audience: list[Audience] = ["everyone"]
    audience_note: Optional[str] = None
    languages: list[str] = []
    cost: Literal["free", "local_rate", "unknown"] = "unknown"
    on_phone_bill: Optional[bool] = None
    url: Optional[str] = None
    source: str = ""
    checked: dt.date = dt.date.min
    confidence: Literal["A", "B", "operator"] = "operator"
    hidden: bool = False

    @validator("phone", "text", "chat", "email", "hours", "url")
    def _not_blank(cls, value: Optional[str]) -> Optional[str]:
        if value is not None and not value.strip():
            raise ValueError("write null for nothing")
        return value

    def age_days(self, today: dt.date) -> int:
        """Days since the line was checked; 0 for an operator's own line without a date."""
        return 0 if self.undated else (today - self.checked).days

    @property
    def undated(self) -> bool:
        """Whether an operator answers for the line and gave no date: shown, and warned of."""
        return self.confidence == "operator" and self.checked == dt.date.min

    @property
    def reachable(self) -> bool:
        """Whether it can be reached by telephone, text or chat."""
        return bool(self.phone or self.text or self.chat)


class Emergency(_Strict):
    """A country's emergency numbers."""

    numbers: list[str]
    checked: dt.date
    source: str
    verified: bool = False


class Country(_Strict):
    """A country's emergency numbers and lines."""

    country: str
    name: str
    also: list[str] = []
    in_text: str
    timezone: str
    languages: list[str] = []
    emergency: Emergency
    lines: list[Line] = []


class Directory:
    """Looks countries up and picks the lines that fit a person."""

    def __init__(self, countries: dict[str, Country]) -> None:
        self.countries = countries
        self._names = {
            str(name).lower(): code
            for code, country in countries.items()
            for name in (country.name, *country.also)
            if str(name).lower() != "us"  # a pronoun
        }
        by_length = sorted(self._names, key=len, reverse=True)
        words = "|".join(re.escape(name) for name in by_length)
        self._pattern = re.compile(rf"(?<!\w)({words})(?!\w)")

    def get(self, code: Optional[str]) -> Optional[Country]:
        """The country of a code, or None for one that is not in the directory."""
        return self.countries.get((code or "").upper())

    def hinted(self, locale: Optional[str]) -> list[str]:
        """The codes that a device's language suggests, at most three; to ask about, not to trust.

        "en-IE" suggests Ireland, "fi" Finland; a language of many countries suggests none.
        """
        first = re.split(r"[,;]", locale or "")[0].strip().replace("_", "-")
        language, _, region = first.partition("-")
        if region.upper() in self.countries:
            return [region.upper()]
        spoken = [
            c for c, country in self.countries.items() if language.lower() in country.languages
        ]
        return spoken if len(spoken) <= 3 else []

    def speaking(self, language: str, most: int = 3) -> list[tuple[Country, Line]]:
        """One line of each of some countries whose first language it is, as (country, line)."""
        found = [
            (country, lines[0])
            for code, country in self.countries.items()
            if country.languages[:1] == [language] and (lines := self.lines(code, most=1))
        ]
        return found[:most]

    def find(self, plain: str) -> Optional[str]:
        """The code of the country named in a normalised text, or None.

        The longest name wins ("northern ireland" before "ireland"), a name after
        "not" does not count, and "us" counts only as the whole answer. A place
        that is listed under no country ("latin america") gives None.
        """
        if plain.strip(" .!") in ("us", "u.s"):
            return "US"
        named = [
            m[1] for m in self._pattern.finditer(plain) if not _DENIED.search(plain[: m.start()])
        ]
        code = self._names[max(named, key=len)] if named else "ZZ"
        return None if code == "ZZ" else code

    def lines(
        self,
        code: Optional[str],
        young: bool = False,
        today: Optional[dt.date] = None,
        most: int = 3,
    ) -> list[Line]:
        """The lines to show: checked within two years, the fitting audience first."""
        country = self.get(code)
        if country is None:
            return []
        day = today or dt.date.today()
        known = [line for line in country.lines if line.reachable]
        fresh = [line for line in known if line.age_days(day) <= HIDDEN_DAYS]
        shown = fresh or known  # an old number, said to be old, before no number at all
        return sorted(shown, key=lambda line: ("young_people" in line.audience) != young)[:most]


def load_directory(folder: Path, own: Optional[Path] = None) -> Directory:
    """Read the shipped lines and, over them, the operator's own.

    Raises:
        ValueError: a file is wrong; the text names the file and the field.
    """
    countries = {}
    for path in sorted(folder.glob("*.yml")):
        for country in _read(path):
            countries[country.country] = country
    if own is not None:
        for country in _read(own):
            _merge(countries, country)
    return Directory(countries)


def _read(path: Path) -> list[Country]:
    """The countries of a file, one a YAML document."""
    try:
        raws: list[dict[str, Any]] = list(yaml.safe_load_all(path.read_text(encoding="utf-8")))
        return [Country(**raw) for raw in raws if raw]
    except (OSError, ValueError, TypeError, yaml.YAMLError) as error:
        raise ValueError(f"{path}: {error}") from None


def _merge(countries: dict[str, Country], own: Country) -> None:
    shipped = countries.get(own.country)
    if shipped is None:
        countries[own.country] = own
        return
    changed = {line.id: line for line in own.lines}
    kept = [changed.pop(line.id, line) for line in shipped.lines]
    lines = [line for line in (*changed.values(), *kept) if not line.hidden]
    countries[own.country] = own.copy(update={"lines": lines})
