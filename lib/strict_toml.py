"""A TOML file that people edit, read key by key: every fault is one sentence that names the file and the key."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

Read = TypeVar("Read")


class TomlError(ValueError):
    """A file that cannot be used; the message names the file and the key."""


class Table:
    """A TOML table that is read key by key, and then refuses the keys that nobody asked for."""

    def __init__(self, file: str, place: str, table: Mapping[str, Any]) -> None:
        self.file, self.place, self.left = file, place, dict(table)

    def fault(self, key: str, why: str) -> TomlError:
        """The sentence about a key, for whoever finds more wrong with it than its type."""
        return TomlError(f"{self.file}: {self.place}{key} {why}")

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there and not blank. Raises TomlError, as all that follow."""
        value = self.left.pop(key, default)
        if value is None or (default is None and not str(value).strip()):
            raise self.fault(key, "is missing or empty")
        return str(value)

    def number(self, key: str, default: float | None = None) -> float:
        """A number; without a default it must be there."""
        value = self.left.pop(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fault(key, "must be a number")
        return float(value)

    def flag(self, key: str) -> bool:
        """True or false; false where nothing is said."""
        value = self.left.pop(key, False)
        if not isinstance(value, bool):
            raise self.fault(key, "must be true or false")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none of them blank; it must be there, and may be empty."""
        value = self.left.pop(key, None)
        if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
            raise self.fault(key, "must be a list of texts")
        return tuple(value)

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """The keys of a table with their texts, in order; none where nothing is said."""
        value = self.left.pop(key, {})
        if not isinstance(value, dict) or not all(isinstance(text, str) and text.strip() for text in value.values()):
            raise self.fault(key, "must be a table of texts")
        return tuple(value.items())

    def tables(self, key: str) -> Iterator["Table"]:
        """Each table of a list, named in faults by its id or its number; none where nothing is said."""
        rows = self.left.pop(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.fault(key, f"must be a list of tables, written [[{key}]]")
        for number, row in enumerate(rows, 1):
            yield Table(self.file, f"{self.place}{key} {row.get('id', number)}: ", row)

    def end(self, read: Read) -> Read:
        """What was read from this table, once no key is left over."""
        if self.left:
            raise self.fault(min(self.left), "is not a known key")
        return read


def read_toml(path: Path) -> Table:
    """A file's outermost table. Raises TomlError."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise TomlError(f"{path.name}: cannot be read: {fault}") from fault
    return Table(path.name, "", table)
