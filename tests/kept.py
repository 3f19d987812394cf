"""Databases that several tests build from the same files: built by the first, a copy for each of the others."""

import shutil
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from tempfile import TemporaryDirectory

MOST = 8
"""Databases kept in a process; tests that build the same stand together, mostly in one file."""

_kept: OrderedDict[Hashable, TemporaryDirectory[str]] = OrderedDict()


def built_once(database: Path, key: Hashable, build: Callable[[], object]) -> Path:
    """The public name of what `build` publishes there, with its sources and its history.

    `key` says all that it is built from. Every call gives files of its own: a test may change them.
    """
    if kept := _kept.get(key):
        _kept.move_to_end(key)
        _copied(Path(kept.name), database.parent)
        return database
    build()
    folder = _kept[key] = TemporaryDirectory(prefix="kept-")
    for path in database.parent.glob(f"{database.stem}.*"):
        _copied(path, Path(folder.name) / path.name)
    while len(_kept) > MOST:
        _kept.popitem(last=False)[1].cleanup()
    return database


def _copied(path: Path, to: Path) -> None:
    """Copy a file, a link as a link, or what is in a folder. Times are of now: a Warehouse goes by them."""
    if path.is_dir():
        shutil.copytree(path, to, symlinks=True, dirs_exist_ok=True, copy_function=shutil.copy)
    else:
        shutil.copy(path, to, follow_symlinks=False)
