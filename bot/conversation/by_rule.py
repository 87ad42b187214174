"""What written words stand for by rule and not by the model, once danger was looked for."""

import re
import time
from dataclasses import replace
from typing import Any

from bot.content.helplines import MOST_WORDS_OF_A_PLACE, Directory
from bot.content.languages import Languages
from bot.conversation.commands import asks_to_delete, asks_to_export, confirms_deletion
from bot.conversation.safety_care import after_help, just_helped
from bot.nlu.foreign import foreign
from bot.nlu.normalise import normalise
from bot.safety.detector import Detector
from bot.safety.reply import BESIDE, IN_WALK, answers_with_no, names_a_time, refuses_call
from bot.safety.verdict import Verdict

MOST_AFTER_HELP = 20
"""Words up to which an answer names a country after crisis help: more is told beside it ("yes,
india. my flatmate is here"), and the lines there matter most."""
MOST_WORDS_OF_A_REFUSAL = 10
_BACK = re.compile(
    r"\b(?:can|could|let's|shall) (?:i |we )?(?:please )?"
    r"(?:go|get|come|carry) (?:back to|on with)\b|"
    r"^(?:(?:ok(?:ay)?|so|right|well|now|anyway)[, ]+)*back to\b"
)
"""A wish to go back to what waits."""
JUST_FORGOTTEN = 600
"""Seconds after a deletion in which "yes" or "did it work?" is about it."""
DENIED = {BESIDE: "/safety_denied", IN_WALK: '/choose{"option": "no"}'}
"""What a "no" to our safety question stands for, by where it was asked."""


class ByRule:
    """An answer to our safety question or to crisis help, a wish to have everything deleted, the
    country we asked for, another language; otherwise the text as it is."""

    def __init__(self, detector: Detector, helplines: Directory, languages: Languages) -> None:
        self._detector = detector
        self._helplines = helplines
        self._languages = languages
        self._forgotten: dict[str, float] = {}
        """When somebody had everything deleted (monotonic seconds), until their next message."""

    def forgot(self, person: str) -> None:
        """Everything of a person was deleted just now; who did so long ago is known no more."""
        now = time.monotonic()
        self._forgotten = {
            name: at for name, at in self._forgotten.items() if now - at < JUST_FORGOTTEN
        }
        self._forgotten[person] = now

    def meant(
        self, person: str, said: str, text: str, slots: dict[str, Any], verdict: Verdict
    ) -> tuple[str, Verdict]:
        """The text or payload for Rasa, and the verdict in its light.

        Args:
            person: pseudonym.
            said: the words.
            text: what they are to Rasa when no rule knows better.
            slots: the conversation's, before this turn.
            verdict: the detector's, on these words.
        """
        safety: dict[str, Any] = slots.get("safety") or {}
        plain = normalise(said)
        if safety.get("asked") and answers_with_no(plain) and not verdict.at_least("crisis"):
            return DENIED.get(safety["asked"], DENIED[BESIDE]), verdict
        if just_helped(safety) == "crisis" and names_a_time(plain):
            return text, Verdict("crisis", "crisis", 0.9)
        wish = self._wish(person, plain)
        if (wish or just_helped(safety)) and not self._is_sign(plain):
            if wish:
                return wish, verdict
            confirmed = bool(safety.get("asked")) and verdict.at_least("crisis")
            answer = "" if confirmed else after_help(safety, plain, verdict)
            if answer:  # met with ways to write or with thanks; the matter stays open
                return answer, replace(verdict, level="check_in")
        if verdict.at_least("crisis"):
            return text, verdict
        going_on = self._goes_on(plain, slots) if verdict.level == "none" else ""
        if going_on:
            return going_on, verdict
        country = self._helplines.find(plain) if slots.get("asked_country") else None
        most = MOST_AFTER_HELP if just_helped(safety) else MOST_WORDS_OF_A_PLACE
        if country and len(said.split()) <= most:
            return f'/set_country{{"country": "{country}"}}', verdict
        return self._abroad(said, text, verdict)

    def _is_sign(self, plain: str) -> bool:
        """Whether a text holds a high-precision sign of danger; then nothing else is read in it."""
        return self._detector.by_pattern(plain).at_least("crisis")

    def _wish(self, person: str, plain: str) -> str:
        """The payload of a wish about the person's data, or an empty text."""
        if asks_to_delete(plain) or self._doubts_deletion(person, plain):
            return "/forget_data"
        return "/export_data" if asks_to_export(plain) else ""

    def _goes_on(self, plain: str, slots: dict[str, Any]) -> str:
        """The payload of a calm "no call" right after people to reach were named, or of a wish to
        go back to what waits; or an empty text."""
        about = slots.get("about") or {}
        named = about.get("topic") == "human" and not about.get("age")
        if named and refuses_call(plain) and len(plain.split()) <= MOST_WORDS_OF_A_REFUSAL:
            return "/quiet_lines"
        return "/resume" if slots.get("paused") and _BACK.search(plain) else ""

    def _abroad(self, said: str, text: str, verdict: Verdict) -> tuple[str, Verdict]:
        """What a message in another language stands for: our sentence in it, and lines."""
        code = foreign(said)
        if code is None:
            return text, verdict
        if self._languages.get(code).in_danger(said):
            verdict = Verdict("crisis", "crisis", 0.95)
        intent = "crisis_abroad" if verdict.at_least("crisis") else "other_language"
        return f'/{intent}{{"language": "{code}"}}', verdict

    def _doubts_deletion(self, person: str, plain: str) -> bool:
        """Whether a "yes, delete it" or "did it work?" comes right after everything was deleted.

        Nothing is left that could tell, so this is known in memory only, and not for long.
        """
        at = self._forgotten.pop(person, None)
        if at is None:  # no time stands for "never": the clock starts at 0 with the machine
            return False
        return time.monotonic() - at < JUST_FORGOTTEN and confirms_deletion(plain)
