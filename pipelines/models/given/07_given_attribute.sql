-- The attributes that data/attributes.toml knows: every header they go by.
create temp table given_attribute (attribute_id text, name text, header text, position usmallint)
