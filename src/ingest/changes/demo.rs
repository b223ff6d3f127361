//! Invented data in a store that is about to get real boundaries.

use crate::model::Loaded;

/// What of the store is invented, in words; `None` if nothing is.
pub fn describe(loaded: &Loaded) -> Option<String> {
    let records = &loaded.records;
    let khoroos = loaded.datasets.values().flat_map(|dataset| &dataset.khoroos);
    let counts = [
        (loaded.vintages.iter().filter(|row| row.illustrative).count(), "vintages"),
        (khoroos.filter(|row| row.illustrative).count(), "khoroos"),
        (loaded.districts.iter().filter(|row| row.illustrative).count(), "districts"),
        (loaded.context_lines.iter().filter(|row| row.illustrative).count(), "context lines"),
        (records.cycles.iter().filter(|row| row.illustrative).count(), "cycles"),
        (records.practices.iter().filter(|row| row.illustrative).count(), "practices"),
        (records.identifications.iter().filter(|row| row.illustrative).count(), "identifications"),
        (records.replications.iter().filter(|row| row.illustrative).count(), "replications"),
    ];
    let found: Vec<String> =
        counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
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
