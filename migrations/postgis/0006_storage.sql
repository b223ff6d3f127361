-- Geometry is stored as it is, in tables and in the audit: trying to compress it took longer than all
-- the rest of a large write, and saved a fifth of the audit and nothing of the tables. Rows that are
-- there already stay as they are until they change.

alter table hlp.khoroo alter column shape set storage external;
alter table hlp.district_version alter column shape set storage external;
alter table hlp.context_line alter column line set storage external;
alter table hlp.audit_row alter column before set storage external;
