"""The columns of a wide file that answer a criterion, each with the column that holds its evidence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipelines.layouts.claims import Doubt
from pipelines.layouts.header import Header, address
from pipelines.layouts.matching import NUMBERING, Match, Matcher, key
from pipelines.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Question:
    """A column of a wide file that holds answers to one criterion; `evidence` is the column beside it, if any."""

    column: int
    criterion: str
    evidence: int | None = None


def find_questions(
    header: Header, matcher: Matcher, vocabulary: Vocabulary, free: Iterable[int]
) -> tuple[tuple[Question, ...], tuple[Doubt, ...]]:
    """The columns that name a criterion, each with the first column that holds its evidence; and what is in doubt."""
    claims: dict[int, Match] = {}
    evidence: dict[str, int] = {}
    words = [key(word) for word in vocabulary.columns["evidence"]]
    before = ""
    for number in free:
        texts = header.texts[number]
        if (named := _evidence_of(texts, matcher, words)) is not None:
            evidence.setdefault(named or before, number)
        elif found := next(filter(None, map(matcher.match, texts)), None):
            claims[number] = found
            before = found.criterion
    by_criterion = _claimed(claims)
    questions = (
        Question(numbers[0], criterion, evidence.get(criterion)) for criterion, numbers in by_criterion.items()
    )
    return tuple(questions), tuple(_contested(header, by_criterion))


def _evidence_of(texts: Sequence[str], matcher: Matcher, words: Sequence[str]) -> str | None:
    """The criterion whose evidence the column holds; '' = the one to the left; None = the column holds no evidence."""
    for text in [*texts, *(NUMBERING.sub("", text) for text in texts)]:
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


def _claimed(claims: Mapping[int, Match]) -> dict[str, list[int]]:
    """The columns that name each criterion: an exact name beats a looser one."""
    exact = {claim.criterion for claim in claims.values() if claim.exact}
    by_criterion: dict[str, list[int]] = {}
    for number, claim in claims.items():
        if claim.exact or claim.criterion not in exact:
            by_criterion.setdefault(claim.criterion, []).append(number)
    return by_criterion


def _contested(header: Header, by_criterion: Mapping[str, Sequence[int]]) -> Iterator[Doubt]:
    """Two columns with equal claims to a criterion cannot both be right."""
    for criterion, numbers in by_criterion.items():
        if len(numbers) > 1:
            both = " and ".join(repr(header.labels[number]) for number in numbers[:2])
            why = f"the columns {both} both name criterion {criterion}; ignore one in a mapping file"
            yield Doubt(why, "", "ignore", address(header, numbers[1]))
