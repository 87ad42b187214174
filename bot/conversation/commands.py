"""Commands that begin with a slash, and what each asks of Rasa.

A slash is never read as one of Rasa's own `/intent{…}` payloads: what is not a
command here is read as plain words.
"""

import re

COMMANDS = {
    "start": "/greet",
    "help": "/show_help",
    "helplines": "/show_helplines",
    "urge": "/urge_now",
    "plan": "/safety_plan",
    "progress": "/progress",
    "export": "/export_data",
    "forget": "/forget_data",
    "privacy": "/privacy",
    "stop": "/stop",
}

LINKS = {
    "loved_one": "/loved_one",
    "urge": "/urge_now",
    "disclosure": "/plan_disclosure",
    "crisis": "/crisis",
}
"""What a link into the chat may open: `/start loved_one`."""


def command(text: str) -> str:
    """The Rasa payload of a command, or an empty text when it is none."""
    if not text.startswith("/"):
        return ""
    called, _, link = text[1:].strip().lower().partition(" ")
    name = called.partition("@")[0]
    if link and name == "start":
        return LINKS.get(link.strip(), "")  # other words after it are read as words
    return "" if link else COMMANDS.get(name, "")


_DELETE = re.compile(
    r"\b(?:delete|erase|wipe|remove|get rid of)\b(?: \w+){0,4} "
    r"(?:everything|all|all of it|it all|the lot|the whole (?:lot|thing)|"
    r"my (?:data|record|records|chat|history|messages|account|stuff)|"
    r"(?:this|our) (?:chat|conversation)|what i (?:wrote|said|told you|typed)|me)\b"
    r"|\bforget (?:me|(?:everything|all)(?: of it| that| what)? i (?:have )?"
    r"(?:said|wrote|written|told you|typed))\b"
)
_MERELY_ASKS = re.compile(
    r"^(?:how|what|when|can|could|do|does|will|is|who|where|if)\b"
    r"|\bhow (?:do|can) i\b|n't\b|\bnot\b"
    r"|\b(?:when|once|after) (?:i'm|im|i am|i|we|we're|this)\b|\b(?:later|tomorrow)\b"
    r"|\bcan (?:you|u|i)\W*$"
    r"|\b(?:he|she|they|it|mum|mom|dad|ex|partner|boyfriend|girlfriend|friend)\b.*"
    r"\b(?:delete|erase|wipe|remove|rid|forget)\b"
)
MOST_WORDS, SHORT = 18, 10


def asks_to_delete(plain: str) -> bool:
    """Whether a normalised text asks, in plain words, to have everything deleted.

    Told by rule and not by the model, so that it works in the middle of any walk.
    """
    short = len(plain.split()) <= MOST_WORDS
    return short and bool(_DELETE.search(plain)) and not _MERELY_ASKS.search(plain)


_EXPORT = re.compile(
    r"\b(?:get|have|take|send me|give me)\b(?: \w+){0,4} (?:as an? (?:file|document|pdf)\b|"
    r"a copy(?= of (?:it|this|that|all|everything|my)\b|\W*$))|"
    r"\b(?:copy of|export(?: of)?|download(?: of)?|print ?out(?: of)?) (?:\w+ ){0,3}?"
    r"(?:everything|all|the lot|my (?:data|record|stuff|history|file)|what (?:you|i|we)|the data)\b"
)


def asks_to_export(plain: str) -> bool:
    """Whether a normalised text asks for all that is kept; harmless, so a question will do."""
    return len(plain.split()) <= MOST_WORDS and bool(_EXPORT.search(plain))


_CONFIRMS = re.compile(
    r"^(?:yes|yeah|yep|ok|sure|i'm sure|please|do it|go ahead|all of it|everything)\b"
    r"|\b(?:work(?:ed)?|gone|deleted|really|certain|sure|done)\b"
)


def confirms_deletion(plain: str) -> bool:
    """Whether a short text, right after a deletion, confirms it or asks whether it worked."""
    return len(plain.split()) <= SHORT and bool(_CONFIRMS.search(plain))
