"""`verify`: is a file that was taken away what the published database says? `dictionary`: what do its columns mean?"""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.console import DATABASE, Database, one_sentence


def verify_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file from the page Export, or from `export`.")],
    database: Database = DATABASE,
) -> None:
    """Confirm a file against the database, or say what differs; exit code 0 means that it is confirmed."""
    from lib.exports.taken import UnreadableError, read_taken  # noqa: PLC0415 - reads as the application does
    from lib.exports.verifying import verify  # noqa: PLC0415
    from lib.warehouse import WarehouseError, open_current  # noqa: PLC0415

    with one_sentence(UnreadableError, WarehouseError, OSError):
        verdict = verify(read_taken(file), open_current(database))
    for sentence in verdict.told:
        typer.echo(sentence)
    if not verdict.confirmed:
        raise typer.Exit(1)


def tell_dictionary(database: Database = DATABASE) -> None:
    """Print the data dictionary of a database as Markdown, as in docs/data_dictionary.md."""
    from lib.exports.dictionary import dictionary  # noqa: PLC0415 - reads as the application does
    from lib.warehouse import WarehouseError, open_current  # noqa: PLC0415

    with one_sentence(WarehouseError):
        typer.echo(dictionary(open_current(database)), nl=False)
