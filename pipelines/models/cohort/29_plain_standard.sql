-- One row per standard whose answers count one each and fit into 64 bits: its sums are counts of bits.
create temp table plain_standard as
select standard_id
from standard
where criteria <= 64
    and standard_id not in (select standard_id from criterion where weight <> 1)
    and standard_id not in (select standard_id from response where status = 'partly_met')
