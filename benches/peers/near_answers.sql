select near.distance_m
from khoroo a cross join lateral (
  select st_distance(a.plane, b.plane) as distance_m from khoroo b where b.n <> a.n order by 1, b.n limit 8
) near
order by a.n, near.distance_m;
