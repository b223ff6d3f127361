//! The OGC API as the abstract test suites of its standards want it, asked over HTTP.
//!
//! What is tested is found as a stranger would: from the landing page by links, relations and media types. The
//! tests are named by the ids of the abstract tests, [`ids`] says which function proves which.

mod collections;
mod common;
mod core;
mod cql2;
mod crs;
mod csv;
mod encodings;
mod equal;
mod expressions;
mod features;
mod filter;
mod http;
mod ids;
mod judges;
mod metadata;
mod openapi;
mod ordering;
mod pages;
mod parameters;
mod permanent;
mod qgis;
mod query;
mod schemas;
mod site;
mod spatial;
mod temporal;
mod tiles;
mod tiles_http;
mod vanished;
