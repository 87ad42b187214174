"""The help that is said when everything else fails.

It is read from a file beside this module when the process starts, so that
neither a disk that fails later nor any other part can take it away.
"""

from pathlib import Path

STATIC_HELP = (Path(__file__).parent / "static_help.txt").read_text(encoding="utf-8").strip()
"""Emergency numbers and two lines, for every country, with nothing to compute."""
