"""The names of the screens that ``show`` gives as text."""

from __future__ import annotations

ROOMS = ("jury", "agenda", "ready", "minutes", "register")
"""Of one session."""
FOLDER = ("sessions", "figures")
"""Of all of them; ``audit`` is of either."""
SCREENS = (*ROOMS, *FOLDER, "audit")
