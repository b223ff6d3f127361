//! HLP Tracker: boundaries and records of Ulaanbaatar's Horizontal Learning Process in, tiles,
//! styles and figures out.
//!
//! # The way of the data
//!
//! ```text
//! files ──ingest──▶ store ──load──▶ snapshot ──▶ tiles · cartography · tracker · pages ──▶ http ──▶ viewer, QGIS, curl
//! ```
//!
//! The store is the record; the snapshot answers. A request reads exactly one immutable snapshot and never
//! the database, so a page cannot mix two revisions and reads go on while the database is away.
//!
//! # Rooms
//!
//! | room | owns |
//! |---|---|
//! | [`model`] | the vocabulary: codes, grid, places, records, changes, rules between rows, audiences |
//! | [`geometry`] | projections, coverages with shared arcs, cleaning, simplification, cutting tiles |
//! | `parallel` | work on all processors, with results that do not depend on their number |
//! | `text` | encodings and separators of text files that spreadsheets save |
//! | [`pmtiles`] | the `PMTiles` container: archives of vector tiles, read and written |
//! | [`gpkg`] | the GeoPackage container: tables, geometry blobs, reading foreign files |
//! | [`ingest`] | foreign boundary files to one change set, with a report of repairs and refusals |
//! | [`import`] | workbooks and text files of records to one change set, every fault with its place |
//! | [`mod@orientation`] | files beside the store: context tiles and features, tables of landmarks |
//! | [`store`] | one contract, two homes: a GeoPackage file and a PostGIS schema |
//! | [`demo`] | an invented city from a seed |
//! | [`snapshot`] | the immutable world: units, lines, adjacency, counts, where records stand |
//! | [`neighbours`] | who touches a khoroo, who is near it and how far, by the real distance of borders |
//! | [`partners`] | practices that a khoroo could learn, ranked, with their reasons |
//! | [`tiles`] | vector tiles and `TileJSON` of a snapshot |
//! | [`cartography`] | classes, palettes, legends, values, map styles |
//! | [`features`] | collections of features: which there are, their fields, their rows |
//! | [`exports`] | whole collections as files, one writer a format |
//! | [`tracker`] | figures of the six steps, their records and their written definitions |
//! | [`spread`] | whether practices gather and how far they travel: spatial statistics |
//! | [`visits`] | plans of learning visits: who goes to whom, and on which way |
//! | [`pages`] | the HTML that the server writes: city, districts, khoroos, practices, tracker, about |
//! | [`http`] | addresses, errors, caching, limits, the embedded viewer |
//! | [`twin`] | the public map and its pages as files for any web server |
//! | [`config`] · [`app`] | settings · the only wiring |
//!
//! `tests/it/architecture.rs` holds who may use whom. Model, geometry, demo, snapshot, tiles, cartography,
//! tracker and pages touch no file, clock, network or chance: equal input gives equal bytes.
//!
//! # Someone asks for a tile
//!
//! 1. `http::server` accepts the connection within its limits; `http::guard` and `http::proxy` decide whether
//!    the request is let in and by which address it came.
//! 2. `http::tiles` parses the path, takes the present [`snapshot::Snapshot`] once, and makes a cache key of the
//!    tileset's content, the tile and the coding.
//! 3. `http::cache` answers from memory, or has the body made once, off the async threads.
//! 4. [`tiles::encode`] asks `geometry::cut` for the tile's arrangement: the lines near the tile at its zoom,
//!    snap-rounded together with the tile's edges, and walked into polygons that share every border.
//! 5. `http::answer` adds the `ETag`, or says 304.
//!
//! # Someone ingests boundaries
//!
//! 1. `app::ingest` reads what the store has; [`ingest::plan`] reads the files, finds columns, CRS and codes,
//!    and mends rings, noting every repair.
//! 2. `geometry::coverage::clean` makes all rings one planar partition on the grid; what is larger than
//!    `--max-fix` is refused with a list unless an option says how.
//! 3. The plan is one [`model::ChangeSet`]: khoroos, dissolved districts, lineage to the vintages beside it.
//! 4. [`store::Store::apply`] writes it in one transaction with its audit; triggers note each changed row.
//! 5. A running server is woken, loads the changed vintages, builds a snapshot and swaps it in. So it does
//!    after an edit made in QGIS or psql.
//!
//! # Someone imports records
//!
//! 1. [`import::plan`] weighs and reads the files into sheets of cells, recognises sheets and headers, and
//!    says what each cell means; khoroos are found in the vintage of the record's day.
//! 2. Records become rows that keep what the sheet does not speak of; the rules between rows are asked of the
//!    store as it would be. One fault refuses everything, and all of them are listed with row and column.
//! 3. What differs from the store is one [`model::ChangeSet`], and goes on as an ingest's does.
//!
//! # Someone asks for a plan of visits
//!
//! 1. `http::visit_plans` reads a link, a body of bounded size or a page's form into one [`visits::month::Order`], refusing what
//!    makes no sense by field and value.
//! 2. It waits for its turn with other slow answers; [`partners::Visitor`] scores every practice for every visitor.
//! 3. [`visits::month::plan`] makes one network of it, `visits::plan::flow` finds the flow of least cost, and what
//!    flows is told as visits, what does not with the reason: as JSON, as a workbook, or as a page.

pub mod app;
pub mod cartography;
pub mod config;
pub mod demo;
mod draws;
pub mod exports;
pub mod features;
pub mod geometry;
pub mod gpkg;
pub mod http;
pub mod import;
pub mod ingest;
pub mod model;
pub mod neighbours;
pub mod orientation;
pub mod pages;
mod parallel;
pub mod partners;
pub mod pmtiles;
pub mod snapshot;
pub mod spread;
pub mod store;
mod text;
pub mod tiles;
pub mod tracker;
pub mod twin;
pub mod visits;
