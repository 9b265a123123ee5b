-- Lists and distributions look at registrations that were active since the beginning of a period, of a course or of the organization.
create index registration_fact_course_active on registration_fact (tenant_id, course_id, last_active_at);
create index registration_fact_active on registration_fact (tenant_id, last_active_at);

-- Whether a registration was active in a period is read of the index alone.
drop index fact_course;
create index fact_course on fact (tenant_id, course_id, at) include (learner_no, course_version_id, registration_id) where active;
drop index fact_at;
create index fact_at on fact (tenant_id, at) include (registration_id, active);
