-- A repair that never fired until now has a row without a source: gone, if one of the new sources made it fire.
delete from base.repair
using repair as fired
where repair.source_id is null
    and fired.source_id is not null
    and (repair.kind, repair."from", repair."to", repair.reason) = (fired.kind, fired."from", fired."to", fired.reason)
