-- One row per criterion of an earlier standard and what it became in a later one, as its owners say.
create table crosswalk as
select
    from_standard::standard_id as from_standard,
    to_standard::standard_id as to_standard,
    from_criterion::criterion_id as from_criterion,
    to_criterion::criterion_id as to_criterion,
    relation,
    note,
    source
from given_crosswalk
order by from_standard, to_standard, from_criterion, to_criterion
