"""Everything the bot can say and offer, loaded from data and validated."""
