"""The kinds of intents: what a message of each may do in the middle of a talk.

The one place to look when an intent is added. Each set says what its members
have in common for the parts that weigh a message against what is being talked
of: the fallback, the question finder, the safety gate and the walks.
"""

FALLBACK, AMBIGUOUS, ASIDE = "nlu_fallback", "nlu_ambiguous", "aside"
DOUBTS = frozenset({FALLBACK, AMBIGUOUS, ASIDE})
"""What a message is read as when its topic is not clear."""

DANGER = frozenset({"crisis", "third_party_crisis", "medical"})
"""Help goes first. The topics have the same names."""
JUDGED = DANGER - {"medical"}
"""Those that are the detector's to judge; a hurt body is believed at once."""

TELLS = frozenset(
    {"distress", "adversities", "ambivalence", "self_acceptance", "scarring", "self_efficacy",
     "coping_report", "meaning_of_recovery", "out_of_scope", "other_difficulty", "nothing_works"}
)  # fmt: skip
"""A mere statement of these is told to us in passing and starts nothing in a walk."""
STORIES = TELLS | {"strengths", "lapse", "loved_one", "plan_disclosure", "unplanned_disclosure"}
"""Topics that a statement must be clear about to leave the one that has just been talked of."""
OWN_STORIES = frozenset(
    {"lapse", "scarring", "self_acceptance", "self_efficacy", "strengths", "urge_now"}
)
"""Those about one's own self-injury: a helper who says "I failed her again" means none."""

OTHERS = frozenset({"loved_one", "third_party_crisis"})
"""Subjects that are about somebody else."""

PASSING = frozenset({"smalltalk_thanks", "greet", "privacy", "bot_challenge", "human", "progress"})
"""Answered in one turn, and the walk goes on."""
WORRIES = frozenset({"privacy", "bot_challenge", "human"})
"""Those of them that go before an answer that may only seem to stand in the same words."""
HEAVY = frozenset(
    {"safety_plan", "human", "progress", "checkin", "privacy", "unplanned_disclosure", "goodbye"}
)
"""They start, show or end something, which nobody wants by mistake."""

YES_NO = frozenset({"affirm", "deny"})
COURTESIES = frozenset({"greet", "goodbye", "later", "idk", "skip", "bot_challenge"})
"""A longer statement only seems to have one of these when the model is unsure."""
FAREWELLS = frozenset({"goodbye", "smalltalk_thanks"})
"""They end a walk where the talk says that it ends."""
RECORD = frozenset({"export_data", "forget_data"})
LINES = frozenset({"show_helplines", "set_country", "change_country"})
LEAVES = DANGER | RECORD | LINES | frozenset(
    {"stop", "goodbye", "resume", "safety_denied", "show_help", "timer_due", "checkin_due"}
)  # fmt: skip
"""They leave any question, whatever it asked."""
ANYWHERE = DANGER | {"stop", "later", "skip", "resume"}
"""Heard at any point of any talk, however unlikely it seems there."""

SERVICES = DANGER | RECORD | LINES | frozenset(
    {"safety_plan", "checkin", "human", "progress", "show_help", "stop", "resume", "later", "skip"}
)  # fmt: skip
"""A question in the middle of a walk may still mean one of these."""
OWN_WAY = SERVICES | frozenset(
    {"urge_now", "plan_disclosure", "unplanned_disclosure", "coping_report", "ask_alternatives", "nothing_works",
     "lapse", "meaning_of_recovery", "strengths"}
)  # fmt: skip
"""They start something: being walked through it beats being told about it."""

GOES_ON_AFTER_HELP = RECORD | LINES | frozenset(
    {"stop", "goodbye", "smalltalk_thanks", "skip", "later", "resume", "greet", "show_help",
     "safety_plan", "safety_denied", "lower_barrier", "ask_question", "urge_now", "bot_challenge"}
)  # fmt: skip
"""Followed right after help even when the model is not so sure of it."""
SAYS_MORE = DOUBTS | DANGER | YES_NO | STORIES | {"idk", "explain", "checkin", "progress"}
"""Right after help, what only says more about it: nobody who was told to get help a moment ago is
led into a talk about something else."""
LEADS_ELSEWHERE = frozenset(
    {"plan_disclosure", "unplanned_disclosure", "coping_report", "lapse", "adversities", "scarring",
     "loved_one", "nothing_works", "other_difficulty", "checkin", "progress"}
)  # fmt: skip
"""Those of them that a calm message may be about all the same, when it is clear."""
