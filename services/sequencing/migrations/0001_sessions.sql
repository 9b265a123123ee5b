-- Sequencing sessions with their trace, global objectives and shared data.
-- State is JSON as text: jsonb would refuse the NUL and lone surrogates that courses write.

create table session (
  instance_id uuid primary key,
  tenant_id uuid not null,
  registration_id uuid not null,
  learner_id text not null,
  course_id uuid not null,
  course_version_id uuid not null,
  -- The launch that holds the session, and the highest of its calls that was answered.
  launch_id uuid not null,
  last_seq int not null,
  -- Steps taken.
  revision int not null,
  status smallint not null,
  -- For selection and randomization; a step's numbers follow from it and the step's revision.
  seed bigint not null,
  state text not null,
  state_hash bytea not null,
  -- The activity that is delivered, as the core gave it, and the shared data as it was given; null when none is.
  delivery text,
  shared text,
  -- Clock of the last step, in milliseconds since 1970.
  stepped_at bigint not null
) with (fillfactor = 70);
create index session_of_learner on session (tenant_id, learner_id);

-- One row is one step; rows are never updated.
create table step (
  id uuid not null,
  tenant_id uuid not null,
  instance_id uuid not null,
  revision int not null,
  launch_id uuid not null,
  seq int not null,
  kind smallint not null,
  course_version_id uuid not null,
  stepped_at bigint not null,
  -- What was asked: requests to the core, in their order.
  request text not null,
  request_hash text not null,
  -- Global objectives that others had changed since the step before; null when nobody had.
  taken_in text,
  accepted boolean not null,
  exception text not null,
  status smallint not null,
  activity_before text not null,
  activity_after text not null,
  state_hash bytea not null,
  -- What became of the state: every 32nd step has all of it, the others what differs from the step before.
  snapshot text,
  difference text,
  -- What was opened by this step, and with which shared data; null when nothing was.
  delivery text,
  shared text,
  -- The core's trace: JSON, deflated.
  trace bytea not null,
  duration_us int not null,
  primary key (instance_id, revision),
  unique (instance_id, launch_id, seq)
) partition by hash (instance_id);
create index step_id on step (id);

create table global_objective (
  id uuid primary key,
  tenant_id uuid not null,
  learner_id text not null,
  -- The instance that keeps its objectives to itself; the nil UUID for the whole organization.
  scope uuid not null,
  objective_id text not null,
  progress text not null,
  -- Step that wrote it last, and of which instance; null after a correction by hand.
  step_id uuid,
  instance_id uuid,
  version int not null default 1,
  updated_at timestamptz(3) not null,
  unique (tenant_id, learner_id, scope, objective_id)
) with (fillfactor = 80);

-- Corrections of global objectives by hand; rows are never updated.
create table correction (
  id uuid primary key,
  tenant_id uuid not null,
  learner_id text not null,
  global_objective_id uuid not null,
  before text not null,
  after text not null,
  note text not null,
  corrected_by text not null,
  corrected_at timestamptz(3) not null
);
create index correction_of_objective on correction (global_objective_id, id);

create table shared_data (
  id uuid primary key,
  tenant_id uuid not null,
  learner_id text not null,
  -- As in global_objective.
  scope uuid not null,
  target_id text not null,
  -- A JSON string.
  value text not null,
  updated_at timestamptz(3) not null,
  unique (tenant_id, learner_id, scope, target_id)
) with (fillfactor = 80);

-- Stores that content saved before its activity ended, by the call that asked for it.
create table shared_data_save (
  instance_id uuid not null,
  launch_id uuid not null,
  seq int not null,
  tenant_id uuid not null,
  request_hash text not null,
  primary key (instance_id, launch_id, seq)
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
    execute format('create table step_%s partition of step for values with (modulus 8, remainder %s)', part, part);
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
