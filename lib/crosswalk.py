"""What became of each criterion when a standard changed, read from `data/standards/crosswalks/*.toml` and frozen.

The file is edited by the people who own the words, who say only what a source says: a criterion that no row mentions is
not mapped, and nothing is ever differenced across it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from lib.strict_toml import Table, TomlError, read_toml

Relation = Literal["same", "reworded", "widened", "split", "dropped", "new"]


class CrosswalkError(TomlError):
    """A crosswalk that cannot be used; the message names the file and the row."""


@dataclass(frozen=True, slots=True)
class Row:
    """`before` of the older standard became `after` of the newer one; dropped has no `after`, new has no `before`."""

    before: str
    after: str
    relation: Relation
    note: str = ""


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """From the standard `before` to the later standard `after`, by their ids; `source` says who knows."""

    before: str
    after: str
    source: str
    rows: tuple[Row, ...]


def load_crosswalks(folder: Path, criteria: Mapping[str, Set[str]]) -> tuple[Crosswalk, ...]:
    """Every crosswalk of a folder, checked against `criteria` (ids of each standard known). Raises TomlError.

    One of the two standards may have no file yet: then only the other side is checked.
    """
    loaded = {path.name: load_crosswalk(path) for path in sorted(folder.glob("*.toml"))}
    for file, crosswalk in loaded.items():
        for fault in _strangers(crosswalk, criteria):
            raise CrosswalkError(f"{file}: {fault}")
    pairs = Counter(frozenset((crosswalk.before, crosswalk.after)) for crosswalk in loaded.values())
    for pair, count in pairs.items():
        if count > 1:
            raise CrosswalkError(f"{folder}: {' and '.join(sorted(pair))} have {count} crosswalks")
    return tuple(loaded.values())


def load_crosswalk(path: Path) -> Crosswalk:
    """Read one crosswalk's file. Raises TomlError in one sentence that names the file and the row."""
    crosswalk = _crosswalk(read_toml(path))
    if wrong := next(_faults(crosswalk), None):
        raise CrosswalkError(f"{path.name}: {wrong}")
    return crosswalk


def _crosswalk(table: Table) -> Crosswalk:
    crosswalk = Crosswalk(
        before=table.text("from_standard"),
        after=table.text("to_standard"),
        source=table.text("source"),
        rows=tuple(_row(row) for row in table.tables("criterion")),
    )
    return table.end(crosswalk)


def _row(table: Table) -> Row:
    relation = table.text("relation")
    if relation not in get_args(Relation):
        raise table.fault("relation", f"is {relation!r}, expected one of {', '.join(get_args(Relation))}")
    row = Row(
        before=table.text("from", "") if relation == "new" else table.text("from"),
        after=table.text("to", "") if relation == "dropped" else table.text("to"),
        relation=cast("Relation", relation),
        note=table.text("note", ""),
    )
    return table.end(row)


def _faults(crosswalk: Crosswalk) -> Iterator[str]:
    """What no single row can see."""
    if crosswalk.before == crosswalk.after:
        yield f"from_standard and to_standard are both {crosswalk.before}"
    for row in crosswalk.rows:
        if row.relation == "dropped" and row.after:
            yield f"{row.before} is dropped, so it has no `to`"
        if row.relation == "new" and row.before:
            yield f"{row.after} is new, so it has no `from`"
    whole = [row for row in crosswalk.rows if row.relation != "split"]
    yield from _repeats("from", [row.before for row in whole], [row.before for row in _splits(crosswalk)])
    yield from _repeats("to", [row.after for row in whole], [row.after for row in _splits(crosswalk)])
    yield from (
        f"{before} is split into {after} twice"
        for (before, after), count in Counter((row.before, row.after) for row in _splits(crosswalk)).items()
        if count > 1
    )


def _splits(crosswalk: Crosswalk) -> list[Row]:
    return [row for row in crosswalk.rows if row.relation == "split"]


def _repeats(side: str, whole: list[str], split: list[str]) -> Iterator[str]:
    """A criterion has one row, unless each of its rows says that it was split."""
    for id_, count in Counter(whole).items():
        if id_ and (count > 1 or id_ in split):
            yield f"{side} = {id_} is repeated"


def _strangers(crosswalk: Crosswalk, criteria: Mapping[str, Set[str]]) -> Iterable[str]:
    """Standards and criteria that nobody knows."""
    if not {crosswalk.before, crosswalk.after} & criteria.keys():
        yield f"neither {crosswalk.before} nor {crosswalk.after} is a known standard"
    sides = ((crosswalk.before, "before"), (crosswalk.after, "after"))
    for standard, side in sides:
        named = {getattr(row, side) for row in crosswalk.rows} - {""}
        if unknown := named - criteria.get(standard, named):
            yield f"{min(unknown)} is not a criterion of {standard}"
