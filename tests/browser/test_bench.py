"""The widget's benchmark measures what it says it does."""

from playwright.sync_api import Browser

from bot.bench import widget
from bot.bench.worker import OURS


def test_it_takes_a_time_for_every_answer_and_for_the_button(browser: Browser, server: str) -> None:
    took = widget._talk(browser, server)
    assert len(took) == len(OURS)
    assert all(one > 0 for one in took)
    after_script, after_load = widget._load(browser, server)
    assert after_script > 0
    assert after_load >= 0
