"""Text from the data, shown as it is: Streamlit reads most of its texts as Markdown, and names may hold its signs."""

import re

_SIGNS = re.compile(r"([\\`*_{}\[\]()#+!$~:|<>])")
_LIST = re.compile(r"^(\s*)(\d+)?([.)-])", re.MULTILINE)


def plain(text: str) -> str:
    """`text` so that Markdown shows every character of it; no line breaks between a number and its per-cent sign."""
    return _LIST.sub(r"\1\2\\\3", _SIGNS.sub(r"\\\1", text)).replace(" %", "\u00a0%")
