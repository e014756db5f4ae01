-- The SMS context: what was called for, what became of it, what came in.

-- How far messages have been called for, one row a learner. All who change a learner's messages
-- lock this row first, so that of one learner only one does at a time.
create table sms_cursors (
  phone          text        collate "C" not null primary key,
  version        bigint      not null,
  drill_version  text        collate "C",
  last_due       timestamptz not null,
  requested_time timestamptz,
  -- What the learner got lately, for the limits.
  day            date        not null,
  day_messages   integer     not null,
  window_start   timestamptz not null,
  window_replies integer     not null,
  blocked_until  timestamptz not null,
  -- The gap after the learner's last message is over; null before the first.
  free_at        timestamptz
) with (fillfactor = 70);

-- The ledger. Only the key is indexed, besides what is parked: with room in every page, a change of
-- state touches one page and no index (HOT), however many messages there are.
create table outbound_messages (
  phone          text        collate "C" not null,
  version        bigint      not null,
  message_index  integer     not null,
  kind           text        collate "C" not null check (kind in ('REPLY', 'START', 'REMINDER')),
  body           text,
  media_url      text,
  zones          text        collate "C" not null,
  created_time   timestamptz not null,
  not_before     timestamptz not null,
  expires_at     timestamptz not null,
  any_hour_until timestamptz,
  state          text        collate "C" not null
    check (state in ('QUEUED', 'SENDING', 'SENT', 'DELIVERED', 'FAILED', 'PARKED')),
  attempts       integer     not null,
  doubts         integer     not null,
  epoch          bigint,
  sid            text        collate "C",
  reason         text,
  updated_time   timestamptz not null,
  -- Set in state PARKED only; a column of its own, so that its index is left alone otherwise.
  parked_time    timestamptz,
  revision       bigint      not null,
  primary key (phone, version, message_index)
) with (fillfactor = 70);

create index outbound_messages_parked on outbound_messages (parked_time)
  where parked_time is not null;

-- The first open message of each learner who has one, and when it is due. As small as the queue is
-- long, so that the next due message is found at once among millions that were sent.
create table outbound_due (
  phone         text        collate "C" not null primary key,
  version       bigint      not null,
  message_index integer     not null,
  due_time      timestamptz not null
) with (
  fillfactor = 50,
  autovacuum_vacuum_scale_factor = 0.0,
  autovacuum_vacuum_threshold = 5000
);

create index outbound_due_time on outbound_due (due_time);

-- What learners wrote. (phone, seq) makes a repeat one row.
create table inbound_messages (
  phone         text        collate "C" not null,
  seq           numeric(128) not null,
  received_time timestamptz not null,
  sid           text        collate "C",
  body          text        not null,
  media         text        not null,
  unhandled     boolean     not null,
  primary key (phone, seq)
);

-- For the person who looks after what no rule fitted.
create index inbound_messages_unhandled on inbound_messages (received_time) where unhandled;
