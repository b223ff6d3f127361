create temp table drawn (id int generated always as identity, shape geometry);
copy drawn (shape) from stdin;
