"""`verify`: is a file that was taken away what the published database says? `dictionary`: what do its columns mean?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.console import DATABASE, Database, one_sentence

if TYPE_CHECKING:
    from lib.exports.table import Export
    from lib.exports.taken import Taken
    from lib.warehouse import Warehouse


def verify_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A file from Export, from Query, from an address or from `export`.")
    ],
    *,
    city: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Whose view a city's file is, where its rows do not say it.")
    ] = None,
    database: Database = DATABASE,
) -> None:
    """Confirm a file against the database, or say what differs; exit code 0 means that it is confirmed.

    A file of the research view or of a city's is compared with that view, made anew with the secret key.
    """
    from lib.exports.taken import UnreadableError, read_taken  # noqa: PLC0415 - reads as the application does
    from lib.exports.verifying import verify  # noqa: PLC0415
    from lib.warehouse import WarehouseError  # noqa: PLC0415
    from lib.window.statement import Refused  # noqa: PLC0415

    with one_sentence(UnreadableError, WarehouseError, Refused, OSError):
        taken = read_taken(file)
        warehouse = _as_seen(taken, database, tuple(city or ()))
        verdict = verify(taken, warehouse, _answer(taken, warehouse))
    for sentence in verdict.told:
        typer.echo(sentence)
    if not verdict.confirmed:
        raise typer.Exit(1)


def _as_seen(taken: "Taken", database: Path, cities: tuple[str, ...]) -> "Warehouse":
    """The database as the viewer of the file sees it."""
    from lib.access import open_for  # noqa: PLC0415
    from lib.access.key import known  # noqa: PLC0415
    from lib.exports.taken import UnreadableError  # noqa: PLC0415
    from lib.exports.verifying import cities_of, view_of  # noqa: PLC0415
    from lib.viewer import CITY, RESEARCHER, Viewer  # noqa: PLC0415

    role = view_of(taken)
    if role in (CITY, RESEARCHER) and not known():
        raise UnreadableError(
            f"the file holds {taken.receipt['view']}; that is made with a secret key, and none is here: put the key of "
            "that time into .streamlit/secrets.toml, or data/secret.key"
        )
    cities = (cities or cities_of(taken)) if role == CITY else ()
    if role == CITY and not cities:
        raise UnreadableError("the file is of one city's view and its rows do not say whose: name it with --city")
    return open_for(Viewer(role, cities), database)


def _answer(taken: "Taken", warehouse: "Warehouse") -> "Export | None":
    """What the file's statement answers now, where it comes from the query window."""
    from lib.window.running import TAKEN, answered  # noqa: PLC0415
    from lib.window.taken import export_of  # noqa: PLC0415

    sql = taken.receipt.get("statement", "")
    return export_of(sql, answered(sql, warehouse, TAKEN), warehouse) if sql else None


def tell_dictionary(database: Database = DATABASE) -> None:
    """Print the data dictionary of a database as Markdown, as in docs/data_dictionary.md."""
    from lib.exports.dictionary import dictionary  # noqa: PLC0415 - reads as the application does
    from lib.warehouse import WarehouseError, open_current  # noqa: PLC0415

    with one_sentence(WarehouseError):
        typer.echo(dictionary(open_current(database)), nl=False)
