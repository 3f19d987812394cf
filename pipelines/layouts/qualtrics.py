"""Qualtrics: names, then the text of each question, then one JSON object with the ImportId in every cell."""

import re
from collections.abc import Sequence

from pipelines.layouts.header import Header, labelled, padded, told_apart
from pipelines.layouts.received import Record

IMPORT_ID = re.compile(r"""^\s*\{\s*["']ImportId["']""")


def header(head: Sequence[Record], width: int) -> Header | None:
    """Recognised by the ImportIds in the second or third record."""
    for number, record in enumerate(head[1:3], 1):
        cells = [cell for cell in record.cells if cell.strip()]
        if cells and all(map(IMPORT_ID.match, cells)):
            rows = [padded(above, width) for above in head[:number]]
            texts = tuple(told_apart(*column) for column in zip(*rows, strict=True))
            return Header("qualtrics", texts, labelled(texts), records=number + 1)
    return None
