//! Code lists and the resource pool.

use super::Made;
use super::reader::{Reader, before};
use crate::model::{FundingSource, Rating, ReplicationStatus, Setting, Step, Theme, Trainer};

/// The four columns that every list has; `active` unless the sheet or the store says otherwise.
macro_rules! listed {
    ($reader:ident, $Kind:ident { $($field:ident: $value:expr),* }) => {{
        let code: String = $reader.must("code");
        let before = before!($reader, $Kind(code));
        let active = $reader.may("active", before.map(|b| b.active)).unwrap_or(true);
        Some(Made::one($Kind {
            name_mn: $reader.must("name_mn"),
            name_en: $reader.must("name_en"),
            position: $reader.must("position"),
            active,
            $($field: $value,)*
            code,
        }))
    }};
}

pub fn theme(reader: &mut Reader<'_>) -> Option<Made> {
    listed!(reader, Theme {})
}

pub fn setting(reader: &mut Reader<'_>) -> Option<Made> {
    listed!(reader, Setting {})
}

pub fn rating(reader: &mut Reader<'_>) -> Option<Made> {
    listed!(reader, Rating {})
}

pub fn step(reader: &mut Reader<'_>) -> Option<Made> {
    listed!(reader, Step {})
}

pub fn funding_source(reader: &mut Reader<'_>) -> Option<Made> {
    listed!(reader, FundingSource { direct: reader.must("direct") })
}

pub fn replication_status(reader: &mut Reader<'_>) -> Option<Made> {
    listed!(reader, ReplicationStatus { counts: reader.must("counts") })
}

#[expect(clippy::unnecessary_wraps, reason = "of the kind of function that the table of kinds holds")]
pub fn trainer(reader: &mut Reader<'_>) -> Option<Made> {
    let id: String = reader.must("id");
    let before = before!(reader, Trainer(id));
    Some(Made::one(Trainer {
        org: reader.must("org"),
        tot_year: reader.may("tot_year", before.and_then(|b| b.tot_year)),
        languages: reader.may("languages", before.and_then(|b| b.languages.clone())),
        active: reader.may("active", before.map(|b| b.active)).unwrap_or(true),
        illustrative: reader.is_invented(),
        id,
    }))
}
