"""Python looks for cycles among what was made: not while much is made that stays.

Each look took more than a tenth of a second over 5,000 reports, which hold none, and
the looks of a start took a tenth of it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SELDOM = (20_000, 20, 50)
"""A vote makes a few thousand objects, hardly any of them in a cycle: by default,
Python looks for one at every 700, and that was a twentieth of the vote."""
_lock = Lock()
_holders = 0


def hold() -> None:
    """No more looking, until all those who asked for it have let go."""
    global _holders
    with _lock:
        _holders += 1
        gc.disable()


def release() -> None:
    """Let go: what there is now is never looked through again."""
    global _holders
    with _lock:
        _holders -= 1
        if not _holders:
            gc.freeze()
            gc.set_threshold(*SELDOM)
            gc.enable()


@contextmanager
def uncollected() -> Iterator[None]:
    """Thousands of frozen values, no cycle: looking for one stops the screen."""
    hold()
    try:
        yield
    finally:
        release()
