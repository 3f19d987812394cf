-- One row per city and cycle with a published level: a fact of its own, filled from the lists that say so.
create table certification (
    standard_id standard_id,
    city_id city_id,
    cycle cycle_label,
    level text,
    announced_on date
)
