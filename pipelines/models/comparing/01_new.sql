-- What is to be published of the cities that the new sources answer for.
create schema new
