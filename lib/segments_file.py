"""The programme's own file of segments: data/segments.toml beside the settings, edited by hand or by "Save" on a page.

    [[segment]]
    name = "Large in Brazil"
    where = { country = ["Brazil"], population_band = ["1 M and more"] }

    [[segment]]
    name = "Sprint 2026"
    cities = ["lima", "cusco"]

`where` has attribute ids, `level` and `participation`, with the values that readers see; `cities` has city ids.
"""

import json
import os
import tempfile
import threading
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lib.segments import Segment, Vocabulary, clean_name
from lib.strict_toml import Table, TomlError
from lib.viewer import PROGRAMME, SETTINGS, viewer

_HEAD = (
    "# Segments that the programme compares often. Written by the dashboard, yours to edit: see docs/operating.md.\n"
)
_LARGEST = 1_000_000  # characters
_writing = threading.Lock()


class SegmentsRefused(ValueError):  # noqa: N818  (reads as the sentence it carries)
    """The file stays as it is; the message is the sentence that the reader sees."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The segments of the file that can be used, and a sentence for each that cannot, or for the file as a whole."""

    segments: tuple[Segment, ...] = ()
    faults: tuple[str, ...] = ()


def path() -> Path:
    """The environment variable COHORT_SEGMENTS, else segments.toml beside the settings."""
    return Path(os.environ.get("COHORT_SEGMENTS") or SETTINGS.with_name("segments.toml"))


def may_write() -> bool:
    """Only the programme's own people keep segments for everybody."""
    return viewer().role == PROGRAMME


def read(vocabulary: Vocabulary) -> Kept:
    """What the file holds for a database with this vocabulary; nothing where there is no file, and for others than the
    programme: a segment's name or its cities may say who takes part.
    """
    if viewer().role != PROGRAMME:
        return Kept()
    try:
        return usable(_text(), vocabulary)
    except OSError as fault:
        return Kept(faults=(f"{path().name} cannot be read: {fault.strerror}.",))


def usable(text: str, vocabulary: Vocabulary) -> Kept:
    """The segments of such a text, sorted into those that the database can answer for and those it cannot."""
    try:
        segments = parsed(text)
    except TomlError as fault:
        return Kept(faults=(f"{fault}.",))
    strangers = [segment.name for segment in segments if not segment.known(vocabulary)]
    faults = tuple(f"“{name}” of {path().name} asks for what this database does not have." for name in strangers)
    return Kept(tuple(segment for segment in segments if segment.known(vocabulary)), faults)


def parsed(text: str) -> tuple[Segment, ...]:
    """Every segment of a file's text. Raises TomlError, one sentence that names the key, for anything unexpected."""
    name = path().name
    if len(text) > _LARGEST:
        raise TomlError(f"{name}: is longer than any list of segments")
    try:
        table = Table(name, "", tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise TomlError(f"{name}: cannot be read: {fault}") from fault
    segments = tuple(_segment(row) for row in table.tables("segment"))
    names = [segment.name.casefold() for segment in segments]
    if len(set(names)) < len(names):
        raise TomlError(f"{name}: two segments have the same name")
    return table.end(segments)


def add(segment: Segment) -> None:
    """Write one more segment at the end of the file; whatever stands in it stays as it is. Raises SegmentsRefused."""
    if not may_write():
        raise SegmentsRefused("Only the programme can keep segments for everybody.")
    with _writing:
        try:
            before = _text()
            after = f"{(before or _HEAD).rstrip()}\n\n{to_toml([segment])}"
            parsed(after)
            _write(after)
        except (OSError, TomlError) as fault:
            raise SegmentsRefused(f"Not kept in the file: {getattr(fault, 'strerror', None) or fault}.") from fault


def to_toml(segments: Iterable[Segment]) -> str:
    """The segments as they stand in the file."""
    return "\n".join(_block(segment) for segment in segments)


def _block(segment: Segment) -> str:
    where = ", ".join(f"{_quoted(key)} = {_list(values)}" for key, values in segment.conditions)
    what = f"cities = {_list(segment.cities)}" if segment.cities else f"where = {{ {where} }}"
    return f"[[segment]]\nname = {_quoted(segment.name)}\n{what}\n"


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")  # TOML's texts are JSON's, but for this sign


def _segment(table: Table) -> Segment:
    name = table.text("name")
    if name != clean_name(name):
        raise table.fault("name", "must be one short line")
    cities = tuple(_texts(table, "cities", table.left.pop("cities", [])))
    where = table.left.pop("where", {})
    if not isinstance(where, dict) or bool(where) == bool(cities):
        raise table.fault("where", "or else cities must say who is in it")
    return table.end(Segment(name, tuple((key, tuple(_texts(table, key, where[key]))) for key in where), cities))


def _texts(table: Table, key: str, value: Any) -> list[str]:  # noqa: ANN401  (TOML may hold anything)
    if not isinstance(value, list) or not all(isinstance(text, str) and text for text in value):
        raise table.fault(key, "must be a list of texts")
    return value


def _text() -> str:
    file = path()
    return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""


def _write(text: str) -> None:
    """Beside the file and then in its place, so that nobody ever reads half of it."""
    file = path()
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=file.parent, prefix=f".{file.name}-", delete=False
    ) as new:
        new.write(text)
    Path(new.name).replace(file)
