"""The same work on many files, by several processes where that is worth it.

Processes are started afresh (``spawn``) on every system, as Windows and macOS do, so
that what works here works there. This one is one of them: it works from the first
moment, while the others start, and as long as there is something left to begin.
"""

from __future__ import annotations

import gc
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from jury_tui.i18n import language, set_language

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

CHUNK = 20
"""Files a process takes at a time."""
FEWEST = 50
"""Files for which no other process is worth its start."""
Progress = Callable[[int, int], None]
"""Told how many are done, of how many."""

_AHEAD = 8
"""Chunks that each other process may be ahead of who asks."""
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def spread(
    work: Callable[[_Item], _Result],
    items: Sequence[_Item],
    *,
    jobs: int = 1,
) -> Iterator[_Result]:
    """The results of some work on each item, in the items' order.

    Whoever stops asking stops the work: chunks not begun are never begun.

    Args:
        work: A function of a module; it raises nothing.
        items: What to do it on.
        jobs: How many processes; 1 does it here.
    """
    if jobs <= 1 or len(items) <= FEWEST:
        yield from map(work, items)
        return
    # Imported late: a dozen milliseconds that one session does not need.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    chunks = [items[at : at + CHUNK] for at in range(0, len(items), CHUNK)]
    # A thread beside the screen's leaves the work to others: keys come first.
    here = threading.current_thread() is threading.main_thread()
    others = min(jobs, len(chunks)) - here
    pool = ProcessPoolExecutor(
        others,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_prepare,
        initargs=(language(),),
    )
    try:
        yield from _in_order(pool, work, chunks, others=others, here=here)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor,
    work: Callable[[_Item], _Result],
    chunks: list[Sequence[_Item]],
    *,
    others: int,
    here: bool,
) -> Iterator[_Result]:
    """Results put in order; nobody waits for work, or gets far ahead."""
    from concurrent.futures import FIRST_COMPLETED, wait

    begun: dict[Future[list[_Result]], int] = {}
    ready: dict[int, list[_Result]] = {}
    left = deque(range(len(chunks)))
    # The others take a moment to start: what is awaited first is done here.
    own = left.popleft() if here else None
    given = 0
    while given < len(chunks):
        while left and len(begun) < 2 * others and left[0] < given + _AHEAD * others:
            at = left.popleft()
            begun[pool.submit(_chunk, work, chunks[at])] = at
        if own is None and here and left and left[0] < given + _AHEAD * others:
            own = left.popleft()
        if own == given:  # nothing comes before these: one by one
            yield from map(work, chunks[own])
            own, given = None, given + 1
        elif own is not None:
            ready[own] = [work(item) for item in chunks[own]]
            own = None
        elif given not in ready:
            wait(begun, return_when=FIRST_COMPLETED)
        for future in [future for future in begun if future.done()]:
            ready[begun.pop(future)] = future.result()
        while given in ready:
            yield from ready.pop(given)
            given += 1


def _prepare(chosen: str) -> None:
    set_language(chosen)
    # Everything made for one file is dropped before the next: nothing to collect.
    gc.disable()


def _chunk(work: Callable[[_Item], _Result], items: Sequence[_Item]) -> list[_Result]:
    results = [work(item) for item in items]
    gc.collect()
    gc.freeze()  # what stays, modules and memories, is not looked through again
    return results
