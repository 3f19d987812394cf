"""Where the header of a table stands: under titles, notes and headings, if there are any."""

from collections.abc import Sequence

from lib.standard import Standard
from pipelines.layouts.matching import NUMBERING, Matcher, key
from pipelines.layouts.received import Record
from pipelines.layouts.table import LayoutError
from pipelines.mapping import COLUMNS, ColumnMapping
from pipelines.vocabulary import Vocabulary, fold

LONG = 10  # what a record that names both the criterion and the answer is worth: as much as ten known columns
ENOUGH = 2  # known columns, to look for the header anywhere but at the top


class Clues:
    """What a header's cells may say: the mapping's own headers, words for columns, names of criteria.

    Made once for all files that are read by one standard and mapping.
    """

    def __init__(self, standard: Standard, told: ColumnMapping, vocabulary: Vocabulary) -> None:
        self.standard, self.told, self.vocabulary = standard, told, vocabulary
        self.matcher = Matcher(standard, told.criteria)
        own = (*told.columns.values(), *told.attributes, *told.ignore, *told.criteria)
        self.headers = {key(text) for text in own}
        self.row = told.header_row
        self.meaning = {
            key(word): meaning
            for meaning in (*COLUMNS, "ignored")
            for word in vocabulary.columns[meaning]
            if fold(word) not in vocabulary.answers
        } | {key(standard.noun): "city"}

    def place(self, head: Sequence[Record], name: str) -> int:
        """The position in `head` of the record that names most columns; the first one where none stands out."""
        if self.row:
            told = [place for place, record in enumerate(head) if record.number == self.row]
            if not told:
                raise LayoutError(f"{name}: nothing stands in row {self.row}, the header_row of the mapping")
            return told[0]
        worth = [self.worth(record) for record in head]
        best = max(worth, default=0)
        return worth.index(best) if best >= ENOUGH else 0

    def worth(self, record: Record) -> int:
        """How many different columns a record names."""
        cells = {cell for cell in record.cells if cell.strip()}
        spelt = {key(variant) for cell in cells for variant in (cell, NUMBERING.sub("", cell))}
        known = {self.meaning[text] for text in spelt & self.meaning.keys()}
        criteria = {match.criterion for match in map(self.matcher.match, cells) if match}
        long = bool(known & {"criterion", "criterion_text"}) and "answer" in known
        return len(spelt & self.headers) + len(known) + len(criteria) + LONG * long
