-- The steps of the process, one row each: their names and order are the office's to change, because the
-- method still changes. The service knows the figures of some codes; any other step is shown without.

create table hlp.step (
  code text collate "C" not null,
  name_mn text not null,
  name_en text not null,
  position integer not null,
  active boolean not null default true,
  constraint step_code_unique primary key (code),
  constraint step_code_not_blank check (btrim(code) <> '')
);
comment on table hlp.step is 'Steps of the process, as the cards show them';
comment on column hlp.step.code is 'Name of the row in tables';
comment on column hlp.step.name_mn is 'Name in Mongolian';
comment on column hlp.step.name_en is 'Name in English';
comment on column hlp.step.position is 'Order of the cards';
comment on column hlp.step.active is 'False when no longer shown';
create trigger before_change before insert or update or delete or truncate on hlp.step
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.step referencing new table as new_rows
  for each statement execute function hlp.after_change('step', 'r.code');
create trigger after_update after update on hlp.step referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('step', 'r.code');
create trigger after_delete after delete on hlp.step referencing old table as old_rows
  for each statement execute function hlp.after_change('step', 'r.code');
create trigger after_truncate after truncate on hlp.step
  for each statement execute function hlp.after_change('step', 'r.code');

insert into hlp.step (code, name_mn, name_en, position) values
  ('identify', 'Сайн туршлага тодорхойлох', 'Identifying good practices', 1),
  ('share', 'Сүлжээний семинар', 'Network workshop', 2),
  ('learn', 'Туршлага судлах айлчлал', 'Peer learning visits', 3),
  ('prioritise', 'Нутагшуулах туршлагыг эрэмбэлэх', 'Prioritising for replication', 4),
  ('replicate', 'Сайн туршлагыг нутагшуулах', 'Replication', 5),
  ('review', 'Ижил түвшний үнэлгээ', 'Peer review', 6);

do $$
begin
  if exists (select from pg_roles where rolname = 'hlp_read') then
    grant select on hlp.step to hlp_read;
  end if;
  if exists (select from pg_roles where rolname = 'hlp_write') then
    grant select, insert, update, delete on hlp.step to hlp_write;
  end if;
end
$$;
