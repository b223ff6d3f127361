//! Collections as files: what is in them, how they are asked for, and what other programs make of them.

mod files;
mod foreign;
mod pyramid;
mod readers;
mod served;
mod site;
mod styles;

use std::sync::{Arc, LazyLock};

use hlp_tracker::exports::{Asked, Format, GeometryColumns, Options, Wanted};
use hlp_tracker::snapshot::Snapshot;

use crate::support::demo;

/// The demo of 204 khoroos.
pub fn city() -> &'static Arc<Snapshot> {
    static CITY: LazyLock<Arc<Snapshot>> = LazyLock::new(|| Arc::new(demo::snapshot(204)));
    &CITY
}

/// A file of a collection.
pub fn written(snapshot: &Arc<Snapshot>, id: &str, format: Format, options: Options) -> Vec<u8> {
    let crs = options.crs.epsg().to_string();
    let columns = GeometryColumns::WORDS.into_iter().find(|(_, columns)| *columns == options.geometry);
    let is_csv = format == Format::Csv;
    let asked = Asked {
        collection: id,
        format: format.extension(),
        crs: Some(&crs),
        geometry: columns.map(|(word, _)| word).filter(|_| is_csv),
        bom: is_csv.then_some(options.bom),
        lang: options.lang,
    };
    let wanted = Wanted::read(snapshot, &asked).unwrap_or_else(|refusal| panic!("{id}: {refusal}"));
    let mut bytes = Vec::new();
    wanted.write(snapshot, None, &mut bytes).expect("memory takes all");
    bytes
}
