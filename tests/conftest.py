"""What all tests share: the language is French unless a test says otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from jury_tui.i18n import set_language


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    """Each test starts in the default language, whatever the one before chose."""
    set_language("fr")
    yield
    set_language("fr")


def pytest_xdist_auto_num_workers() -> int:
    """``-n auto``: tests of screens wait for half of their time."""
    return 2 * (os.cpu_count() or 1)
