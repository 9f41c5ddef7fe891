"""One thing that the disk is asked to do while its caller goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue


class Behind:
    """A thread that waits for the disk; started when it is first needed.

    A pool of the standard library would do, and takes a tenth of a millisecond a
    task: as much as there is to gain. The interpreter changes threads soon enough by
    itself (``cli.screens.SWITCH_SECONDS``).
    """

    def __init__(self) -> None:
        self._asked: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._done: SimpleQueue[BaseException | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def start(self, call: Callable[[], None]) -> None:
        """Have something done; ``wait`` for it before the next."""
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._work, daemon=True, name="jury-tui-disk"
            )
            self._thread.start()
        self._asked.put(call)

    def wait(self) -> None:
        """Return when it is done.

        Raises:
            OSError: what was done raised it; so for any other error.
        """
        error = self._done.get()
        if error is not None:
            raise error

    def stop(self) -> None:
        """End the thread, once what it does is done."""
        if self._thread is not None:
            self._asked.put(None)
            self._thread = None

    def _work(self) -> None:
        while (call := self._asked.get()) is not None:
            try:
                call()
            except BaseException as error:
                self._done.put(error)
            else:
                self._done.put(None)
