-- When a learner last said something stands with the number, whose row every batch changes anyway.
-- So the learner's own row, with the profile, changes only with the profile.
alter table phone_numbers add column last_interacted_time timestamptz;
update phone_numbers p set last_interacted_time = u.last_interacted_time
  from users u where u.user_id = p.user_id;
alter table phone_numbers alter column last_interacted_time set not null;
alter table users drop column last_interacted_time;

-- Whether to look for other numbers at all; true once there was one.
alter table users add column has_several boolean not null default false;
update users u set has_several = true
  where exists (select from phone_numbers p where p.user_id = u.user_id and not p.is_primary);
