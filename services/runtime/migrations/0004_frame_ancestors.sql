-- Launches that pages of other origins frame: who may, as sources of CSP.

alter table launch add column frame_ancestors text[] not null default '{}';
