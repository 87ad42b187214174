"""The `tideline` command. Each subcommand is a module, imported when it is used."""

import sys
from pathlib import Path
from typing import Optional

import typer

from bot.logs import configure_logging

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
evaluate = typer.Typer(no_args_is_help=True, help="Measure the detector and the understanding.")
content = typer.Typer(no_args_is_help=True, help="Check and show everything the bot can say.")
data = typer.Typer(no_args_is_help=True, help="The operator's side of a person's data.")
app.add_typer(evaluate, name="eval")
app.add_typer(content, name="content")
app.add_typer(data, name="data")

JSON = typer.Option(False, "--json", help="Answer in JSON.")


@app.callback()
def tideline() -> None:
    """Tideline, a support chatbot for people who self-injure and those who love them."""


@app.command()
def chat(
    as_json: bool = JSON,
    user: Optional[str] = typer.Option(None, help="Name of the person; goes on with their record."),
    json_in: bool = typer.Option(False, "--json-in", help='Read {"person", "text"} a line.'),
) -> None:
    """Talk in the terminal."""
    from bot.channels.terminal import run

    run(as_json or json_in, user, json_in)


@app.command()
def train(
    force: bool = typer.Option(False, help="Train although the model is up to date."),
) -> None:
    """Train the assistant and the safety model, when their sources changed."""
    from bot.training import train as run

    run(force)


@app.command()
def page(
    check: bool = typer.Option(False, help="Check its types and run its unit tests instead."),
) -> None:
    """Build the website widget and its page."""
    from bot import page

    page.check() if check else page.build()


@app.command()
def embed(
    server: str = typer.Argument(..., help="Where this bot is reached, e.g. https://chat.example"),
) -> None:
    """Print the line that a website pastes, with its hash and its content security policy."""
    from bot.page import embed as run

    run(server)


@app.command()
def serve() -> None:
    """Run the web page and, when its token is set, Telegram."""
    from bot.server import run

    run()


@app.command()
def doctor(
    as_json: bool = JSON,
    online: bool = typer.Option(False, help="Also ask Telegram whether it takes the token."),
) -> None:
    """Check the installation; name a cure for each fault."""
    from bot.doctor import run

    run(as_json, online)


@app.command()
def bench(names: Optional[list[str]] = typer.Argument(None), as_json: bool = JSON) -> None:
    """Measure speed and memory against a stock Rasa assistant in the same run."""
    from bot.bench import run

    run(names or [], as_json)


@evaluate.command("safety")
def eval_safety(
    file: Path,
    as_json: bool = JSON,
    predictions: Optional[Path] = typer.Option(None, help="Write a verdict a line, no text."),
) -> None:
    """Run the safety detector on labelled messages."""
    from bot.evaluate.safety import run

    run(file, as_json, predictions)


@evaluate.command("nlu")
def eval_nlu(file: Optional[Path] = typer.Argument(None), as_json: bool = JSON) -> None:
    """Topic understanding: cross-validated, or on FILE."""
    from bot.evaluate.nlu import run

    run(file, as_json)


@evaluate.command("folds")
def eval_folds(folder: Path, as_json: bool = JSON) -> None:
    """Measure on the folds that scripts/finetune.py --folds wrote."""
    from bot.evaluate.folds import run

    run(folder, as_json)


@evaluate.command("talks")
def eval_talks(
    files: list[Path],
    as_json: bool = JSON,
    transcript: Optional[Path] = typer.Option(None, help="Write what was said on both sides."),
) -> None:
    """Hold whole conversations and count the expectations met."""
    from bot.evaluate.talks import run

    run(files, as_json, transcript)


@content.command("check")
def content_check() -> None:
    """Validate everything the bot can say."""
    from bot.content.check import run

    run()


@content.command("report")
def content_report(out: Path) -> None:
    """Write one page for a clinician to review."""
    from bot.content.report import run

    run(out)


@data.command("export")
def data_export(channel: str, address: str) -> None:
    """Print all that is kept about one person."""
    from bot.record.operator import export

    export(channel, address)


@data.command("forget")
def data_forget(channel: str, address: str) -> None:
    """Delete all that is kept about one person."""
    from bot.record.operator import forget

    forget(channel, address)


@data.command("expire")
def data_expire(
    days: Optional[int] = typer.Option(None, min=1, help="Days since the last visit."),
) -> None:
    """Delete everyone who has not come back for longer than the limit."""
    from bot.record.operator import expire

    expire(days)


def main() -> None:
    """Run the command; an expected fault is one line that names its cure, exit 1."""
    configure_logging()
    try:
        app()
    except Exception as error:
        if not _expected(error):
            raise
        sys.stderr.write(f"tideline: {_one_line(error)}{_cure(error)}\n")
        sys.exit(1)


def _expected(error: Exception) -> bool:
    kind = type(error).__name__
    return isinstance(error, (OSError, ValueError)) or kind.endswith("Problem")


def _cure(error: Exception) -> str:
    if not isinstance(error, OSError):
        return ""
    from bot.settings import settings

    at_home = str(error.filename or "").startswith(str(settings().home))
    return ": set TIDELINE_HOME to a folder that can be written" if at_home else ""


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
