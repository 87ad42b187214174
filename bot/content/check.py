"""`tideline content check`: is everything the bot can say fit to be said?

Collects every finding before it reports. Covers what `rasa data validate`
passes over: sentences that can never be sent, duplicates across files, unused
intents, actions without a class, unquoted dates.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.content.frames import frames
from bot.content.helplines import load_directory
from bot.content.languages import load_languages
from bot.content.questions import load_questions
from bot.content.responses import Sentence, read_responses
from bot.content.sentence_rules import SentenceRules, load_sentence_rules
from bot.content.strategies import load_strategies
from bot.content.topics import topic_of_intents
from bot.content.widget import widget_sentences
from bot.conversation.commands import COMMANDS
from bot.conversation.walks import CONTROL, Step, Walk, load_walks
from bot.nlu.examples import read_examples
from bot.nlu.normalise import normalise
from bot.settings import ROOT, settings

MOST_BUTTONS, TITLE = 3, 24
METADATA = {"id", "sources", "reviewed_by", "reviewed_on"}
_OPTION = re.compile(r'^/choose\{"option": "([\w-]+)"\}$')
_QUOTED_DATE = re.compile(r"^(?:reviewed_on|checked):\s*\d{4}-", re.MULTILINE)


def run() -> None:
    """Print each finding with its place; exit 1 when there is one."""
    data = settings().data
    findings = list(examine(data))
    for finding in findings:
        sys.stdout.write(finding + "\n")
    sys.stdout.write(
        f"{len(read_responses(data / 'responses'))} sentences, {len(findings)} findings\n"
    )
    if findings:
        sys.exit(1)


def examine(data: Path) -> Iterator[str]:
    """Every finding about the content of a data folder."""
    try:
        sentences = read_responses(data / "responses")
        walks = load_walks(data / "walks")
        load_directory(data / "helplines")
        rules = load_sentence_rules(data)
        load_questions(data / "questions")
        languages = load_languages(data / "languages.yml")
        topics = topic_of_intents(data / "topics.yml")
        widget = widget_sentences(data)
        frames(data)
    except (OSError, ValueError, yaml.YAMLError) as error:
        yield " ".join(str(error).split())
        return
    for sentence in (*sentences, *widget):
        yield from _sentence(sentence, rules)
    yield from _responses(sentences)
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    yield from _walks(walks, sentences, domain)
    yield from _domain(domain, topics, data)
    yield from _used(sentences, walks, data)
    yield from _dates(data)
    yield from rules.unknown_sources("languages.yml", languages.sources)
    yield from _questions(data, set(topics.values()), set(walks), rules)
    yield from _strategies(data, rules)
    yield from _frames(data, rules)
    yield from _examples(data)
    yield from _talks(set(topics.values()))


def _sentence(sentence: Sentence, rules: SentenceRules) -> Iterator[str]:
    place = sentence.place
    yield from rules.findings(sentence.text, place, list(sentence.metadata.get("sources") or []))
    if set(sentence.metadata) != METADATA:
        yield f"{place}: metadata must be {', '.join(sorted(METADATA))}"
    if not isinstance(sentence.metadata.get("reviewed_on"), str):
        yield f"{place}: quote the date of reviewed_on: YAML takes it for a date"
    titles = [str(button.get("title")) for button in sentence.buttons]
    if len(titles) > MOST_BUTTONS:
        yield f"{place}: {len(titles)} buttons, at most {MOST_BUTTONS}"
    if len({title.casefold() for title in titles}) < len(titles):
        yield f"{place}: two buttons have one title"
    for title in titles:
        if len(title) > TITLE:
            yield f"{place}: the button {title!r} is longer than {TITLE}"


def _questions(
    data: Path, topics: set[str], walks: set[str], rules: SentenceRules
) -> Iterator[str]:
    asked: Counter[str] = Counter()
    for question in load_questions(data / "questions").values():
        place = f"questions/{question.topic}.yml: {question.id}"
        yield from rules.findings(question.say, place, question.sources)
        if question.topic not in topics:
            yield f"{place}: there is no topic {question.topic}"
        if question.leads_to and question.leads_to not in walks | topics | {"helplines"}:
            yield f"{place}: leads to {question.leads_to}, which is no walk"
        asked.update({_plain(text) for text in question.ask})
    for text, times in asked.items():
        if times > 1:
            yield f"questions: {text[:60]!r} is asked under {times} questions"


def _strategies(data: Path, rules: SentenceRules) -> Iterator[str]:
    for item in load_strategies(data / "strategies.yml").all.values():
        yield from rules.findings(item.says, f"strategies.yml: {item.id}", item.sources)


def _frames(data: Path, rules: SentenceRules) -> Iterator[str]:
    """The sentences of the drafts that people send."""
    for part, texts in frames(data).items():
        for text in texts:
            yield from rules.findings(text, f"disclosure_frames.yml: {part}", [])


@cache
def _plain(text: str) -> str:
    """A text of ours, normalised; the same thousands are checked again after each change."""
    return normalise(text)


def _examples(data: Path) -> Iterator[str]:
    """An example under two intents teaches neither."""
    seen: dict[str, str] = {}
    for text, intent in zip(*read_examples(data / "nlu")):
        before = seen.setdefault(_plain(text), intent)
        if before != intent:
            yield f"nlu: {text[:60]!r} is an example of {before} and of {intent}"


def _talks(topics: set[str]) -> Iterator[str]:
    """Every topic has end-to-end talks; an installation without the tests has nothing to check."""
    folder = ROOT / "tests" / "conversations"
    for topic in sorted(topics):
        if folder.exists() and not (folder / f"{topic}.yml").exists():
            yield f"topic {topic}: has no talk in tests/conversations"


def _responses(sentences: list[Sentence]) -> Iterator[str]:
    files: dict[str, set[str]] = {}
    for sentence in sentences:
        files.setdefault(sentence.response, set()).add(sentence.file)
    for response, names in files.items():
        if len(names) > 1:
            yield f"{response}: stands in {' and '.join(sorted(names))}"
        mine = [s for s in sentences if s.response == response]
        if all(sentence.conditional for sentence in mine):
            yield f"{response}: every variation has a condition, so it may say nothing"
    for what, values in (
        ("id", [s.metadata.get("id") for s in sentences]),
        ("text", [s.text for s in sentences]),
    ):
        for value, times in Counter(values).items():
            if times > 1:
                yield f"the {what} {str(value)[:60]!r} stands {times} times"


def _walks(
    walks: dict[str, Walk], sentences: list[Sentence], domain: dict[str, Any]
) -> Iterator[str]:
    by_name: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        by_name.setdefault(sentence.response, []).append(sentence)
    for walk in walks.values():
        if walk.form not in domain["forms"] or walk.form not in domain["actions"]:
            yield f"walk {walk.walk}: {walk.form} must be under forms and actions of domain.yml"
        for name, step in walk.steps.items():
            for response in (*step.say, *filter(None, (step.ask, step.hint, walk.back))):
                if response not in by_name:
                    yield f"walk {walk.walk}, step {name}: there is no {response}"
            yield from _options(walk, name, step, by_name.get(step.ask or "", []))


def _options(walk: Walk, name: str, step: Step, asked: list[Sentence]) -> Iterator[str]:
    known = {*step.options, *CONTROL, "yes", "no"}
    for sentence in asked:
        for button in sentence.buttons:
            option = _OPTION.match(str(button.get("payload")))
            if option and option[1] not in known and not option[1].isdigit():
                yield f"walk {walk.walk}, step {name}: the button {option[1]} leads nowhere"


def _domain(domain: dict[str, Any], topics: dict[str, str], data: Path) -> Iterator[str]:
    rules = _read_all(data / "rules", "rules")
    ruled = {step["intent"] for rule in rules for step in rule["steps"] if "intent" in step}
    for intent in domain["intents"]:
        if intent not in topics:
            yield f"intent {intent}: has no topic in data/topics.yml"
        if intent not in ruled:
            yield f"intent {intent}: no rule answers it"
    for intent in topics:
        if intent not in domain["intents"] and intent != "nlu_fallback":
            yield f"intent {intent}: is in data/topics.yml and not in domain.yml"
    named = re.findall(r'return "(action_\w+)"', _source("actions"))
    for action in domain["actions"]:
        topic = action[: -len("_form")]
        known = (
            f'topic = "{topic}"' in _source("actions")
            if action.endswith("_form")
            else action in named
        )
        if not known:
            yield f"action {action}: no class has this name"


def _used(sentences: list[Sentence], walks: dict[str, Walk], data: Path) -> Iterator[str]:
    """Sentences that nothing says."""
    said = {
        r for w in walks.values() for s in w.steps.values() for r in (*s.say, s.ask, s.hint, w.back)
    }
    said |= {
        step["action"]
        for rule in _read_all(data / "rules", "rules")
        for step in rule["steps"]
        if "action" in step
    }
    code = _source("actions") + _source("bot/conversation") + _source("bot/channels")
    for response in sorted({sentence.response for sentence in sentences}):
        short = response[len("utter_") :]
        if (
            response not in said
            and response not in code
            and f'"{short}"' not in code
            and not _from_guard(response)
        ):
            yield f"{response}: nothing says it"


def _from_guard(response: str) -> bool:
    command = response.removeprefix("utter_telegram_command_")
    return command in COMMANDS or response in (
        "utter_empty", "utter_unreadable", "utter_long", "utter_too_fast",
    )  # fmt: skip


def _dates(data: Path) -> Iterator[str]:
    for path in sorted(data.rglob("*.yml")):
        if _QUOTED_DATE.search(path.read_text(encoding="utf-8")):
            yield f"{path.name}: quote every date, or training fails"


def _read_all(folder: Path, key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.yml")):
        found += (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get(key) or []
    return found


def _source(folder: str) -> str:
    return "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / folder).rglob("*.py"))
    )
