"""What every reader hands to the loader: a file as received, described; no row of it is in Python."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_PLACE = re.compile(r"""(?:file )?["'][^"']*[/\\][^"']*["']""")


class LayoutError(ValueError):
    """A file that cannot be read at all; one sentence that names the file and the cause."""


def cause(fault: Exception) -> str:
    """What DuckDB says, in its first line and without the places of files, which are nobody's business."""
    return _PLACE.sub("the file", str(fault).partition("\n")[0])


def broken(name: str) -> LayoutError:
    """What a person can do about a workbook that does not open; why it does not is of no use to them."""
    return LayoutError(
        f"{name}: is not a workbook that can be opened: it is damaged or incomplete; save or fetch it once more"
    )


class UnsureError(LayoutError):
    """A file that a person has to decide something about; `proposal` is the mapping, as TOML, that says it."""

    def __init__(self, sentence: str, proposal: str) -> None:
        super().__init__(sentence)
        self.proposal = proposal


@dataclass(frozen=True, slots=True)
class Table:
    """A survey export as SQL over the file, everything VARCHAR.

    `answers` yields one row per input answer, blank or not: city_id, city, cycle, stage, criterion, answer, evidence,
    updated_at (null where the file has none) and, unless `first_row` is set, "row" (record number as a spreadsheet
    shows it, header = 1) and "column" (header text of the answer). With `first_row` the rows come in the order of the
    file, one per record, and the first has that number. In wide files `criterion` is the standard's id where the
    header was recognised, else the header text.

    `headers`: meaning → header text of what the file has. `cities`: one row per record with city_id, city and a column
    per label in `attributes`; None without attributes. `words`: answer word as written → answer or grade, for this
    file. `unused`: headers of columns that are not read. `dates` and `blank` as a mapping tells them, or nothing;
    `usual_dates`: the order of the tool that wrote the file. `proposal`: a mapping that says all this, as TOML.
    """

    layout: str
    answers: str
    headers: Mapping[str, str]
    first_row: int | None = None
    attributes: tuple[str, ...] = ()
    cities: str | None = None
    date_formats: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    dates: str = ""
    usual_dates: str = ""
    blank: str = ""
    proposal: str = ""
