"""The words of survey exports as data: what an answer means and which column is what (`data/vocabulary.toml`)."""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lib.standard import Standard

VOCABULARY = Path(__file__).parent.parent / "data" / "vocabulary.toml"
ANSWERS = ("met", "not_met", "not_applicable", "not_answered")
MEANINGS = (
    *("city_id", "city", "state", "cycle", "stage", "updated_at"),
    *("criterion", "criterion_text", "answer", "evidence", "ignored"),
)


class VocabularyError(ValueError):
    """A vocabulary that cannot be used; the message names the file and the key or word."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`answers`: folded word → answer. `columns`: meaning of a column → header texts, the likeliest first. `marks`: the
    words for met that people put beside what is met, and nothing beside the rest."""

    answers: Mapping[str, str]
    columns: Mapping[str, tuple[str, ...]]
    marks: tuple[str, ...] = ()


def fold(text: str) -> str:
    """A word without accents, case, curly quotes and superfluous white space: what two spellings have in common."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).lower().split())


@cache
def load_vocabulary(path: Path = VOCABULARY) -> Vocabulary:
    """Read the vocabulary. Raises VocabularyError in one sentence that names the file and the key or word."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise VocabularyError(f"{path.name}: cannot be read: {fault}") from fault
    answers = _lists(path.name, tables, "answers", ANSWERS)
    columns = _lists(path.name, tables, "columns", MEANINGS)
    marks = _lists(path.name, tables, "marks", ("met",)) if "marks" in tables else {"met": ()}
    if unknown := tables.keys() - {"answers", "columns", "marks"}:
        raise VocabularyError(f"{path.name}: {min(unknown)} is not a table of the vocabulary")
    return Vocabulary(_by_word(path.name, answers), columns, marks["met"])


def answer_words(standard: Standard) -> dict[str, str]:
    """Folded word → answer, or the name of one of the standard's grades (which wins over the default set)."""
    grades = {fold(grade.name): grade.name for grade in standard.grades}
    return {**load_vocabulary().answers, **grades}


def _lists(file: str, tables: Mapping[str, Any], name: str, keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    table = tables.get(name)
    if not isinstance(table, dict):
        raise VocabularyError(f"{file}: {name} is missing or not a table, written [{name}]")
    if unknown := table.keys() - set(keys):
        raise VocabularyError(f"{file}: {name}.{min(unknown)} is not one of {', '.join(keys)}")
    return {key: tuple(_words(file, f"{name}.{key}", table.get(key, []))) for key in keys}


def _words(file: str, place: str, words: object) -> Iterator[str]:
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise VocabularyError(f"{file}: {place} must be a list of words in quotes")
    yield from words


def _by_word(file: str, answers: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    by_word: dict[str, str] = {}
    for answer, words in answers.items():
        for word in map(fold, words):
            if by_word.setdefault(word, answer) != answer:
                raise VocabularyError(f"{file}: {word!r} stands under both {by_word[word]} and {answer}")
    return by_word
