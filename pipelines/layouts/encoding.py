"""Text in whatever encoding, made readable as UTF-8: byte order marks, UTF-16 without one, UTF-8, else Windows-1252."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.layouts.table import LayoutError

SAMPLE = 1 << 20  # bytes looked at to tell encoding and delimiter; more than forty records of the widest survey
LONGEST_CHARACTER = 4  # bytes in UTF-8
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16 LE with a byte order mark"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16 BE with a byte order mark"),
)
NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE"}
# What Western European languages write with the upper half of Windows-1252. Other signs there mean another encoding.
WESTERN = set("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜÝŸŠßàáâãäåæçèéêëìíîïñòóôõöøœùúûüýÿš‘’“”–—…•€£©®™°ºª«»·¿¡§²³½¼¾±×´\xa0")


@dataclass(frozen=True, slots=True)
class Encoding:
    """`codec` is Python's name; `doubt` says why it may be another one, in words, or nothing."""

    codec: str
    name: str
    doubt: str = ""

    @property
    def scanned_as_is(self) -> bool:
        """Whether DuckDB reads the bytes as they are."""
        return self.codec in ("utf-8", "utf-8-sig")


def encoding_of(path: Path, name: str, told: str = "", *, whole: bool = False) -> Encoding:
    """The encoding that a mapping tells, or the one the first bytes (all of them, with `whole`) are written in.

    Raises LayoutError for what is no text.
    """
    if told:
        return _told(told, name)
    with path.open("rb") as file:
        data = file.read(SAMPLE)
    marked = next((Encoding(codec, words) for mark, codec, words in MARKS if data.startswith(mark)), None)
    if marked and marked.codec != "utf-8-sig":
        return marked
    if b"\0" in data:
        return _without_mark(data, name)
    if _is_utf8(path, data, whole=whole):
        return marked or Encoding("utf-8", "UTF-8")
    return _windows(path if whole else data, name)


def utf8_copy(path: Path, encoding: Encoding, copy: Path, name: str) -> Path:
    """The same text in UTF-8, beside. Raises LayoutError where the bytes are not what the encoding allows."""
    try:
        with (
            path.open(encoding=encoding.codec, newline="") as source,
            copy.open("w", encoding="utf-8", newline="") as to,
        ):
            while text := source.read(SAMPLE):
                to.write(text)
    except UnicodeError as fault:
        raise undecodable(name, encoding, fault) from fault
    return copy


def undecodable(name: str, encoding: Encoding, fault: UnicodeError) -> LayoutError:
    """The sentence for text that is broken in the middle."""
    cause = fault.reason if isinstance(fault, UnicodeDecodeError) else str(fault)
    return LayoutError(f"{name}: is not whole text in {encoding.name} ({cause}); save it again as “CSV UTF-8”")


def _told(told: str, name: str) -> Encoding:
    try:
        return Encoding(codecs.lookup(told).name, told)
    except LookupError as fault:
        raise LayoutError(f"{name}: {told!r} is not the name of an encoding, such as windows-1252") from fault


def _without_mark(data: bytes, name: str) -> Encoding:
    """Text in UTF-16 has a NUL in nearly every other byte, always on the same side; anything else is not text."""
    even, odd = data[0:200:2].count(0), data[1:200:2].count(0)
    half = min(len(data), 200) / 2
    if data[:2] != b"\0\0" and ((odd > half * 0.7 and even == 0) or (even > half * 0.7 and odd == 0)):
        codec = "utf-16-le" if odd else "utf-16-be"
        return Encoding(codec, NAMES[codec])
    raise LayoutError(f"{name}: is neither text, a workbook nor a Parquet file")


def _is_utf8(path: Path, data: bytes, *, whole: bool) -> bool:
    """A character cut in two at the end of the sample is not a fault."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(path) if whole else (data,):
            decoder.decode(chunk)
        decoder.decode(b"", final=whole or len(data) < SAMPLE)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(SAMPLE):
            yield chunk


def _windows(source: Path | bytes, name: str) -> Encoding:
    """Every byte but five is a sign in Windows-1252, so the signs must also be likely ones."""
    odd: set[str] = set()
    try:
        for chunk in _chunks(source) if isinstance(source, Path) else (source,):
            odd |= {sign for sign in chunk.decode("cp1252") if not sign.isascii()}
    except UnicodeDecodeError as fault:
        raise LayoutError(
            f"{name}: is not UTF-8 text, nor Windows-1252 (byte 0x{fault.object[fault.start]:02x}); "
            "save it again as “CSV UTF-8”"
        ) from fault
    doubtful = "".join(sorted(odd - WESTERN))[:8]
    doubt = f"the signs {doubtful} are unlikely in it" if doubtful or not any(map(str.isalpha, odd)) else ""
    return Encoding("cp1252", "Windows-1252", doubt)
