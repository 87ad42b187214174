"""`tideline doctor`: is this installation fit to meet people? Each fault names its cure."""

import datetime as dt
import json
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from bot.channels.web.origins import Origins
from bot.content.helplines import HIDDEN_DAYS, STALE_DAYS, load_directory
from bot.logs import where
from bot.page import facts
from bot.record.store import Store
from bot.record.vault import load_vault
from bot.settings import Settings, settings


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    check: str
    state: str
    """`ok`, `warning` (works, needs care) or `fault` (does not work)."""
    says: str
    cure: str = ""


def run(as_json: bool, online: bool = False) -> None:
    """Print the findings; exit 1 when there is a fault."""
    findings = examine(settings(), online)
    if as_json:
        json.dump([vars(finding) for finding in findings], sys.stdout, indent=2)
        sys.stdout.write("\n")
    else:
        for finding in findings:
            cure = f"  → {finding.cure}" if finding.cure else ""
            sys.stdout.write(f"{finding.state:8}{finding.check:12}{finding.says}{cure}\n")
    if any(finding.state == "fault" for finding in findings):
        sys.exit(1)


def examine(in_force: Settings, online: bool = False) -> list[Finding]:
    """Every finding about an installation; a check that breaks is a fault of its own.

    Args:
        in_force: the settings to examine.
        online: also ask services on the network.
    """
    found: list[Finding] = []
    checks: tuple[Callable[[Settings], list[Finding]], ...] = (
        _key, _store, _model, _safety, _helplines, _page, _web,
        partial(_telegram, online=online),
    )  # fmt: skip
    for check in checks:
        try:
            found += check(in_force)
        except Exception as error:
            name = getattr(check, "__name__", "telegram").strip("_")
            says = " ".join(str(error).split()) if _names_cure(error) else f"broken{where(error)}"
            found.append(
                Finding(
                    name,
                    "fault",
                    says,
                    "" if _names_cure(error) else "run `make setup`",
                )
            )
    return found


def _names_cure(error: Exception) -> bool:
    return type(error).__name__.endswith("Problem") or isinstance(error, ValueError)


def _key(in_force: Settings) -> list[Finding]:
    load_vault(in_force)
    if in_force.key:
        return [Finding("key", "ok", "from TIDELINE_KEY")]
    path = in_force.home / "key"
    mode = stat.S_IMODE(os.stat(path).st_mode)
    if mode & 0o077:
        return [
            Finding(
                "key",
                "fault",
                f"{path} can be read by others ({mode:o})",
                f"chmod 600 {path}",
            )
        ]
    beside = "kept beside the data: for real use set TIDELINE_KEY from a secret store"
    return [
        Finding(
            "key",
            "warning" if in_force.telegram_bot_token else "ok",
            f"in {path}, {beside}",
        )
    ]


def _store(in_force: Settings) -> list[Finding]:
    store = Store(in_force.store_url, load_vault(in_force))
    store.migrate()
    store.put("doctor", "probe", {"works": True})
    store.forget("doctor")
    kind = in_force.store_url.partition(":")[0]
    return [Finding("store", "ok", f"{kind} reads and writes")]


def _model(in_force: Settings) -> list[Finding]:
    if not list(in_force.models.glob("*.tar.gz")):
        return [Finding("model", "fault", f"none in {in_force.models}", "run `make setup`")]
    from bot.conversation.brain import Brain
    from bot.services import services

    parts = services()
    brain = Brain(in_force, parts.store, parts.topics)
    domain = brain.agent.domain
    known = {name for name in domain.user_actions if not name.startswith("utter_")}
    missing = sorted(known - brain.actions)
    if missing:
        return [
            Finding(
                "model",
                "fault",
                f"no class for {', '.join(missing)}",
                "run `make setup`",
            )
        ]
    return [Finding("model", "ok", f"answers with {len(known)} actions")]


def _safety(in_force: Settings) -> list[Finding]:
    from bot.safety.detector import MODEL, Detector

    detector = Detector(in_force.data / "safety", in_force.models / MODEL)
    if detector.problems:
        return [
            Finding("safety", "fault", problem, "run `make setup`") for problem in detector.problems
        ]
    if detector.assess("i am going to kill myself tonight").level != "crisis":
        return [
            Finding(
                "safety",
                "fault",
                "the detector misses a plain sign",
                "restore data/safety",
            )
        ]
    return [Finding("safety", "ok", "patterns and model answer")]


def _helplines(in_force: Settings) -> list[Finding]:
    directory = load_directory(in_force.data / "helplines", in_force.helplines)
    today = dt.date.today()
    lines = [line for country in directory.countries.values() for line in country.lines]
    old = sum(STALE_DAYS < line.age_days(today) <= HIDDEN_DAYS for line in lines)
    hidden = sum(line.age_days(today) > HIDDEN_DAYS for line in lines)
    found = [
        Finding(
            "helplines",
            "ok",
            f"{len(lines)} lines in {len(directory.countries)} countries",
        )
    ]
    cure = "call them, then write the day under `checked` (data/helplines/README.md)"
    if old:
        found.append(Finding("helplines", "warning", f"{old} not checked for 12 months", cure))
    if hidden:
        found.append(
            Finding(
                "helplines",
                "warning",
                f"{hidden} not shown, unchecked for 24 months",
                cure,
            )
        )
    undated = sum(line.undated for line in lines)
    if undated:
        says = f"{undated} of your own without the day they were checked"
        found.append(Finding("helplines", "warning", says, cure))
    home = directory.get(in_force.country) if in_force.country else None
    if in_force.country and home is None:
        says = f"TIDELINE_COUNTRY={in_force.country} is in no file of data/helplines"
        found.append(
            Finding("helplines", "fault", says, "use a two-letter code such as GB, IE, US")
        )
    return found


def _page(in_force: Settings) -> list[Finding]:
    found = [Finding("page", "ok", f"widget of {facts()['gzipped'] / 1000:.1f} kB")]
    for origin in Origins(in_force.allowed_origins).allowed:
        address = urlsplit(origin)
        if address.scheme not in ("http", "https") or address.path or not address.netloc:
            says = f"TIDELINE_ALLOWED_ORIGINS has {origin}, which no browser sends"
            found.append(Finding("page", "fault", says, "write it as https://www.example.org"))
    return found


def _web(in_force: Settings) -> list[Finding]:
    return [Finding("web", "ok", f"http://{in_force.host}:{in_force.port}/")]


def _telegram(in_force: Settings, online: bool) -> list[Finding]:
    if in_force.telegram_bot_token is None:
        return []
    from bot.channels.telegram.examine import look

    return [Finding("telegram", *found) for found in look(in_force, online)]
