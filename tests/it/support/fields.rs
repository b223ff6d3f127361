//! Who may see the fields of collections.

use hlp_tracker::features::Kind;
use hlp_tracker::model::audience::is_public;
use hlp_tracker::snapshot::Snapshot;

/// True if the table of audiences has the field; `identifications_2022` is the figure of one cycle.
pub fn is_shown_to_everybody(snapshot: &Snapshot, kind: Kind, field: &str) -> bool {
    let subject = match kind {
        Kind::Districts => "district",
        Kind::Khoroos | Kind::KhorooVersions => "khoroo",
        Kind::Lineage => "lineage",
        Kind::Practices => "practice",
        Kind::Replications => "replication",
        Kind::Indicators => "indicator",
    };
    let of_cycle = field.rsplit_once('_').filter(|(_, cycle)| snapshot.cycle(cycle).is_some());
    is_public(&format!("{subject}.{}", of_cycle.map_or(field, |(word, _)| word)))
}
