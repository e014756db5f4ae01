-- Messages that are being sent, those that one transaction claimed in one row, until all of them
-- have ended. The process that claimed them knows which are left; the next one finds them here. A
-- message stands here or in outbound_due, where it has a row of its own, never in both for long.
create table outbound_claims (
  id              bigint   not null generated always as identity primary key,
  phones          text[]   collate "C" not null,
  versions        bigint[] not null,
  message_indexes int[]    not null
);
