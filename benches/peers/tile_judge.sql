-- Faults of the areas in table `drawn` within the tile's square, 4096 units wide.

create temp table area as
select id, st_intersection(case when st_isvalid(shape) then shape else st_makevalid(shape) end,
                           st_makeenvelope(0, 0, 4096, 4096)) as shape
from drawn;
create index on area using gist (shape);
analyze area;

create temp table part as
select (st_dump(st_union(shape))).geom as shape from area;

select
  (select count(*) from drawn where not st_isvalid(shape)),
  (select count(*) from area a join area b
   on a.id < b.id and a.shape && b.shape and st_relate(a.shape, b.shape, '2********')),
  round((((select sum(st_area(shape)) from area) - (select sum(st_area(shape)) from part)) / 4096 ^ 2 * 100)::numeric, 4),
  (select sum(st_numinteriorrings(shape)) from part),
  round(((1 - (select sum(st_area(shape)) from part) / 4096 ^ 2) * 100)::numeric, 4);
