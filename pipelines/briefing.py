"""`brief`: the cohort brief of a selection as a file, as the overview offers it.

The only command that asks the application's queries: everything of theirs is imported when it runs.
"""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qs

import typer

from pipelines.console import DATABASE, Database, one_sentence

if TYPE_CHECKING:
    from lib.selection import Choices, Selection


class Paper(StrEnum):
    """The sizes a PDF can have."""

    A4 = "A4"
    LETTER = "Letter"


class BriefError(Exception):
    """A brief that cannot be written; one sentence."""


def write_brief(
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write it; the ending .pdf or .pptx decides.")],
    select: Annotated[
        str, typer.Option(metavar="PARAMETERS", help="As in the address bar: 'cycle=2025&country=Brazil'.")
    ] = "",
    paper: Annotated[Paper, typer.Option(help="The size of the PDF's pages.")] = Paper.A4,
    database: Database = DATABASE,
) -> None:
    """Write the cohort brief of a selection as PDF or PowerPoint."""
    from lib.warehouse import WarehouseError  # noqa: PLC0415 - only this command reads as the application does

    with one_sentence(BriefError, WarehouseError, OSError):
        told, made = _made(out.suffix.lower(), select, paper, database)
        out.write_bytes(made)
    typer.echo(f"{out}: {told}")


def _made(ending: str, select: str, paper: Paper, database: Path) -> tuple[str, bytes]:
    """The selection in a sentence and the file's bytes. Raises BriefError."""
    if ending not in (".pdf", ".pptx"):
        raise BriefError(f"a brief is a .pdf or a .pptx, not {ending or 'a file without an ending'}")
    from lib.brief.contents import gather  # noqa: PLC0415
    from lib.queries.choices import read_choices  # noqa: PLC0415
    from lib.selection import Selection  # noqa: PLC0415
    from lib.warehouse import open_current  # noqa: PLC0415

    params = parse_qs(select.removeprefix("?"), keep_blank_values=True)
    warehouse = open_current(database)
    choices = read_choices(warehouse)
    selection = Selection.from_params(params, choices)
    refuse_unknown(params, selection, choices)
    brief = gather(warehouse, selection, params.get("split", [""])[0])
    if ending == ".pptx":
        from lib.brief.slides import pptx_bytes  # noqa: PLC0415

        return brief.about.selection, pptx_bytes(brief)
    from lib.brief.pdf import pdf_bytes  # noqa: PLC0415

    return brief.about.selection, pdf_bytes(brief, paper.value)


def refuse_unknown(params: dict[str, list[str]], selection: "Selection", choices: "Choices") -> None:
    """A page drops what a stranger's link says wrongly; whoever types a command wants to know."""
    from lib.selection import NO_COMPARISON, PARTICIPATION, SEGMENT, STAGES  # noqa: PLC0415

    taken = {
        "standard": (selection.standard,),
        "cycle": (selection.cycle,),
        "stage": (selection.stage, STAGES.get(selection.stage, "")),
        "versus": (selection.versus,) if selection.versus else (NO_COMPARISON, "none"),
        "level": selection.levels,
        "participation": (*selection.participation, *(PARTICIPATION[id_] for id_ in selection.participation)),
        "split": (SEGMENT, *(attribute.id for attribute in choices.attributes)),
        "segment": tuple(params.get("segment", ())) if selection.segments else (),
        **dict(selection.attributes),
    }
    for key, values in params.items():
        for value in values:
            if value not in taken.get(key, ()):
                raise BriefError(f"{key}={value} is nothing that can be selected in this database")
