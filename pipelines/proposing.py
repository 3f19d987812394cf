"""A database built and compared but not published: what a load would do, for somebody to confirm or to discard.

A proposal is a folder beside the database, `.proposed-<stem>.<version>/`, with the finished file and what to publish
it by. The latest is the only one; after a day it goes (see publish.locked).
"""

import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from lib.standard import STANDARDS, load_standards
from pipelines.building import Built, built, publish_built
from pipelines.files import files_of
from pipelines.history import MOST, Event
from pipelines.load import LoadError, Options, planned, told
from pipelines.progress import Say, silent
from pipelines.publish import locked, published_version
from pipelines.rejects import read_rejected
from pipelines.sources import Source, read_manifest, write_manifest

VERSION = re.compile(r"\d{8}T\d{12}")
FIRST_REJECTED = 50
FILES = "select file, answers, accepted, superseded, rejected from source where list_contains($sources, source_id)"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What publishing would do. `id`: blank where nothing would change. `files`: one row per file given, with what
    would become of its answers; `rejected`: their first cells set aside. `difference`: Difference.as_json, None where
    the published database cannot be read. `counts`: rows by table.
    """

    id: str
    changed: bool
    starts_afresh: bool = False
    notes: tuple[str, ...] = ()
    files: tuple[Mapping[str, Any], ...] = ()
    rejected: tuple[Mapping[str, Any], ...] = ()
    rejected_count: int = 0
    counts: Mapping[str, int] | None = None
    difference: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """Everything, for programs; the id is called `proposal`."""
        table = asdict(self)
        return {"proposal": table.pop("id"), **table}


def propose(
    paths: Sequence[Path],
    options: Options,
    database: Path,
    say: Say = silent,
    standards: Path = STANDARDS,
    *,
    names: Sequence[str] = (),
    wait: float = 0,
) -> Proposal:
    """Build what `load` would publish, compare it, and keep it for an answer. `names`: what the files are called, in
    their order, where that is not how they are named on the disk. Raises LoadError.
    """
    with told(database), locked(database, wait):
        files = _named(files_of(paths), names)
        work, afresh, added = planned(list(files), options, database, load_standards(standards), say, names=files)
        _drop(database)
        if not work.changed:
            return Proposal("", changed=False)
        with built(work, database, say) as finished:
            proposal = _proposal(finished, afresh, added)
            _put_by(finished, database)
    return proposal


def confirm(proposal: str, database: Path, wait: float = 0) -> Event:
    """Publish a proposal. Raises LoadError: it is gone, or something else was published in the meantime."""
    with told(database), locked(database, wait):
        folder = _folder(proposal, database)
        if not folder.is_dir():
            raise LoadError("This proposal is gone; propose the files again")
        event = Event(**json.loads((folder / "event.json").read_text(encoding="utf-8")))
        if event.previous != published_version(database):
            raise LoadError("Something else was published in the meantime; propose the files again")
        manifest = read_manifest(folder / "manifest.json")
        publish_built(folder / "built.duckdb", manifest, event, database)
        shutil.rmtree(folder)
    return event


def discard(proposal: str, database: Path, wait: float = 0) -> None:
    """Forget a proposal; one that is gone is forgotten already. Raises LoadError."""
    with told(database), locked(database, wait):
        shutil.rmtree(_folder(proposal, database), ignore_errors=True)


def _named(paths: Sequence[Path], names: Sequence[str]) -> dict[Path, str]:
    """What each file is called. The ending is the one thing in a name that counts, so it has to be the file's own."""
    if names and len(names) != len(paths):
        raise LoadError("Each file needs exactly one name")
    files = dict(zip(paths, names or [path.name for path in paths], strict=True))
    for path, name in files.items():
        if Path(name).name != name or Path(name).suffix.lower() != path.suffix.lower():
            raise LoadError(f"{path.name}: cannot be called {name!r}")
    return files


def _proposal(finished: Built, afresh: bool, added: Iterable[Source]) -> Proposal:
    identities = [source.identity for source in finished.manifest.sources]
    mine = [source.identity for source in added]
    sources = [identities.index(identity) + 1 for identity in mine]
    with duckdb.connect(finished.path, read_only=True) as connection:
        files = _rows(connection, FILES, {"sources": sources})
    return Proposal(
        finished.event.version,
        changed=True,
        starts_afresh=afresh,
        notes=tuple(finished.notes[identity] for identity in mine if identity in finished.notes),
        files=files,
        rejected=tuple(map(asdict, read_rejected(finished.path, sources, FIRST_REJECTED))),
        rejected_count=sum(file["rejected"] for file in files),
        counts=finished.event.counts,
        difference=finished.difference.as_json(MOST) if finished.difference else None,
    )


def _rows(
    connection: duckdb.DuckDBPyConnection, question: str, values: Mapping[str, object]
) -> tuple[dict[str, Any], ...]:
    found = connection.execute(question, values)
    names = [column[0] for column in found.description or []]
    return tuple(dict(zip(names, row, strict=True)) for row in found.fetchall())


def _put_by(finished: Built, database: Path) -> None:
    """Move the finished file into its folder, complete or not at all: the folder gets its name at the end."""
    folder = _folder(finished.event.version, database)
    unfinished = database.with_name(f".building-{database.stem}.proposal")
    unfinished.mkdir()
    finished.path.rename(unfinished / "built.duckdb")
    write_manifest(finished.manifest, unfinished / "manifest.json", {})
    (unfinished / "event.json").write_text(json.dumps(asdict(finished.event)), encoding="utf-8")
    unfinished.rename(folder)


def _drop(database: Path) -> None:
    for folder in database.parent.glob(f".proposed-{database.stem}.*"):
        shutil.rmtree(folder)


def _folder(proposal: str, database: Path) -> Path:
    """Where a proposal is. Its id comes from outside and becomes part of a path: only an id of ours will do."""
    if not VERSION.fullmatch(proposal):
        raise LoadError("There is no such proposal")
    return database.with_name(f".proposed-{database.stem}.{proposal}")
