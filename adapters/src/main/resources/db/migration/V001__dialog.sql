-- The command side: the log of commands, the dialogs, and what follows from them.
-- Phone numbers compare byte by byte (collate "C"): ids, not words. JSON stands in text columns: it
-- is written and read whole, and text costs the least.

-- The durable log of commands. position is given under the lock of command_log_head, held until the
-- commit, so that a lower position is never committed after a higher one.
create table commands (
  position        bigint      not null primary key,
  -- Made from the sender's key (Twilio's MessageSid), so that a repeated message is one command.
  idempotency_key uuid        unique,
  payload         text        not null,
  accepted_time   timestamptz not null default now()
);

create table command_log_head (
  only_row      boolean not null primary key default true check (only_row),
  last_position bigint  not null
) with (fillfactor = 20);
insert into command_log_head (last_position) values (0);

-- No index but the key, and room in every page, so that an update touches one page only (HOT).
create table dialog_states (
  phone   text   collate "C" not null primary key,
  version bigint not null,
  state   text   not null
) with (fillfactor = 80);

-- What happened, and the feed of it: position is the order of commit, given like that of commands.
create table event_batches (
  position bigint not null primary key,
  phone    text   collate "C" not null,
  version  bigint not null,
  payload  text   not null,
  unique (phone, version)
);

create table event_feed_head (
  only_row      boolean not null primary key default true check (only_row),
  last_position bigint  not null
) with (fillfactor = 20);
insert into event_feed_head (last_position) values (0);

create table drill_versions (
  id          text        collate "C" not null primary key,
  slug        text        collate "C" not null,
  content     text        not null,
  stored_time timestamptz not null default now()
);

-- verdict is what is valid about a code: {"is_demo":false,"account_info":{...}}.
create table registration_codes (
  code       text        collate "C" not null primary key,
  verdict    text        not null,
  added_time timestamptz not null default now()
);

-- What cannot be processed, whole and with the reason. (source, source_id) makes a repeat one row.
create table dead_letters (
  id           bigint      not null generated always as identity primary key,
  source       text        not null,
  source_id    text        collate "C" not null,
  payload      text        not null,
  reason       text        not null,
  created_time timestamptz not null default now(),
  unique (source, source_id)
);
create index on dead_letters (source, id);

-- Commands that may succeed later. A learner's commands wait in the order of their positions; the
-- first one says when the learner is due.
create table deferred_commands (
  position   bigint      not null primary key,
  phone      text        collate "C" not null,
  payload    text        not null,
  attempts   integer     not null,
  not_before timestamptz not null,
  reason     text        not null
);
create index on deferred_commands (phone, position);

create table consumer_checkpoints (
  consumer text   not null primary key,
  position bigint not null
) with (fillfactor = 20);

-- Who may work. Every transaction of a worker checks the epoch under a row lock; expires_time only
-- says when another process may try, never what is correct.
create table leases (
  name         text        not null primary key,
  epoch        bigint      not null,
  holder       text        not null,
  expires_time timestamptz not null
) with (fillfactor = 20);
