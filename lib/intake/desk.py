"""What can be done with the files that a reader brings: inspect, propose, confirm, discard.

A file's name is text from a stranger. It is shown, cleaned, and handed on as text; on the disk a file has a name of
ours, with one of the endings we know.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PureWindowsPath
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias
from zipfile import ZIP_STORED, ZipFile

from lib.intake.child import IntakeRefused, pipeline
from lib.viewer import may_upload

ENDINGS = ("csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "parquet")
LONGEST_NAME = 80
LONGEST_LABEL = 60
SUGGESTED_WITHIN = 10.0  # seconds
Cell: TypeAlias = tuple[int, int, str | None]
"""Number of the source, row, header of the column."""
CORRECT_IT = "if it is, correct the name in the file and bring it again"
_BY_ALIAS = "if it is, say so in an aliases file"
_OPTIONS = re.compile(r"(?:give|load) it with --cycle LABEL")
_FOLDERS = re.compile(r"(?<![\w.])(?:/[^/\s'\"]+)+/")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came. Its identity is its content and its name."""

    name: str
    content: bytes

    @property
    def shown(self) -> str:
        """The name for people: its last part, printable, of bearable length."""
        printable = "".join(sign if sign.isprintable() else " " for sign in PureWindowsPath(self.name).name)
        return " ".join(printable.split())[-LONGEST_NAME:].lstrip(".- ") or "a file without a name"

    @property
    def ending(self) -> str:
        """One of ENDINGS. Raises IntakeRefused."""
        ending = PureWindowsPath(self.shown).suffix.lower().removeprefix(".")
        if ending not in ENDINGS:
            raise IntakeRefused(f"{self.shown}: is not a CSV, XLSX or Parquet file.")
        return ending

    @property
    def digest(self) -> str:
        """Tells this file from any other."""
        return sha256(self.name.encode(errors="replace") + b"\0" + self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Told:
    """What the reader says about the files; blank: the files say it themselves."""

    standard: str
    cycle: str = ""
    stage: str = ""
    cities: Upload | None = None
    mapping: Upload | None = None

    def key(self) -> tuple[str, ...]:
        """Equal where the same is said."""
        return (self.standard, self.cycle, self.stage, *(x.digest if x else "" for x in (self.cities, self.mapping)))


def inspect(uploads: Sequence[Upload], told: Told, database: Path) -> dict[str, Any]:
    """What the files are and how they would load. Raises IntakeRefused.

    `kinds`: per kind of layout `files` (their names) and, unless there are too many kinds, what Inspection of the
    pipeline tells of the first of them; `refused`: the sentences about files that cannot be read. In `database` a
    corrected workbook finds how the file was read whose place it takes.
    """
    found = _asked("inspect", uploads, told, f"--database={database}")
    names = _names(uploads)
    kinds = found["kinds"] if "kinds" in found else [{"files": list(names), **found}]
    return {
        "kinds": [_renamed(kind, names) for kind in kinds],
        "refused": [_worded(sentence, names) for sentence in found.get("refused", {}).values()],
    }


def _names(uploads: Sequence[Upload]) -> dict[str, Upload]:
    """What each file is called on the disk. Raises IntakeRefused."""
    return {f"upload-{number}.{upload.ending}": upload for number, upload in enumerate(uploads, 1)}


def _renamed(kind: Mapping[str, Any], names: Mapping[str, Upload]) -> dict[str, Any]:
    worded = {key: [_worded(text, names) for text in kind[key]] for key in ("doubts", "notes") if key in kind}
    return {**kind, **worded, "files": [names[file].shown for file in kind["files"]]}


def propose(uploads: Sequence[Upload], told: Told, database: Path) -> dict[str, Any]:
    """What publishing the files would change; nothing is published. Raises IntakeRefused.

    `proposal` (its id), `changed`, `starts_afresh`, `notes`, `files`, `rejected` (the first ones), `rejected_count`,
    `counts` (rows by table), `difference`.
    """
    names = [f"--name={upload.shown}" for upload in uploads]
    found = _asked("propose", uploads, told, *names, f"--database={database}")
    notes = [line.replace(_BY_ALIAS, CORRECT_IT) for note in found["notes"] for line in note.splitlines()]
    return {**found, "notes": notes}


def confirm(proposal: str, database: Path) -> str:
    """Publish what was proposed; the new version. Raises IntakeRefused, and then nothing is published."""
    _permitted()
    return str(pipeline("confirm", proposal, f"--database={database}", "--json").get("version", ""))


def discard(proposal: str, database: Path) -> None:
    """Forget a proposal. Raises IntakeRefused."""
    _permitted()
    pipeline("discard", proposal, f"--database={database}", "--json")


def marked(database: Path, source: int | None) -> dict[str, Any]:
    """One source as a workbook with the places marked that were set aside, or all of them in a zip: `name`, `content`.

    Raises IntakeRefused.
    """
    _permitted()
    with TemporaryDirectory(prefix="intake-") as place:
        target = Path(place) / "marked.xlsx"
        words = [] if source is None else [f"--source={source}"]
        told = pipeline("rejects", f"--xlsx={target}", *words, f"--database={database}", "--json")
        files = {_corrected_name(file["file"], file["source"]): Path(file["written"]) for file in told["workbooks"]}
        if source is not None and len(files) == 1:
            ((name, path),) = files.items()
            return {"name": name.partition(" ")[2], "content": path.read_bytes()}
        return {"name": "to correct.zip", "content": _zipped(files)}


def _corrected_name(file: str, source: int) -> str:
    """Its own name, after the source's number: two sources may be called the same."""
    return f"{source} {PureWindowsPath(Upload(file, b'').shown).stem} to correct.xlsx"


def _zipped(files: Mapping[str, Path]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:  # workbooks are packed already
        for name, path in files.items():
            archive.write(path, name)
    return packed.getvalue()


def suggestions(database: Path) -> dict[Cell, str]:
    """What may have been meant in rejected cells; nothing where that takes too long to find out."""
    try:
        told = pipeline("suggest", f"--database={database}", seconds=SUGGESTED_WITHIN)
    except IntakeRefused:
        return {}
    return {(source, row, column): text for source, row, column, text in told.get("cells", [])}


def _asked(command: str, uploads: Sequence[Upload], told: Told, *more: str) -> dict[str, Any]:
    _permitted()
    with TemporaryDirectory(prefix="intake-") as place:
        folder = Path(place)
        names = _names(uploads)
        for name, upload in names.items():
            (folder / name).write_bytes(upload.content)
        words = [command, *_options(told, folder), *more, "--json", "--", *(str(folder / name) for name in names)]
        try:
            return pipeline(*words)
        except IntakeRefused as fault:
            raise IntakeRefused(_worded(str(fault), names), fault.mapping) from fault


def _permitted() -> None:
    """Asked again at each step: the page that offered it may be older than the setting."""
    if not may_upload():
        raise IntakeRefused("Files cannot be loaded here.")


def _options(told: Told, folder: Path) -> list[str]:
    words = [f"--standard={told.standard}"]
    words += [f"--{key}={text}" for key in ("cycle", "stage") if (text := _label(getattr(told, key)))]
    for key, name in (("cities", "cities"), ("mapping", "mapping.toml")):
        if file := getattr(told, key):
            path = folder / (name if "." in name else f"{name}.{file.ending}")
            path.write_bytes(file.content)
            words.append(f"--{key}={path}")
    return words


def _label(text: str) -> str:
    return " ".join("".join(sign for sign in text if sign.isprintable()).split())[:LONGEST_LABEL]


def _worded(sentence: str, names: Mapping[str, Upload]) -> str:
    """The sentence in the reader's own file names and the page's words, without a folder of ours."""
    sentence = _OPTIONS.sub("say it under “Cycle”", _FOLDERS.sub("", sentence)).replace(_BY_ALIAS, CORRECT_IT)
    for name, upload in names.items():
        sentence = sentence.replace(name, upload.shown)
    return sentence
