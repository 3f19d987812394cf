"""From the first records of a table to a plan: header, columns, what stands above, and what is left to a person."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from lib.standard import Standard
from pipelines.layouts.claims import Doubt, guesses
from pipelines.layouts.columns import Plan, plan
from pipelines.layouts.header import address
from pipelines.layouts.headless import answered
from pipelines.layouts.locating import Clues
from pipelines.layouts.opening import header_of
from pipelines.layouts.received import Record
from pipelines.layouts.title import FILE_NAME, SHEET_NAME, SURE, Fact, city_guess, facts
from pipelines.layouts.turned import turned

SHOWN = 6  # headers told in a message
LONGEST = 40  # characters of each
ELSEWHERE = ("city", "city_id")  # where criteria are rows, the cities head the columns


def decide(name: str, head: Sequence[Record], width: int, clues: Clues, *, sheet: str = "") -> Plan:
    """The plan of one table; `sheet` is '' outside workbooks. Raises LayoutError where the mapping does not fit."""
    told = clues.told
    header = header_of(head, width, name, clues)
    decided = plan(name, header, clues)
    names = {FILE_NAME: PurePath(name).stem, **({SHEET_NAME: sheet} if sheet else {})}
    if not decided.questions and not decided.long and (on_its_side := turned(name, head, width, clues)):
        header = on_its_side.header
        flat = plan(name, replace(header, layout="plain"), clues)
        decided = answered(on_its_side, flat, head, clues, names)
    found = facts(header.above, told, clues.vocabulary, names)
    columns = {meaning: column for meaning, column in decided.columns.items() if meaning not in told.cells}
    above = {m: fact for m, fact in found.items() if m not in columns and not (decided.across and m in ELSEWHERE)}
    above = {meaning: fact for meaning, fact in above.items() if meaning not in decided.over}
    return with_doubts(replace(decided, columns=columns, facts=above), clues.standard, names)


def with_doubts(decided: Plan, standard: Standard, names: Mapping[str, str]) -> Plan:
    """The plan with what it lacks: answers, or the city. A title that is surely the city is taken."""
    if decided.across:
        return decided
    if not decided.questions and not decided.long:
        why = f"no criterion of {standard.id} is in the header ({_shown(decided)})"
        return replace(decided, doubts=(*decided.doubts, Doubt(why), *_near_criteria(decided, standard)))
    if {"city", "city_id"} & {*decided.columns, *decided.facts}:
        return decided
    guess = city_guess(decided.header.above, decided.facts, names)
    if guess.confidence >= SURE:
        return replace(decided, facts={**decided.facts, "city": guess})
    return replace(decided, doubts=(*decided.doubts, _city_doubt(decided, standard, guess)))


def near_criteria(decided: Plan, standard: Standard, columns: Sequence[int]) -> Iterator[Doubt]:
    """A doubt for each of the columns whose header is nearly the text of a criterion that nothing else claims."""
    taken = [question.criterion for question in decided.questions]
    for number in columns:
        near = [guess for guess in guesses(decided.header.texts[number], standard, taken) if guess.of]
        if near:
            taken.append(near[0].of)
            label = decided.header.labels[number]
            alike = f"{near[0].confidence:.0%} of the words are those of {near[0].of}"
            yield Doubt(f"the column {label!r} names no criterion, but {alike}", "criteria", label, near[0].of)


def _near_criteria(decided: Plan, standard: Standard) -> Iterator[Doubt]:
    return near_criteria(decided, standard, decided.left)


def _city_doubt(decided: Plan, standard: Standard, guess: Fact) -> Doubt:
    why = f"no column names the {standard.noun}; name it in a mapping file ({_shown(decided)})"
    for number in decided.left:
        if any(found.meaning == "city" for found in guesses(decided.header.texts[number], standard, ())):
            return Doubt(why, "", "city", address(decided.header, number))
    return (
        Doubt(why) if decided.questions and guess.address == FILE_NAME else Doubt(why, "cells", "city", guess.address)
    )


def _shown(decided: Plan) -> str:
    labels = decided.header.labels
    shown = ", ".join(textwrap.shorten(label, LONGEST, placeholder="…") for label in labels[:SHOWN])
    return f"{shown} and {len(labels) - SHOWN:,} more" if len(labels) > SHOWN else shown
