-- The category attributes, in the order in which classes are split by them: bands of a number first (they stand behind
-- their number), because like cities are first of all of like size. Past a handful no class is large enough to split.
create or replace temp table splitting as
select attribute_id
from (
    select attribute_id, kind, position, lag(kind) over (order by position) as before
    from published.attribute
)
where kind = 'category'
order by before = 'number' desc nulls last, position
limit 8
