-- Registrations, their instances, launches and the journal.
-- Ids of launches and segments are compared and sorted as UUIDv7, which is the order in which they were made.

create table learner (
  id uuid primary key,
  tenant_id uuid not null,
  external_id text not null,
  first_name text not null,
  last_name text not null,
  email text not null,
  created_at timestamptz not null default now(),
  active_at timestamptz not null default now(),
  unique (tenant_id, external_id)
);
create index learner_recent on learner (tenant_id, active_at desc, id desc);

-- What lists filter and sort by is kept here as well, so that they need not visit the current instance.
create table registration (
  id uuid primary key,
  tenant_id uuid not null,
  external_id text not null,
  course_id uuid not null,
  learner_id uuid,
  source text not null,
  tags text[] not null default '{}',
  -- Previews belong to nobody and are in no list.
  preview boolean not null default false,
  instance_id uuid not null,
  instance_count int not null default 1,
  course_version_id uuid not null,
  completion smallint not null default 1,
  success smallint not null default 1,
  created_at timestamptz not null,
  -- Moves with every change of the result and otherwise at most every few seconds, because three indexes move with it.
  updated_at timestamptz not null,
  first_launched_at timestamptz,
  last_launched_at timestamptz,
  request_id uuid not null,
  request_hash bytea not null,
  unique (tenant_id, external_id),
  unique (tenant_id, request_id)
) with (fillfactor = 85);
create index registration_updated on registration (tenant_id, updated_at desc, id desc) where not preview;
create index registration_created on registration (tenant_id, created_at desc, id desc) where not preview;
create index registration_of_course on registration (tenant_id, course_id, updated_at desc, id desc);
create index registration_of_learner on registration (tenant_id, learner_id, updated_at desc, id desc);
create index registration_preview on registration (created_at) where preview;

create table instance (
  id uuid primary key,
  tenant_id uuid not null,
  registration_id uuid not null references registration (id) on delete cascade,
  number int not null,
  course_version_id uuid not null,
  package_id uuid not null,
  request_id uuid not null,
  created_at timestamptz not null,
  completed_at timestamptz,
  launch_count int not null default 0,
  -- Result of the whole course, rolled up from activity_state.
  completion smallint not null default 1,
  success smallint not null default 1,
  score_scaled float8,
  score_raw float8,
  score_min float8,
  score_max float8,
  total_seconds float8 not null default 0,
  progress float8 not null default 0,
  first_access_at timestamptz,
  last_access_at timestamptz,
  -- The launch that records now; null when none is open.
  lease_launch_id uuid,
  lease_epoch int not null default 0,
  -- Where the fold stands: the last call that is in the state, and the lease under which it came.
  folded_launch_id uuid,
  folded_seq int not null default 0,
  folded_epoch int not null default 0,
  current_activity text not null default '',
  -- Counts every change of the journal, of the lease and of a launch; what was read at another number is out of date.
  version bigint not null default 0,
  unique (registration_id, number),
  unique (tenant_id, request_id)
) with (fillfactor = 70);

create table activity_state (
  instance_id uuid not null,
  activity text not null,
  tenant_id uuid not null,
  -- JSON as text: jsonb would refuse the NUL and lone surrogates that courses write.
  state text not null,
  primary key (instance_id, activity)
) with (fillfactor = 70);

create table launch (
  id uuid primary key,
  tenant_id uuid not null,
  registration_id uuid not null references registration (id) on delete cascade,
  instance_id uuid not null,
  request_id uuid not null,
  request_hash bytea not null,
  mode smallint not null,
  -- Nothing is recorded: review, and launches that were asked for so.
  untracked boolean not null,
  -- JSON of what was decided when it was made; see launch-terms.ts.
  terms text not null,
  course_version_id uuid not null,
  package_id uuid not null,
  return_url text not null,
  locale text not null,
  user_agent text not null default '',
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  opened_at timestamptz,
  active_at timestamptz,
  ended_at timestamptz,
  end_kind smallint not null default 0,
  -- The lease's epoch when this launch last took it; 0 before.
  epoch int not null default 0,
  last_seq int not null default 0,
  unique (tenant_id, request_id)
) with (fillfactor = 70);
create index launch_of_registration on launch (registration_id, id);
create index launch_of_instance on launch (instance_id, id);
create index launch_recent on launch (tenant_id, opened_at);
create index launch_open on launch (opened_at) where ended_at is null and opened_at is not null;

create table launch_token (
  token_hash bytea primary key,
  tenant_id uuid not null,
  launch_id uuid not null references launch (id) on delete cascade,
  created_at timestamptz not null default clock_timestamp()
);
create index launch_token_of_launch on launch_token (launch_id, created_at);

-- One row is one delivered run of calls; rows are never updated.
create table journal_segment (
  launch_id uuid not null,
  first_seq int not null,
  last_seq int not null,
  tenant_id uuid not null,
  -- Orders launches that took the lease from each other: the journal is read by epoch, then by number.
  epoch int not null,
  received_at timestamptz not null,
  -- JSON as text, as it was received.
  calls text not null,
  primary key (launch_id, first_seq)
) partition by hash (launch_id);

create table handled_event (
  id uuid primary key,
  tenant_id uuid not null,
  handled_at timestamptz not null default now()
);

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
  for part in 0..7 loop
    execute format(
      'create table journal_segment_%s partition of journal_segment for values with (modulus 8, remainder %s)', part, part
    );
  end loop;
  for name in
    select c.relname from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
      and c.relname <> 'migration_ledger'
  loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy tenant on %I using (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid'
      ' or current_setting(''app.system'', true) = ''on'')', name
    );
  end loop;
end
$$;
