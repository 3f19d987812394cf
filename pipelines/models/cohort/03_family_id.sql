-- Sorts in the standard's order; an id that two standards share sorts where the first one has it. A type needs a
-- value, so there is an empty one that no family has.
create type family_id as enum (
    select family_id
    from (
        select family_id, [given_standard.position, given_family.position] as place
        from given_family
        join given_standard using (standard_id)
        union all
        select '', [0, 0]
    )
    group by family_id
    order by min(place)
)
