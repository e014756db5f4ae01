-- Sessions that a learner got unasked: how many in a row without an answer, when the last one began,
-- and how silent the learner is for that. What was before is counted by a rebuild. The time that a
-- learner chose for sessions repeats the profile; empty: none.
alter table users
  add column unanswered_sessions integer not null default 0,
  add column last_unasked_time   timestamptz,
  add column silence             text    collate "C" not null default 'NONE',
  add column chosen_days         text    collate "C" not null default '',
  add column chosen_time         text    collate "C" not null default '';
update users set
  chosen_time = coalesce(profile ->> 'schedule_time', ''),
  chosen_days = case jsonb_typeof(profile -> 'schedule_days')
    when 'array' then coalesce((
      select string_agg(day, ',') from jsonb_array_elements_text(profile -> 'schedule_days') as day), '')
    else coalesce(profile ->> 'schedule_days', '') end
where profile ? 'schedule_time' or profile ? 'schedule_days';

-- Both only change where the learner falls silent or speaks again, or chooses: other updates of a row
-- leave them alone (HOT).
create index users_silent on users (user_id) where silence <> 'NONE';
create index users_chosen on users (user_id) where chosen_time <> '';

-- The last step of reminders that was sent.
alter table prompt_reminders add column step smallint not null default 1;
