"""What an address asks for, taken at its word: other than on the pages, what is not understood is refused.

One place for the data addresses and the command line; each says the refusal in its own way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lib.exports import request as wanted
from lib.exports.gather import columns_of
from lib.exports.request import KEYS, RATES, Fault, Request
from lib.queries.choices import read_choices
from lib.queries.segments import unknown_cities
from lib.queries.standards import read_standard
from lib.segments import CITY, fault_in
from lib.selection import NO_COMPARISON, PARTICIPATION, SEGMENT, STAGES, Choices, Selection
from lib.standard import Standard
from lib.viewer import PROGRAMME, PUBLIC
from lib.warehouse import Warehouse

MOST_VALUES = 200
SINGLE = ("standard", "cycle", "stage", "versus", "segment", *(key for key in KEYS if key != "columns"), "cursor")
"""What is said once or not at all."""
_SHAPE_OF_SEGMENT = ("Name~country.Brazil~level.Gold", "Name~city.lima~city.cusco")
LONGEST = 100
"""Characters of a stranger's word that are said back."""
Given = Mapping[str, Sequence[str]]


class RefusedError(ValueError):
    """A parameter or a value that there is not; the message is a sentence, `fault` says which and what there is."""

    def __init__(self, fault: Fault, told: str = "") -> None:
        super().__init__(told or f"{fault.key}: “{fault.value[:LONGEST]}” is not one of the values it may have.")
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Asked:
    """A request understood: which rows of which database."""

    request: Request
    selection: Selection
    choices: Choices
    standard: Standard


def understood(warehouse: Warehouse, given: Given, own: Sequence[str]) -> Asked:
    """What the parameters ask for; `own` are those known beside the selection's. Raises RefusedError."""
    choices = read_choices(warehouse)
    selection = Selection.from_params(dict(given), choices)
    _known(warehouse, given, selection, choices, own)
    standard, role = read_standard(warehouse, selection.standard), warehouse.viewer.role
    request = Request.from_params(given, standard, role)
    tables = tuple(wanted.offered(standard, role))
    if unknown := [text for text in given.get("table", ()) if text not in tables]:
        raise RefusedError(Fault("table", unknown[0], tables))
    _grouped(request, given, selection, choices, role)
    whole = replace(request, columns=(), limit=None, offset=0)
    columns = columns_of(whole, warehouse=warehouse, selection=selection, standard=standard)
    for fault in wanted.faults(given, standard, tuple(columns), role):
        raise RefusedError(fault)
    return Asked(request, selection, choices, standard)


def values_of(
    choices: Choices, standard: str, cycle: str, stage: str, *, parts: bool = True
) -> dict[str, tuple[str, ...]]:
    """Every parameter of the selection with the values that it may have; those of a cycle are of this one.

    Without `parts` (the public) only those of rates of all together: nobody can ask for some of them.
    """
    of_cities = {
        **{attribute.id: attribute.values for attribute in choices.attributes},
        "level": choices.levels(standard),
        "participation": tuple(PARTICIPATION.values()),
    }
    return {
        "standard": tuple(choice.id for choice in choices.standards),
        "cycle": choices.cycles(standard),
        "stage": tuple(STAGES[id_] for id_ in choices.stages(standard, cycle)),
        "versus": (*choices.comparable(standard, cycle, stage), NO_COMPARISON),
        **(of_cities if parts else {}),
    }


def _known(warehouse: Warehouse, given: Given, selection: Selection, choices: Choices, own: Sequence[str]) -> None:
    """Raises RefusedError at the first parameter or value that is not known."""
    if sum(len(texts) for texts in given.values()) > MOST_VALUES:
        raise RefusedError(Fault("", "", ()), f"An address may have {MOST_VALUES} values.")
    parts = warehouse.viewer.role != PUBLIC
    allowed = values_of(choices, selection.standard, selection.cycle, selection.stage, parts=parts)
    others = (*own, *([SEGMENT] if parts else []))
    for key, texts in given.items():
        if key not in allowed and key not in others:
            raise RefusedError(Fault(key, "", (*allowed, *others)), f"There is no parameter “{key[:60]}”.")
        if key in SINGLE and len(texts) > 1:
            raise RefusedError(Fault(key, texts[1], allowed.get(key, ())), f"{key}: one value, please.")
        for text in texts if key in allowed else ():
            if text not in allowed[key] and text not in _also(key, allowed[key]):
                raise RefusedError(Fault(key, text, allowed[key]))
    for text in given.get(SEGMENT, ()):
        _segments(warehouse, text, selection, choices)


def _segments(warehouse: Warehouse, text: str, selection: Selection, choices: Choices) -> None:
    vocabulary = choices.vocabulary(selection.standard)
    told = fault_in(text, vocabulary)
    unknown = () if told else unknown_cities(warehouse, [id_ for part in selection.segments for id_ in part.cities])
    told = f"there is no {CITY}.{unknown[0]}" if unknown else told
    if told:
        allowed = (*_SHAPE_OF_SEGMENT, *(f"{key}.{value}" for key in vocabulary for value in vocabulary[key]))
        raise RefusedError(Fault(SEGMENT, text, allowed), f"{SEGMENT}: {told}.")


def _grouped(request: Request, given: Given, selection: Selection, choices: Choices, role: str) -> None:
    """Raises RefusedError where rates are asked for by groups that cannot be had."""
    for text in given.get("by", ()):
        known = tuple(wanted.groupings(selection, choices, role)) if request.table == RATES else ()
        if text not in known:
            raise RefusedError(Fault("by", text, known), _why(request, selection, role))


def _why(request: Request, selection: Selection, role: str) -> str:
    if request.table != RATES:
        return f"by: only the table {RATES} has groups."
    if not wanted.groupings(replace(selection, attributes=(), levels=(), participation=()), Choices(), role):
        return "by: in this view there are the rates of all together only; of a part of them nobody is told."
    if role != PROGRAMME and selection.filtered:
        return (
            "by: in this view there are groups of everybody in a cycle only, as those of a part could be taken from "
            "them: leave out the filters."
        )
    return ""


def _also(key: str, allowed: Sequence[str]) -> Sequence[str]:
    """The ids behind the words, which the pages understand too."""
    if key == "versus":
        return ("none",)
    words = {"stage": STAGES, "participation": PARTICIPATION}.get(key, {})
    return [id_ for id_, word in words.items() if word in allowed]
