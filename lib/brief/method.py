"""The method page: what the words mean, what was selected, and where the data come from."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import pandas as pd

from lib.brief.facts import Fact, Method
from lib.brief.sentences import whole_name
from lib.exports.receipt import SYNTHETIC
from lib.selection import MINIMUM_N, NEAR, NO_COMPARISON, STAGES, Choices, Selection
from lib.standard import Standard
from lib.twins.provenance import standard_sentence
from lib.words import counted, number

FILES_NAMED = 6
"""More files than this are counted, not named."""
CRITERIA_NAMED = 60
"""A standard with more criteria than this has no list of them on the page."""
_OTHERS = "Their change stands apart from that of the whole cohort, which also changes because others take part."


@dataclass(frozen=True, slots=True)
class Origin:
    """The one row about the database, and one row per file loaded."""

    publication: pd.Series
    sources: pd.DataFrame


def method_part(selection: Selection, choices: Choices, standard: Standard, origin: Origin, told: str) -> Method:
    """`told` is the whole selection in a sentence."""
    return Method(
        title="How to read this brief, and where it comes from",
        definitions=(
            *_figures(standard),
            *_standard(standard),
            *_comparison(standard, selection.versus),
            *_care(standard),
        ),
        criteria=tuple(_criteria(standard)),
        sources=(Fact("Selection", f"{told}."), _address(selection, choices), *_origin(standard, origin)),
    )


def _figures(standard: Standard) -> Iterator[Fact]:
    one, many = standard.noun, standard.noun_plural
    yield Fact("Pass rate", f"{many} that meet a criterion ÷ {many} that answered it.")
    means = f"Of several {many}: the mean of their shares, so that each counts once."
    yield Fact("Share", f"criteria met ÷ criteria asked, of one {one} in one practice area. {means}")
    left_out = (
        "Not answered is left out of every rate and never counted as zero; what does not apply counts as not asked."
    )
    yield Fact("Coverage", f"answers given ÷ answers asked for. {left_out}")


def _standard(standard: Standard) -> Iterator[Fact]:
    areas = ", ".join(f"{area.name} ({len(area.criteria)})" for area in standard.areas)
    yield Fact("Practice areas", f"{areas}; the number of criteria in brackets.")
    yield Fact("Score", standard_sentence(standard))
    if standard.levels:
        yield level_fact(standard)
        yield Fact("Close to a level", f"at most {NEAR} {standard.score_unit[1]} short of the next one.")


def level_fact(standard: Standard) -> Fact:
    """How a score reaches a level, for a standard that has levels."""
    unit = standard.score_unit[1] if standard.aggregation == "count" else "points"
    steps = ", ".join(f"{level.name} from {number(level.minimum)}" for level in standard.levels)
    most = number(standard.score_max)
    return Fact("Level", f"reached at a score of at least its minimum: {steps} {unit} of {most}.")


def _criteria(standard: Standard) -> Iterator[Fact]:
    """The key to the codes, where it has room on a page."""
    if len(standard.criteria) <= CRITERIA_NAMED:
        yield from (Fact(each.id, whole_name(each.short_name, each.text)) for each in standard.criteria)


def _comparison(standard: Standard, versus: str | None) -> Iterator[Fact]:
    if versus:
        many = standard.noun_plural
        yield Fact(f"Same {many}", f"those with an assessment in this cycle and in {versus}. {_OTHERS}")


def _care(standard: Standard) -> Iterator[Fact]:
    one, many = standard.noun, standard.noun_plural
    how = "by Wilson's method for rates, by Student's t for mean changes. It says nothing about wrong answers."
    yield Fact("95 % interval", f"how far a figure could be off because {many} are few: {how}")
    yield Fact("Too few to say", f"there is no percentage from fewer than {MINIMUM_N} {many}; counts stay.")
    level = ", and a level from them is indicative" if standard.levels else ""
    own = f"self-reported answers are the {one}'s own{level}"
    yield Fact("Stage", f"{own}; validated answers were checked against documents.")


def _address(selection: Selection, choices: Choices) -> Fact:
    return Fact("To see it on screen", f"add ?{lasting(selection, choices)} to the address of the dashboard.")


def lasting(selection: Selection, choices: Choices, **own: str) -> str:
    """The URL's parameters (and a page's own), the defaults of today too: a printed page outlives them."""
    fixed = {
        "standard": selection.standard,
        "cycle": selection.cycle,
        "stage": STAGES[selection.stage],
        "versus": selection.versus or NO_COMPARISON,
    }
    return urlencode(own | fixed | selection.to_params(choices), doseq=True)


def _origin(standard: Standard, origin: Origin) -> Iterator[Fact]:
    row = origin.publication
    yield Fact("Standard", f"{standard.name}, version {standard.version}. {ended(standard.source)}")
    built = f"{row['version']}, built {row['built_at']:%-d %B %Y, %H:%M} UTC"
    yield Fact("Data version", f"{built}. The same selection of the same version gives the same brief.")
    yield Fact("Files", _files(origin.sources[origin.sources["standard_id"] == standard.id]))
    if row["synthetic"]:
        yield Fact("Data", SYNTHETIC)


def _files(sources: pd.DataFrame) -> str:
    answers = f"{counted(sources['accepted'].sum(), 'answer')} accepted"
    if len(sources) > FILES_NAMED:
        return f"{counted(len(sources), 'file')}, {answers}; the page Method of the dashboard names them."
    return f"{', '.join(sources['file'])}: {answers}."


def ended(sentence: str) -> str:
    """The sentence with its full stop."""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
