"""The command that looks at files without loading them."""

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lib.standard import STANDARDS, StandardError, load_standards
from pipelines.console import DATABASE, Database, bar, one_sentence
from pipelines.files import files_of
from pipelines.inspect import Asked, inspect
from pipelines.layouts import LayoutError
from pipelines.mapping import MappingError, load_mapping
from pipelines.surveying import survey
from pipelines.telling import inspection_lines, survey_lines


class Stage(StrEnum):
    """The stages an answer can have."""

    self_reported = "self_reported"
    validated = "validated"


def inspect_files(
    *,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Survey exports, or folders of them.")],
    standard: Annotated[str | None, typer.Option(help="What it answers; else the standard that fits best.")] = None,
    cycle: Annotated[str | None, typer.Option(help="The cycle, where the file does not say it.")] = None,
    stage: Annotated[Stage | None, typer.Option(help="The stage, where the file does not say it.")] = None,
    cities: Annotated[Path | None, typer.Option(help="The cities, to match those of the file with.")] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML that tells which column is what.")] = None,
    write_mapping: Annotated[Path | None, typer.Option(help="Where to write the proposal; load takes it.")] = None,
    standards: Annotated[Path, typer.Option(help="The folder of the standards' files.")] = STANDARDS,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    database: Database = DATABASE,
) -> None:
    """Tell what a file is and how it would load: every column with its reason, ten answers, what is in doubt.

    Of several files, which are laid out alike; each kind is told once.
    """
    with one_sentence(LayoutError, MappingError, StandardError, OSError):
        asked = Asked(standard, load_mapping(mapping), cities, cycle, stage.value if stage else None, database)
        files, known = files_of(paths), load_standards(standards)
        if len(files) == 1:
            one = inspect(files[0], asked, known)
            proposals, lines, told = [one.proposal], inspection_lines(one), one.as_json()
        else:
            with bar() as say:
                every = survey(files, asked, known, say)
            proposals = [kind.found.proposal for kind in every.kinds if kind.found]
            lines, told = survey_lines(every), every.as_json()
        _write(proposals, write_mapping)
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2, default=datetime.isoformat))
    else:
        typer.echo("\n".join(lines))


def _write(proposals: list[str], target: Path | None) -> None:
    """One mapping per kind of file; of several each has its number in its name."""
    for number, proposal in enumerate(proposals if target else (), 1):
        assert target  # noqa: S101 - nothing is looped over without one
        path = target if len(proposals) == 1 else target.with_stem(f"{target.stem}-{number}")
        path.write_text(proposal, encoding="utf-8")
