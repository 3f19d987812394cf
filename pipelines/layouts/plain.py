"""One header record, as most tools and people write it."""

from collections.abc import Sequence

from pipelines.layouts.header import Header, labelled, padded, told_apart
from pipelines.layouts.received import Record


def header(head: Sequence[Record], width: int) -> Header:
    """The first record names the columns."""
    texts = tuple(told_apart(cell) for cell in padded(head[0], width))
    return Header("plain", texts, labelled(texts), records=1)
