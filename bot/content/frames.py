"""The vetted sentences of a disclosure draft: `data/disclosure_frames.yml`."""

from functools import lru_cache
from pathlib import Path

import yaml

ABOUT = frozenset({"reviewed_by", "reviewed_on", "sources"})
"""What the file says of its sentences as a whole."""


@lru_cache(maxsize=2)
def frames(data: Path) -> dict[str, list[str]]:
    """The sentences of each part, the person's own words as `{why}` and `{want}`."""
    raw = yaml.safe_load((data / "disclosure_frames.yml").read_text(encoding="utf-8"))
    return {part: texts for part, texts in raw.items() if part not in ABOUT}
