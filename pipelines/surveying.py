"""Many files looked at together: which are laid out alike, what each kind is, and which cannot be read."""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from lib.standard import Standard
from pipelines.inspect import Asked, as_corrected, inspect
from pipelines.inspection import Inspection
from pipelines.layouts import Clues, LayoutError, workbook
from pipelines.layouts.columns import Plan
from pipelines.layouts.deciding import decide
from pipelines.layouts.opening import is_workbook, receive
from pipelines.layouts.proposal import proposed
from pipelines.layouts.received import Written
from pipelines.layouts.table import cause
from pipelines.progress import Say, silent
from pipelines.spreading import spread
from pipelines.vocabulary import load_vocabulary

MOST_KINDS = 20  # looked at in full, those of most files first


@dataclass(frozen=True, slots=True)
class Kind:
    """Files that are laid out alike, by name, and what the first of them is. None: one kind too many to look at."""

    files: tuple[str, ...]
    found: Inspection | None

    def as_json(self) -> dict[str, Any]:
        """Everything, for programs."""
        return {"files": self.files, **(self.found.as_json() if self.found else {})}


@dataclass(frozen=True, slots=True)
class Survey:
    """What `inspect` tells of several files. `refused`: name → the sentence that says why it cannot be read."""

    kinds: tuple[Kind, ...]
    refused: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """Everything, for programs."""
        return {"kinds": [kind.as_json() for kind in self.kinds], "refused": dict(self.refused)}


@dataclass(frozen=True, slots=True)
class Outline:
    """One file at a glance: what it has in common with others of its kind, or why it cannot be read."""

    path: Path
    kind: str = ""
    refusal: str = ""


def survey(paths: Sequence[Path], asked: Asked, standards: Mapping[str, Standard], say: Say = silent) -> Survey:
    """Look at every file at a glance and at the first of each kind in full. Raises as `inspect`.

    Takes some milliseconds a file; memory does not grow with their number.
    """
    asked = asked if asked.standard else replace(asked, standard=_standard(paths, asked, standards))
    standard = standards[asked.standard or ""]
    kinds: dict[str, list[Path]] = defaultdict(list)
    refused = {}
    for number, outline in enumerate(_outlines(paths, asked, standard)):
        say(f"looking at {outline.path.name}", 0.9 * number / len(paths))
        if outline.refusal:
            refused[outline.path.name] = outline.refusal
        else:
            kinds[outline.kind].append(outline.path)
    found = []
    for place, files in enumerate(sorted(kinds.values(), key=len, reverse=True)):
        names = tuple(file.name for file in files)
        try:
            found.append(Kind(names, inspect(files[0], asked, standards) if place < MOST_KINDS else None))
        except LayoutError as fault:
            refused |= dict.fromkeys(names, str(fault))
    return Survey(tuple(found), refused)


def _standard(paths: Iterable[Path], asked: Asked, standards: Mapping[str, Standard]) -> str:
    """The one that fits the first readable file best; with one standard, that one."""
    for path in paths if len(standards) > 1 else ():
        try:
            return inspect(path, asked, standards).standard
        except LayoutError:
            continue
    return next(iter(standards))


def _outlines(paths: Sequence[Path], asked: Asked, standard: Standard) -> Iterable[Outline]:
    look = partial(_outline, asked=asked, clues=Clues(standard, asked.told, load_vocabulary()))
    yield from spread(look, paths)


def _outline(path: Path, asked: Asked, clues: Clues) -> Outline:
    own, corrected = as_corrected(path, asked)
    if corrected:
        clues = Clues(clues.standard, own.told, clues.vocabulary)
    try:
        plans, written = _plans(path, clues)
        doubts = [doubt for plan in plans for doubt in plan.doubts]
        told = proposed(plans, written, own.told, doubts).splitlines()
    except duckdb.Error as fault:
        return Outline(path, refusal=f"{path.name}: cannot be read: {cause(fault)}")
    except LayoutError as fault:
        return Outline(path, refusal=str(fault))
    same = [line for line in told if not line.startswith(("#", "sheet ="))]
    headers = [plan.header.labels for plan in plans]
    asks = [(doubt.table, doubt.key) for doubt in doubts]
    return Outline(path, repr((corrected, written.format, written.encoding, plans[0].layout, same, headers, asks)))


def _plans(path: Path, clues: Clues) -> tuple[tuple[Plan, ...], Written]:
    """What its tables are, without their answers. Of a workbook the sheets that hold any, else the first."""
    if is_workbook(path, path.name):
        sheets = workbook.sheets(path, path.name, clues.told)
        plans = tuple(decide(path.name, sheet.head, sheet.width, clues, sheet=sheet.name) for sheet in sheets)
        held = tuple(plan for plan in plans if plan.questions or plan.long or plan.across)
        return held or plans[:1], Written("workbook", sheets=tuple(sheet.name for sheet in sheets))
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as connection:
        received = receive(path, path.name, Path(scratch), connection, clues.told)
        return (decide(path.name, received.head, received.width, clues),), received.written
