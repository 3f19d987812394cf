"""What lies beside a table in a zip: its codebook and its receipt, for people and for programs."""

import json

from lib.exports.delimited import FORMULA_NOTE, frame_csv
from lib.exports.empties import EMPTY_NOTE
from lib.exports.table import Export, Receipt


def paperwork(export: Export, receipt: Receipt) -> dict[str, bytes]:
    """The files by name."""
    lines = [f"{name}: {value}" for name, value in receipt.lines()]
    return {
        "codebook.csv": frame_csv(export.codebook),
        "receipt.txt": "\n".join([*lines, EMPTY_NOTE, FORMULA_NOTE, ""]).encode(),
        "receipt.json": json.dumps(dict(receipt.lines()), ensure_ascii=False, indent=2).encode(),
    }
