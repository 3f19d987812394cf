-- What the next load needs to know beside the tables for readers.
create schema workings
