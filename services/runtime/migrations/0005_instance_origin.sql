-- What an instance began with, where it took over what the learner had come to in another. Its journal is folded from here; rows are never updated.

create table instance_origin (
  instance_id uuid primary key references instance (id) on delete cascade,
  tenant_id uuid not null,
  from_instance_id uuid not null,
  -- JSON as text of the `InstanceState` in packages/scorm.
  state text not null
);
alter table instance_origin enable row level security;
alter table instance_origin force row level security;
create policy tenant on instance_origin using (
  tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid or current_setting('app.system', true) = 'on'
);
