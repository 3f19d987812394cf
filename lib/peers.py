"""With whom one city is compared: one frozen value, read from a URL, written back to it, and said in words.

Whom a rule finds depends on the database: lib.queries.peers answers that, and says how far it had to look.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lib.selection import MINIMUM_N

DEFAULT = "class"
SIMILAR, PICKED = "similar", "picked"
RULES = (DEFAULT, "size", "ratio", SIMILAR, "level", "history", "score", PICKED)
"""Rules that need no attribute of a certain name; the id of a category attribute is a rule too: same value of it."""

GROUPS = ("all", "area", "above")
"""Groups to refer to, taken whole however large: everybody, everybody of the region, everybody one level up."""

FEWEST, USUAL, MOST = MINIMUM_N, 15, 25
HEAVIEST, PLAIN = 3, 1
RATIO = 2.0
"""By the rule `ratio` a peer is at most this many times as large, or as small."""

KEYS = ("peers", "many", "weigh", "pick")
"""The URL's parameters."""

TOTAL = "total"
"""Stands for an area's id in the row about all criteria."""

_APART = "~"
_LONGEST = 4000

Params = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Peers:
    """A rule, how many peers at most, what weighs how much in the distance, and whom the reader picked.

    `rule` is one of RULES or GROUPS, or the id of a category attribute; what the database does not know means the
    default there. `weights` are (attribute id, 0 to HEAVIEST), 0 = left out, those that weigh PLAIN are not listed.
    `picked` are ids of cities (of peers, on a database that holds only what a city may know).
    """

    rule: str = DEFAULT
    many: int = USUAL
    weights: tuple[tuple[str, int], ...] = field(default=())
    picked: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known = {id_: weight for id_, weight in self.weights if 0 <= weight <= HEAVIEST and weight != PLAIN}
        object.__setattr__(self, "many", min(max(self.many, FEWEST), MOST))
        object.__setattr__(self, "weights", tuple(sorted(known.items())))
        object.__setattr__(self, "picked", tuple(sorted(dict.fromkeys(self.picked)))[:MOST])

    @classmethod
    def from_params(cls, params: Params) -> "Peers":
        """Read a URL's parameters. Never raises: what is unknown, repeated or malformed means the default."""
        many = _one(params, "many")
        picked = tuple(part for part in _one(params, "pick").split(_APART) if part)
        rule = _one(params, "peers") or (PICKED if picked else DEFAULT)
        number = int(many) if many.isascii() and many.isdigit() and len(many) <= len(str(MOST)) else USUAL
        return cls(rule, number, tuple(_weights(_one(params, "weigh"))), picked)

    def to_params(self) -> dict[str, str]:
        """The URL's parameters for these peers, defaults left out; `from_params` reads the same value back."""
        params = {
            "peers": self.rule if self.rule != (PICKED if self.picked else DEFAULT) else "",
            "many": str(self.many) if self.many != USUAL else "",
            "weigh": _APART.join(f"{id_}.{weight}" for id_, weight in self.weights),
            "pick": _APART.join(id_ for id_ in self.picked if _APART not in id_),
        }
        return {key: text for key, text in params.items() if text}

    def weight(self, attribute: str) -> int:
        """How much an attribute counts in the distance; 0 = not at all."""
        return dict(self.weights).get(attribute, PLAIN)

    @property
    def group(self) -> bool:
        """Is it a group to refer to, taken whole?"""
        return self.rule in GROUPS

    def describe(self, names: Mapping[str, str]) -> str:
        """The rule as a reader knows it. `names`: attribute id → name; `size` and `area` name what they go by."""
        size, area = names.get("size", "size").lower(), names.get("area", "region").lower()
        told = {
            DEFAULT: f"same class: {size} and {area}",
            "size": f"same {size}, anywhere",
            "ratio": f"half to twice the {names.get('number', 'size').lower()}",
            SIMILAR: "most alike in what is known of them",
            "level": "same level",
            "history": "first time or returning, as this one",
            "score": "nearest score before",
            PICKED: "picked by hand",
            "all": "everybody selected",
            "area": f"everybody of the same {area}",
            "above": "everybody one level up",
        }
        return told.get(self.rule) or f"same {names.get(self.rule, 'class').lower()}"


def _weights(text: str) -> list[tuple[str, int]]:
    """The pairs of `population.2~region.0`; others are left out."""
    pairs = (part.rpartition(".") for part in text.split(_APART))
    return [(id_, int(weight)) for id_, _, weight in pairs if id_ and weight in map(str, range(HEAVIEST + 1))]


def _one(params: Params, key: str) -> str:
    """The first text that a URL gives for a key; empty where there is none, or one too long to be ours."""
    given = params.get(key, "")
    texts = [given] if isinstance(given, str) else list(given)
    text = texts[0] if texts else ""
    return text if isinstance(text, str) and len(text) <= _LONGEST else ""
