-- The steps of the process, one row each: their names and order are the office's to change, because the
-- method still changes. The service knows the figures of some codes; any other step is shown without.

create table step (
  fid integer primary key autoincrement not null,
  code text not null,
  name_mn text not null,
  name_en text not null,
  position integer not null,
  active boolean not null default 1,
  unique (code),
  constraint step_code_not_blank check (trim(code) <> '')
);
create trigger step_inserted after insert on step begin
  insert into change (table_name, key) values ('step', new.code);
end;
create trigger step_updated after update on step begin
  insert into change (table_name, key) values ('step', new.code);
  insert into change (table_name, key) select 'step', old.code where old.code <> new.code;
end;
create trigger step_deleted after delete on step begin
  insert into change (table_name, key) values ('step', old.code);
end;

insert into step (code, name_mn, name_en, position) values
  ('identify', 'Сайн туршлага тодорхойлох', 'Identifying good practices', 1),
  ('share', 'Сүлжээний семинар', 'Network workshop', 2),
  ('learn', 'Туршлага судлах айлчлал', 'Peer learning visits', 3),
  ('prioritise', 'Нутагшуулах туршлагыг эрэмбэлэх', 'Prioritising for replication', 4),
  ('replicate', 'Сайн туршлагыг нутагшуулах', 'Replication', 5),
  ('review', 'Ижил түвшний үнэлгээ', 'Peer review', 6);
