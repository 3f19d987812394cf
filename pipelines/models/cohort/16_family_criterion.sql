-- One row per family and criterion in it, with the area it serves where that is not its own.
create table family_criterion as
select
    given.standard_id::standard_id as standard_id,
    family_id::family_id as family_id,
    criterion.criterion_id,
    serves::area_id as serves
from given_family_criterion as given
join criterion
    on criterion.standard_id = given.standard_id::standard_id
    and criterion.criterion_id = given.criterion_id::criterion_id
order by given.standard_id, family_id, criterion.position
