"""Safety plan: the six steps of Stanley & Brown (2012), built in small pieces."""

from typing import Any, Optional

from actions.talk import Talk
from actions.walk import WalkAction
from bot.content.wording import wording
from bot.conversation.answering import Heard

PLAN = "safety_plan"


class SafetyPlanForm(WalkAction):
    """Builds, shows and changes a safety plan; every part can be left out."""

    topic = "safety_plan"

    def do_begin(self, talk: Talk) -> Optional[str]:
        """Show a plan that was kept before."""
        kept = talk.services.store.one(talk.person, PLAN)
        talk.values["plan"] = plan_text(kept)
        return "kept" if kept else "new"

    def hear_part(self, talk: Talk, heard: Heard) -> Optional[str]:
        """From now on only the one part is asked for."""
        talk.answers["only"] = True
        return None

    def hear_part_kept(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Keep the plan after every part, so that nothing is lost by leaving."""
        kept = talk.services.store.one(talk.person, PLAN)
        given = {part: talk.answers[part] for part in _parts() if talk.answers.get(part)}
        if given:
            talk.services.store.put(talk.person, PLAN, {**kept, **given})
        return "only" if talk.answers.get("only") else None

    def do_show(self, talk: Talk) -> Optional[str]:
        """The plan as it is kept."""
        kept = talk.services.store.one(talk.person, PLAN)
        talk.values["plan"] = plan_text(kept)
        return "kept" if kept else "empty"


def plan_text(kept: dict[str, Any]) -> str:
    """The plan as lines, in the order of its steps."""
    return "\n".join(f"{name}: {kept[part]}" for part, name in _parts().items() if kept.get(part))


def _parts() -> dict[str, str]:
    names: dict[str, str] = wording()["safety_plan_parts"]
    return names
