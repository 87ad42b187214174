"""`tideline content report`: one page on which a clinician can read and sign off everything."""

import html
from pathlib import Path

import yaml

from bot.content.drawing import draw
from bot.content.frames import frames
from bot.content.languages import load_languages
from bot.content.questions import load_questions
from bot.content.responses import Sentence, read_responses
from bot.content.strategies import load_strategies
from bot.content.widget import widget_sentences
from bot.conversation.walks import END, Walk, load_walks
from bot.safety.static_help import STATIC_HELP
from bot.settings import settings

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}"
    "th,td{border:1px solid #999;padding:.4rem;vertical-align:top;text-align:left}"
    "small{color:#555}code{white-space:nowrap}.drawing{overflow-x:auto}svg{max-width:none}"
)


def run(out: Path) -> None:
    """Write the page.

    Raises:
        OSError: the file cannot be written.
    """
    out.write_text(render(settings().data), encoding="utf-8")


def render(data: Path) -> str:
    """The page as HTML, with nothing loaded from elsewhere."""
    sentences = read_responses(data / "responses")
    walks = load_walks(data / "walks")
    sources = yaml.safe_load((data / "sources.yml").read_text(encoding="utf-8"))
    parts = [
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>What Tideline says</title>",
        f"<style>{_STYLE}</style><h1>What Tideline says</h1>",
        f"<p>{len(sentences)} sentences, {len(walks)} paths. Nothing else can be said: "
        "no text is generated.</p>",
    ]
    paths = " · ".join(f"<a href='#path-{name}'>{_text(name)}</a>" for name in walks)
    parts.append(f"<p>Paths: {paths}</p>")
    parts += [_walk(walk, sentences) for walk in walks.values()]
    for file in sorted({sentence.file for sentence in sentences}):
        parts.append(f"<h2>{_text(file.removesuffix('.yml'))}</h2>")
        parts.append(_table([s for s in sentences if s.file == file]))
    parts += ["<h2>The website widget</h2>", _table(widget_sentences(data))]
    parts += _questions(data)
    parts += _languages(data)
    parts.append("<h2>Strategies</h2><table><tr><th>Title<th>Says<th>For<th>Sources")
    for item in load_strategies(data / "strategies.yml").all.values():
        parts.append(
            f"<tr><td>{_text(item.title)}<td>{_text(item.says)}"
            f"<td>{_text(', '.join(item.functions))}<td>{_text(', '.join(item.sources))}"
        )
    parts.append("</table>")
    parts += _drafts(data)
    parts += ["<h2>When a part of the bot fails</h2>", f"<p>{_text(STATIC_HELP)}</p>"]
    parts.append("<h2>Sources</h2><ul>")
    for name, source in sources.items():
        where = f"{source['authors']} ({source['year']}). {source['title']}. {source['where']}"
        parts.append(f"<li id='{_text(name)}'><code>{_text(name)}</code> {_text(where)}")
    parts.append("</ul></html>")
    return "\n".join(parts)


def _walk(walk: Walk, sentences: list[Sentence]) -> str:
    words = {sentence.response: sentence.text for sentence in reversed(sentences)}
    rows = []
    for name, step in walk.steps.items():
        said = [words.get(r, r) for r in (*step.say, *filter(None, [step.ask]))]
        ways = {"": step.next} if isinstance(step.next, str) else step.next
        arrows = [f"{_text(outcome)} → {_link(walk, target)}" for outcome, target in ways.items()]
        rows.append(
            f"<tr id='{walk.walk}-{name}'><td><code>{_text(name)}</code>"
            f"<td>{'<br>'.join(_text(text) for text in said)}<td>{'<br>'.join(arrows)}"
        )
    head = (
        f"<h2 id='path-{walk.walk}'>Path: {_text(walk.walk)}</h2>"
        f"<div class='drawing'>{draw(walk)}</div><table><tr><th>Step<th>Says<th>Then"
    )
    return head + "".join(rows) + "</table>"


def _questions(data: Path) -> list[str]:
    rows = [
        "<h2>Questions and answers</h2><table><tr><th>Asked as<th>Answer<th>Sources<th>Reviewed"
    ]
    for one in load_questions(data / "questions").values():
        asked = "<br>".join(_text(text) for text in one.ask)
        sources = ", ".join(one.sources)
        rows.append(
            f"<tr><td><code>{_text(one.id)}</code> ({_text(one.topic)})<br>{asked}"
            f"<td>{_text(one.say)}<td>{_text(sources)}"
            f"<td><small>{_text(one.reviewed_by)} {_text(one.reviewed_on)}</small>"
        )
    return [*rows, "</table>"]


def _drafts(data: Path) -> list[str]:
    rows = ["<h2>Drafts of a disclosure</h2><table><tr><th>Part<th>Says"]
    for part, texts in frames(data).items():
        rows.append(f"<tr><td><code>{_text(part)}</code><td>{'<br>'.join(map(_text, texts))}")
    return [*rows, "</table>"]


def _languages(data: Path) -> list[str]:
    known = load_languages(data / "languages.yml")
    reviewed = f"{known.reviewed_by} {known.reviewed_on}"
    rows = [
        "<h2>Other languages</h2><table><tr><th>Language<th>Sentence<th>Read as danger<th>Reviewed"
    ]
    rows += [
        f"<tr><td><code>{_text(one.code)}</code><td lang='{_text(one.code)}'>{_text(one.says)}"
        f"<td>{_text(one.danger)}<td><small>{_text(reviewed)}</small>"
        for one in known.languages
    ]
    return [*rows, "</table>"]


def _link(walk: Walk, target: str) -> str:
    return target if target == END else f"<a href='#{walk.walk}-{target}'>{_text(target)}</a>"


def _table(sentences: list[Sentence]) -> str:
    rows = ["<table><tr><th>Id<th>Sentence<th>Buttons<th>Sources<th>Reviewed"]
    for one in sentences:
        buttons = ", ".join(str(button.get("title")) for button in one.buttons)
        reviewed = f"{one.metadata.get('reviewed_by')} {one.metadata.get('reviewed_on')}"
        sources = ", ".join(one.metadata.get("sources") or [])
        rows.append(
            f"<tr><td><code>{_text(str(one.metadata.get('id')))}</code><td>{_text(one.text)}"
            f"<td>{_text(buttons)}<td>{_text(sources)}<td><small>{_text(reviewed)}</small>"
        )
    return "".join(rows) + "</table>"


def _text(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")
