alter table khoroos add code text, add name_mn text, add name_en text;
update khoroos set code = named.code, name_mn = named.name_mn, name_en = named.name_en
from named where named.code = khoroos.district || '-' || khoroos.number;
alter table khoroos alter code set not null;
-- The copies of before the update would make reading slower than it is.
vacuum (full, analyze) khoroos;
