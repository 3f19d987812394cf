-- Sorts in the standard's order; an id that two standards share sorts where the first one has it.
create type criterion_id as enum (
    select criterion_id
    from given_criterion
    join given_standard using (standard_id)
    group by criterion_id
    order by min([given_standard.position, given_criterion.position])
)
