"""Workbooks that `rejects` wrote and people corrected: each takes the place of the source it was made from.

A workbook says which source that is by the name of a hidden sheet, which spreadsheet programs keep.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

from pipelines.layouts.bounds import BROKEN
from pipelines.sources import Manifest, Source

SHEET = "corrects-"
MARK = re.compile(rb'name="' + SHEET.encode() + rb'([0-9a-f]{20})"')
WORKBOOKS = {".xlsx", ".xlsm"}
LARGEST = 1 << 20  # bytes of a workbook's list of sheets that are looked at


class CorrectionError(ValueError):
    """A corrected workbook that cannot take the place of a source; one sentence."""


def mark_of(source: Source) -> str:
    """What a workbook says to name this source."""
    return hashlib.sha256(json.dumps(source.identity).encode()).hexdigest()[:20]


def corrected(before: Manifest, added: Iterable[Source], store: Path) -> tuple[Manifest, list[Source]]:
    """The sources so far with corrected ones in the places of those they correct, and the sources of this load.

    A corrected one keeps the options of the first, unless this load gives others. Raises CorrectionError.
    """
    sources = list(before.sources)
    found = []
    for source in added:
        mark = mark_in(store / source.file.stored_name)
        if mark is None:
            found.append(source)
            continue
        place = _place(sources, source, mark)
        if before.synthetic:
            raise CorrectionError(f"{source.file.file}: corrects demonstration data, which are not corrected")
        if sources[place].file.sha256 != source.file.sha256:
            sources[place] = _instead(sources[place], source)
        found.append(sources[place])
    return replace(before, sources=tuple(sources)), found


def corrects(mark: str, manifest: Manifest) -> Source | None:
    """The source that a workbook with this mark would take the place of; None where there is none."""
    return next((known for known in manifest.sources if mark_of(known) == mark), None)


def mark_in(path: Path) -> str | None:
    """What a corrected workbook says to name its source; None in any other file."""
    if path.suffix not in WORKBOOKS:
        return None
    try:
        with ZipFile(path) as archive, archive.open("xl/workbook.xml") as file:
            found = MARK.search(file.read(LARGEST))
    except (*BROKEN, KeyError):
        return None  # the reader will say what is wrong with it
    return found[1].decode() if found else None


def _place(sources: list[Source], source: Source, mark: str) -> int:
    """Where the source stands that is to be corrected, or that was corrected by this very file."""
    for place, known in enumerate(sources):
        if mark_of(known) == mark or (known.corrects and known.file.sha256 == source.file.sha256):
            if known.standard != source.standard:
                raise CorrectionError(f"{source.file.file}: corrects a file of {known.standard}, not {source.standard}")
            return place
    raise CorrectionError(
        f"{source.file.file}: corrects a file that is not loaded, or was corrected by another one since; "
        "ask for its rejects once more"
    )


def _instead(known: Source, source: Source) -> Source:
    given = {
        key: value
        for key in ("cycle", "stage", "cities", "mapping", "aliases", "fixes")
        if (value := getattr(source, key))
    }
    return replace(known, file=source.file, corrects=known.corrects or known.file, **given)
