"""What `inspect` tells about a file: each column and why, ten answers, what is in doubt, and the mapping of it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lib.standard import Standard
from pipelines.layouts import Examined
from pipelines.layouts.claims import Doubt, Guess, guesses
from pipelines.layouts.columns import Plan
from pipelines.layouts.header import column_letter

CYCLE = "--cycle LABEL"
CYCLE_NOTE = f"nothing in the file says the cycle; load it with {CYCLE}"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its letter and header, what it was taken for (blank: nothing) and why; else the best guesses."""

    column: str
    header: str
    field: str
    criterion: str
    confidence: float
    reason: str
    guesses: tuple[Guess, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """What `inspect` tells. `above`: what is told once above the table. `answers` counts all, `rejected` by reason.

    `doubts`: what a person has to decide before it loads; `proposal`: a mapping that says everything, as TOML;
    `corrects`: the name of the loaded file whose place it takes, '' for a new one.
    """

    file: str
    standard: str
    layout: str
    format: str
    encoding: str
    delimiter: str
    sheets: tuple[str, ...]
    other_sheets: tuple[str, ...]
    header_rows: tuple[int, int]
    columns: tuple[Column, ...]
    above: tuple[Mapping[str, object], ...]
    missing_criteria: tuple[str, ...]
    preview: tuple[Mapping[str, Any], ...]
    answers: int
    rejected: Mapping[str, int]
    doubts: tuple[str, ...]
    notes: tuple[str, ...]
    proposal: str
    corrects: str = ""

    @property
    def certain(self) -> bool:
        """Whether `load` takes the file as it is."""
        return not self.doubts

    def as_json(self) -> dict[str, Any]:
        """Everything, for programs."""
        return {**asdict(self), "certain": self.certain}


@dataclass(frozen=True, slots=True)
class Trial:
    """The answers of a file as they would be loaded, under the proposal."""

    preview: tuple[Mapping[str, Any], ...] = ()
    answers: int = 0
    rejected: Mapping[str, int] | None = None
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[str, ...] = ()


def inspection(found: Examined, standard: Standard, trial: Trial, toml: str) -> Inspection:
    """All that was found out about a file."""
    first, written = found.plans[0], found.written
    asked = {question.criterion for question in first.questions}
    return Inspection(
        file=found.name,
        standard=standard.id,
        layout=first.layout,
        format=written.format,
        encoding=written.encoding,
        delimiter=written.delimiter,
        sheets=written.sheets,
        other_sheets=written.others,
        header_rows=(first.header.first, first.header.last),
        columns=tuple(_columns(first, standard)),
        above=tuple({"field": meaning, **asdict(fact)} for meaning, fact in first.facts.items()),
        missing_criteria=tuple(x.id for x in standard.criteria if first.questions and x.id not in asked),
        preview=trial.preview,
        answers=trial.answers,
        rejected=trial.rejected or {},
        doubts=tuple(doubt.why for doubt in (*found.doubts, *trial.doubts)),
        notes=trial.notes,
        proposal=toml,
    )


def _columns(decided: Plan, standard: Standard) -> Iterator[Column]:
    taken = [question.criterion for question in decided.questions]
    for number, header in enumerate(decided.header.labels):
        claim = decided.claims.get(number)
        if claim:
            yield Column(column_letter(number), header, claim.meaning, claim.of, claim.confidence, claim.reason)
        else:
            near = tuple(guesses(decided.header.texts[number], standard, taken))
            yield Column(column_letter(number), header, "", "", 0.0, "nothing known names it", near)
