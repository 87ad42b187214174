"""Coping report: "tried drawing, was like an 8 now maybe 5" becomes a stored attempt."""

from typing import Optional

from actions.talk import Talk
from actions.walk import WalkAction
from bot.content.wording import wording
from bot.conversation.answering import Heard
from bot.nlu.coping import correction, means_before, read_report
from bot.record.coping import ATTEMPT, ranking, save_attempt, within

SHOWN = 3
CORRECTABLE = 30
"""Minutes in which "no, I meant 3" is about the attempt that was kept last."""


class CopingReportForm(WalkAction):
    """Reads a report in free form and asks for what is missing."""

    topic = "coping_report"

    def do_read(self, talk: Talk) -> Optional[str]:
        """Take what, before and after out of the message."""
        corrected = correction(talk.text)
        if corrected and self._correct(talk, corrected):
            return "complete"
        report = read_report(talk.text)
        talk.answers.update({key: value for key, value in report.items() if value is not None})
        return self.hear_complete(talk, Heard("answered"))

    def _correct(self, talk: Talk, meant: list[int]) -> bool:
        """Take the last attempt back, so that it is kept again with the ratings that were meant."""
        attempts = talk.services.store.entries(talk.person, ATTEMPT)
        last = attempts[-1] if attempts else {}
        if not within(last.get("when"), minutes=CORRECTABLE) or last.get("before") is None:
            return False
        talk.services.store.remove(talk.person, int(last["id"]))
        before, after = last["before"], meant[-1]
        if len(meant) > 1:
            before = meant[0]
        elif means_before(talk.text) and last.get("after") is not None:
            before, after = meant[0], last["after"]
        talk.answers.update(what=last["what"], before=before, after=after)
        return True

    def hear_complete(self, talk: Talk, heard: Heard) -> Optional[str]:
        """The first part that is still missing."""
        if heard.outcome == "skip":
            return None
        self._read_again(talk, heard)
        if not talk.answers.get("what"):
            return "what"
        if talk.answers.get("change") or talk.answers.get("after") is not None:
            return (
                "complete"
                if talk.answers.get("before") is not None or talk.answers.get("change")
                else "before"
            )
        return "before" if talk.answers.get("before") is None else "after"

    def _read_again(self, talk: Talk, heard: Heard) -> None:
        """A whole report told as the answer to one question of it answers the others as well."""
        told = heard.outcome == "answered" and not talk.text.startswith("/")
        report = read_report(talk.text) if told else {}
        if report.get("before") is not None and report.get("after") is not None:
            parts = {key: report[key] for key in ("before", "after", "change")}
            talk.answers.update(parts, what=report["what"] or talk.answers.get("what"))

    def do_save(self, talk: Talk) -> Optional[str]:
        """Keep the attempt and answer to how it went."""
        what = str(talk.answers.get("what") or "")
        before, after = talk.answers.get("before"), talk.answers.get("after")
        strategy = talk.services.strategies.named(what.lower())
        save_attempt(
            talk.services.store,
            talk.person,
            what=strategy.title if strategy else what,
            strategy=strategy.id if strategy else "",
            before=before,
            after=after,
        )
        talk.values.update(what=what, before=before, after=after)
        if before is None or after is None:
            return {"helped": "unknown", "no_help": "same"}.get(
                str(talk.answers.get("change")), "unknown"
            )
        return "helped" if after < before else "same" if after == before else "worse"

    def do_ranking(self, talk: Talk) -> Optional[str]:
        """Show what has helped so far, once there is more than one try to compare."""
        ranked = ranking(talk.services.store, talk.person)
        if sum(one.tries for one in ranked) > 1:
            talk.say("utter_coping_report_ranking", ranking=ranking_lines(talk))
        return None


def ranking_lines(talk: Talk) -> str:
    """The ranking as lines: name, number of tries, mean change of the urge."""
    words = wording()
    lines = []
    for one in ranking(talk.services.store, talk.person)[:SHOWN]:
        by = round(abs(one.change))
        way = "same" if by == 0 else "down" if one.change < 0 else "up"
        tries = words["tried"]["one" if one.tries == 1 else "many"].format(n=one.tries)
        change = words["change"][way].format(n=by)
        lines.append(words["tries"].format(what=one.what, tries=f"{tries}, {change}"))
    return "\n".join(lines)
