"""Which files are meant: files, folders and patterns as people give them."""

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

SUFFIXES = {".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet"}


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Every file meant, each once: a folder stands for the survey exports in it, in the order of their names.

    Raises FileNotFoundError for a folder or pattern without any.
    """
    return list(dict.fromkeys(file for path in paths for file in _files(path)))


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        found = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and _is_export(file))
    elif glob.has_magic(str(path)) and not path.exists():
        found = sorted(file for file in Path(path.anchor).glob(str(path.relative_to(path.anchor))) if _is_export(file))
    else:
        found = [path]
    if not found:
        raise FileNotFoundError(2, "holds no survey export", str(path))
    yield from found


def _is_export(file: Path) -> bool:
    """Not what an open spreadsheet or a system leaves in a folder."""
    return file.is_file() and not file.name.startswith((".", "~$"))
