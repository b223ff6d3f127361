select count(near.n) from khoroo a cross join lateral (
  select b.n from khoroo b where b.n <> a.n order by st_distance(b.plane, a.plane), b.n limit 8
) near
