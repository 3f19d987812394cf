-- One row per criterion and criterion it requires.
create table prerequisite as
select
    standard_id::standard_id as standard_id,
    criterion_id::criterion_id as criterion_id,
    requires::criterion_id as requires
from given_prerequisite
order by all
