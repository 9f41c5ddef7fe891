"""What happened: acts, and the session they add up to. Pure."""
