"""What is kept about a person: pseudonymous, encrypted, expiring."""
