"""Commands that begin with a slash, and what each asks of Rasa.

A slash is never read as one of Rasa's own `/intent{…}` payloads: what is not a
command here is read as plain words.
"""

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
        return LINKS.get(link.strip(), COMMANDS["start"])
    return "" if link else COMMANDS.get(name, "")
