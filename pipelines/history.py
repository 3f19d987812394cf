"""Who published what, when, and what it changed: one line of JSON per publish, in a file beside the database."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipelines.difference import sentence
from pipelines.sources import manifest_path, store_of
from pipelines.status import CITY, counted

MOST = 20  # cities and level changes told by name; the counts are of all


@dataclass(frozen=True, slots=True)
class Event:
    """One publish. `previous`: the version it took the place of. `files`: what was loaded, by name. `counts`: rows by
    table. `changes`: Difference.as_json, None where the previous database could not be read. `at`: UTC, ISO form.
    `rebuilt`: in a word, why everything was built; blank where the new files were added to what was published.
    """

    version: str
    previous: str | None
    action: str
    who: str
    at: str
    files: tuple[str, ...]
    sources: int
    counts: Mapping[str, int]
    changes: Mapping[str, Any] | None
    rebuilt: str = ""


def history_path(database: Path) -> Path:
    """`data/cohort.duckdb` has its history in `data/cohort.history.jsonl`."""
    return database.with_suffix(".history.jsonl")


def read_history(database: Path, published: str | None) -> list[Event]:
    """Every publish, oldest first. One that was killed before it could note itself is told by its list of sources."""
    events = _noted(database)
    if published and published not in {event.version for event in events}:
        events += _unnoted(database, published)
    return events


def note(database: Path, event: Event) -> None:
    """Add a publish that has taken place."""
    line = json.dumps(asdict(event), ensure_ascii=False) + "\n"
    with history_path(database).open("ab") as file:
        if file.tell() and not _ends_whole(history_path(database)):
            file.write(b"\n")
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())


def note_unnoted(database: Path, published: str | None) -> None:
    """Note the publish that was killed before it could; only with the writers' lock."""
    if published and published not in {event.version for event in _noted(database)}:
        for event in _unnoted(database, published):
            note(database, event)


def told(event: Event, noun: tuple[str, str] = CITY) -> str:
    """One publish for people, in three lines; `noun`: what the standards assess, one and many."""
    files = f" {_files(event.files)}" if event.files else ""
    counts = ", ".join(counted(event.counts, noun))
    changes = sentence(event.changes, noun) if event.changes else "cannot be compared with the version before"
    levels = [level_change(change) for change in (event.changes or {}).get("levels", ())]
    rebuilt = f"; everything was built ({event.rebuilt})" if event.rebuilt else ""
    return "\n".join(
        [
            f"{event.version}  {event.action}{files}, by {event.who} at {event.at.replace('T', ' ')[:16]} UTC",
            f"    {event.sources:,} {'source' if event.sources == 1 else 'sources'}: {counts}{rebuilt}",
            f"    {changes}" + (f": {', '.join(levels)}" if levels else ""),
        ]
    )


def _files(files: tuple[str, ...]) -> str:
    return ", ".join(files[:3]) + (f" and {len(files) - 3:,} more" if len(files) > 3 else "")  # noqa: PLR2004


def level_change(change: Mapping[str, Any]) -> str:
    """An assessment with its level before and after."""
    before, after = (change[side] or "no level" for side in ("before", "after"))
    return f"{change['city']} {change['cycle']} {change['stage']} {before} → {after}"


def _noted(database: Path) -> list[Event]:
    try:
        lines = history_path(database).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    return [event for line in lines if (event := _event(line))]


def _event(line: str) -> Event | None:
    """A line that a power cut has cut off tells nothing."""
    try:
        told = json.loads(line)
        return Event(**{**told, "files": tuple(told["files"])})
    except (ValueError, TypeError, KeyError):
        return None


def _unnoted(database: Path, version: str) -> list[Event]:
    try:
        told = json.loads(manifest_path(store_of(database), version).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    event = _event(json.dumps(told.get("publish")))
    return [event] if event else []


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
