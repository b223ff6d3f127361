//! Collections as files: what is in them, how they are asked for, and what other programs make of them.

mod files;
mod readers;
mod served;

use std::sync::{Arc, LazyLock};

use hlp_tracker::exports::{Export, Format, Options};
use hlp_tracker::features::Collection;
use hlp_tracker::snapshot::Snapshot;

use crate::support::demo;

/// The demo of 204 khoroos.
pub fn city() -> &'static Arc<Snapshot> {
    static CITY: LazyLock<Arc<Snapshot>> = LazyLock::new(|| Arc::new(demo::snapshot(204)));
    &CITY
}

/// A file of a collection.
pub fn written(snapshot: &Arc<Snapshot>, id: &str, format: Format, options: Options) -> Vec<u8> {
    let collection = Collection::find(snapshot, id).unwrap_or_else(|| panic!("no collection `{id}`"));
    let mut bytes = Vec::new();
    let export = Export { collection: &collection, snapshot, licence: None, options };
    export.write(format, &mut bytes).expect("memory takes all");
    bytes
}
