-- Every learner's progress over all drills. It follows from event_batches and can be rebuilt from
-- them, save who has which numbers (phone_numbers.user_id), the schedule and the reminders.

-- One row a learner: what the learner's last word on any number says. seq and version stand with the
-- number, because each number has a dialog of its own. The columns after profile repeat parts of it
-- for queries. No index but those of the key and the company, and room in every page, so that an
-- update touches one page only (HOT).
create table users (
  user_id              uuid        not null primary key,
  profile              text        not null,
  validated            boolean     not null,
  opted_out            boolean     not null,
  is_demo              boolean     not null,
  company              text        collate "C" not null,
  time_zone            text        not null,
  last_interacted_time timestamptz not null
) with (fillfactor = 70);
create index on users (company) where validated;

-- version counts the batches of this number's dialog that were applied. validated and opted_out are
-- this dialog's.
create table phone_numbers (
  phone      text    collate "C" not null primary key,
  user_id    uuid    not null references users on delete cascade,
  is_primary boolean not null,
  seq        text    not null,
  version    bigint  not null,
  validated  boolean not null,
  opted_out  boolean not null
) with (fillfactor = 70);
create index on phone_numbers (user_id);

-- One row a user and drill. drill_instance_id is the last run.
create table drill_statuses (
  user_id           uuid        not null references users on delete cascade,
  drill_slug        text        collate "C" not null,
  place_in_sequence integer     not null,
  drill_instance_id uuid,
  started_time      timestamptz,
  completed_time    timestamptz,
  primary key (user_id, drill_slug)
) with (fillfactor = 90);

-- One row a run of a drill, on one number. waiting_hour is for the reminders: the hour in which the
-- learner was last asked or answered (GREATEST passes over null). It changes at most once an hour, so
-- that an answer and the next prompt leave every index alone (HOT).
create table drill_instances (
  drill_instance_id                 uuid        not null primary key,
  user_id                           uuid        not null references users on delete cascade,
  phone                             text        collate "C" not null,
  drill_slug                        text        collate "C" not null,
  current_prompt_slug               text        not null,
  current_prompt_start_time         timestamptz not null,
  current_prompt_last_response_time timestamptz,
  completion_time                   timestamptz,
  is_valid                          boolean     not null,
  waiting_hour                      timestamptz not null generated always as (
    date_bin(interval '1 hour',
      greatest(current_prompt_start_time, current_prompt_last_response_time),
      timestamptz 'epoch')) stored
) with (fillfactor = 70);
create index on drill_instances (user_id);
create index drill_instances_waiting on drill_instances (waiting_hour, drill_instance_id)
  where completion_time is null and is_valid;

-- The reminders that were sent, so that each is sent once. Kept for some days.
create table prompt_reminders (
  drill_instance_id uuid        not null,
  prompt_slug       text        not null,
  sent_time         timestamptz not null,
  primary key (drill_instance_id, prompt_slug)
);
create index on prompt_reminders (sent_time);

-- The drill that a learner is to get: one row a learner, of the last day that the learner was
-- scheduled. claimable_time is when it may be claimed, first or again; null when it is settled.
create table drill_schedule (
  user_id        uuid        not null primary key references users on delete cascade,
  day            date        not null,
  drill_slug     text        not null,
  due_time       timestamptz not null,
  window_end     timestamptz not null,
  claimable_time timestamptz
) with (fillfactor = 80);
create index drill_schedule_claimable on drill_schedule (claimable_time, user_id)
  where claimable_time is not null;

-- The drills for which every learner has a row, in their order, one a line.
create table reached_course (
  only_row boolean not null primary key default true check (only_row),
  drills   text    not null
);
insert into reached_course (drills) values ('');
