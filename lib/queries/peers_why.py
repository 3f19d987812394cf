"""Why a peer is a peer, in words: "same region and country; population 12 % smaller"."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lib.queries.peers_known import Known, Trait, Traits
from lib.words import listed, number, percent

_TIMES = 2.0  # from here on people say "3 times", not "200 %"


def reasons(known: Known, traits: Traits, row: int | None, rows: NDArray[np.intp], added: Sequence[str]) -> list[str]:
    """One text per row: what the rule says (`added`), what it shares with the city, and how its numbers differ."""
    if row is None:
        return [text or "nothing is known to compare" for text in added]
    return [_reason(known, traits, row, int(other), text) for other, text in zip(rows, added, strict=True)]


def _reason(known: Known, traits: Traits, row: int, other: int, added: str) -> str:
    own, theirs = known.values[row], known.values[other]
    shared = [
        trait.name.lower() for place, trait in enumerate(traits.all) if not trait.number and own[place] == theirs[place]
    ]
    sizes = [_size(known, trait, row, other, place) for place, trait in enumerate(traits.all) if trait.number]
    same = f"same {listed(shared, len(shared))}" if shared else ""
    return "; ".join(filter(None, [added, same, *sizes])) or _nothing(own, theirs)


def _nothing(own: NDArray[np.float64], theirs: NDArray[np.float64]) -> str:
    both = ~np.isnan(own) & ~np.isnan(theirs)
    return "nothing in common" if both.any() else "nothing is known to compare"


def _size(known: Known, trait: Trait, row: int, other: int, place: int) -> str:
    """How a number differs: in per cent of the city's own, or how many times it is."""
    own, theirs = known.raw[row, place], known.raw[other, place]
    name = trait.name.lower()
    if np.isnan(own) or np.isnan(theirs):
        return ""
    if own <= 0 or theirs <= 0:
        return f"{name} {number(theirs)}"
    if theirs > own * _TIMES:
        return f"{name} {number(theirs / own)} times as large"
    change = abs(theirs / own - 1)
    alike = percent(change) in ("0 %", "< 1 %")
    return f"{name} alike" if alike else f"{name} {percent(change)} {'larger' if theirs > own else 'smaller'}"
