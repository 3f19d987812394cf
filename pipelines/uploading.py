"""The commands for a load in two steps: propose, look at what it would change, then confirm or discard."""

import json
from pathlib import Path
from typing import Annotated

import typer

from lib.standard import STANDARDS
from pipelines.console import DATABASE, Database, Wait, bar, one_sentence
from pipelines.difference import sentence
from pipelines.load import LoadError, Options
from pipelines.proposing import Proposal, confirm, discard, propose
from pipelines.rejects import read_rejected
from pipelines.status import StatusError, noun_of

Id = Annotated[str, typer.Argument(metavar="PROPOSAL", help="Its id, as `propose` tells it.")]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]


def propose_files(
    *,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Survey exports, or folders of them.")],
    standard: Annotated[str, typer.Option(help="What the files answer: the id of a file in data/standards.")],
    cycle: Annotated[str | None, typer.Option(help="The cycle, where the file does not say it.")] = None,
    stage: Annotated[str | None, typer.Option(help="The stage, where the file does not say it.")] = None,
    cities: Annotated[Path | None, typer.Option(help="The cities and their attributes.")] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML that tells which column is what.")] = None,
    name: Annotated[
        list[str] | None, typer.Option(help="What a file is called, once for each, in their order.")
    ] = None,
    standards: Annotated[Path, typer.Option(help="The folder of the standards' files.")] = STANDARDS,
    wait: Wait = 0,
    as_json: Json = False,
    database: Database = DATABASE,
) -> None:
    """Build what `load` would publish and tell the difference; nothing is published before `confirm`."""
    options = Options(standard, cycle, stage, cities, mapping)
    with one_sentence(LoadError), bar() as say:
        proposal = propose(paths, options, database, say, standards, names=name or (), wait=wait)
    if as_json:
        typer.echo(json.dumps(proposal.as_json(), ensure_ascii=False, default=str))
    else:
        typer.echo(_told(proposal, noun_of(database)))


def confirm_proposal(proposal: Id, wait: Wait = 0, as_json: Json = False, database: Database = DATABASE) -> None:
    """Publish what was proposed, unless something else was published in the meantime."""
    with one_sentence(LoadError):
        event = confirm(proposal, database, wait)
    typer.echo(json.dumps({"version": event.version}) if as_json else f"Published {event.version}")


def discard_proposal(proposal: Id, wait: Wait = 0, as_json: Json = False, database: Database = DATABASE) -> None:
    """Forget what was proposed."""
    with one_sentence(LoadError):
        discard(proposal, database, wait)
    typer.echo(json.dumps({"discarded": proposal}) if as_json else "Nothing has changed.")


def suggest(
    most: Annotated[int, typer.Option(min=1, help="Look at so many cells, the first ones.")] = 10_000,
    database: Database = DATABASE,
) -> None:
    """Tell programs, as JSON, what may have been meant in the cells that were set aside."""
    with one_sentence(StatusError):
        found = read_rejected(database, most=most)
    cells = [[one.source_id, one.row, one.column, one.suggestion] for one in found if one.suggestion]
    typer.echo(json.dumps({"cells": cells}, ensure_ascii=False))


def _told(proposal: Proposal, noun: tuple[str, str]) -> str:
    if not proposal.changed:
        return "Nothing would change: the same files were loaded before, by the same rules."
    lines = [
        f"{file['file']}: {file['answers']:,} answers: {file['accepted']:,} accepted, "
        f"{file['superseded']:,} superseded, {file['rejected']:,} rejected"
        for file in proposal.files
    ]
    if proposal.starts_afresh:
        lines.append("The synthetic cohort that is here would go: real data never mix with it.")
    if proposal.difference:
        lines.append(sentence(proposal.difference, noun))
    return "\n".join([*lines, f"Proposal {proposal.id}: confirm or discard it."])
