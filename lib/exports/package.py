"""The data package: a zip with the table and everything that somebody else needs to use, cite and repeat it."""

import json
from collections.abc import Iterable, Iterator

from lib.exports.citing import bibtex, citation_cff, licence_text, read_citation, sentence
from lib.exports.delimited import FORMULA_NOTE, Digest, header, lines
from lib.exports.empties import EMPTY_NOTE
from lib.exports.paperwork import paperwork
from lib.exports.schema import MISSING, croissant, datapackage
from lib.exports.table import Export, Receipt
from lib.exports.zipped import zip_pieces

_PYTHON = '''"""The same rows again, from the link; says so when they are not the same any more."""

import hashlib
import io
import urllib.request

import pandas as pd

LINK = {link}
SHA256 = {digest}

content = urllib.request.urlopen(LINK).read()
if hashlib.sha256(content).hexdigest() != SHA256:
    print("These are not the rows of this package: the database has another version, or you are given another view.")
rows = pd.read_csv(io.BytesIO(content))
print(rows.describe(include="all"))
'''
_R = """# The same rows again, from the link. `digest` is only needed to check that they are the same.
link <- {link}
sha256 <- {digest}

file <- tempfile(fileext = ".csv")
download.file(link, file, mode = "wb")
if (requireNamespace("digest", quietly = TRUE) && digest::digest(file, "sha256", file = TRUE) != sha256) {{
  message("These are not the rows of this package: the database has another version, or you are given another view.")
}}
rows <- read.csv(file, na.strings = "", encoding = "UTF-8")
summary(rows)
"""


def package_pieces(export: Export) -> Iterator[bytes]:
    """The zip."""
    digest = Digest(export.schema)
    return zip_pieces(_files(export, digest), export.receipt.built_at)


def _files(export: Export, digest: Digest) -> Iterator[tuple[str, Iterable[bytes]]]:
    path = f"data/{export.name}.csv"
    yield path, _table(export, digest)
    receipt = export.receipt.sealed(digest.hexdigest())
    yield from ((name, [text.encode()]) for name, text in _words(export, receipt, path, digest.hexdigest()).items())
    yield from ((name, [content]) for name, content in paperwork(export, receipt).items() if name != "codebook.csv")


def _table(export: Export, digest: Digest) -> Iterator[bytes]:
    yield header(export.schema)
    for block in export.blocks():
        text = lines(block)
        digest.add_lines(text)
        yield text


def _words(export: Export, receipt: Receipt, path: str, digest: str) -> dict[str, str]:
    citation = read_citation()
    quoted = {"link": json.dumps(export.link), "digest": json.dumps(digest)}
    return {
        "datapackage.json": _json(datapackage(export, receipt, citation, path, digest)),
        "croissant.json": _json(croissant(export, receipt, citation, path, digest)),
        "codebook.md": codebook_text(export, receipt),
        "CITATION.cff": citation_cff(export, receipt, citation),
        "citation.bib": bibtex(export, receipt, citation),
        "citation.txt": sentence(export, receipt, citation) + "\n",
        "LICENCE.txt": licence_text(citation),
        "query.sql": f"-- On the database, version {dict(receipt.facts)['database version']}.\n{export.sql}\n",
        "reproduce.py": _PYTHON.format(**quoted),
        "reproduce.R": _R.format(**quoted),
    }


def codebook_text(export: Export, receipt: Receipt) -> str:
    """codebook.md."""
    rows = export.codebook.itertuples(index=False)
    columns = "\n".join(f"| `{name}` | {kind} | {_cell(text)} | {_cell(empty)} |" for name, kind, text, empty in rows)
    words = "\n".join(f"| `{word}` | {label} |" for word, label in MISSING.items())
    return (
        f"# {receipt.title}\n\n{dict(receipt.facts)['selection']}.\n\n"
        f"| column | type | meaning | an empty cell |\n|---|---|---|---|\n{columns}\n\n"
        f"## In place of an answer\n\n| word | meaning |\n|---|---|\n{words}\n\n{EMPTY_NOTE}\n\n"
        f"## Formulas\n\n{FORMULA_NOTE}\n"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _json(told: dict[str, object]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
