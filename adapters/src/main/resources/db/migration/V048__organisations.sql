-- The profile as what it is, so that a report of somebody's own can look into it.
alter table users alter column profile type jsonb using profile::jsonb;
alter table users alter column profile set statistics 0;

-- Names of organisations and their units are one however they are written; the keys tell. Those of
-- learners who are there already lack what SQL does not know about case; a rebuild mends them.
alter table users
  add column company_key text collate "C" not null default '',
  add column unit        text collate "C" not null default '',
  add column unit_key    text collate "C" not null default '';
update users set
  company = trim(regexp_replace(
    coalesce(nullif(company, ''), profile -> 'account_info' ->> 'employer_name', ''), '\s+', ' ', 'g')),
  unit = trim(regexp_replace(
    coalesce(profile -> 'account_info' ->> 'unit_name', ''), '\s+', ' ', 'g'));
update users set company_key = lower(company), unit_key = lower(unit)
  where company <> '' or unit <> '';
drop index users_company_idx;
create index users_company_key_idx on users (company_key) where validated;
