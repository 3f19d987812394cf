-- The blocks as this viewer may know them, from the ground that they share: words become those of the types made here.
create table block as
select * replace (standard_id::standard_id as standard_id, cycle::cycle_label as cycle)
from handed_block;
create table block_member as
select * replace (standard_id::standard_id as standard_id, cycle::cycle_label as cycle)
from handed_block_member;
create table block_attribute as
select * replace (
    standard_id::standard_id as standard_id, cycle::cycle_label as cycle, value::attribute_value as value
)
from handed_block_attribute
order by all;
create table block_answer as
select * replace (
    standard_id::standard_id as standard_id,
    cycle::cycle_label as cycle,
    stage::stage as stage,
    criterion_id::criterion_id as criterion_id
)
from handed_block_answer;
create table block_score as
select * replace (
    standard_id::standard_id as standard_id,
    cycle::cycle_label as cycle,
    stage::stage as stage,
    area_id::area_id as area_id
)
from handed_block_score;
create table block_change as
select * replace (
    standard_id::standard_id as standard_id,
    cycle::cycle_label as cycle,
    versus::cycle_label as versus,
    stage::stage as stage,
    area_id::area_id as area_id
)
from handed_block_change
