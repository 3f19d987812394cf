"""Which column is what: told by the mapping, known from the standard and the vocabulary, or left unread."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lib.standard import Standard
from pipelines.layouts.header import Header
from pipelines.layouts.matching import Match, Matcher, key
from pipelines.layouts.table import LayoutError
from pipelines.mapping import COLUMNS, ColumnMapping
from pipelines.vocabulary import Vocabulary

LONG_ONLY = ("criterion", "answer", "evidence")


@dataclass(frozen=True, slots=True)
class Question:
    """A column of a wide file that holds answers to one criterion; `evidence` is the column beside it, if any."""

    column: int
    criterion: str
    evidence: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What was decided about the columns of one file; print it to see why a file loads as it does.

    `columns`: meaning (city, city_id, cycle, stage, updated_at and, in long files, criterion, answer, evidence) →
    column. `attributes`: name → column. `questions` is empty in long files. `left` are columns that nothing claims.
    """

    file: str
    header: Header
    columns: Mapping[str, int]
    attributes: Mapping[str, int]
    questions: tuple[Question, ...] = ()
    left: tuple[int, ...] = field(default=())

    @property
    def long(self) -> bool:
        """Whether a record is one answer (long) or one city with all its answers (wide)."""
        return {"criterion", "answer"} <= self.columns.keys()


def plan(file: str, header: Header, mapping: ColumnMapping, standard: Standard, vocabulary: Vocabulary) -> Plan:
    """Decide what each column is. Raises LayoutError if city, criteria or a told column is missing."""
    told = {meaning: _find(file, header, mapping, meaning, text) for meaning, text in mapping.columns.items()}
    attributes = {name: _find(file, header, mapping, "attribute", text) for text, name in mapping.attributes.items()}
    ignored = {_find(file, header, mapping, "ignored", text) for text in mapping.ignore}
    taken = {*told.values(), *attributes.values(), *ignored}
    long = {"criterion", "answer"} <= told.keys()
    matcher = Matcher(standard, mapping.criteria)
    questions = () if long else tuple(_questions(file, header, matcher, vocabulary, taken))
    taken |= {column for question in questions for column in (question.column, question.evidence) if column is not None}
    meanings = [meaning for meaning in COLUMNS if meaning not in told and not (questions and meaning in LONG_ONLY)]
    known = _known(header, _words(vocabulary, standard.noun, meanings), _others(header, taken))
    columns = told | dict(known)
    left = tuple(_not_ignored(header, vocabulary, _others(header, taken | set(columns.values()))))
    decided = Plan(file, header, columns, attributes, questions, left)
    _refuse_nothing_to_read(decided, standard)
    return decided


def _others(header: Header, taken: Collection[int]) -> list[int]:
    return [number for number in range(len(header.texts)) if number not in taken]


def with_unknown_criteria(decided: Plan, columns: Collection[int], blank: Collection[int]) -> Plan:
    """The plan with further columns read as answers; their header text stands for a criterion that is not known.

    Columns that hold nothing at all are no longer left.
    """
    extra = tuple(Question(number, decided.header.labels[number]) for number in decided.left if number in columns)
    left = tuple(number for number in decided.left if number not in {*columns, *blank})
    return replace(decided, questions=decided.questions + extra, left=left)


def _find(file: str, header: Header, mapping: ColumnMapping, meaning: str, text: str) -> int:
    for same in (str.strip, key):
        found = [number for number, texts in enumerate(header.texts) if same(text) in map(same, texts)]
        if len(found) == 1:
            return found[0]
        if found:
            raise LayoutError(
                f"{file}: {text!r}, the {meaning} column of {mapping.file}, stands in {len(found)} columns"
            )
    raise LayoutError(f"{file}: {text!r}, the {meaning} column of {mapping.file}, is not in the header")


def _questions(
    file: str, header: Header, matcher: Matcher, vocabulary: Vocabulary, taken: Collection[int]
) -> Iterator[Question]:
    """The columns that name a criterion, each with the first column that holds its evidence."""
    claims: dict[int, Match] = {}
    evidence: dict[str, int] = {}
    words = [key(word) for word in vocabulary.columns["evidence"]]
    before = ""
    for number in _others(header, taken):
        texts = header.texts[number]
        if (named := _evidence_of(texts, matcher, words)) is not None:
            evidence.setdefault(named or before, number)
        elif found := next(filter(None, map(matcher.match, texts)), None):
            claims[number] = found
            before = found.criterion
    for number, criterion in _one_column_each(file, header, claims):
        yield Question(number, criterion, evidence.get(criterion))


def _evidence_of(texts: Sequence[str], matcher: Matcher, words: Sequence[str]) -> str | None:
    """The criterion whose evidence the column holds; '' = the one to the left; None = the column holds no evidence."""
    for text in texts:
        spelt = key(text)
        if spelt in words:
            named = filter(None, (_named_beside(key(other), matcher, words) for other in texts))
            return next(named, "")
        if named_here := _named_beside(spelt, matcher, words):
            return named_here
    return None


def _named_beside(spelt: str, matcher: Matcher, words: Iterable[str]) -> str | None:
    """`DM1` in "DM1_evidence" or "Evidence for DM1"."""
    for word in words:
        rests = (spelt.removesuffix(word), spelt.removeprefix(word).removeprefix("for"))
        for rest in rests:
            if rest != spelt and rest in matcher.names:
                return matcher.names[rest]
    return None


def _one_column_each(file: str, header: Header, claims: Mapping[int, Match]) -> Iterator[tuple[int, str]]:
    """An exact name beats a looser one; two columns with equal claims to a criterion cannot both be right."""
    by_criterion: dict[str, list[int]] = {}
    for number, claim in claims.items():
        exact = any(other.exact for other in claims.values() if other.criterion == claim.criterion)
        if claim.exact or not exact:
            by_criterion.setdefault(claim.criterion, []).append(number)
    for criterion, numbers in by_criterion.items():
        if len(numbers) > 1:
            both = " and ".join(repr(header.labels[number]) for number in numbers[:2])
            raise LayoutError(
                f"{file}: the columns {both} both name criterion {criterion}; ignore one in a mapping file"
            )
        yield numbers[0], criterion


def _known(header: Header, words: Mapping[str, Sequence[str]], free: Sequence[int]) -> Iterator[tuple[str, int]]:
    """The columns that the words know, each taken once: an earlier word wins, then an earlier column."""
    left = list(free)
    for meaning, own in words.items():
        matching = (number for word in map(key, own) for number in left if word in map(key, header.texts[number]))
        if (found := next(matching, None)) is not None:
            left.remove(found)
            yield meaning, found


def _words(vocabulary: Vocabulary, noun: str, meanings: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What columns are called, the standard's own noun first ("economy", "economy id")."""
    own = {"city_id": (f"{noun} id", f"{noun} code"), "city": (noun, f"{noun} name", f"name of {noun}")}
    return {meaning: own.get(meaning, ()) + vocabulary.columns[meaning] for meaning in meanings}


def _not_ignored(header: Header, vocabulary: Vocabulary, columns: Iterable[int]) -> Iterator[int]:
    """Without what survey tools always write."""
    ignored = {key(word) for word in vocabulary.columns["ignored"]}
    return (number for number in columns if not ignored & set(map(key, header.texts[number])))


def _refuse_nothing_to_read(decided: Plan, standard: Standard) -> None:
    header = ", ".join(" ".join(label.split())[:40] for label in decided.header.labels[:12])
    if not decided.questions and not decided.long:
        raise LayoutError(f"{decided.file}: no criterion of {standard.id} is in the header ({header})")
    if not {"city", "city_id"} & decided.columns.keys():
        raise LayoutError(f"{decided.file}: no column names the {standard.noun}; name it in a mapping file ({header})")
