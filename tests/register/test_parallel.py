"""Work spread over processes: all of it, in order, wherever it was done."""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections.abc import Iterator

import pytest

from jury_tui.register import parallel
from jury_tui.register.parallel import spread


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "CHUNK", 3)
    monkeypatch.setattr(parallel, "FEWEST", 3)


def where(item: int) -> tuple[int, int]:
    """Who did what."""
    return item, os.getpid()


def test_few_items_are_done_here() -> None:
    assert [(n, os.getpid()) for n in range(3)] == list(spread(where, range(3), jobs=2))


@pytest.mark.parametrize("jobs", [2, 3])
def test_in_order_and_here_too(jobs: int) -> None:
    done = list(spread(where, range(50), jobs=jobs))

    assert list(range(50)) == [item for item, _who in done]
    assert os.getpid() == done[0][1]
    assert len({who for _item, who in done}) <= jobs


def test_beside_a_screen_all_is_done_elsewhere() -> None:
    done: list[tuple[int, int]] = []
    thread = threading.Thread(
        target=lambda: done.extend(spread(where, range(20), jobs=2))
    )
    thread.start()
    thread.join()

    assert list(range(20)) == [item for item, _who in done]
    assert os.getpid() not in {who for _item, who in done}


def slowly(item: int) -> int:
    """As long as a large register takes."""
    time.sleep(0.1)
    return item


def test_stopped_while_the_first_are_awaited() -> None:
    """A stop was asked about once a chunk was done: ten seconds on large registers."""
    wanted = True
    done: list[int] = []

    def read() -> None:
        done.extend(spread(slowly, range(5000), jobs=2, stopped=lambda: not wanted))

    thread = threading.Thread(target=read)
    thread.start()
    time.sleep(0.3)
    wanted = False
    thread.join(60)
    assert not thread.is_alive()
    assert done == list(range(len(done)))
    assert len(done) < 100


def test_what_was_done_is_given_once_stopped() -> None:
    done: list[int] = []
    results = spread(slowly, range(5000), jobs=3, stopped=lambda: len(done) >= 4)
    done.extend(itertools.islice(results, 4))
    rest = list(results)
    assert [*done, *rest] == list(range(4 + len(rest)))
    assert len(rest) < 100


def test_who_stops_asking_stops_the_work() -> None:
    results: Iterator[tuple[int, int]] = spread(where, range(10_000), jobs=2)
    assert [0, 1, 2, 3] == [next(results)[0] for _ in range(4)]
    results.close()  # type: ignore[attr-defined]
    assert not list(results)
