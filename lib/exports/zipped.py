"""A zip that is given away while it is written, dated like the database: the same content gives the same bytes."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from lib.exports.parquet import Sink


def zip_pieces(files: Iterable[tuple[str, Iterable[bytes]]], dated: datetime) -> Iterator[bytes]:
    """The zip of (name, pieces) pairs; a pair is asked for when the one before it is at its end."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as package:
        for name, pieces in files:
            entry = zipfile.ZipInfo(name, dated.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry._compresslevel = 3  # type: ignore[attr-defined]  # no public name before Python 3.13; 3× as fast as 6
            with package.open(entry, "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
                    yield sink.taken()
    yield sink.taken()


def whole(files: Mapping[str, bytes]) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Files that are there already, for `zip_pieces`."""
    yield from ((name, [content]) for name, content in files.items())
