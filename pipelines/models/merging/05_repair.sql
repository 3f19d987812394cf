insert into base.repair
from repair
where source_id is not null
    or not exists (
        from base.repair as known
        where (known.kind, known."from", known."to", known.reason)
            = (repair.kind, repair."from", repair."to", repair.reason)
    )
