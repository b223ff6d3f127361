//! Invented data in a store that is about to get real boundaries.

use crate::model::Loaded;
use crate::text::counted;

/// What of the store is invented, in words; `None` if nothing is.
pub fn describe(loaded: &Loaded) -> Option<String> {
    let records = &loaded.records;
    let khoroos = loaded.datasets.values().flat_map(|dataset| &dataset.khoroos);
    let counts = [
        (loaded.vintages.iter().filter(|row| row.illustrative).count(), ["vintage", "vintages"]),
        (khoroos.filter(|row| row.illustrative).count(), ["khoroo", "khoroos"]),
        (loaded.districts.iter().filter(|row| row.illustrative).count(), ["district", "districts"]),
        (
            loaded.context_lines.iter().filter(|row| row.illustrative).count(),
            ["context line", "context lines"],
        ),
        (records.cycles.iter().filter(|row| row.illustrative).count(), ["cycle", "cycles"]),
        (records.practices.iter().filter(|row| row.illustrative).count(), ["practice", "practices"]),
        (
            records.identifications.iter().filter(|row| row.illustrative).count(),
            ["identification", "identifications"],
        ),
        (records.replications.iter().filter(|row| row.illustrative).count(), ["replication", "replications"]),
    ];
    let found: Vec<String> =
        counts.iter().filter(|(n, _)| *n > 0).map(|(n, [one, many])| counted(*n, one, many)).collect();
    (!found.is_empty()).then(|| found.join(", "))
}

/// The store as it is once its invented rows are deleted.
pub fn without_invented(loaded: &Loaded) -> Loaded {
    let mut kept = loaded.clone();
    kept.districts.retain(|row| !row.illustrative);
    kept.vintages.retain(|row| !row.illustrative);
    for dataset in kept.datasets.values_mut() {
        dataset.khoroos.retain(|row| !row.illustrative);
        dataset.district_versions.retain(|row| !row.illustrative);
    }
    let vintages = &kept.vintages;
    kept.datasets.retain(|id, _| vintages.iter().any(|vintage| vintage.id == *id));
    kept.lineage.retain(|row| !row.illustrative);
    kept.context_lines.retain(|row| !row.illustrative);
    let records = &mut kept.records;
    records.cycles.retain(|row| !row.illustrative);
    records.practices.retain(|row| !row.illustrative);
    records.identifications.retain(|row| !row.illustrative);
    records.replications.retain(|row| !row.illustrative);
    kept
}
