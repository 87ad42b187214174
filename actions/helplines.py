"""Local crisis help: which country, which lines, said as data."""

import datetime as dt
import re
from typing import Optional

from rasa_sdk.events import SlotSet

from actions.talk import Talk
from bot.content.helplines import MOST_WORDS_OF_A_PLACE
from bot.content.wording import emergency, line_text, wording
from bot.nlu.kinds import DANGER
from bot.nlu.normalise import normalise
from bot.nlu.safety_gate import MORE


def country_of(talk: Talk) -> Optional[str]:
    """The country named just now, else the remembered one, else the service's own.

    A device's language is only a hint and never decides.
    """
    named = named_country(talk)
    if named and named != talk.slot("country"):
        talk.events.append(SlotSet("country", named))
    return named or talk.slot("country") or talk.services.settings.country


_WHERE_I_AM = re.compile(
    r"\b(?:i'm|i am|am|we're|we are|i live|we live|living|based|here|staying|calling|from)\b"
    r"(?:\W+\w+){0,3}?\W+(?:in|from|near|outside)\b"
)


def named_country(talk: Talk) -> Optional[str]:
    """The code of the country that the person says they are in, or None.

    In danger a place that is only told of ("my ex moved to france and i want to die") is not where
    they are; whoever asks for people names the place they mean.
    """
    pressed = talk.entity("country")
    if pressed:
        return str(pressed)
    plain = normalise(talk.text)
    short = len(plain.split()) <= MOST_WORDS_OF_A_PLACE
    in_danger = talk.intent in DANGER | set(MORE.values())
    told_of = in_danger and not _WHERE_I_AM.search(plain)
    here = short or talk.slot("asked_country") or not told_of
    return talk.services.helplines.find(plain) if here else None


def say_helplines(talk: Talk, young: bool = False) -> None:
    """Say the emergency number and up to three lines, and ask for the country if unknown."""
    code = country_of(talk)
    directory = talk.services.helplines
    country = directory.get(code)
    today = dt.date.today()
    lines = [line_text(line, today) for line in directory.lines(code, young)]
    place = country.in_text if country else ""
    if country and lines:
        talk.say(
            "utter_helplines",
            place=place,
            emergency=emergency(country),
            lines="\n".join(lines),
        )
    else:
        response = "utter_helplines_none" if country else "utter_helplines_anywhere"
        talk.say(
            response,
            place=place,
            emergency=emergency(country),
            lines=wording()["anywhere"],
            buttons=[] if country else _hinted(talk),
        )
        if country is None:
            talk.events.append(SlotSet("asked_country", True))


def say_emergency(talk: Talk) -> None:
    """Say the emergency number and the first line again, in one sentence."""
    code = country_of(talk)
    country = talk.services.helplines.get(code)
    lines = talk.services.helplines.lines(code, most=1)
    first = line_text(lines[0], dt.date.today()) if lines else wording()["anywhere"]
    talk.say("utter_helplines_short", emergency=emergency(country), line=first)


def say_quiet_lines(talk: Talk) -> None:
    """Say the lines that need no voice, or where to find some."""
    lines = talk.services.helplines.lines(country_of(talk), most=99)
    quiet = [line_text(line, dt.date.today()) for line in lines if line.text or line.chat]
    talk.say("utter_helplines_quiet", lines="\n".join(quiet[:3]) or wording()["anywhere"])


def _hinted(talk: Talk) -> list[dict[str, str]]:
    """Buttons for the countries that the device's language suggests."""
    directory = talk.services.helplines
    return [
        {"title": directory.countries[code].name, "payload": f'/set_country{{"country": "{code}"}}'}
        for code in directory.hinted(talk.carried("locale"))
    ]
