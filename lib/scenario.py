"""What a reader plans for one city: an effort chosen for some criteria, and criteria taken as met.

It stands in the URL: `effort=DM1:3.OD2:1` and `ticks=DM1.OD2`. The URL is a stranger's handwriting: what is not a
criterion of the standard, or not an effort, is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

EFFORTS = ("1", "2", "3", "4", "5")
USUAL_EFFORT = 3
"""What a criterion counts as whose effort nobody has chosen: the middle."""
_MOST = 10_000  # characters of a URL that are looked at

Params = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """`effort`: (criterion id, 1 to 5) where one is chosen; `ticks`: criteria taken as met. Both in the given order."""

    effort: tuple[tuple[str, int], ...] = ()
    ticks: tuple[str, ...] = ()

    @classmethod
    def from_params(cls, params: Params, criteria: Sequence[str]) -> "Scenario":
        """The scenario that the URL asks for, of these criteria and in their order; never raises."""
        pairs = [part.split(":") for part in _parts(params, "effort")]
        chosen = {unquote(pair[0]): int(pair[1]) for pair in pairs if len(pair) == 2 and pair[1] in EFFORTS}  # noqa: PLR2004
        ticked = {unquote(part) for part in _parts(params, "ticks")}
        return cls(
            tuple((id_, chosen[id_]) for id_ in criteria if id_ in chosen),
            tuple(id_ for id_ in criteria if id_ in ticked),
        )

    def to_params(self) -> dict[str, str]:
        """The URL's parameters, empty ones left out; `from_params` reads the same scenario back."""
        texts = {"effort": effort_text(self.effort), "ticks": ticks_text(self.ticks)}
        return {key: text for key, text in texts.items() if text}

    def among(self, criteria: Iterable[str]) -> "Scenario":
        """The same with only those ticks that are among the criteria: what is met already needs none."""
        known = set(criteria)
        return Scenario(self.effort, tuple(id_ for id_ in self.ticks if id_ in known))

    def effort_of(self, criterion: str) -> int:
        """The effort chosen for a criterion, else the usual one."""
        return dict(self.effort).get(criterion, USUAL_EFFORT)


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a scenario would score. `score` and what follows from it are NaN or empty where there is no score.

    `to_next` (to the next level; NaN at the top) and `to_spare` (above the minimum of the level reached; NaN below the
    first) in units of the score. `waiting`: ticked criteria (ids) that earn nothing yet, each with what it waits for.
    """

    score: float
    level: str = ""
    level_position: int = 0
    next_level: str = ""
    to_next: float = float("nan")
    to_spare: float = float("nan")
    boundary_note: str = ""
    waiting: tuple[tuple[str, tuple[str, ...]], ...] = ()


def effort_text(effort: Iterable[tuple[str, int]]) -> str:
    """ "DM1:3.OD2:1"."""
    return ".".join(f"{_code(id_)}:{number}" for id_, number in effort)


def ticks_text(ticks: Iterable[str]) -> str:
    """ "DM1.OD2"."""
    return ".".join(map(_code, ticks))


def _code(id_: str) -> str:
    """The id without the signs that part one from the next."""
    return quote(id_, safe="").replace(".", "%2E")


def _parts(params: Params, key: str) -> list[str]:
    given = params.get(key, "")
    text = given if isinstance(given, str) else next((text for text in given if isinstance(text, str)), "")
    return text[:_MOST].split(".")
