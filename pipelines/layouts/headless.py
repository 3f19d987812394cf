"""A table with a row per answer whose heading does not say which column holds the answers.

It looks like criteria as rows with a column per city; but its city is told elsewhere, above the table or in a column.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipelines.layouts.claims import BESIDE, Claim, Doubt
from pipelines.layouts.columns import Plan
from pipelines.layouts.locating import Clues
from pipelines.layouts.matching import key
from pipelines.layouts.received import Record
from pipelines.layouts.title import SURE, city_guess, facts

CITY = ("city", "city_id")


def answered(side: Plan, flat: Plan, head: Sequence[Record], clues: Clues, names: Mapping[str, str]) -> Plan:
    """The plan of a row per answer, where it is one; of several columns with answers the first, and a doubt.

    `side`: the same table read as a column per city; `flat`: read by its header alone.
    """
    cities = set(_cities(side, flat, head, clues, names))
    if not cities or cities & set(map(key, side.across.values())):
        return side
    first, *others = side.across
    columns = {**side.columns, **{meaning: n for meaning, n in flat.columns.items() if n not in side.across}}
    claim = Claim("answer", "", BESIDE, f"answers stand in it, and the {clues.standard.noun} is told elsewhere")
    left = {*flat.left, *others} - {first, *columns.values()}
    found = replace(
        flat,
        columns={**columns, "answer": first},
        claims={**{n: side.claims[n] for n in side.columns.values()}, **flat.claims, first: claim},
        left=tuple(sorted(left)),
    )
    return replace(found, doubts=(*found.doubts, *_which(side))) if others else found


def _cities(side: Plan, flat: Plan, head: Sequence[Record], clues: Clues, names: Mapping[str, str]) -> Iterator[str]:
    """Every city that is told elsewhere than above the answers, as a key."""
    above = facts(side.header.above, clues.told, clues.vocabulary, names)
    told = [above[meaning] for meaning in CITY if meaning in above]
    if not told and len(side.across) == 1:  # beside several columns a title may be anything
        told = [city_guess(side.header.above, above, names)]
    yield from (key(fact.value) for fact in told if fact.confidence >= SURE)
    columns = {flat.columns[m] for m in CITY if m in flat.columns} - {*side.columns.values(), *side.across}
    below = (record for record in head if record.number > side.header.last)
    for record in below:
        yield from (key(record.cells[n]) for n in columns if n < len(record.cells) and record.cells[n].strip())


def _which(side: Plan) -> Iterator[Doubt]:
    labels = [side.header.labels[n] for n in side.across]
    why = f"answers stand in the columns {', '.join(map(repr, labels))}; name the one that counts in a mapping file"
    yield Doubt(why, "", "answer", labels[0])
