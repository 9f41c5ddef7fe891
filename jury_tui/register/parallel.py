"""The same work on many files, by several processes where that is worth it.

Processes are started afresh (``spawn``) on every system, as Windows and macOS do, so
that what works here works there. This one is one of them: it works from the first
moment, while the others start, and as long as there is something left to begin.
"""

from __future__ import annotations

import gc
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from jury_tui.i18n import language, set_language

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.synchronize import Event

CHUNK = 20
"""Files a process takes at a time."""
FEWEST = 50
"""Files for which no other process is worth its start."""
Progress = Callable[[int, int], None]
"""Told how many are done, of how many."""

Stopped = Callable[[], bool]
"""Asked whether somebody wants no more."""

_LOOKS = 0.1
"""Seconds between two looks whether it is stopped, while a result is awaited."""
_PATIENCE = 0.3
"""Seconds that the item at which a process is has, once it is stopped."""
_AHEAD = 8
"""Chunks that each other process may be ahead of who asks."""
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def spread(
    work: Callable[[_Item], _Result],
    items: Sequence[_Item],
    *,
    jobs: int = 1,
    stopped: Stopped | None = None,
) -> Iterator[_Result]:
    """The results of some work on each item, in the items' order.

    Whoever stops asking stops the work: chunks not begun are never begun. Once it is
    stopped, each process ends after the item it is at, and what is done is given.

    Args:
        work: A function of a module; it raises nothing.
        items: What to do it on.
        jobs: How many processes; 1 does it here.
        stopped: Asked after each result, and while one is awaited.
    """
    stopped = stopped or _never
    if jobs <= 1 or len(items) <= FEWEST:
        yield from _until(stopped, map(work, items))
        return
    # Imported late: a dozen milliseconds that one session does not need.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    chunks = [items[at : at + CHUNK] for at in range(0, len(items), CHUNK)]
    # A thread beside the screen's leaves the work to others: keys come first.
    here = threading.current_thread() is threading.main_thread()
    others = min(jobs, len(chunks)) - here
    afresh = multiprocessing.get_context("spawn")
    stop = afresh.Event()
    pool = ProcessPoolExecutor(
        others,
        mp_context=afresh,
        initializer=_prepare,
        initargs=(language(), stop),
    )

    def ended() -> bool:
        if not stop.is_set() and stopped():
            stop.set()
        return stop.is_set()

    try:
        yield from _in_order(pool, work, chunks, ended, others=others, here=here)
    finally:
        if stop.is_set():
            # Nobody waits for a process that is at a long item, or only starting.
            threading.Thread(target=_let_go, args=(pool, stop)).start()
        else:
            stop.set()
            _let_go(pool, stop)


def _let_go(pool: ProcessPoolExecutor, stop: Event) -> None:
    """Wait until every process ended; one that starts still asks for the event."""
    pool.shutdown(wait=True, cancel_futures=True)
    del stop


def _never() -> bool:
    return False


def _until(stopped: Stopped, results: Iterable[_Result]) -> Iterator[_Result]:
    """Results, up to the one after which it is stopped."""
    for result in results:
        yield result
        if stopped():
            return


def _in_order(
    pool: ProcessPoolExecutor,
    work: Callable[[_Item], _Result],
    chunks: list[Sequence[_Item]],
    ended: Stopped,
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
    while given < len(chunks) and not ended():
        while left and len(begun) < 2 * others and left[0] < given + _AHEAD * others:
            at = left.popleft()
            begun[pool.submit(_chunk, work, chunks[at])] = at
        if own is None and here and left and left[0] < given + _AHEAD * others:
            own = left.popleft()
        if own == given:  # nothing comes before these: one by one
            yield from _until(ended, map(work, chunks[own]))
            if ended():
                return
            own, given = None, given + 1
        elif own is not None:
            ready[own] = list(_until(ended, map(work, chunks[own])))
            own = None
        elif given not in ready:
            wait(begun, timeout=_LOOKS, return_when=FIRST_COMPLETED)
        for future in [future for future in begun if future.done()]:
            ready[begun.pop(future)] = future.result()
        while given in ready:
            yield from ready.pop(given)
            given += 1
    # Stopped: what is done already is given, as far as nothing lacks before it.
    while given < len(chunks):
        done = ready.pop(given, None)
        if done is None:
            at_it = [future for future, at in begun.items() if at == given]
            if not at_it or not wait(at_it, timeout=_PATIENCE).done:
                return
            done = at_it[0].result()
        yield from done
        if len(done) < len(chunks[given]):
            return
        given += 1


_stop: Event | None = None
"""In a process that works for another: set once that one wants no more."""


def _prepare(chosen: str, stop: Event) -> None:
    global _stop
    _stop = stop
    set_language(chosen)
    # Everything made for one file is dropped before the next: nothing to collect.
    gc.disable()


def _chunk(work: Callable[[_Item], _Result], items: Sequence[_Item]) -> list[_Result]:
    results = []
    for item in items:
        if _stop is not None and _stop.is_set():
            break
        results.append(work(item))
    gc.collect()
    gc.freeze()  # what stays, modules and memories, is not looked through again
    return results
