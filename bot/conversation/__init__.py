"""One turn in, one turn out: guard, walks, and the way to Rasa."""
