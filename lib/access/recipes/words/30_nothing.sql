-- What was set aside quotes the files as received, names and all: nobody but the programme reads a row of it.
create table rejected as from published.rejected limit 0;
create table repair as from published.repair limit 0
