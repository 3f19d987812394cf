"""Content encodings, applied while an answer is written: gzip by zlib, zstd by Arrow."""

import zlib
from collections.abc import Iterator

import pyarrow as pa
from starlette.datastructures import Headers

from lib.exports.parquet import Sink

_GZIP = 16 + zlib.MAX_WBITS
_QUICK = 3
"""Level of gzip: text shrinks to a tenth; at 6 it takes three times as long for a fifth less."""


def accepted(headers: Headers, *, packed: bool) -> str:
    """The encoding to send: zstd, gzip or "" for none. Parts of a file, and files that are `packed`, go as they are."""
    if packed or "range" in headers:
        return ""
    weights = dict(_weights(headers.get("accept-encoding", "")))
    offered = {name: weights.get(name, weights.get("*", 0.0)) for name in ("zstd", "gzip")}
    best = max(offered, key=lambda name: offered[name])
    return best if offered[best] > 0 else ""


def encoded(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The same pieces in an encoding; the first leaves as soon as it is there."""
    if encoding == "zstd":
        return _zstd(pieces)
    return _gzip(pieces) if encoding == "gzip" else pieces


def _weights(header: str) -> Iterator[tuple[str, float]]:
    for offer in header.lower().split(","):
        name, _, weight = offer.partition(";")
        try:
            yield name.strip(), float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            yield name.strip(), 0.0


def _gzip(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(_QUICK, zlib.DEFLATED, _GZIP)
    for place, piece in enumerate(pieces):
        packed = packer.compress(piece)
        yield packed + (b"" if place else packer.flush(zlib.Z_SYNC_FLUSH))
    yield packer.flush()


def _zstd(pieces: Iterator[bytes]) -> Iterator[bytes]:
    sink = Sink()
    with pa.CompressedOutputStream(pa.PythonFile(sink, "w"), "zstd") as packer:
        for place, piece in enumerate(pieces):
            packer.write(piece)
            if not place:
                packer.flush()
            yield sink.taken()
    yield sink.taken()
