"""Which column is what: told by the mapping, known from the standard and the vocabulary, or left unread."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipelines.layouts.claims import BESIDE, BY_CELLS, BY_WORD, TOLD, Claim, Doubt, criterion_claim, is_ignored
from pipelines.layouts.header import Header, find
from pipelines.layouts.locating import Clues
from pipelines.layouts.matching import NUMBERING, Matcher, key
from pipelines.layouts.questions import Question, find_questions
from pipelines.layouts.table import LayoutError
from pipelines.layouts.title import Fact
from pipelines.mapping import COLUMNS, ColumnMapping
from pipelines.vocabulary import Vocabulary

LONG_ONLY = ("criterion", "criterion_text", "answer", "evidence")
SAID = "the mapping says so"
PARENTHESIS = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Plan:
    """What was decided about one file; print it to see why a file loads as it does.

    `columns`: meaning (city, city_id, cycle, stage, updated_at and, in long files, criterion, criterion_text, answer,
    evidence) → column. `facts`: meaning → what is told once, above the table. `attributes`: name → column. `questions`
    is empty in long files. `left` are columns that nothing claims; `claims`: column → what it is taken for, and why.
    `doubts`: what a person has to decide before it can be loaded, one sentence each. Where criteria are rows, `across`:
    column → the city above it, and `over`: meaning → the label of a row above, and what it tells of each column.
    """

    file: str
    header: Header
    columns: Mapping[str, int]
    attributes: Mapping[str, int]
    questions: tuple[Question, ...] = ()
    left: tuple[int, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    claims: Mapping[int, Claim] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    across: Mapping[int, str] = field(default_factory=dict)
    over: Mapping[str, tuple[str, Mapping[int, str]]] = field(default_factory=dict)

    @property
    def long(self) -> bool:
        """Whether a record is one answer (long) or one city with all its answers (wide)."""
        return "answer" in self.columns and bool({"criterion", "criterion_text"} & self.columns.keys())

    @property
    def layout(self) -> str:
        """Who wrote the file, if that can be told, else how it stands: one city, long or wide."""
        if self.header.layout != "plain":
            return self.header.layout
        if self.long and {"city", "city_id"} & self.facts.keys():
            return "one city"
        return "long" if self.long else "wide"

    @property
    def headers(self) -> dict[str, str]:
        """Meaning → header text, or the cell that tells it once."""
        told = {meaning: fact.address for meaning, fact in self.facts.items()}
        told |= {meaning: label for meaning, (label, _) in self.over.items()}
        return told | {meaning: self.header.labels[column] for meaning, column in self.columns.items()}


def plan(file: str, header: Header, clues: Clues) -> Plan:
    """Decide what each column is. Raises LayoutError if a told column is missing."""
    mapping, vocabulary, matcher = clues.told, clues.vocabulary, clues.matcher
    told = {meaning: _find(file, header, mapping, meaning, text) for meaning, text in mapping.columns.items()}
    attributes = {name: _find(file, header, mapping, "attribute", text) for text, name in mapping.attributes.items()}
    ignored = {_find(file, header, mapping, "ignored", text) for text in mapping.ignore}
    taken = {*told.values(), *attributes.values(), *ignored}
    long = "answer" in told and bool({"criterion", "criterion_text"} & told.keys())
    questions, doubts = ((), ()) if long else find_questions(header, matcher, vocabulary, _others(header, taken))
    taken |= {column for question in questions for column in (question.column, question.evidence) if column is not None}
    meanings = [meaning for meaning in COLUMNS if meaning not in told and not (questions and meaning in LONG_ONLY)]
    columns = told | dict(_known(header, _words(vocabulary, clues.standard.noun, meanings), _others(header, taken)))
    rest = _others(header, taken | set(columns.values()))
    by_tool = {number for number in rest if is_ignored(header.texts[number], vocabulary)}
    claims = {
        **{number: Claim("ignored", "", BY_WORD, "survey tools write it beside the answers") for number in by_tool},
        **{number: Claim("ignored", "", TOLD, SAID) for number in ignored},
        **{number: Claim("attribute", name, TOLD, SAID) for name, number in attributes.items()},
        **dict(_question_claims(header, questions, matcher, mapping)),
        **{number: _column_claim(header, meaning, number, told) for meaning, number in columns.items()},
    }
    left = tuple(number for number in rest if number not in by_tool)
    return Plan(file, header, columns, attributes, questions, left, {}, claims, doubts)


def _others(header: Header, taken: Collection[int]) -> list[int]:
    return [number for number in range(len(header.texts)) if number not in taken]


def with_unknown_criteria(decided: Plan, columns: Collection[int], blank: Collection[int]) -> Plan:
    """The plan with further columns read as answers; their header text stands for a criterion that is not known.

    Columns that hold nothing at all are no longer left.
    """
    extra = tuple(Question(number, decided.header.labels[number]) for number in decided.left if number in columns)
    claims = {x.column: Claim("criterion", "", BY_CELLS, "holds answers, but names no criterion") for x in extra}
    claims |= {number: Claim("ignored", "", BY_WORD, "holds nothing") for number in blank}
    left = tuple(number for number in decided.left if number not in {*columns, *blank})
    return replace(decided, questions=decided.questions + extra, left=left, claims={**decided.claims, **claims})


def without_evidence(decided: Plan) -> Plan:
    """The plan that leaves evidence unread."""
    columns = {meaning: column for meaning, column in decided.columns.items() if meaning != "evidence"}
    return replace(decided, columns=columns, questions=tuple(replace(x, evidence=None) for x in decided.questions))


def _find(file: str, header: Header, mapping: ColumnMapping, meaning: str, text: str) -> int:
    found = find(header, text)
    if len(found) == 1:
        return found[0]
    where = f"stands in {len(found)} columns" if found else "is not in the header"
    raise LayoutError(f"{file}: {text!r}, the {meaning} column of {mapping.file}, {where}")


def _known(header: Header, words: Mapping[str, Sequence[str]], free: Sequence[int]) -> Iterator[tuple[str, int]]:
    """The columns that the words know, each taken once: an earlier word wins, then an earlier column.

    The number before a question, and what stands in parentheses, does not count.
    """
    left = {number: {*map(key, _variants(header.texts[number]))} for number in free}
    for meaning, own in words.items():
        matching = (number for word in map(key, own) for number, spelt in left.items() if word in spelt)
        if (found := next(matching, None)) is not None:
            del left[found]
            yield meaning, found


def _variants(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        bare = NUMBERING.sub("", text)
        yield from (text, bare, PARENTHESIS.sub("", bare))


def _words(vocabulary: Vocabulary, noun: str, meanings: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What columns are called, the standard's own noun first ("economy", "economy id")."""
    own = {"city_id": (f"{noun} id", f"{noun} code"), "city": (noun, f"{noun} name", f"name of {noun}")}
    return {meaning: own.get(meaning, ()) + vocabulary.columns[meaning] for meaning in meanings}


def _question_claims(
    header: Header, questions: Iterable[Question], matcher: Matcher, mapping: ColumnMapping
) -> Iterator[tuple[int, Claim]]:
    told = set(map(key, mapping.criteria))
    for question in questions:
        texts = header.texts[question.column]
        yield (
            question.column,
            criterion_claim(texts, question.criterion, matcher, told=bool(told & set(map(key, texts)))),
        )
        if question.evidence is not None:
            yield question.evidence, Claim("evidence", question.criterion, BESIDE, "headed as evidence for the answer")


def _column_claim(header: Header, meaning: str, number: int, told: Collection[str]) -> Claim:
    if meaning in told:
        return Claim(meaning, "", TOLD, SAID)
    return Claim(meaning, "", BY_WORD, f"“{header.labels[number]}” is a word for it")
