"""Files that their owner alone may read, on every system."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import sys
from pathlib import Path

from jury_tui.errors import SignatureError
from jury_tui.i18n import N_


def write_private(path: Path, data: bytes) -> None:
    """Write a new file that only its owner may read; never overwrites.

    On POSIX the file is created with mode 0600. Windows has no such mode: the file
    is created empty, its inherited rights are removed and its owner given all of
    them (``icacls``), then it is written.

    Raises:
        SignatureError: the file exists, or cannot be written or protected.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    created = False
    try:
        descriptor = os.open(path, flags, 0o600)
        created = True
        with os.fdopen(descriptor, "wb") as file:
            if sys.platform == "win32":
                _protect(path)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise SignatureError(
            N_("{path} exists already: move it away first, keys are not overwritten."),
            path=str(path),
        ) from None
    except OSError as error:
        if created:  # empty or half written: worth nothing, and in the way
            path.unlink(missing_ok=True)
        raise SignatureError(
            N_("{path} cannot be written: {reason}."),
            path=str(path),
            reason=error.strerror or type(error).__name__,
        ) from None


def replace_public(path: Path, data: bytes) -> None:
    """Write a file that anyone may read, whole or not at all.

    Raises:
        SignatureError: it cannot be written.
    """
    draft = path.with_name(path.name + ".tmp")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise SignatureError(
            N_("{path} cannot be written: {reason}."),
            path=str(path),
            reason=error.strerror or type(error).__name__,
        ) from None


def _protect(path: Path) -> None:
    program = shutil.which("icacls")
    if program is None:
        wrong = "icacls"
        raise OSError(wrong)
    done = subprocess.run(  # noqa: S603 - a fixed program, a path we created
        [program, str(path), "/inheritance:r", "/grant:r", f"{getpass.getuser()}:F"],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        wrong = "icacls"
        raise OSError(wrong)
