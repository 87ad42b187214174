"""Disclosure: a plan for telling someone, and a draft in their own words."""

import re
from typing import Any, Optional

from actions.talk import Talk
from actions.walk import WalkAction
from bot.content.frames import frames
from bot.content.wording import wording
from bot.conversation.answering import Heard
from bot.nlu.normalise import normalise
from bot.settings import settings

PLAN = "disclosure_plan"
PARTS = (
    "why",
    "who",
    "when",
    "how",
    "how_much",
    "want",
    "reaction",
    "after",
    "draft",
    "afterwards",
)
_PROFESSIONAL = re.compile(
    r"\b(?:gp|doctor|dr|nurse|therapist|counsell?or|psychologist|psychiatrist|teacher|tutor|"
    r"school|social worker|camhs|midwife|professional|coach)\b"
)
_NOBODY = re.compile(
    r"\b(?:not tell(?:ing)?|don't want to tell|not going to tell|rather not tell)\b"
    r"|^(?:\W*\w+){0,4}\W*\b(?:no ?body|no one)\b"
    r"(?! (?:has|had|will|would|is|was|can|could|needs?|looks?|knows?|sees?|hears?|gets|else)\b)"
    r"(?:\W*\w+){0,4}\W*$"
)
"""Telling nobody: in so many words, or "nobody" in a short answer; "in the car, where nobody
has to look" is none."""


class DisclosureForm(WalkAction):
    """Walks someone through nine skippable steps; not telling is a valid end."""

    topic = "disclosure"

    def do_begin(self, talk: Talk) -> Optional[str]:
        """Offer to go on with a plan that was kept before."""
        kept = talk.services.store.one(talk.person, PLAN)
        talk.answers.update({part: kept[part] for part in PARTS if kept.get(part)})
        return "kept" if any(talk.answers.get(part) for part in PARTS) else "new"

    def hear_keep(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Keep the plan after every answer, so that nothing is lost by leaving."""
        plan = {part: talk.answers[part] for part in PARTS if talk.answers.get(part)}
        talk.services.store.put(talk.person, PLAN, plan)
        return None

    def hear_who(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Tell a professional, who may have to pass things on, from others."""
        self.hear_keep(talk, heard)
        plain = normalise(str(heard.value or ""))
        if _NOBODY.search(plain):
            return "nobody"
        return "professional" if _PROFESSIONAL.search(plain) else None

    def do_draft(self, talk: Talk) -> Optional[str]:
        """Put a draft together from vetted frames and their own words."""
        if not talk.answers.get("draft"):
            talk.answers["draft"] = draft(talk.answers)
        talk.values["draft"] = talk.answers["draft"]
        self.hear_keep(talk, Heard("answered"))
        return None

    def hear_review(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Make the draft shorter, when asked."""
        if heard.outcome == "shorter":
            talk.answers["draft"] = draft({**talk.answers, "how_much": "one_line"}, short=True)
            talk.values["draft"] = talk.answers["draft"]
            talk.say("utter_disclosure_draft_intro")
        self.hear_keep(talk, heard)
        return None

    def do_show(self, talk: Talk) -> Optional[str]:
        """Show the plan as it is kept."""
        kept = talk.services.store.one(talk.person, PLAN)
        talk.values["plan"] = plan_text(kept)
        return None


def plan_text(kept: dict[str, Any]) -> str:
    """The plan as lines, in the order of its steps."""
    names, choices = wording()["plan_parts"], wording()["plan_choices"]
    lines = [f"{names[p]}: {choices.get(kept[p], kept[p])}" for p in PARTS if kept.get(p)]
    return "\n".join(lines)


def draft(answers: dict[str, Any], short: bool = False) -> str:
    """A message to copy: vetted frames around the person's own words."""
    known = frames(settings().data)
    told = str(answers.get("how_much") or "one_line")
    lines = [_first(known, "opening"), _first(known, told)]
    if not short:
        if answers.get("why") and told != "one_line":
            lines.append(_first(known, "why").replace("{why}", _clause(answers["why"])))
        if _PROFESSIONAL.search(normalise(str(answers.get("who") or ""))):
            lines.append(_first(known, "professional"))
    if answers.get("want"):
        asked = _request(str(answers["want"]))
        frame = _first(known, "request" if asked else "want")
        lines.append(frame.replace("{want}", asked or _clause(answers["want"])))
    else:
        lines.append(_first(known, "no_want"))
    if not short:
        lines.append(_first(known, "boundary"))
    return "\n".join(line for line in lines if line)


_WISH = re.compile(
    r"^(?:(?:i|i'd|i would|i just) )*(?:just )?(?:want|need|like|hope|wish|ask|prefer)?(?: for)? ?"
    r"(?:her|him|them|you|my \w+) to (.+)$",
    re.IGNORECASE,
)


def _request(words: str) -> str:
    """A wish about somebody as a request to them: "I want her to listen" gives "listen"."""
    found = _WISH.match(words.strip().rstrip(".!?"))
    return found[1] if found else ""


def _clause(words: Any) -> str:
    """Their words, fit to stand inside a sentence."""
    text = str(words).strip().rstrip(".!?")
    starts_with_i = re.match(r"I\b", text)
    return text if starts_with_i or not text else text[0].lower() + text[1:]


def _first(known: dict[str, list[str]], part: str) -> str:
    found = known.get(part) or [""]
    return str(found[0])
