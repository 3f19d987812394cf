"""SurveyMonkey: a question's text stands once above all its columns, what each column holds stands below.

The same header, made by hand: codes in merged cells over "Answer" and "Justification".
"""

from collections.abc import Sequence

from pipelines.layouts.header import Header, labelled, padded, told_apart
from pipelines.layouts.matching import key
from pipelines.layouts.received import Record

RESPONDENT = "respondentid"
ANSWER = {"response", "openendedresponse"}
BY_HAND = {*ANSWER, "answer", "status", "result", "respuesta", "resposta"}


def header(head: Sequence[Record], width: int) -> Header | None:
    """Recognised by a second record that says "Response" under the questions, or nothing under "Respondent ID"."""
    if not head[1:]:
        return None
    questions, parts = (padded(record, width) for record in head[:2])
    if not (ANSWER & set(map(key, parts)) or _only_above(questions, parts)):
        return _by_hand(questions, parts)
    texts = tuple(_texts(question, part) for question, part in zip(questions, parts, strict=True))
    return Header("surveymonkey", texts, labelled(texts), records=2, dates="month first")


def _by_hand(questions: Sequence[str], parts: Sequence[str]) -> Header | None:
    """Several columns below say that they hold the answer, to the question above them or to the left of that."""
    below = {number for number, part in enumerate(parts) if key(part) in BY_HAND}
    if len(below) < 2 or any(not questions[number].strip() for number in below):  # noqa: PLR2004 - "several"
        return None
    pairs = zip(questions, parts, strict=True)
    texts = tuple(_texts(question, "Response" if n in below else part) for n, (question, part) in enumerate(pairs))
    return Header("two header rows", texts, labelled(texts), records=2)


def _only_above(questions: Sequence[str], parts: Sequence[str]) -> bool:
    return any(key(above) == RESPONDENT and not below for above, below in zip(questions, parts, strict=True))


def _texts(question: str, part: str) -> tuple[str, ...]:
    """A part such as "City" or "Supporting documentation" says more than the question above it; "Response" nothing."""
    return told_apart(question) if key(part) in ANSWER else told_apart(part, question)
