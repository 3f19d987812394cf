"""How sure a column is what it was taken for, and the best guesses about what nothing claims."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lib.standard import Standard
from pipelines.layouts.matching import NUMBERING, Matcher, key
from pipelines.vocabulary import Vocabulary, fold

TOLD, BY_NAME, BY_TEXT, BY_WORD, BY_CODE, BESIDE, BY_CELLS = 1.0, 0.99, 0.98, 0.95, 0.9, 0.9, 0.6
NEAR = 0.6  # of the words in common, to take a header for another wording of a criterion
CUT_OFF = 24  # letters at least, to take a header for the beginning of a longer text
PLACES = ("city", "town", "municipality", "government", "jurisdiction", "ciudad", "municipio", "cidade")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a column was taken for: a meaning (city, updated_at, criterion, evidence, ignored, …) and, for a criterion
    or its evidence, `of` which; with the confidence (0 to 1) and the reason in words."""

    meaning: str
    of: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a person has to decide: why, in words, and the entry of a mapping that would settle it as is likeliest.

    `table` is the mapping's table, or '' for its top; without a `key` there is nothing to propose.
    """

    why: str
    table: str = ""
    key: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column, which nothing claims, might be."""

    meaning: str
    of: str
    confidence: float


def criterion_claim(texts: Iterable[str], criterion: str, matcher: Matcher, *, told: bool) -> Claim:
    """The claim of a column whose header names a criterion."""
    if told:
        return Claim("criterion", criterion, TOLD, "the mapping says so")
    spelt = {key(variant) for text in texts for variant in (text, NUMBERING.sub("", text))}
    if key(criterion) in spelt:
        return Claim("criterion", criterion, BY_NAME, f"the header is the code {criterion}")
    if any(matcher.names.get(name) == criterion for name in spelt):
        return Claim("criterion", criterion, BY_TEXT, f"the header is the text of {criterion}")
    return Claim("criterion", criterion, BY_CODE, f"the header begins with the code {criterion}, worded otherwise")


def guesses(texts: Iterable[str], standard: Standard, taken: Iterable[str]) -> list[Guess]:
    """The likeliest meanings of a column by its header, the best first: a criterion worded otherwise, or the city."""
    texts = [NUMBERING.sub("", text) for text in texts]
    free = [criterion for criterion in standard.criteria if criterion.id not in set(taken)]
    near = [
        Guess("criterion", criterion.id, round(max((alike(text, criterion.text) for text in texts), default=0.0), 2))
        for criterion in free
    ]
    found = sorted((guess for guess in near if guess.confidence >= NEAR), key=lambda guess: -guess.confidence)[:3]
    words = {word for text in texts for word in _words(text)}
    if (
        words & {*PLACES, standard.noun}
        and not found
        and any(len(_words(text)) <= len("which city?") for text in texts)
    ):
        found.append(Guess("city", "", 0.5))
    return found


def alike(one: str, other: str) -> float:
    """The share of words that two texts have in common (Dice): 1 for the same words in any order.

    The beginning of a text, cut off by a tool, is like it too.
    """
    if len(key(one)) >= CUT_OFF and key(other).startswith(key(one)):
        return BY_CODE
    mine, yours = _words(one), _words(other)
    return 2 * len(mine & yours) / (len(mine) + len(yours)) if mine and yours else 0.0


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    letters = "".join(sign if sign.isalnum() else " " for sign in fold(text))
    return frozenset(letters.split())


def is_ignored(texts: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Whether survey tools always write such a column."""
    return bool({key(word) for word in vocabulary.columns["ignored"]} & set(map(key, texts)))


def described(claim: Claim) -> Mapping[str, object]:
    """For programs."""
    return {"field": claim.meaning, "criterion": claim.of, "confidence": claim.confidence, "reason": claim.reason}
