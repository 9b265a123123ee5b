create table course (
  id uuid primary key,
  tenant_id uuid not null,
  external_id text not null,
  title text not null,
  title_key text not null generated always as (lower(title)) stored,
  description text not null default '',
  tags text[] not null default '{}',
  -- The tags in lower case, for filters.
  tag_keys text[] not null default '{}',
  -- Title, external id and tags in lower case, for search.
  search_text text not null,
  archived boolean not null default false,
  current_version_id uuid,
  -- Standard of the current version, for filters.
  standard int not null default 0,
  -- Number of the newest version that ever was; numbers are not given twice.
  last_number int not null default 0,
  version int not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  unique (tenant_id, external_id)
);
create index course_by_update on course (tenant_id, updated_at, id);
create index course_by_title on course (tenant_id, title_key, id);
create index course_by_creation on course (tenant_id, created_at, id);
create index course_by_tag on course using gin (tag_keys);

create table course_version (
  id uuid primary key,
  tenant_id uuid not null,
  course_id uuid not null references course (id) on delete cascade,
  number int not null,
  package_id uuid not null,
  standard int not null,
  title text not null,
  activity_count int not null,
  size_bytes bigint not null,
  file_count int not null,
  finding_count int not null,
  import_id text not null,
  note text not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  unique (course_id, number)
);

-- Which request made which version. Outlives both, so that a late repeat does not make them again.
create table publication (
  tenant_id uuid not null,
  request_id uuid not null,
  request_hash text not null,
  course_id uuid not null,
  course_version_id uuid not null,
  course_created boolean not null,
  created_at timestamptz(3) not null,
  primary key (tenant_id, request_id)
);

create table setting_value (
  tenant_id uuid not null,
  -- Number of coursemesh.course.v1.SettingLevel.
  level int not null,
  -- Course, version or registration; the organization itself at its level.
  scope_id uuid not null,
  setting_id text not null,
  value text not null,
  -- Course that the place belongs to, where it is known.
  course_id uuid,
  updated_at timestamptz(3) not null,
  updated_by text not null,
  primary key (tenant_id, level, scope_id, setting_id)
);
create index setting_value_of_course on setting_value (course_id) where course_id is not null;

create table outbox (
  id uuid primary key,
  tenant_id uuid not null,
  type text not null,
  payload bytea not null,
  traceparent text not null default '',
  occurred_at timestamptz not null default now(),
  published_at timestamptz
);
create index outbox_waiting on outbox (id) where published_at is null;

do $$
declare
  name text;
begin
  foreach name in array array['course', 'course_version', 'publication', 'setting_value', 'outbox'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy tenant on %I using (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid or current_setting(''app.system'', true) = ''on'')',
      name);
  end loop;
end $$;
