create temp table given_crosswalk (
    from_standard text,
    to_standard text,
    from_criterion text,
    to_criterion text,
    relation text,
    note text,
    source text
)
