create type standard_id as enum (
    select standard_id
    from given_standard
    order by position
)
