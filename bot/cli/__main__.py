"""`python -m bot.cli`: the same as `tideline`."""

from bot.cli import main

main()
