"""Copying a file that may be in somebody else's hands: whole, or not at all."""

import errno
import fcntl
import hashlib
import os
import shutil
import signal
import time
from pathlib import Path
from typing import BinaryIO

MOMENT = 0.5  # seconds to watch a file that another program has open for writing


def copy_whole(path: Path, target: Path) -> str:
    """Copy byte for byte; the SHA-256 of the copy. The kernel copies, so the file passes through this process once.

    Raises OSError where it cannot be read, is no file, or is still being written.
    """
    if path.exists() and not path.is_file():  # a pipe or a device might never end
        raise OSError(errno.EINVAL, "is not a file", str(path))
    with path.open("rb") as file:
        before = _state(file)
        if _open_for_writing(file):
            time.sleep(MOMENT)
            _refuse_change(path, file, before)
        shutil.copyfile(path, target)
        _refuse_change(path, file, before)
    with target.open("rb") as copy:
        if _state(copy)[0] != before[0]:
            raise _still_written(path)
        return hashlib.file_digest(copy, "sha256").hexdigest()


def _state(file: BinaryIO) -> tuple[int, int]:
    """Size, and time of the last change."""
    found = os.fstat(file.fileno())
    return found.st_size, found.st_mtime_ns


def _refuse_change(path: Path, file: BinaryIO, before: tuple[int, int]) -> None:
    if _state(file) != before:
        raise _still_written(path)


def _still_written(path: Path) -> OSError:
    return OSError(errno.EBUSY, "is still being written; load it when it is complete", str(path))


def _open_for_writing(file: BinaryIO) -> bool:
    """Whether some program has it open for writing: then Linux grants no lease. Elsewhere nobody can tell.

    The lease is given back at once; should a writer come in between, its signal is one that is ignored.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    try:
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as fault:
        return fault.errno == errno.EAGAIN
    return False
