"""The same work on many files, by several processes where that is worth it.

Processes are started afresh (``spawn``) on every system, as Windows and macOS do, so
that what works here works there.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from jury_tui.i18n import language, set_language

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

CHUNK = 50
"""Files a process takes at a time."""
Progress = Callable[[int, int], None]
"""Told how many are done, of how many."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def spread(
    work: Callable[[_Item], _Result],
    items: Sequence[_Item],
    *,
    jobs: int = 1,
    chunk: int = CHUNK,
) -> Iterator[_Result]:
    """The results of some work on each item, in the items' order.

    Whoever stops asking stops the work: chunks not begun are never begun.

    Args:
        work: A function of a module; it raises nothing.
        items: What to do it on.
        jobs: How many processes; 1 does it here.
        chunk: How many items a process takes at a time.
    """
    if jobs <= 1 or len(items) <= chunk:
        yield from map(work, items)
        return
    # Imported late: a dozen milliseconds that one session does not need.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    chunks = [items[at : at + chunk] for at in range(0, len(items), chunk)]
    pool = ProcessPoolExecutor(
        min(jobs, len(chunks)),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_prepare,
        initargs=(language(),),
    )
    try:
        yield from _in_order(pool, work, chunks, ahead=2 * jobs)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor,
    work: Callable[[_Item], _Result],
    chunks: list[Sequence[_Item]],
    *,
    ahead: int,
) -> Iterator[_Result]:
    """Results as they come, put in order; never far ahead of who asks."""
    from concurrent.futures import FIRST_COMPLETED, wait

    begun: dict[Future[list[_Result]], int] = {}
    ready: dict[int, list[_Result]] = {}
    submitted = given = 0
    while given < len(chunks):
        while submitted < len(chunks) and submitted - given < ahead:
            future = pool.submit(_chunk, work, chunks[submitted])
            begun[future] = submitted
            submitted += 1
        if given not in ready:
            done, _ = wait(begun, return_when=FIRST_COMPLETED)
            for future in done:
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
    return results
