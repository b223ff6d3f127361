-- Every change of a row, by whatever program, is noted in `change`.
--
-- Plain SQL only: these triggers also run inside QGIS and GDAL, which have none of our functions.
-- The key is the text that the service writes; a row whose key changed is noted under both.

create trigger district_inserted after insert on district begin
  insert into change (table_name, key) values ('district', new.code);
end;
create trigger district_updated after update on district begin
  insert into change (table_name, key) values ('district', new.code);
  insert into change (table_name, key) select 'district', old.code where old.code <> new.code;
end;
create trigger district_deleted after delete on district begin
  insert into change (table_name, key) values ('district', old.code);
end;

create trigger vintage_inserted after insert on vintage begin
  insert into change (table_name, key) values ('vintage', new.id);
end;
create trigger vintage_updated after update on vintage begin
  insert into change (table_name, key) values ('vintage', new.id);
  insert into change (table_name, key) select 'vintage', old.id where old.id <> new.id;
end;
create trigger vintage_deleted after delete on vintage begin
  insert into change (table_name, key) values ('vintage', old.id);
end;

create trigger khoroo_inserted after insert on khoroo begin
  insert into change (table_name, key) values ('khoroo', new.vintage || ':' || new.code);
end;
create trigger khoroo_updated after update on khoroo begin
  insert into change (table_name, key) values ('khoroo', new.vintage || ':' || new.code);
  insert into change (table_name, key) select 'khoroo', old.vintage || ':' || old.code where old.vintage || ':' || old.code <> new.vintage || ':' || new.code;
end;
create trigger khoroo_deleted after delete on khoroo begin
  insert into change (table_name, key) values ('khoroo', old.vintage || ':' || old.code);
end;

create trigger district_version_inserted after insert on district_version begin
  insert into change (table_name, key) values ('district_version', new.vintage || ':' || new.district);
end;
create trigger district_version_updated after update on district_version begin
  insert into change (table_name, key) values ('district_version', new.vintage || ':' || new.district);
  insert into change (table_name, key) select 'district_version', old.vintage || ':' || old.district where old.vintage || ':' || old.district <> new.vintage || ':' || new.district;
end;
create trigger district_version_deleted after delete on district_version begin
  insert into change (table_name, key) values ('district_version', old.vintage || ':' || old.district);
end;

create trigger lineage_inserted after insert on lineage begin
  insert into change (table_name, key) values ('lineage', new.from_vintage || ':' || new.from_code || '/' || new.to_vintage || ':' || new.to_code);
end;
create trigger lineage_updated after update on lineage begin
  insert into change (table_name, key) values ('lineage', new.from_vintage || ':' || new.from_code || '/' || new.to_vintage || ':' || new.to_code);
  insert into change (table_name, key) select 'lineage', old.from_vintage || ':' || old.from_code || '/' || old.to_vintage || ':' || old.to_code where old.from_vintage || ':' || old.from_code || '/' || old.to_vintage || ':' || old.to_code <> new.from_vintage || ':' || new.from_code || '/' || new.to_vintage || ':' || new.to_code;
end;
create trigger lineage_deleted after delete on lineage begin
  insert into change (table_name, key) values ('lineage', old.from_vintage || ':' || old.from_code || '/' || old.to_vintage || ':' || old.to_code);
end;

create trigger context_line_inserted after insert on context_line begin
  insert into change (table_name, key) values ('context_line', new.id);
end;
create trigger context_line_updated after update on context_line begin
  insert into change (table_name, key) values ('context_line', new.id);
  insert into change (table_name, key) select 'context_line', old.id where old.id <> new.id;
end;
create trigger context_line_deleted after delete on context_line begin
  insert into change (table_name, key) values ('context_line', old.id);
end;

create trigger cycle_inserted after insert on cycle begin
  insert into change (table_name, key) values ('cycle', new.id);
end;
create trigger cycle_updated after update on cycle begin
  insert into change (table_name, key) values ('cycle', new.id);
  insert into change (table_name, key) select 'cycle', old.id where old.id <> new.id;
end;
create trigger cycle_deleted after delete on cycle begin
  insert into change (table_name, key) values ('cycle', old.id);
end;

create trigger theme_inserted after insert on theme begin
  insert into change (table_name, key) values ('theme', new.code);
end;
create trigger theme_updated after update on theme begin
  insert into change (table_name, key) values ('theme', new.code);
  insert into change (table_name, key) select 'theme', old.code where old.code <> new.code;
end;
create trigger theme_deleted after delete on theme begin
  insert into change (table_name, key) values ('theme', old.code);
end;

create trigger replication_status_inserted after insert on replication_status begin
  insert into change (table_name, key) values ('replication_status', new.code);
end;
create trigger replication_status_updated after update on replication_status begin
  insert into change (table_name, key) values ('replication_status', new.code);
  insert into change (table_name, key) select 'replication_status', old.code where old.code <> new.code;
end;
create trigger replication_status_deleted after delete on replication_status begin
  insert into change (table_name, key) values ('replication_status', old.code);
end;

create trigger practice_inserted after insert on practice begin
  insert into change (table_name, key) values ('practice', new.id);
end;
create trigger practice_updated after update on practice begin
  insert into change (table_name, key) values ('practice', new.id);
  insert into change (table_name, key) select 'practice', old.id where old.id <> new.id;
end;
create trigger practice_deleted after delete on practice begin
  insert into change (table_name, key) values ('practice', old.id);
end;

create trigger identification_inserted after insert on identification begin
  insert into change (table_name, key) values ('identification', new.practice || '/' || new.cycle);
end;
create trigger identification_updated after update on identification begin
  insert into change (table_name, key) values ('identification', new.practice || '/' || new.cycle);
  insert into change (table_name, key) select 'identification', old.practice || '/' || old.cycle where old.practice || '/' || old.cycle <> new.practice || '/' || new.cycle;
end;
create trigger identification_deleted after delete on identification begin
  insert into change (table_name, key) values ('identification', old.practice || '/' || old.cycle);
end;

create trigger replication_inserted after insert on replication begin
  insert into change (table_name, key) values ('replication', new.id);
end;
create trigger replication_updated after update on replication begin
  insert into change (table_name, key) values ('replication', new.id);
  insert into change (table_name, key) select 'replication', old.id where old.id <> new.id;
end;
create trigger replication_deleted after delete on replication begin
  insert into change (table_name, key) values ('replication', old.id);
end;

create trigger district_alias_inserted after insert on district_alias begin
  insert into change (table_name, key) values ('district', new.district);
end;
create trigger district_alias_updated after update on district_alias begin
  insert into change (table_name, key) values ('district', new.district);
  insert into change (table_name, key) select 'district', old.district where old.district <> new.district;
end;
create trigger district_alias_deleted after delete on district_alias begin
  insert into change (table_name, key) values ('district', old.district);
end;
