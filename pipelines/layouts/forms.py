"""The other tools with one header record each: told apart only to say who wrote a file, and how its dates are meant."""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.layouts import plain
from pipelines.layouts.header import Header
from pipelines.layouts.matching import key
from pipelines.layouts.received import Record

MICROSOFT = ("id", "starttime", "completiontime")
GOOGLE = "timestamp"
AIRTABLE = ("createdtime", "lastmodifiedtime", "recordid", "createdby", "lastmodifiedby")


def header(head: Sequence[Record], width: int) -> Header | None:
    """Google Forms begins with Timestamp, Microsoft Forms with ID and two times; Airtable has its own field names."""
    found = plain.header(head, width)
    names = tuple(key(texts[0]) if texts else "" for texts in found.texts)
    if names[:3] == MICROSOFT:
        return replace(found, layout="microsoft forms")
    if names[:1] == (GOOGLE,):
        return replace(found, layout="google forms", dates="month first")
    return replace(found, layout="airtable") if set(AIRTABLE) & set(names) else None
