-- A course on its way to the learners, and the last of those whom it has reached.
alter table reached_course
  add column drills_under_way text,
  add column last_user_id     uuid,
  add check ((drills_under_way is null) = (last_user_id is null));
