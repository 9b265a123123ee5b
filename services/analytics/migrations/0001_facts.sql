-- What happened (journal), what follows from it for each registration (facts), and sums of that (roll-ups). Facts and roll-ups are made of
-- the journal and of nothing else, so that they can be made again.

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

-- Events as they came, each once.
create table journal (
  tenant_id uuid not null,
  -- The registration that it is about; for other events the course, destination, dispatch …
  subject_id uuid not null,
  id uuid not null,
  type text not null,
  payload bytea not null,
  occurred_at timestamptz(3) not null,
  traceparent text not null,
  -- In which order they arrived; for whoever watches.
  position bigint generated always as identity,
  primary key (tenant_id, subject_id, id)
) partition by hash (tenant_id, subject_id);

-- Registrations with events that their facts do not know yet.
create table dirty (
  tenant_id uuid not null,
  registration_id uuid not null,
  since timestamptz(3) not null default now(),
  -- Changes with each new event, so that what arrives during a fold is not forgotten.
  turn int not null default 1,
  primary key (tenant_id, registration_id)
);
create index dirty_since on dirty (since);

-- Names and such, as the newest event tells them. Ids are not given twice, so what was deleted stays deleted.
create table entity (
  tenant_id uuid not null,
  -- course, version, destination, dispatch, member, organization
  kind text not null,
  id uuid not null,
  event_id uuid not null,
  name text not null default '',
  -- Of a version: its course.
  parent_id uuid,
  -- Of a course: the current version.
  current_id uuid,
  current_event_id uuid,
  number int not null default 0,
  size_bytes bigint not null default 0,
  tags text[] not null default '{}',
  deleted boolean not null default false,
  primary key (tenant_id, kind, id)
);

-- Learners have numbers, so that sets of them are small. A number is no figure: it stays over rebuilds.
create table learner (
  tenant_id uuid not null,
  learner_id text not null,
  number int not null,
  name text not null default '',
  name_event_id uuid,
  -- First quarter hour with activity.
  first_active_at timestamptz(3),
  last_active_at timestamptz(3),
  primary key (tenant_id, learner_id),
  unique (tenant_id, number)
);
create index learner_first on learner (tenant_id, first_active_at);
create index learner_last on learner (tenant_id, last_active_at);

-- How many learners there are; counting millions of rows takes too long for a dashboard.
create table tally (
  tenant_id uuid primary key,
  learners bigint not null
);

create table registration_fact (
  tenant_id uuid not null,
  registration_id uuid not null,
  learner_id text not null,
  learner_no int not null,
  course_id uuid not null,
  course_version_id uuid not null,
  destination_id uuid not null,
  dispatch_id uuid not null,
  source text not null,
  tags text[] not null,
  -- 1 not attempted, 2 incomplete, 3 completed, 4 passed, 5 failed
  status smallint not null,
  completion smallint not null,
  success smallint not null,
  -- Millionths.
  score bigint,
  progress double precision not null,
  wall_ms bigint not null,
  active_ms bigint not null,
  reported_ms bigint not null,
  attempt_count int not null,
  -- Attempts up to the first that passed; 0: none has.
  attempts_to_pass int not null,
  launch_count int not null,
  open boolean not null,
  created_at timestamptz(3) not null,
  first_launch_at timestamptz(3),
  first_active_at timestamptz(3),
  last_active_at timestamptz(3),
  -- Last activity, or creation: what lists are sorted by.
  touched_at timestamptz(3) not null,
  completed_at timestamptz(3),
  passed_at timestamptz(3),
  last_activity_id text not null,
  primary key (tenant_id, registration_id)
) partition by hash (tenant_id, registration_id);
create index registration_fact_course on registration_fact (tenant_id, course_id, created_at);
create index registration_fact_learner on registration_fact (tenant_id, learner_id);
create index registration_fact_destination on registration_fact (tenant_id, destination_id);
create index registration_fact_touched on registration_fact (tenant_id, touched_at, registration_id);
create index registration_fact_open on registration_fact (tenant_id) where open;
create index registration_fact_tags on registration_fact using gin (tags);

-- What a registration adds to each quarter hour in which something changed. All time zones' midnights are quarter hours of UTC.
create table fact (
  tenant_id uuid not null,
  at timestamptz(3) not null,
  registration_id uuid not null,
  course_id uuid not null,
  course_version_id uuid not null,
  destination_id uuid not null,
  dispatch_id uuid not null,
  source text not null,
  learner_no int not null,
  -- The learner did something.
  active boolean not null,
  -- Happenings.
  created bigint not null,
  launches bigint not null,
  completions bigint not null,
  passes bigint not null,
  failures bigint not null,
  wall_ms bigint not null,
  active_ms bigint not null,
  reported_ms bigint not null,
  -- Changes of how many stand where; summed from the beginning they are the standing at a moment.
  covered bigint not null,
  not_attempted bigint not null,
  incomplete bigint not null,
  completed bigint not null,
  passed bigint not null,
  failed bigint not null,
  scored bigint not null,
  score bigint not null,
  -- Complete, whatever the verdict.
  complete bigint not null,
  primary key (tenant_id, registration_id, at, course_version_id)
) partition by hash (tenant_id, registration_id);
create index fact_at on fact (tenant_id, at);
create index fact_course on fact (tenant_id, course_id, at) include (learner_no) where active;
create index fact_learner on fact (tenant_id, learner_no, at);

-- Sums of facts by quarter hour, hour, day and month of UTC. A question over any range reads few rows of each grain.
create table rollup (
  tenant_id uuid not null,
  -- 0 organization, 1 course, 2 every dimension
  level smallint not null,
  -- 0 quarter hour, 1 hour, 2 day, 3 month
  grain smallint not null,
  at timestamptz(3) not null,
  course_id uuid not null,
  course_version_id uuid not null,
  destination_id uuid not null,
  dispatch_id uuid not null,
  source text not null,
  created bigint not null,
  launches bigint not null,
  completions bigint not null,
  passes bigint not null,
  failures bigint not null,
  wall_ms bigint not null,
  active_ms bigint not null,
  reported_ms bigint not null,
  covered bigint not null,
  not_attempted bigint not null,
  incomplete bigint not null,
  completed bigint not null,
  passed bigint not null,
  failed bigint not null,
  scored bigint not null,
  score bigint not null,
  complete bigint not null,
  primary key (tenant_id, level, grain, at, course_id, course_version_id, destination_id, dispatch_id, source)
) partition by list (grain);
create index rollup_course on rollup (tenant_id, level, grain, course_id, at) where level > 0;
create index rollup_destination on rollup (tenant_id, level, grain, destination_id, at) where level = 2;

-- Who was active: numbers of learners in parts of 65,536, two bytes each, ascending, most significant byte first.
create table active_set (
  tenant_id uuid not null,
  -- The nil UUID: the whole organization.
  course_id uuid not null,
  grain smallint not null,
  at timestamptz(3) not null,
  part int not null,
  members bytea not null,
  primary key (tenant_id, course_id, grain, at, part)
) partition by list (grain);

create table activity_fact (
  tenant_id uuid not null,
  registration_id uuid not null,
  activity_id text not null,
  course_id uuid not null,
  course_version_id uuid not null,
  title text not null,
  -- When the learner came there first; the course's order of activities is the usual order of these.
  reached_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  rank int not null,
  finished boolean not null,
  stopped boolean not null,
  score bigint,
  wall_ms bigint not null,
  active_ms bigint not null,
  reported_ms bigint not null,
  primary key (tenant_id, registration_id, activity_id)
) partition by hash (tenant_id, registration_id);
create index activity_fact_course on activity_fact (tenant_id, course_id, course_version_id);

create table answer_fact (
  tenant_id uuid not null,
  registration_id uuid not null,
  activity_id text not null,
  question_id text not null,
  course_id uuid not null,
  course_version_id uuid not null,
  text text not null,
  type text not null,
  answer text not null,
  correct boolean not null,
  latency_ms bigint,
  answered_at timestamptz(3) not null,
  primary key (tenant_id, registration_id, activity_id, question_id)
) partition by hash (tenant_id, registration_id);
create index answer_fact_course on answer_fact (tenant_id, course_id, question_id);

-- What happens outside of registrations and is only counted.
create table occurrence (
  tenant_id uuid not null,
  event_id uuid not null,
  -- refusal, download, statement, delivery
  kind text not null,
  subject_id uuid,
  at timestamptz(3) not null,
  amount bigint not null,
  primary key (tenant_id, event_id)
);
create index occurrence_at on occurrence (tenant_id, kind, at) include (amount, subject_id);

create table saved_report (
  id uuid primary key,
  tenant_id uuid not null,
  name text not null,
  description text not null,
  -- ReportQuestion as protobuf.
  question bytea not null,
  view text not null,
  shared boolean not null,
  owner_id text not null,
  request_id uuid not null,
  request_hash text not null,
  version int not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  unique (tenant_id, request_id)
);
create index saved_report_name on saved_report (tenant_id, name, id);

create table rebuild (
  id uuid primary key,
  -- The nil UUID: all organizations.
  tenant_id uuid not null,
  -- RebuildState
  state smallint not null,
  compare_only boolean not null,
  event_count bigint not null default 0,
  event_total bigint not null default 0,
  difference_count bigint not null default 0,
  differences text[] not null default '{}',
  error text not null default '',
  request_id uuid not null unique,
  request_hash text not null,
  created_at timestamptz(3) not null default now(),
  heard_at timestamptz(3) not null default now(),
  ended_at timestamptz(3)
);

do $$
declare
  name text;
begin
  foreach name in array array['journal', 'registration_fact', 'fact', 'activity_fact', 'answer_fact'] loop
    for part in 0..7 loop
      execute format(
        'create table %I partition of %I for values with (modulus 8, remainder %s)', name || '_' || part, name, part
      );
    end loop;
  end loop;
  foreach name in array array['rollup', 'active_set'] loop
    for part in 0..3 loop
      execute format('create table %I partition of %I for values in (%s)', name || '_' || part, name, part);
    end loop;
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
-- Those who watch go on from the newest.
create index journal_position on journal (tenant_id, position);
-- The last hour's launches by the minute.
create index journal_launches on journal (tenant_id, occurred_at) where type = 'coursemesh.runtime.v1.LaunchOpened';
