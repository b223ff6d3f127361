create temp table named (code text primary key, name_mn text not null, name_en text not null);
copy named from stdin;
