-- What the settings let everybody know of a certified city, so that a name can be told from its namesakes.
create table certified_attribute as
select
    city_id::text as city_id,
    attribute_id,
    attribute.name,
    attribute.position,
    value::text as value
from published.city_attribute
join published.attribute as attribute using (attribute_id)
where city_id::text in (select city_id from temp.certified) and list_contains($told::text[], attribute_id)
order by position, value, city_id
