-- SCORM 2004: what sequencing said, beside the journal; and ways through a course that leave no trace.
-- What an instance remembers as a whole stands in activity_state under the empty name, which no activity has.

-- One row is one answer; rows are never updated.
create table sequencing_answer (
  launch_id uuid not null,
  -- The call of the launch's journal that was answered.
  seq int not null,
  tenant_id uuid not null,
  answered_at timestamptz not null,
  -- JSON as text; see sequencing-answer.ts in packages/scorm.
  answer text not null,
  primary key (launch_id, seq)
);

-- Launches that record nothing: their state while they go on, and no journal.
create table untracked_play (
  launch_id uuid primary key references launch (id) on delete cascade,
  tenant_id uuid not null,
  -- Under this id, as instance and as learner, sequencing knows it; nobody else has it.
  instance_id uuid not null,
  -- JSON as text, the newest answer included.
  state text not null,
  last_seq int not null,
  version int not null default 0,
  updated_at timestamptz not null
);
create index untracked_play_age on untracked_play (updated_at);

-- Sessions that sequencing is still to be told to forget.
create table session_to_forget (
  instance_id uuid primary key,
  tenant_id uuid not null,
  -- To be forgotten as well, where the learner was made up for the session; empty otherwise.
  learner_id text not null,
  created_at timestamptz not null default now()
);

do $$
declare
  name text;
begin
  foreach name in array array['sequencing_answer', 'untracked_play', 'session_to_forget'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy tenant on %I using (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid'
      ' or current_setting(''app.system'', true) = ''on'')', name
    );
  end loop;
end
$$;
