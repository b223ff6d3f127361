//! Boundary files in, changes out: every kind of file, every kind of fault.

mod bad_input;
mod fixture;
mod formats;
mod lineage;
mod real;
mod repairs;
mod store_side;
mod support;
