"""`report`: report cards of one city, or of all, as files.

It asks the application's queries, and opens the database as a city may see it: everything of theirs is imported when
the command runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.briefing import Paper
from pipelines.console import DATABASE, Database, bar, one_sentence
from pipelines.layouts import LayoutError
from pipelines.spreading import spread

if TYPE_CHECKING:
    from lib.peers import Peers
    from lib.selection import Choices, Selection

WORTH_PROCESSES = 12
"""Fewer cards are made sooner than two processes start."""


class Form(StrEnum):
    """The forms that a card can have."""

    PDF = "pdf"
    PPTX = "pptx"
    HTML = "html"


class ReportError(Exception):
    """Report cards that cannot be made as asked; one sentence."""


@dataclass(frozen=True, slots=True)
class Order:
    """One card to make: of which city, among which peers, as which file; `whole` is with the programme's own eyes."""

    database: Path
    selection: "Selection"
    city: str
    peers: "Peers"
    whole: bool
    form: str
    paper: str
    file: Path


def report_cards(
    *,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write to; made where there is none.")],
    city: Annotated[str, typer.Option(metavar="ID", help="Whose card, by the id in the address of the page.")] = "",
    everyone: Annotated[bool, typer.Option("--all", help="A card for each that was assessed.")] = False,
    standard: Annotated[str, typer.Option(help="By which standard; the first of the database if not given.")] = "",
    cycle: Annotated[str, typer.Option(help="The cycle; the latest if not given.")] = "",
    stage: Annotated[str, typer.Option(help="Validated or Self-reported answers.")] = "",
    form: Annotated[Form, typer.Option("--format", help="The form of the files.")] = Form.PDF,
    paper: Annotated[Paper, typer.Option(help="The size of a PDF's pages.")] = Paper.A4,
    peers: Annotated[str, typer.Option(metavar="RULE", help="By which rule peers are found, as on the page.")] = "",
    as_city: Annotated[
        bool, typer.Option("--as-city/--whole", help="Only what the city may know, or all for the programme's own use.")
    ] = True,
    database: Database = DATABASE,
) -> None:
    """Write report cards: where a city stands among its peers, its gaps, and the road to the next level."""
    from lib.warehouse import WarehouseError  # noqa: PLC0415 - only such commands read as the application does

    with one_sentence(ReportError, WarehouseError, LayoutError, OSError), bar("done") as say:
        if bool(city) == everyone:
            raise ReportError("say whose card: --city ID, or --all")
        selection, rule = _asked(database, {"standard": standard, "cycle": cycle, "stage": stage}, peers)
        cities = _cities(database, selection, city)
        out.mkdir(parents=True, exist_ok=True)
        orders = [
            Order(
                database, selection, id_, rule, not as_city, form.value, paper.value, out / _name(id_, selection, form)
            )
            for id_ in cities
        ]
        faults = []
        for number, fault in enumerate(spread(make, orders, worth=WORTH_PROCESSES, chunk=1), 1):
            faults += [fault] if fault else []
            say(f"{number:,} of {len(orders):,} report cards", number / len(orders))
    _tell(orders, faults)


def make(order: Order) -> str:
    """Write one card. The sentence of what was in its way; empty where nothing was."""
    from lib.access import opened_once  # noqa: PLC0415
    from lib.report.contents import NotAssessed, gather  # noqa: PLC0415
    from lib.report.files import card_bytes  # noqa: PLC0415
    from lib.viewer import CITY, PROGRAMME, Viewer  # noqa: PLC0415
    from lib.warehouse import WarehouseError  # noqa: PLC0415

    viewer = Viewer(PROGRAMME) if order.whole else Viewer(CITY, (order.city,))
    try:
        card = gather(opened_once(viewer, order.database), order.selection, order.city, order.peers)
    except NotAssessed as fault:
        return str(fault)
    except WarehouseError as fault:
        return f"{order.city}: {fault}"
    order.file.write_bytes(card_bytes(card, order.form, order.paper))
    return ""


def _tell(orders: Sequence[Order], faults: Sequence[str]) -> None:
    for fault in faults:
        typer.echo(f"Error: {fault}", err=True)
    written = len(orders) - len(faults)
    where = orders[0].file if written == len(orders) == 1 else orders[0].file.parent
    typer.echo(f"{where}: {written:,} report card{'' if written == 1 else 's'}")
    if faults:
        raise typer.Exit(1)


def _name(city: str, selection: "Selection", form: Form) -> str:
    from lib.report.files import file_name  # noqa: PLC0415

    return file_name(city, selection.cycle, form.value)


def _asked(database: Path, params: dict[str, str], rule: str) -> "tuple[Selection, Peers]":
    """The selection and the peers. Raises ReportError where the database does not have what is asked for."""
    from lib.peers import Peers  # noqa: PLC0415
    from lib.queries.choices import read_choices  # noqa: PLC0415
    from lib.selection import STAGES, Selection  # noqa: PLC0415
    from lib.warehouse import open_current  # noqa: PLC0415

    choices = read_choices(open_current(database))
    selection = Selection.from_params({key: text for key, text in params.items() if text}, choices)
    taken = {"standard": [selection.standard], "cycle": [selection.cycle]}
    taken["stage"] = [selection.stage, STAGES.get(selection.stage, "")]
    for key, text in params.items():
        if text and text not in taken[key]:
            raise ReportError(f"--{key} {text} is nothing that can be selected in this database")
    if rule and rule not in _rules(choices):
        raise ReportError(f"--peers {rule} is no rule; there are {', '.join(_rules(choices))}")
    return selection, Peers.from_params({"peers": rule})


def _rules(choices: "Choices") -> list[str]:
    """Every rule that needs nobody to pick peers by hand."""
    from lib.peers import GROUPS, PICKED, RULES  # noqa: PLC0415

    return [*(rule for rule in RULES if rule != PICKED), *GROUPS, *(each.id for each in choices.attributes)]


def _cities(database: Path, selection: "Selection", city: str) -> list[str]:
    """Ids of everybody assessed in the cycle and stage, or of the one asked for. Raises ReportError."""
    from lib.queries.cities import cities, city_names  # noqa: PLC0415
    from lib.warehouse import open_current  # noqa: PLC0415

    warehouse = open_current(database)
    if city:
        known = set(city_names(warehouse, selection.standard)["city_id"])
        if city not in known:
            raise ReportError(f"nobody has the id {city}; the address of a page about one has it behind city=")
        return [city]
    found: list[str] = cities(warehouse, selection)["city_id"].tolist()
    if not found:
        raise ReportError(f"nobody was assessed in {selection.cycle} with {selection.stage.replace('_', '-')} answers")
    return found
