"""One header record, as most tools and people write it; or one with headings above it."""

from collections.abc import Sequence

from pipelines.layouts.header import Header, labelled, padded, told_apart
from pipelines.layouts.received import Record


def header(head: Sequence[Record], width: int) -> Header:
    """The first record names the columns."""
    texts = tuple(told_apart(cell) for cell in padded(head[0], width))
    return Header("plain", texts, labelled(texts), records=1)


def under_headings(head: Sequence[Record], width: int) -> Header | None:
    """The second record names most columns, and the one right above it those that it leaves blank.

    So a table with areas above its codes is saved: City, Data Management, … over a blank, DM1, …
    """
    above, names = (padded(record, width) for record in head)
    blank = [number for number, name in enumerate(names) if not name.strip() and above[number].strip()]
    covered = [number for number, name in enumerate(names) if name.strip() and above[number].strip()]
    if head[1].number != head[0].number + 1 or not blank or not covered:
        return None
    texts = tuple(told_apart(names[n] or (above[n] if n in blank else "")) for n in range(width))
    return Header("plain", texts, labelled(texts), records=2)
