"""How each act changes the session: one small function an act."""
