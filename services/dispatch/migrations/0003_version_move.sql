-- Moves of registrations in progress to another version of their course.

create table version_move (
  id uuid primary key,
  tenant_id uuid not null,
  course_id uuid not null,
  -- Message `VersionMovePlan` and `VersionMoveImpact`, binary.
  plan bytea not null,
  impact bytea not null,
  share_percent int not null,
  -- VersionMoveState.
  state smallint not null,
  -- Everybody is being put back.
  reverting boolean not null default false,
  created_by text not null,
  request_id uuid not null,
  request_hash text not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  -- When it was done with everybody, or reverted.
  ended_at timestamptz(3),
  unique (tenant_id, request_id)
);
create index version_move_newest on version_move (tenant_id, id);
create unique index version_move_open on version_move (tenant_id, course_id) where ended_at is null;

-- One session that was moved.
create table version_move_item (
  version_move_id uuid not null references version_move (id) on delete cascade,
  external_session_id uuid not null references external_session (id) on delete cascade,
  tenant_id uuid not null,
  from_instance_id uuid not null,
  from_course_version_id uuid not null,
  -- Null: the runtime has the registration no more.
  to_instance_id uuid,
  progress_kept boolean not null default false,
  moved_at timestamptz(3) not null,
  reverted_at timestamptz(3),
  primary key (version_move_id, external_session_id)
);

do $$
declare
  name text;
begin
  foreach name in array array['version_move', 'version_move_item'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy tenant on %I using (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid'
      ' or current_setting(''app.system'', true) = ''on'')', name
    );
  end loop;
end
$$;
