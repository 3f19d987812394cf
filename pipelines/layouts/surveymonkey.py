"""SurveyMonkey: a question's text stands once above all its columns, what each column holds stands below."""

from collections.abc import Sequence

from pipelines.layouts.header import Header, labelled, padded, told_apart
from pipelines.layouts.matching import key
from pipelines.layouts.received import Record

RESPONDENT = "respondentid"
ANSWER = {"response", "openendedresponse"}
DATE_FORMATS = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y")


def header(head: Sequence[Record], width: int) -> Header | None:
    """Recognised by a second record that says "Response" under the questions, or nothing under "Respondent ID"."""
    if not head[1:]:
        return None
    questions, parts = (padded(record, width) for record in head[:2])
    if not (ANSWER & set(map(key, parts)) or _only_above(questions, parts)):
        return None
    texts = tuple(_texts(question, part) for question, part in zip(questions, parts, strict=True))
    return Header("surveymonkey", texts, labelled(texts), records=2, date_formats=DATE_FORMATS)


def _only_above(questions: Sequence[str], parts: Sequence[str]) -> bool:
    return any(key(above) == RESPONDENT and not below for above, below in zip(questions, parts, strict=True))


def _texts(question: str, part: str) -> tuple[str, ...]:
    """A part such as "City" or "Supporting documentation" says more than the question above it; "Response" nothing."""
    return told_apart(question) if key(part) in ANSWER else told_apart(part, question)
