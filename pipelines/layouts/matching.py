"""Which criterion a header or a cell names: by id, by id and text, or by the text alone."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from lib.standard import Standard
from pipelines.vocabulary import fold

NUMBERING = re.compile(r"^\s*(?:q(?:uestion)?\s*)?\d+\s*[.):–—-]\s*", re.IGNORECASE)
FIRST_WORD = re.compile(r"^\s*([\w.]+?)(\s*[:;,|)–—-]|\.\s|\s+)")

CODE = re.compile(r"^\s*([A-Za-z]{1,8}[ ._-]?\d+[a-z]?)(?![\w.])")
BRACKET = re.compile(r"\[([^\[\]]+)\]\s*$")  # a row of a grid, as Google Forms heads its columns: Question [row]


class Match(NamedTuple):
    """`exact`: the whole text names the criterion; otherwise only its first word does (a text worded otherwise)."""

    criterion: str
    exact: bool


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """What two spellings of an id or a question have in common: letters and digits, without accents and case."""
    return "".join(sign for sign in fold(text) if sign.isalnum())


class Matcher:
    """The names of a standard's criteria. A name that two criteria share names neither, unless it is one's id."""

    def __init__(self, standard: Standard, extra: Mapping[str, str] | None = None) -> None:
        self.spelt = {criterion.id.casefold(): criterion.id for criterion in standard.criteria}
        self.ids = _unambiguous((criterion.id, criterion.id) for criterion in standard.criteria)
        names = [
            (name, c.id)
            for c in standard.criteria
            for name in (c.text, c.short_name, f"{c.id} {c.text}", f"{c.id} {c.short_name}")
        ]
        told = {key(text): criterion for text, criterion in (extra or {}).items()}
        self.names = {**_unambiguous(names), **self.ids, **told}

    def match(self, text: str) -> Match | None:
        """The criterion that `text` names, with or without the number that a survey tool puts before a question."""
        candidates = (text, NUMBERING.sub("", text), *BRACKET.findall(text))
        for candidate in candidates:
            if found := self.spelt.get(candidate.strip().casefold()) or self.names.get(key(candidate)):
                return Match(found, exact=True)
        by_id = (self._first_word(candidate) or self._code(candidate) for candidate in candidates)
        found = next(filter(None, by_id), None)
        return Match(found, exact=False) if found else None

    def _first_word(self, text: str) -> str | None:
        """The id before a colon or dash; before mere space only if it has a digit, for words are ids elsewhere."""
        first = FIRST_WORD.match(text)
        if not first or (first[2].isspace() and not any(map(str.isdigit, first[1]))):
            return None
        return self.spelt.get(first[1].casefold()) or self.ids.get(key(first[1]))

    def _code(self, text: str) -> str | None:
        """The id at the beginning, written in two parts: `DM 1 (inventory)`."""
        first = CODE.match(text)
        return self.ids.get(key(first[1])) if first else None

    def looks_like_code(self, text: str) -> bool:
        """Whether `text` is written as this standard writes its ids (letters of an area and a number), but is none."""
        code = key(text)
        heads = {id_.rstrip("0123456789") for id_ in self.ids}
        return code not in self.ids and code.rstrip("0123456789") in heads - {"", code}


def _unambiguous(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    pairs = {(key(name), criterion) for name, criterion in names}
    shared = Counter(name for name, _ in pairs)
    return {name: criterion for name, criterion in pairs if name and shared[name] == 1}
