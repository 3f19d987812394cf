-- Sorts by label, numbers in a label by their value.
create type cycle_label as enum (
    select cycle
    from cycle_known
    where shown or cycle_no in (select distinct cycle_no from answer where reason is null)
    order by sort_key(cycle)
)
