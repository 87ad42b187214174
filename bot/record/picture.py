"""A picture of what helped: calm, and honest about few tries. Made in memory, never a file."""

import base64
import io
from typing import Any

from bot.record.coping import Ranked

SHOWN = 6
FEW = 3
"""Below this many tries a bar is pale: not much can be said yet."""
LONGEST_NAME = 28
_INK, _BAR, _PALE, _LINE = "#33424a", "#5b8a8f", "#b9d0d2", "#d8dfe1"


def progress_picture(ranked: list[Ranked], words: dict[str, str], tries: dict[str, str]) -> str:
    """The picture as a `data:` URI; the caller says the same in words.

    Args:
        ranked: a person's strategies, the most helpful first.
        words: `title`, `axis` and `few` of `data/wording.yml`.
        tries: `one` and `many` of the same file.
    """
    return "data:image/png;base64," + base64.b64encode(_png(ranked[:SHOWN], words, tries)).decode()


def _png(ranked: list[Ranked], words: dict[str, str], tries: dict[str, str]) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # half a second: only when asked
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 1.7 + 0.55 * len(ranked)), dpi=110, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    falls = [max(0.0, -one.change) for one in ranked]
    colours = [_PALE if one.tries < FEW else _BAR for one in ranked]
    axes.barh(range(len(ranked)), falls, height=0.55, color=colours)
    for place, one in enumerate(ranked):
        text = tries["one" if one.tries == 1 else "many"].format(n=one.tries)
        axes.text(falls[place] + 0.15, place, text, va="center", color=_INK, fontsize=9)
    axes.set_yticks(range(len(ranked)))
    axes.set_yticklabels([_short(one.what) for one in ranked], color=_INK)
    _calm(axes)
    axes.set_title(words["title"], loc="left", color=_INK, fontsize=12, pad=10)
    few = f"\n{words['few']}" if _PALE in colours else ""
    axes.set_xlabel(words["axis"] + few, color=_INK, fontsize=9)
    figure.tight_layout()
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _calm(axes: Any) -> None:
    """No frame and no red: a look back, not a score."""
    axes.invert_yaxis()
    axes.set_xlim(0, 11.5)  # room for a name beside the longest bar
    axes.set_xticks(range(0, 11, 2))
    axes.tick_params(length=0, colors=_INK)
    axes.grid(axis="x", color=_LINE)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)


def _short(name: str) -> str:
    """A name that fits, with nothing in it that matplotlib would read as a formula."""
    plain = " ".join(name.split()).replace("$", r"\$")
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 1] + "…"
