-- Which store this is: a reader that knew another file in this place must not take its changes for ours.

create table store_identity (
  only_row integer primary key check (only_row = 1),
  id text not null
);
insert into store_identity (only_row, id) values (1, lower(hex(randomblob(16))));
