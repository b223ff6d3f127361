//! Khoroos as visitors and hosts: where they are, what they need, whom they come from, ways that are known.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Resident;
use super::sources::Sound as _;
use crate::model::{KhorooId, LineageKind, NeedStatus};
use crate::partners::travel::WaySource;
use crate::snapshot::{Carrier, PLANE, Snapshot, VintageView, sound_facts};

/// Of one vintage, in its order.
///
/// - `themes`: numbers by code.
pub fn residents(
    snapshot: &Snapshot,
    carrier: &Carrier<'_>,
    themes: &HashMap<&str, u32>,
    vintage: usize,
    view: &VintageView,
) -> Vec<Resident> {
    let plane = |at: crate::model::GridPoint| {
        let (x, y) = PLANE.from_degrees(at.lon(), at.lat());
        [x, y]
    };
    let units = view.geography.khoroos.iter().enumerate();
    let mut khoroos: Vec<Resident> = units
        .map(|(idx, unit)| Resident {
            place: view.offices.metres(idx).or_else(|| unit.label.map(plane)),
            population: unit.population,
            ..Resident::default()
        })
        .collect();
    let idx_of = |id: &KhorooId| {
        (id.vintage == view.vintage.id).then(|| view.geography.khoroo_idx(&id.code)).flatten()
    };
    let mut newest: HashMap<usize, i16> = HashMap::new();
    for fact in sound_facts(&snapshot.records, &snapshot.verdict) {
        if let (Some(idx), Some(setting)) = (idx_of(&fact.khoroo), &fact.setting)
            && newest.get(&idx).is_none_or(|year| *year < fact.year)
        {
            newest.insert(idx, fact.year);
            khoroos[idx].setting = Some(setting.clone());
        }
    }
    for need in snapshot.records.needs.iter().filter(|need| need.status == NeedStatus::Open) {
        if let (true, Some(khoroo), Some(&theme)) =
            (need.is_sound(snapshot), carrier.carry(&need.khoroo, vintage), themes.get(need.theme.as_str()))
        {
            khoroos[khoroo].needs.push((theme, need.urgency, need.since));
        }
    }
    for way in snapshot.records.travel_times.iter().filter(|way| way.is_sound(snapshot)) {
        if let (Some(from), Some(to)) = (idx_of(&way.from), idx_of(&way.to)) {
            khoroos[from].ways.insert(to as u32, (way.minutes as f64, WaySource::Store));
        }
    }
    for (a, b) in siblings(snapshot, view) {
        khoroos[a as usize].siblings.push(b);
    }
    khoroos
}

/// Pairs of khoroos of a vintage that were cut from one earlier khoroo, both ways round. Ground that changed
/// sides between two that both went on makes no siblings.
fn siblings(snapshot: &Snapshot, view: &VintageView) -> BTreeSet<(u32, u32)> {
    let mut parents: HashMap<&KhorooId, Vec<&KhorooId>> = HashMap::new();
    for pair in snapshot.lineage.iter().filter(|pair| pair.kind != LineageKind::BoundaryChange) {
        parents.entry(&pair.to).or_default().push(&pair.from);
    }
    let mut of_ancestor: BTreeMap<&KhorooId, Vec<u32>> = BTreeMap::new();
    let own: Vec<KhorooId> = view
        .geography
        .khoroos
        .iter()
        .map(|unit| KhorooId {
            vintage: view.vintage.id.clone(),
            code: crate::model::KhorooCode { district: unit.district.clone(), number: unit.number },
        })
        .collect();
    for (id, idx) in own.iter().zip(0..) {
        let mut ancestors: BTreeSet<&KhorooId> = BTreeSet::new();
        let mut ahead: Vec<&KhorooId> = parents.get(id).into_iter().flatten().copied().collect();
        while let Some(ancestor) = ahead.pop() {
            if ancestors.insert(ancestor) {
                ahead.extend(parents.get(ancestor).into_iter().flatten());
            }
        }
        for ancestor in ancestors {
            of_ancestor.entry(ancestor).or_default().push(idx);
        }
    }
    let pairs = of_ancestor.values().flat_map(|family| {
        family.iter().flat_map(move |&a| family.iter().filter(move |&&b| a != b).map(move |&b| (a, b)))
    });
    pairs.collect()
}
