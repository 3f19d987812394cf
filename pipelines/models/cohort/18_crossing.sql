-- The same, each row seen from either of its two standards: a comparison may look forward or back.
create view crossing as
select
    to_standard as standard_id,
    to_criterion as criterion_id,
    from_standard as other_standard,
    from_criterion as other_criterion,
    relation,
    note
from crosswalk
union all
select
    from_standard,
    from_criterion,
    to_standard,
    to_criterion,
    relation,
    note
from crosswalk
