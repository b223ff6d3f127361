//! `make bench`: one file for each area, one binary.

mod geometry;
mod ingest;
mod neighbours;
mod pages;
mod partners;
mod search;
mod support;
mod tiles;
mod tracker;
mod visits;

fn main() {
    divan::main();
}
