"""Remember what was computed for the very same objects.

Rulebooks and members hold tables, so they have no hash; identity is enough here,
and the entry keeps its objects alive, so an identity is never reused.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class Memo(Generic[_Value]):
    """A small bounded memory, the oldest entry forgotten first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()  # the screens judge in a thread of their own
        self._known: dict[Hashable, tuple[object, _Value]] = {}

    def get(
        self,
        objects: tuple[object, ...],
        key: Hashable,
        make: Callable[[], _Value],
    ) -> _Value:
        """What ``make`` gives, once for these objects (by identity) and this key."""
        whole = (tuple(map(id, objects)), key)
        found = self._known.get(whole)
        if found is not None:
            return found[1]
        value = make()
        with self._lock:
            if len(self._known) >= self._size:
                del self._known[next(iter(self._known))]
            self._known[whole] = (objects, value)
        return value
