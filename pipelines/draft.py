"""A first draft of a standard's file from the header of a wide export, for a human to finish."""

import re
import tempfile
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import duckdb

from pipelines.layouts.header import Header
from pipelines.layouts.matching import NUMBERING, key
from pipelines.layouts.opening import header_of, receive, word_shares
from pipelines.layouts.proposal import line, toml_text
from pipelines.layouts.received import Received
from pipelines.layouts.table import LayoutError
from pipelines.vocabulary import fold, load_vocabulary

CODE = re.compile(
    r"^\s*(?!q(?:id)?[ _-]?\d)([A-Za-z]{1,8})[ _-]?(\d+[a-z]?)\b[:.)\s–—-]*(.*)", re.IGNORECASE | re.DOTALL
)
SMALL_WORDS = {"a", "an", "and", "in", "of", "on", "the", "to", "de", "da", "do", "e", "el", "la", "y"}
ENOUGH_WORDS = 0.5  # of a column's filled cells, to take it for answers
SHORT_NAME = 48  # characters
QUESTION = 5  # words, in a file without data


@dataclass(frozen=True, slots=True)
class Question:
    """A column of answers: the code in its header, if any, and the text."""

    code: str
    text: str


@dataclass(slots=True)
class Heading:
    """A column that opens an area, and the questions up to the next one. Without a name: nothing opened it."""

    name: str
    questions: list[Question] = field(default_factory=list)


def draft_standard(path: Path) -> str:
    """The TOML of a standard with the areas and criteria of a wide export. Raises LayoutError, one sentence.

    Areas come from heading columns (all capitals), else from the letters of the codes. Levels are left to the human.
    """
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as connection:
        header, questions = _questions(path, Path(scratch), connection)
    if not questions:
        raise LayoutError(f"{path.name}: no column of it holds answers such as yes and no")
    headings = list(_by_heading(header, questions))
    areas = [heading for heading in headings if heading.questions]
    named = any(heading.name for heading in headings)
    return _toml(path, areas if named else list(_by_code(areas[0].questions)), _left(header, questions))


def _questions(path: Path, scratch: Path, connection: duckdb.DuckDBPyConnection) -> tuple[Header, dict[int, Question]]:
    """The header, and by column what holds answers; read again leniently where the strict scan is refused."""
    received = receive(path, path.name, scratch, connection)
    header = header_of(received.head, received.width)
    try:
        asked = _asked(received, header, connection)
    except duckdb.InvalidInputException:
        received = receive(path, path.name, scratch, connection, repair=True)
        asked = _asked(received, header, connection)
    return header, {number: _question(header.texts[number]) for number in asked}


def _asked(received: Received, header: Header, connection: duckdb.DuckDBPyConnection) -> list[int]:
    """The columns that hold answers. A heading may hold scores, 0 and 1 among them, so digits do not count there."""
    vocabulary = load_vocabulary()
    known = {key(word) for words in vocabulary.columns.values() for word in words}
    free = [n for n, texts in enumerate(header.texts) if texts and not known & set(map(key, texts))]
    if len(received.head) == header.records:
        return [number for number in free if _reads_as_question(header.texts[number])]
    digits = [word for word in vocabulary.answers if word.isdigit()]
    with_digits = word_shares(free, [*vocabulary.answers], received, header.records, connection)
    of_digits = word_shares(free, digits, received, header.records, connection)
    headings = {number for number in free if _is_heading(header.texts[number])}
    return [n for n in with_digits if with_digits[n] - (of_digits[n] if n in headings else 0) >= ENOUGH_WORDS]


def _reads_as_question(texts: Iterable[str]) -> bool:
    return any(CODE.match(text) or text.endswith("?") or len(text.split()) >= QUESTION for text in texts)


def _is_heading(texts: tuple[str, ...]) -> bool:
    """Whether a header is all capitals and no code; one of several capitalised texts is not enough."""
    return all(text.isupper() and not CODE.match(text) for text in texts)


def _question(texts: tuple[str, ...]) -> Question:
    """The code that stands first in any text, and the longest text without it."""
    codes = [match for match in map(CODE.match, (NUMBERING.sub("", text) for text in texts)) if match]
    text = max((NUMBERING.sub("", text) for text in texts), key=len)
    code = codes[0][1].upper() + codes[0][2] if codes else ""
    own = CODE.match(text)
    return Question(code, " ".join((own[3] if own and own[3] else text).split()))


def _by_heading(header: Header, questions: dict[int, Question]) -> Iterator[Heading]:
    """Every heading in order, also those that nothing stands under; first a nameless one."""
    heading = Heading("")
    for number, texts in enumerate(header.texts):
        if number in questions:
            heading.questions.append(questions[number])
        elif texts and questions.keys() & set(range(number, len(header.texts))) and _is_heading(texts):
            yield heading
            heading = Heading(texts[0].capitalize())
    yield heading


def _by_code(questions: Iterable[Question]) -> Iterator[Heading]:
    """Without headings: the letters of the codes make the areas; questions without a code come together."""
    areas: dict[str, Heading] = {}
    for question in questions:
        letters = question.code.rstrip("0123456789abcdefghijklmnopqrstuvwxyz")
        areas.setdefault(letters, Heading(letters)).questions.append(question)
    yield from areas.values()


def _left(header: Header, questions: Container[int]) -> list[str]:
    """The other columns' headers, each once, without the evidence beside the answers."""
    evidence = tuple(key(word) for word in load_vocabulary().columns["evidence"])
    columns = enumerate(zip(header.labels, header.texts, strict=True))
    others = (
        label
        for number, (label, texts) in columns
        if number not in questions and not any(key(text).endswith(evidence) for text in texts)
    )
    return list(dict.fromkeys(others))


def _toml(path: Path, areas: list[Heading], left: Iterable[str]) -> str:
    return "\n".join(
        [
            f"# Drafted from the header of {line(path.name)}.",
            "# To finish: names, short names, where the words come from, what those assessed are called, levels",
            "# ([[level]] with name and minimum), and whether the score is a count or the mean of the areas.",
            f"id = {toml_text(_slug(path.stem))}",
            f"name = {toml_text(path.stem)}",
            'version = "draft"',
            f"source = {toml_text(path.name)}",
            'noun = "city"  # on every page and card; or "economy", "agency"',
            'noun_plural = "cities"',
            'aggregation = "count"  # or "mean_of_areas"',
            "",
            "# Columns without answers; a mapping file says which is the city, the cycle, an attribute or ignored:",
            *(f"#   {line(label)}" for label in left),
            *(line for area, id_ in zip(areas, _area_ids(areas), strict=True) for line in _area(area, id_)),
            "",
        ]
    )


def _area(area: Heading, id_: str) -> Iterator[str]:
    yield from ("", "[[area]]", f"id = {toml_text(id_)}", f"name = {toml_text(area.name or 'Unnamed area')}")
    free = (f"{id_}{number}" for number in count(1))
    for question in area.questions:
        yield from ("", "[[area.criterion]]", f"id = {toml_text(question.code or next(free))}")
        yield from (f"short_name = {toml_text(_short_name(question.text))}", f"text = {toml_text(question.text)}")


def _area_ids(areas: Iterable[Heading]) -> list[str]:
    """A few capitals per area, no two alike: initials, else more letters of the last word, else a number."""
    ids: list[str] = []
    for area in areas:
        words = [word for word in re.findall(r"[a-z0-9]+", fold(area.name)) if word not in SMALL_WORDS] or ["area"]
        initials = "".join(word[0] for word in words) if words[1:] else words[0]
        longer = (initials[:-1] + words[-1][:size] for size in range(2, len(words[-1]) + 1))
        numbered = (f"{initials}{number}" for number in count(2))
        candidates = (candidate.upper() for group in ([initials], longer, numbered) for candidate in group)
        ids.append(next(candidate for candidate in candidates if candidate not in ids))
    return ids


def _short_name(text: str) -> str:
    """The first words of a text, up to about the width of a table's column."""
    if len(text) <= SHORT_NAME:
        return text
    return text[: SHORT_NAME + 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", fold(text))) or "standard"
