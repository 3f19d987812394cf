-- What is published of the cities that the new sources answer for.
create schema old
