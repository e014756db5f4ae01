-- What waits of a learner is one row, as it is one item on AWS: the same rules hold for both.
create sequence waiting_versions;

create table waiting_commands (
  phone      text        collate "C" not null primary key,
  version    bigint      not null, -- from the sequence, so that none comes twice
  attempts   integer     not null,
  not_before timestamptz not null,
  reason     text        not null,
  seqs       text[]      not null,
  payloads   text[]      not null  -- of the same commands, in the same order
);
create index on waiting_commands (not_before);
alter table waiting_commands alter column payloads set statistics 0;

insert into waiting_commands (phone, version, attempts, not_before, reason, seqs, payloads)
select phone, nextval('waiting_versions'), max(attempts), max(not_before),
  (array_agg(reason order by position))[1],
  array_agg(position::text order by position),
  array_agg(payload order by position)
from deferred_commands group by phone;

drop table deferred_commands;
