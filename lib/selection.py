"""What the reader asked for: one frozen value, read from a URL, written back to it, and said in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from lib.segments import Segment, Vocabulary, distinct, from_url, to_url

NO_LEVEL = "No level"
NO_COMPARISON = "Nothing"
STAGES: Mapping[str, str] = {"validated": "Validated", "self_reported": "Self-reported"}
PARTICIPATION: Mapping[str, str] = {"first_time": "First time", "returning": "Returning"}

# Under this many cities (or answers) there is no bare percentage: queries give null rates and keep the counts.
MINIMUM_N = 5

# A near miss lacks at most this much of the next level, in units of the score.
NEAR = 2

# Cities are similar when their scores differ by at most this share of the highest possible score.
SIMILAR = 0.1

SEGMENT = "segment"
"""Stands for an attribute wherever cities are split by one: they are split by the segments compared."""

# Parameters a page may use beside the selection; an attribute never has one of these ids.
RESERVED = (
    "standard", "cycle", "stage", "versus", "level", "participation",
    "city", "area", "criterion", "sort", "direction", "split", "page", "table", "view",
    "order", "columns", "family", "segment", "near", "workshops", "success", "aim", "attribute", "peer",
    "across", "wording", "flow", "group", "against",
    "peers", "many", "weigh", "pick", "effort", "ticks", "with",
    "sql", "shape", "format", "by", "limit", "offset", "cursor",
)  # fmt: skip

Params = Mapping[str, str | Sequence[str]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Attribute:
    """A category attribute of cities, with every value that occurs, in the order a reader expects."""

    id: str
    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle with at least one assessment, and the stages it has, validated first."""

    label: str
    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandardChoice:
    """A standard in the database: its cycles in time order, its levels from the lowest up."""

    id: str
    name: str
    noun: str
    noun_plural: str
    cycles: tuple[Cycle, ...]
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be asked of one database version: the options of the sidebar and the vocabulary of the URL."""

    standards: tuple[StandardChoice, ...] = ()
    attributes: tuple[Attribute, ...] = ()

    def standard(self, id_: str) -> StandardChoice:
        """The standard with this id, else the first one (an empty one where the database has none)."""
        first = self.standards[0] if self.standards else StandardChoice("", "", "city", "cities", (), ())
        return next((standard for standard in self.standards if standard.id == id_), first)

    def cycles(self, standard: str) -> tuple[str, ...]:
        """Cycle labels in time order."""
        return tuple(cycle.label for cycle in self.standard(standard).cycles)

    def stages(self, standard: str, cycle: str) -> tuple[str, ...]:
        """Stages of a cycle, validated first; the first one is the default."""
        found = (choice.stages for choice in self.standard(standard).cycles if choice.label == cycle)
        return next(found, ())

    def comparable(self, standard: str, cycle: str, stage: str) -> tuple[str, ...]:
        """Cycles that can be compared with this one: the others that have this stage, in time order."""
        cycles = self.standard(standard).cycles
        return tuple(choice.label for choice in cycles if choice.label != cycle and stage in choice.stages)

    def cycle_before(self, standard: str, cycle: str, stage: str) -> str | None:
        """The nearest earlier cycle that has this stage: what a cycle is compared with by default."""
        labels = self.cycles(standard)
        earlier = labels[: labels.index(cycle)] if cycle in labels else ()
        comparable = self.comparable(standard, cycle, stage)
        return next((label for label in reversed(earlier) if label in comparable), None)

    def levels(self, standard: str) -> tuple[str, ...]:
        """'No level' first, then the levels from the lowest up; nothing where the standard has no levels."""
        levels = self.standard(standard).levels
        return (NO_LEVEL, *levels) if levels else ()

    def vocabulary(self, standard: str) -> Vocabulary:
        """Every value that a segment may ask for, by attribute id, `level` and `participation`."""
        named = {"level": self.levels(standard), "participation": tuple(PARTICIPATION.values())}
        return {attribute.id: attribute.values for attribute in self.attributes} | named


@dataclass(frozen=True, slots=True)
class Selection:
    """Which assessments are looked at, and with which cycle they are compared (`versus`; None = with none).

    `attributes` are (attribute id, wanted values) pairs; within one attribute any value will do, across attributes all
    must hold. They apply in both cycles; `levels` and `participation` are those of `cycle`, and with them the compared
    cycle is restricted to the same cities. Tuples are sorted and rid of repeats at birth: equal questions are equal.
    `segments` are compared within the cities selected; they change neither the cohort nor its sentence.
    """

    standard: str
    cycle: str
    stage: str
    versus: str | None = None
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())
    levels: tuple[str, ...] = ()
    participation: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()

    def __post_init__(self) -> None:
        wanted = {id_: _normal(values) for id_, values in self.attributes}
        object.__setattr__(self, "attributes", tuple(sorted(pair for pair in wanted.items() if pair[1])))
        object.__setattr__(self, "levels", _normal(self.levels))
        object.__setattr__(self, "participation", _normal(self.participation))

    @classmethod
    def from_params(cls, params: Params, choices: Choices) -> "Selection":
        """Read a URL's parameters. Never raises: what is unknown, repeated or malformed means the default."""
        standard = _one(params, "standard", {s.id: s.id for s in choices.standards}, choices.standard("").id)
        labels = choices.cycles(standard)
        cycle = _one(params, "cycle", _same(labels), labels[-1] if labels else "")
        stages = choices.stages(standard, cycle) or tuple(STAGES)
        stage = _one(params, "stage", _worded(STAGES, stages), stages[0])
        comparable: dict[str, str | None] = {NO_COMPARISON: None, "none": None}
        comparable |= {label: label for label in choices.comparable(standard, cycle, stage)}
        return cls(
            standard=standard,
            cycle=cycle,
            stage=stage,
            versus=_one(params, "versus", comparable, choices.cycle_before(standard, cycle, stage)),
            attributes=tuple((a.id, _many(params, a.id, _same(a.values))) for a in choices.attributes),
            levels=_many(params, "level", _same(choices.levels(standard))),
            participation=_many(params, "participation", _worded(PARTICIPATION, PARTICIPATION)),
            segments=_segments(params, choices.vocabulary(standard)),
        )

    def to_params(self, choices: Choices) -> dict[str, list[str]]:
        """The URL's parameters for this selection, defaults left out; `from_params` reads the same selection back."""
        default = Selection.from_params({"standard": self.standard, "cycle": self.cycle}, choices)
        before = choices.cycle_before(self.standard, self.cycle, self.stage)
        params = {
            "standard": [self.standard] if self.standard != choices.standard("").id else [],
            "cycle": [self.cycle] if self.cycle != next(reversed(choices.cycles(self.standard)), "") else [],
            "stage": [STAGES.get(self.stage, self.stage)] if self.stage != default.stage else [],
            "versus": [self.versus or NO_COMPARISON] if self.versus != before else [],
            **{id_: list(values) for id_, values in self.attributes},
            "level": list(self.levels),
            "participation": [PARTICIPATION[id_] for id_ in self.participation],
            "segment": [to_url(self.segments)] if self.segments else [],
        }
        return {key: values for key, values in params.items() if values}

    @property
    def filtered(self) -> bool:
        """True when the reader looks at a part of the cities only."""
        return bool(self.attributes or self.levels or self.participation)

    def as_segment(self, name: str) -> Segment:
        """The filters as a segment: the same cities, in this cycle and stage."""
        participation = tuple(PARTICIPATION[id_] for id_ in self.participation)
        return Segment(name, (*self.attributes, ("level", self.levels), ("participation", participation)))

    def describe(self, choices: Choices, cities: int | None = None) -> str:
        """The sentence under each chart, with the number of cities when it is given.

        "62 cities in the 2025 cycle, validated answers, Brazil or Chile, compared with 2024"
        """
        standard = choices.standard(self.standard)
        noun = standard.noun if cities == 1 else standard.noun_plural
        who = noun.capitalize() if cities is None else f"{cities:,} {noun}"
        words = (_either(values, _order(choices, id_)) for id_, values in self.attributes)
        parts = [
            f"{who} in the {self.cycle} cycle",
            f"{STAGES.get(self.stage, self.stage).lower()} answers",
            *words,
            _either(self.levels, choices.levels(self.standard)),
            _either([PARTICIPATION[id_].lower() for id_ in self.participation], ()),
            f"compared with {self.versus}" if self.versus else "",
        ]
        return ", ".join(part for part in parts if part)


def _normal(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _worded(words: Mapping[str, str], ids: Iterable[str]) -> dict[str, str]:
    """What a URL may say for each id: the word that the reader sees, and the id itself."""
    return {text: id_ for id_ in ids for text in (words.get(id_, id_), id_)}


def _same(values: Iterable[str]) -> dict[str, str]:
    return {value: value for value in values}


def _asked(params: Params, key: str) -> list[str]:
    """The texts a URL gives for a key: a repeated parameter comes as a sequence, a single one as text."""
    given = params.get(key, ())
    texts = given if isinstance(given, list | tuple) else [given]
    return [text for text in texts if isinstance(text, str)]


def _one(params: Params, key: str, known: Mapping[str, T], default: T) -> T:
    return next((known[text] for text in _asked(params, key) if text in known), default)


def _many(params: Params, key: str, known: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(known[text] for text in dict.fromkeys(_asked(params, key)) if text in known)


def _segments(params: Params, vocabulary: Vocabulary) -> tuple[Segment, ...]:
    return distinct(segment for text in _asked(params, "segment") for segment in from_url(text, vocabulary))


def _order(choices: Choices, attribute: str) -> tuple[str, ...]:
    return next((choice.values for choice in choices.attributes if choice.id == attribute), ())


def _either(values: Sequence[str], order: Sequence[str]) -> str:
    """'Brazil, Chile or Peru': the wanted values in the order of the choices."""
    rank = {value: place for place, value in enumerate(order)}
    ranked = sorted(values, key=lambda value: rank.get(value, len(rank)))
    return " or ".join(filter(None, (", ".join(ranked[:-1]), *ranked[-1:])))
