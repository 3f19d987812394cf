"""Segments: named sets of cities that a reader compares, as they stand in a URL.

A segment is a name with conditions (`country` is Brazil or Chile, and `level` is Gold), or with a list of city ids.
In a URL, `segment=Large in Brazil~country.Brazil~population_band.Over 1 M~~Ours~city.lima~city.cusco`: the name, then
`key.value` for each condition; two tildes between segments. In texts a tilde is %7E and a per cent sign %25.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

MOST = 4  # more are no longer compared at a glance
LONGEST_NAME = 40
LONGEST_URL = 4000
CITY = "city"

Conditions = tuple[tuple[str, tuple[str, ...]], ...]
Vocabulary = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Segment:
    """A named set of cities: those that fulfil all `conditions` (any value of each), or exactly `cities`.

    Keys are attribute ids, `level` and `participation`, with the values that readers see. Sorted at birth.
    """

    name: str
    conditions: Conditions = field(default=())
    cities: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        kept = {key: tuple(sorted(set(values))) for key, values in self.conditions if values}
        object.__setattr__(self, "conditions", tuple(sorted(kept.items())))
        object.__setattr__(self, "cities", tuple(sorted(set(self.cities))))

    @property
    def words(self) -> str:
        """What the segment is made of: "Brazil or Chile, Gold"; "3 picked by hand"."""
        if self.cities:
            return f"{len(self.cities)} picked by hand"
        return ", ".join(" or ".join(values) for _, values in self.conditions)

    def known(self, vocabulary: Vocabulary) -> bool:
        """Whether it has a usable name and each of its values exists: a part of the conditions would be another set."""
        values = all(set(values) <= set(vocabulary.get(key, ())) for key, values in self.conditions)
        return self.name == clean_name(self.name) != "" and values and bool(self.conditions) != bool(self.cities)


def clean_name(text: str) -> str:
    """A name as it may stand on a page: one line of printable characters; what is too long or has none is empty."""
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return name if len(name) <= LONGEST_NAME else ""


def distinct(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """The first few, each name once whatever its capitals."""
    by_name: dict[str, Segment] = {}
    for segment in segments:
        by_name.setdefault(segment.name.casefold(), segment)
    return tuple(by_name.values())[:MOST]


def to_url(segments: Iterable[Segment]) -> str:
    """The segments as one text."""
    return "~~".join("~".join(_escaped(part) for part in _parts(segment)) for segment in segments)


def from_url(text: str, vocabulary: Vocabulary) -> tuple[Segment, ...]:
    """The segments of such a text. Never raises: what is malformed, unknown or too long is left out, whole."""
    given = text.split("~~") if len(text) <= LONGEST_URL else []
    return distinct(segment for segment in map(_segment, given) if segment and segment.known(vocabulary))


def fault_in(text: str, vocabulary: Vocabulary) -> str:
    """Why not all of such a text is understood, as the end of a sentence; nothing where it is."""
    if len(text) > LONGEST_URL:
        return f"is longer than {LONGEST_URL:,} characters"
    given = [(part, _segment(part)) for part in text.split("~~")]
    told = next(filter(None, (_said(part, segment, vocabulary) for part, segment in given)), "")
    if told or len(from_url(text, vocabulary)) == len(given):
        return told
    return f"has more than {MOST} segments" if len(given) > MOST else "has two segments of one name"


def _said(part: str, segment: Segment | None, vocabulary: Vocabulary) -> str:
    """What is wrong with one segment."""
    if not segment:
        return f"“{part[:LONGEST_NAME]}” is not a name with key.value behind it"
    if segment.name != clean_name(segment.name) or not segment.name:
        return f"a segment's name has 1 to {LONGEST_NAME} printable characters"
    if bool(segment.conditions) == bool(segment.cities):
        return f"“{segment.name}” needs conditions, or else a list of cities"
    for key, values in segment.conditions:
        for value in values:
            if value not in vocabulary.get(key, ()):
                return f"“{segment.name}” asks for {key}.{value[:LONGEST_NAME]}, which there is not"
    return ""


def _parts(segment: Segment) -> Iterator[str]:
    yield segment.name
    for key, values in (*segment.conditions, (CITY, segment.cities)):
        yield from (f"{key}.{value}" for value in values)


def _segment(text: str) -> Segment | None:
    name, *pairs = (_read(part) for part in text.split("~"))
    conditions: dict[str, list[str]] = {}
    for pair in pairs:
        key, dot, value = pair.partition(".")
        if not dot or not value:
            return None
        conditions.setdefault(key, []).append(value)
    cities = tuple(conditions.pop(CITY, ()))
    return Segment(name, tuple((key, tuple(values)) for key, values in conditions.items()), cities)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("~", "%7E")


def _read(text: str) -> str:
    return text.replace("%7E", "~").replace("%25", "%")
