"""The method page: what the words mean, what was selected, and where the data come from."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pandas as pd

from lib.brief.parts import Fact, Method
from lib.exports.receipt import SYNTHETIC
from lib.selection import MINIMUM_N, NEAR, NO_COMPARISON, STAGES, Choices, Selection
from lib.standard import Standard
from lib.twins.provenance import standard_sentence
from lib.words import counted, number

FILES_NAMED = 6
"""More files than this are counted, not named."""


def method_part(
    selection: Selection, choices: Choices, standard: Standard, publication: pd.Series, sources: pd.DataFrame, told: str
) -> Method:
    """`publication` is the one row about the database, `sources` one row per file loaded, `told` the whole selection."""
    return Method(
        title="How to read this brief, and where it comes from",
        definitions=tuple(_definitions(standard, versus=selection.versus)),
        sources=tuple(_sources(selection, choices, standard, publication, sources, told)),
    )


def _definitions(standard: Standard, *, versus: str | None) -> Iterator[Fact]:
    one, many = standard.noun, standard.noun_plural
    yield Fact("Pass rate", f"{many} that meet a criterion ÷ {many} that answered it.")
    yield Fact("Share", f"criteria met ÷ criteria asked, of one {one} in one practice area. Of several {many}: the mean of "
               "their shares, so that each counts once.")  # fmt: skip
    yield Fact("Coverage", "answers given ÷ answers asked for. Not answered is left out of every rate and never counted as "
               "zero; what does not apply counts as not asked.")  # fmt: skip
    yield Fact("Practice areas", f"{', '.join(f'{area.name} ({len(area.criteria)})' for area in standard.areas)}; the number "
               "of criteria in brackets.")  # fmt: skip
    yield Fact("Score", standard_sentence(standard))
    if standard.levels:
        yield Fact("Level", _levels(standard))
        yield Fact("Close to a level", f"at most {NEAR} {standard.score_unit[1]} short of the next one.")
    if versus:
        yield Fact(f"Same {many}", f"those with an assessment in this cycle and in {versus}. Their change is apart from that "
                   "of the whole cohort, which also changes because others take part.")  # fmt: skip
    yield Fact("95 % interval", f"how far a figure could be off because {many} are few: by Wilson's method for rates, by "
               "Student's t for mean changes. It says nothing about wrong answers.")  # fmt: skip
    yield Fact("Too few to say", f"there is no percentage from fewer than {MINIMUM_N} {many}; counts stay.")
    yield Fact("Stage", f"self-reported answers are the {one}'s own, and a level from them is indicative; validated answers "
               "were checked against documents.")  # fmt: skip


def _levels(standard: Standard) -> str:
    unit = standard.score_unit[1] if standard.aggregation == "count" else "points"
    steps = ", ".join(f"{level.name} from {number(level.minimum)}" for level in standard.levels)
    return f"reached at a score of at least its minimum: {steps} {unit} of {number(standard.score_max)}."


def _sources(
    selection: Selection,
    choices: Choices,
    standard: Standard,
    publication: pd.Series,
    sources: pd.DataFrame,
    told: str,
) -> Iterator[Fact]:
    yield Fact("Selection", f"{told}.")
    yield Fact("To see it on screen", f"add ?{_address(selection, choices)} to the address of the dashboard.")
    yield Fact("Standard", f"{standard.name}, version {standard.version}. {_ended(standard.source)}")
    yield Fact("Data version", f"{publication['version']}, built {publication['built_at']:%-d %B %Y, %H:%M} UTC. The same "
               "selection of the same version gives the same brief.")  # fmt: skip
    yield Fact("Files", _files(sources[sources["standard_id"] == standard.id]))
    if publication["synthetic"]:
        yield Fact("Data", SYNTHETIC)


def _address(selection: Selection, choices: Choices) -> str:
    """The URL's parameters, the defaults of today too: a printed page outlives them."""
    fixed = {
        "standard": selection.standard,
        "cycle": selection.cycle,
        "stage": STAGES[selection.stage],
        "versus": selection.versus or NO_COMPARISON,
    }
    return urlencode(fixed | selection.to_params(choices), doseq=True)


def _files(sources: pd.DataFrame) -> str:
    answers = f"{counted(sources['accepted'].sum(), 'answer')} accepted"
    if len(sources) > FILES_NAMED:
        return f"{counted(len(sources), 'file')}, {answers}; the page Method and data of the dashboard names them."
    return f"{', '.join(sources['file'])}: {answers}."


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
