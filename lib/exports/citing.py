"""How a file is cited: as CITATION.cff, as BibTeX, and the licence, as far as the programme has said it."""

import json
import logging
import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from lib.exports.table import Export, Receipt

CITATION = Path(__file__).parents[2] / "data" / "citation.toml"
_NO_LICENCE = (
    "The programme has not stated a licence for these data. Without one nobody may publish them; ask the programme."
)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Citation:
    """What data/citation.toml says; empty where it says nothing."""

    author: str = ""
    licence: str = ""
    licence_url: str = ""
    contact: str = ""


def read_citation(path: Path = CITATION) -> Citation:
    """The programme's words; a file that cannot be read has none, and the log says why."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        log.warning("%s cannot be read, so files say that no licence is stated: %s", path.name, fault)
        return Citation()
    return Citation(**{x.name: told[x.name] for x in fields(Citation) if isinstance(told.get(x.name), str)})


def author(citation: Citation, receipt: Receipt) -> str:
    """Who is named: the programme's word, else the standard's name."""
    standard = dict(receipt.facts)["standard"].partition(": ")[2].partition(", version")[0]
    return citation.author or standard


def sentence(export: Export, receipt: Receipt, citation: Citation) -> str:
    """The citation as a reader writes it."""
    facts = dict(receipt.facts)
    marked = " Synthetic demonstration data." if receipt.synthetic else ""
    return (
        f"{author(citation, receipt)} ({receipt.built_at:%Y). }{receipt.title}. {facts['selection']}. "
        f"Database version {facts['database version']}.{marked} {export.link}"
    )


def citation_cff(export: Export, receipt: Receipt, citation: Citation) -> str:
    """CITATION.cff, format 1.2.0. JSON's texts are YAML's too."""
    facts = dict(receipt.facts)
    lines = [
        ("cff-version", "1.2.0"),
        ("message", "If you use these data, please cite them as below."),
        ("type", "dataset"),
        ("title", receipt.title),
        ("abstract", f"{facts['selection']}. {facts.get('data', '')}".strip()),
        ("version", facts["database version"]),
        ("date-released", f"{receipt.built_at:%Y-%m-%d}"),
        ("url", export.link),
        *([("license", citation.licence)] if citation.licence else []),
    ]
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines)
    return f"{head}authors:\n  - name: {json.dumps(author(citation, receipt), ensure_ascii=False)}\n"


def bibtex(export: Export, receipt: Receipt, citation: Citation) -> str:
    """An entry for BibTeX."""
    facts = dict(receipt.facts)
    version = facts["database version"]
    entry = {
        "author": author(citation, receipt),
        "title": receipt.title,
        "year": f"{receipt.built_at:%Y}",
        "note": f"{facts['selection']}. Database version {version}. {facts.get('data', '')}".strip(),
        "url": export.link,
    }
    key = re.sub(r"\W", "", f"{export.name}{version}", flags=re.ASCII)
    told = {name: text if name == "url" else _tex(text) for name, text in entry.items()}
    told["author"] = f"{{{told['author']}}}"  # braces of its own: one name, not a person's first and last
    body = "".join(f"  {name} = {{{text}}},\n" for name, text in told.items())
    return f"@misc{{{key},\n{body}}}\n"


def licence_text(citation: Citation) -> str:
    """LICENCE.txt."""
    told = f"{citation.licence} {citation.licence_url}".strip() or _NO_LICENCE
    return f"{told}\n{citation.contact}".strip() + "\n"


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
