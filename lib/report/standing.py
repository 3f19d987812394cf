"""Where the city stands: its key figures, its score on the scale of levels, and its practice areas among the peers."""

import pandas as pd

from lib import theme
from lib.brief.parts import Figure
from lib.peers import TOTAL
from lib.report.asked import Asked
from lib.report.parts import AreaRow, Scale, Spread, Standing, Zone
from lib.report.telling import better, known, level_words, moved
from lib.selection import NO_LEVEL
from lib.standard import Standard
from lib.twins.cards import to_next
from lib.twins.standing import place, standing_cards, standing_title, total_of
from lib.words import count_of, number


def key_figures(asked: Asked, areas: pd.DataFrame) -> tuple[Figure, ...]:
    """Standing, level, place among the peers and coverage. `areas`: peer_areas."""
    told = standing_cards(
        asked.city,
        total_of(areas),
        asked.standard,
        indicative=asked.indicative,
        versus=asked.selection.versus,
        exact=not asked.warehouse.limited,
    )
    by_label = {card[0]: Figure(*card) for card in told}
    level = [_level(asked)] if asked.standard.levels else []
    return (by_label["Standing"], *level, by_label["Place among peers"], by_label["Coverage"])


def _level(asked: Asked) -> Figure:
    level = str(asked.city["level"])
    published = "" if asked.indicative else asked.certified.get(asked.selection.cycle, "")
    value = published or level_words(level, "", indicative=asked.indicative)
    basis = f"certified in {asked.selection.cycle}" if published else _basis(asked)
    differs = f"; the score is that of {level}" if published and published != level else ""
    return Figure("Level", value, f"{basis}{differs}", to_next(asked.city, asked.standard), None)


def _basis(asked: Asked) -> str:
    return "by own answers, not a certification" if asked.indicative else "by score, not a certification"


def scale_part(asked: Asked, areas: pd.DataFrame) -> Scale:
    """The score on its whole scale. The peers lie on it where the score is a count of criteria, as theirs is."""
    standard, row = asked.standard, asked.city
    most, unit = standard.score_max, standard.score_unit[1]
    spread = _spread(total_of(areas), most) if standard.score_unit[0] == "criterion" else None
    own, before = known(row["score"]), known(row["versus_score"])
    title = f"{count_of(own, most)} {unit}" if own is not None else "No score"
    return Scale(
        title=f"{title}: {to_next(row, standard)}" if standard.levels and own is not None else title,
        zones=tuple(_zones(standard)),
        own=None if own is None else own / most,
        before=None if before is None else before / most,
        peers=spread,
        key=tuple(_key(asked, own, before, spread)),
        ends=("0", number(most)),
        alt=f"Scale of the score from 0 to {number(most)}. {'; '.join(_key(asked, own, before, spread))}.",
    )


def _zones(standard: Standard) -> list[Zone]:
    """From nothing to the whole scale; a standard without levels has none."""
    if not standard.levels:
        return []
    most = standard.score_max
    starts = [(NO_LEVEL, 0.0), *((level.name, level.minimum) for level in standard.levels)]
    ends = [start for _, start in starts[1:]] + [most]
    return [
        Zone(name, number(low), *theme.level_colour(position), low / most, high / most)
        for position, ((name, low), high) in enumerate(zip(starts, ends, strict=True))
    ]


def _key(asked: Asked, own: float | None, before: float | None, spread: Spread | None) -> list[str]:
    most = asked.standard.score_max
    told = [f"{asked.ours.capitalize()}: {number(own)}"] if own is not None else []
    told += [f"in {asked.versus}: {number(before)}"] if before is not None else []
    if spread:
        low, high = number(spread.q1 * most), number(spread.q3 * most)
        told.append(f"peers’ median: {number(spread.median * most)}, the middle half of them {low} to {high}")
    return told


def standing_part(asked: Asked, areas: pd.DataFrame) -> Standing:
    """Every practice area among the peers, then all together. `areas`: peer_areas."""
    versus = asked.versus if areas["own_before"].notna().any() else ""
    rows = tuple(_row(row, compared=bool(versus)) for _, row in areas.iterrows())
    theirs = _theirs(asked, areas)
    since = f" Since {versus}: the change of the count{theirs}." if versus else ""
    return Standing(
        title=standing_title(areas).replace("'", "’"),
        caption=f"n: peers with a score. Place 1 has the highest count; equal counts share a place.{since}",
        marks=f"Criteria met. Dot: {asked.ours}; band: the middle half of the peers; tick: their median.",
        alt=f"Strips: criteria met in each practice area, {asked.ours} among its peers.",
        versus=versus,
        peers_since=f"Peers since {versus}" if versus and theirs else "",
        rows=rows,
    )


def _theirs(asked: Asked, areas: pd.DataFrame) -> str:
    """What is said of the peers' change, with how many it is of; nothing where it is not known."""
    if areas["peers_change"].isna().all():
        return ""
    both = f"the {number(total_of(areas)['peers_both'])} peers scored in both"
    if asked.warehouse.limited:
        return f", and about that of {both}: the mean of their groups’ medians, of scores moved by about a criterion"
    return f", and the median of {both}"


def _row(row: pd.Series, *, compared: bool) -> AreaRow:
    whole, asked, own = row["area_id"] == TOTAL, float(row["asked"]), known(row["own"])
    spread = _spread(row, asked)
    return AreaRow(
        area="All practice areas" if whole else str(row["area"]),
        whole=whole,
        own="–" if own is None else count_of(own, asked),
        share=own / asked if own is not None and asked else None,
        peers=spread,
        median=number(row["median"]) if spread else "too few",
        middle=f"{number(row['q1'])} to {number(row['q3'])}" if spread else "–",
        n=number(row["n"]),
        place=place(row),
        change=moved(row["versus_change"]) if compared else "",
        better=better(row["versus_change"]),
        peers_change=moved(row["peers_change"]) if compared else "",
    )


def _spread(row: pd.Series, whole: float) -> Spread | None:
    """The peers as shares of the whole; none under the minimum number of them."""
    ends = [known(row[name]) for name in ("q1", "median", "q3")]
    if not whole or any(end is None for end in ends):
        return None
    return Spread(*(end / whole for end in ends if end is not None))
