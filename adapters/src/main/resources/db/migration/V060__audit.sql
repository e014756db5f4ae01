-- Who did what, when and on whom: one row an operation that changes something. Learners stand here by
-- their ids; numbers, names and texts do not. Rows are never changed.
create table audit_log (
  id        bigint      not null generated always as identity primary key,
  time      timestamptz not null,
  person    text        not null,
  operation text        not null,
  subject   text        not null,
  outcome   text        not null check (outcome in ('done', 'refused', 'failed'))
);
