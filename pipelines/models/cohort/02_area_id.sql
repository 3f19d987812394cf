-- Sorts in the standard's order; an id that two standards share sorts where the first one has it.
create type area_id as enum (
    select area_id
    from given_area
    join given_standard using (standard_id)
    group by area_id
    order by min([given_standard.position, given_area.position])
)
