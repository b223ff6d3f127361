select sum(st_length(st_collectionextract(st_intersection(a.shape, b.shape), 2)::geography))
from khoroo a join khoroo b on a.n <> b.n and st_touches(a.shape, b.shape)
