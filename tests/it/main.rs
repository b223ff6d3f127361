//! Everything that is tested from outside, in one binary.

mod alike;
mod architecture;
mod cartography;
mod coverage;
mod demo;
mod exports;
mod geos;
mod http;
mod import;
mod ingest;
mod judges;
mod lists;
mod neighbours;
mod ogc;
mod orientation;
mod pages;
mod partners;
mod process;
mod samples;
mod small_world;
mod snapshot;
mod store_contract;
mod support;
mod tiles;
mod tracker;
mod visits;
