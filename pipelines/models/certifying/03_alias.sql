-- Aliases are of the files of answers that they came with.
delete from alias
