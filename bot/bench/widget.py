"""The website widget in a real browser: how soon its button is there, how soon an answer is.

The whole bot runs as its operator runs it, in a process of its own; Chromium
talks to it over loopback. Times are taken inside the page, from one frame to
another, so that the tool that drives the browser is not measured.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Optional

from bot.bench.worker import OURS

NAMES = ("chromium", "chromium-browser", "google-chrome")
LOADS, TALKS, START_SECONDS = 20, 5, 120

BUTTON = """() => {
  const look = () => {
    const button = document.querySelector('tideline-chat')?.shadowRoot?.querySelector('.launcher');
    if (!button || !button.getBoundingClientRect().height) return requestAnimationFrame(look);
    const painted = new MessageChannel();
    painted.port1.onmessage = () => { window.__button = performance.now(); };
    painted.port2.postMessage(0);
  };
  requestAnimationFrame(look);
}"""
READ_BUTTON = """() => {
  const [page] = performance.getEntriesByType('navigation');
  const script = performance.getEntriesByType('resource').find(e => e.name.endsWith('/widget.js'));
  return [window.__button - script.responseEnd, Math.max(0, window.__button - page.loadEventEnd)];
}"""
UNTIL = """name => new Promise(done => {
  const [what, n] = name.split('.');
  const there = () => n ? window[what].length > Number(n) : window[what];
  const look = () => there() ? done() : setTimeout(look, 20);
  look();
})"""
ANSWER = """() => {
  const root = document.querySelector('tideline-chat').shadowRoot;
  const said = () => root.querySelectorAll('.turn.bot').length;
  window.__took = [];
  let started = 0, before = 0;
  root.addEventListener('keydown', event => {
    if (event.key === 'Enter') { started = performance.now(); before = said(); }
  }, true);
  new MutationObserver(() => {
    if (!started || said() <= before) return;
    const since = started;
    started = 0;
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => window.__took.push(performance.now() - since);
      painted.port2.postMessage(0);
    });
  }).observe(root, {childList: true, subtree: true});
}"""


def chromium() -> Optional[str]:
    """The path of a Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def possible() -> bool:
    """Whether this benchmark can run here."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return False
    return chromium() is not None


def measure() -> dict[str, float]:
    """Milliseconds until the button is painted, and from sending to the painted answer."""
    from playwright.sync_api import sync_playwright

    with _server() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        _talk(browser, url)  # warms up both sides
        buttons = [_load(browser, url) for _ in range(LOADS)]
        answers = [took for _ in range(TALKS) for took in _talk(browser, url)]
        browser.close()
    script, load = ([button[n] for button in buttons] for n in (0, 1))
    return {
        "button_p50_ms": _share(script, 0.5),
        "button_p95_ms": _share(script, 0.95),
        "button_after_load_p95_ms": _share(load, 0.95),
        "answer_p50_ms": _share(answers, 0.5),
        "answer_p95_ms": _share(answers, 0.95),
        "answers": len(answers),
    }


def _load(browser: Any, url: str) -> tuple[float, float]:
    page = browser.new_page()
    page.add_init_script(f"({BUTTON})()")
    page.goto(url, wait_until="load")
    page.evaluate(UNTIL, "__button.")
    after_script, after_load = page.evaluate(READ_BUTTON)
    page.close()
    return after_script, after_load


def _talk(browser: Any, url: str) -> list[float]:
    page = browser.new_page()
    page.goto(url)
    page.locator("tideline-chat .launcher").click()
    page.locator("tideline-chat .sheet button.main").click()
    page.locator("tideline-chat .turn.bot").first.wait_for()
    page.evaluate(ANSWER)
    field = page.locator("tideline-chat textarea")
    for number, text in enumerate(OURS):
        field.fill(text)
        field.press("Enter")
        page.evaluate(UNTIL, f"__took.{number}")
    took: list[float] = page.evaluate("window.__took")
    page.close()
    return took


@contextmanager
def _server() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "TIDELINE_HOME": home,
            "TIDELINE_DATABASE_URL": "",
            "TIDELINE_PORT": str(port),
            "TIDELINE_TURNS_PER_MINUTE": "1000000",
            "TELEGRAM_BOT_TOKEN": "",
        }
        command = [sys.executable, "-m", "bot.cli", "serve"]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)  # noqa: S603
        try:
            _await(url, process)
            yield url
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _await(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/ready", timeout=5).close()  # noqa: S310
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start: run `tideline doctor`")


def _share(values: list[float], share: float) -> float:
    """The value below which a share of them lies."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 1)
