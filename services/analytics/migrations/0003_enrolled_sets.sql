-- Who is registered for a course, whatever happened since, as sets like those of who was active: learners of a large course, or of several, are
-- counted without looking at each of their registrations.
create table enrolled_set (
  tenant_id uuid not null,
  course_id uuid not null,
  part int not null,
  members bytea not null,
  primary key (tenant_id, course_id, part)
);
alter table enrolled_set enable row level security;
alter table enrolled_set force row level security;
create policy tenant on enrolled_set using (
  tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid or current_setting('app.system', true) = 'on'
);

-- Row-level security would hide the rows from whoever runs this and owns no organization.
select set_config('app.system', 'on', true);
insert into enrolled_set
select tenant_id, course_id, part, case when members < 4096 then list else active_bitmap(list) end from (
  select tenant_id, course_id, learner_no / 65536 as part, count(*) as members,
    string_agg(substring(int4send(learner_no % 65536) from 3), '' order by learner_no) as list
  from (select distinct tenant_id, course_id, learner_no from registration_fact) r
  group by tenant_id, course_id, learner_no / 65536
) sets;

-- Who was active in which version of a course is read of the index alone.
drop index fact_course;
create index fact_course on fact (tenant_id, course_id, at) include (learner_no, course_version_id) where active;
