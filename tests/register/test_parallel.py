"""Work spread over processes: all of it, in order, wherever it was done."""

from __future__ import annotations

import os
import threading
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


def test_who_stops_asking_stops_the_work() -> None:
    results: Iterator[tuple[int, int]] = spread(where, range(10_000), jobs=2)
    assert [0, 1, 2, 3] == [next(results)[0] for _ in range(4)]
    results.close()  # type: ignore[attr-defined]
    assert not list(results)
