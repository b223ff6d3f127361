//! The statistics of a figure in the city: from a question to numbers by khoroo.
//!
//! [`weights`] says who is near whom on a vintage's ground, [`flows`] who copied from whom, [`study`] puts both to
//! the statistics of this room. A figure that was not counted has no statistics; it is not 0 everywhere.
//!
//! Owns: which values are tested (counts as they are, rates in standard scores that allow for few residents), and
//! how much work one question may be.
//! Design: everything is made of figures that everybody may see, so both listeners tell the same.

use std::collections::BTreeMap;

use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::distance::{self, Band, Flow, Share};
use super::join_counts::{JoinCounts, join_counts};
use super::many::false_discovery_rates;
use super::moran::{self, Global, Local, MoranError};
use super::rates::{self, Unlike};
use super::weights::Weights;
use super::{PERMUTATIONS, PERMUTATIONS_MIN};
use crate::geometry::distance::{Place, between_2};
use crate::neighbours::{self, Contiguity};
use crate::snapshot::{
    CycleChoice, Level, Measure, PLANE, Snapshot, VintageView, copies as copies_of, counting_statuses,
};

/// Findings at most so likely by chance are told as such, after correction for many.
pub const LEVEL: f64 = 0.05;
/// Links times rounds, and copies times khoroos. Too low: a city has no test. Too high: one question takes long.
const WORK_MAX: usize = 60_000_000;

/// Who is near whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Near {
    Border(Contiguity),
    /// So many nearest offices.
    Nearest(usize),
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// Position of the vintage.
    pub vintage: usize,
    pub measure: Measure,
    pub cycle: CycleChoice,
    pub theme: Option<String>,
    /// Rates of residents instead of counts.
    pub is_rate: bool,
    pub near: Near,
    /// `None` for [`PERMUTATIONS`], or fewer where there is no time for so many.
    pub permutations: Option<u32>,
    pub seed: u64,
}

/// What was found; vectors are in the order of the khoroos.
#[derive(Debug, Clone)]
pub struct Study {
    pub weights: Weights,
    pub values: Vec<u32>,
    pub residents: Vec<Option<i64>>,
    pub global: Result<Global, MoranError>,
    /// With the rate of false discoveries among findings as sure as this one; empty where there is no `global`.
    pub local: Vec<(Local, Option<f64>)>,
    /// Of khoroos that have at least one, or of rates above the city's.
    pub joins: Option<JoinCounts>,
    /// Per 10,000 residents; `None` where residents of a khoroo are unknown.
    pub rates: Option<Rates>,
    pub copies: Result<Copies, NoCopies>,
    /// Rounds that were made.
    pub permutations: u32,
}

/// Per 10,000 residents.
#[derive(Debug, Clone)]
pub struct Rates {
    pub city: f64,
    pub own: Vec<f64>,
    /// Drawn to the city's the more, the fewer residents there are.
    pub shrunk: Vec<f64>,
    /// Of `own`.
    pub unlike: Unlike,
}

/// Copies and how far they went.
#[derive(Debug, Clone)]
pub struct Copies {
    pub n: usize,
    pub bands: Vec<Band>,
    pub across: Option<Share>,
}

/// Why nothing can be said of how far copies went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCopies {
    /// In this cycle; that is not 0.
    NotCounted,
    NoneMade,
    /// A khoroo has neither an office nor a point inside.
    NoPlaces,
}

/// Why there is no study.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StudyError {
    #[error("the vintage has no lines of its khoroos")]
    NoLines,
    #[error("the figure was not counted")]
    NotCounted,
    #[error("residents of khoroo `{0}` are unknown or none")]
    Residents(String),
    #[error("so many rounds over so many khoroos and copies take too long; at most {most} can be asked for")]
    TooMuch { most: usize },
}

/// Who is near whom on a vintage's ground, each weight 1.
pub fn weights(view: &VintageView, near: Near) -> Result<Weights, StudyError> {
    let geography = &view.geography;
    let n_khoroos = geography.khoroos.len();
    let lists = match near {
        Near::Border(_) if geography.coverage.is_none() => return Err(StudyError::NoLines),
        Near::Border(contiguity) => (0..n_khoroos)
            .map(|khoroo| {
                let near = neighbours::by_border(geography, khoroo, contiguity);
                near.into_iter().map(|neighbour| (neighbour.khoroo as u32, 1.0)).collect()
            })
            .collect(),
        Near::Nearest(k) => nearest(view, k)?
            .into_iter()
            .map(|list| list.into_iter().map(|(to, _)| (to, 1.0)).collect())
            .collect(),
    };
    Ok(Weights::new(lists).expect("neighbours are khoroos of the vintage, and nobody is its own"))
}

/// The same with metres between places instead of 1, as GWT files have it; between borders 1.
pub fn weights_in_metres(view: &VintageView, near: Near) -> Result<Weights, StudyError> {
    match near {
        Near::Border(_) => weights(view, near),
        Near::Nearest(k) => {
            Ok(Weights::new(nearest(view, k)?).expect("neighbours are khoroos of the vintage"))
        }
    }
}

/// By khoroo the `k` nearest, with metres; of equally far ones those first in the city's order.
fn nearest(view: &VintageView, k: usize) -> Result<Vec<Vec<(u32, f64)>>, StudyError> {
    let places = places(view);
    let placed = |(at, idx): (&Option<Place>, u32)| Some(GeomWithData::new((*at)?, idx));
    let tree = RTree::bulk_load(places.iter().zip(0..).filter_map(placed).collect());
    if tree.size() < 2 {
        return Err(StudyError::NoLines);
    }
    let of = |(at, own): (&Option<Place>, u32)| {
        let Some(at) = at else { return Vec::new() };
        let mut found: Vec<(f64, u32)> = Vec::with_capacity(k + 1);
        for (other, gap_2) in tree.nearest_neighbor_iter_with_distance_2(*at) {
            if found.len() >= k && found.last().is_none_or(|&(last_2, _)| gap_2 > last_2) {
                break;
            }
            if other.data != own {
                let rank = found.partition_point(|&before| before < (gap_2, other.data));
                found.insert(rank, (gap_2, other.data));
                found.truncate(k);
            }
        }
        found.into_iter().map(|(gap_2, to)| (to, gap_2.sqrt())).collect()
    };
    Ok(places.iter().zip(0..).map(of).collect())
}

/// By khoroo the office, else a point inside, in the plane of distances.
fn places(view: &VintageView) -> Vec<Option<Place>> {
    let inside = |at: crate::model::GridPoint| {
        let (x, y) = PLANE.from_degrees(at.lon(), at.lat());
        [x, y]
    };
    let khoroos = view.geography.khoroos.iter().enumerate();
    khoroos.map(|(idx, unit)| view.offices.metres(idx).or_else(|| unit.label.map(inside))).collect()
}

/// Metres between the places of two khoroos; `None` where one is unknown.
pub fn metres(view: &VintageView) -> impl Fn(usize, usize) -> Option<f64> {
    let places = places(view);
    move |from, to| places[from].zip(places[to]).map(|(from, to)| between_2(from, to).sqrt())
}

/// Copies that count, host to copier, on a vintage's ground, in the order of their ids.
pub fn flows(snapshot: &Snapshot, vintage: usize, cycle: &CycleChoice, theme: Option<&str>) -> Vec<Flow> {
    let carrier = snapshot.carrier();
    let records = &snapshot.records;
    let view = &snapshot.vintages[vintage];
    let flow = |mark: &crate::snapshot::CopyMark| {
        let (copy, practice) = (&records.replications[mark.replication], &records.practices[mark.practice]);
        let is_asked = match cycle {
            CycleChoice::All => true,
            CycleChoice::One(cycle) => *cycle == copy.cycle,
        };
        if !is_asked || theme.is_some_and(|theme| theme != practice.theme) {
            return None;
        }
        let host = snapshot.home(practice, vintage)?.khoroo;
        Some(Flow { host, copier: carrier.carry(&copy.khoroo, vintage)? })
    };
    view.marks.copies.iter().filter_map(flow).collect()
}

/// The statistics of a question.
pub fn study(snapshot: &Snapshot, question: &Question) -> Result<Study, StudyError> {
    let Question { measure, cycle, seed, .. } = question;
    let view = &snapshot.vintages[question.vintage];
    let theme = question.theme.as_deref();
    let values = view.counts.column(*measure, Level::Khoroo, cycle, theme).ok_or(StudyError::NotCounted)?;
    let weights = weights(view, question.near)?;
    let n_links: usize = (0..weights.n_units()).map(|unit| weights.near(unit).len()).sum();
    let flows = flows(snapshot, question.vintage, cycle, theme);
    let n_events = values.iter().map(|value| *value as usize).sum::<usize>();
    let work_of_round = (n_links + values.len()).max(flows.len()).max(n_events);
    let rounds = rounds(question.permutations, work_of_round, flows.len().saturating_mul(values.len()))?;
    let residents: Vec<Option<i64>> = (0..values.len())
        .map(|idx| view.residents.of(Level::Khoroo, idx, cycle).map(|count| count.population))
        .collect();
    let events: Vec<f64> = values.iter().map(|&value| f64::from(value)).collect();
    let known: Option<Vec<f64>> = residents.iter().map(|known| known.map(|n| n as f64)).collect();
    // Copies of one practice are made for one reason: chance has them come together.
    let together = match measure {
        Measure::ReplicationsHosted => copied_together(snapshot, question),
        Measure::Replications | Measure::Identifications => vec![1; n_events],
    };
    let rates = known.as_deref().and_then(|residents| rates_of(&values, residents, &together, rounds, *seed));
    let tested = if question.is_rate {
        let unknown = residents.iter().position(|known| known.is_none_or(|n| n <= 0));
        let name = |idx: usize| StudyError::Residents(view.geography.khoroos[idx].code.clone());
        unknown.map_or(Ok(()), |idx| Err(name(idx)))?;
        rates::standardised(&events, known.as_deref().unwrap_or_default())
            .map_err(|_| StudyError::NotCounted)?
    } else {
        events.clone()
    };
    let has: Vec<bool> = match &rates {
        Some(rates) if question.is_rate => rates.own.iter().map(|own| *own > rates.city).collect(),
        _ => values.iter().map(|value| *value > 0).collect(),
    };
    let standardised = weights.row_standardised();
    let global = moran::global(&tested, &standardised, rounds, *seed);
    let local = moran::local(&tested, &standardised, rounds, *seed).unwrap_or_default();
    let q = false_discovery_rates(&local.iter().map(|local| local.p).collect::<Vec<_>>());
    // A count of pairs is one of either side.
    let is_mutual = matches!(question.near, Near::Border(_));
    let joins = (is_mutual && n_links > 0).then(|| join_counts(&has, &weights, rounds, *seed));
    Ok(Study {
        global,
        local: local.into_iter().zip(q).collect(),
        joins,
        rates,
        copies: copies(view, question, &flows, rounds),
        permutations: rounds,
        weights,
        values,
        residents,
    })
}

fn rates_of(values: &[u32], residents: &[f64], together: &[u32], rounds: u32, seed: u64) -> Option<Rates> {
    const PER: f64 = 1e4;
    let events: Vec<f64> = values.iter().map(|&value| f64::from(value)).collect();
    let shrunk = rates::empirical_bayes(&events, residents).ok()?;
    Some(Rates {
        city: events.iter().sum::<f64>() / residents.iter().sum::<f64>() * PER,
        own: events.iter().zip(residents).map(|(events, residents)| events / residents * PER).collect(),
        shrunk: shrunk.into_iter().map(|rate| rate * PER).collect(),
        unlike: rates::unlike(values, residents, together, rounds, seed).ok()?,
    })
}

/// By practice the copies that [`Measure::ReplicationsHosted`] counts, in the order of ids.
fn copied_together(snapshot: &Snapshot, question: &Question) -> Vec<u32> {
    let records = &snapshot.records;
    let counts = &snapshot.vintages[question.vintage].counts;
    let counting = counting_statuses(records);
    let mut together: BTreeMap<&str, u32> = BTreeMap::new();
    for copy in copies_of(records, &snapshot.verdict).filter(|copy| counting.contains(copy.status.as_str())) {
        let cycle = CycleChoice::One(copy.cycle.clone());
        let is_asked = question.cycle == CycleChoice::All || question.cycle == cycle;
        let practice = snapshot.practice(&copy.practice).filter(|practice| {
            question.theme.as_ref().is_none_or(|theme| *theme == practice.theme)
                && snapshot.home(practice, question.vintage).is_some()
        });
        if is_asked && practice.is_some() && counts.is_reported(question.measure, &cycle) {
            *together.entry(&copy.practice).or_default() += 1;
        }
    }
    together.into_values().collect()
}

/// Rounds to be made. Errors: more were asked for than there is time for, beside what is done once.
fn rounds(asked: Option<u32>, work_of_round: usize, work_once: usize) -> Result<u32, StudyError> {
    let most = WORK_MAX.saturating_sub(work_once) / work_of_round.max(1);
    let fit = u32::try_from(most).unwrap_or(u32::MAX);
    let rounds = asked.unwrap_or_else(|| fit.clamp(PERMUTATIONS_MIN, PERMUTATIONS));
    if rounds > fit { Err(StudyError::TooMuch { most }) } else { Ok(rounds) }
}

fn copies(view: &VintageView, question: &Question, flows: &[Flow], rounds: u32) -> Result<Copies, NoCopies> {
    let Question { cycle, seed, .. } = question;
    if !view.counts.is_reported(Measure::Replications, cycle) {
        return Err(NoCopies::NotCounted);
    }
    if flows.is_empty() {
        return Err(NoCopies::NoneMade);
    }
    let places: Option<Vec<Place>> = places(view).into_iter().collect();
    let places = places.ok_or(NoCopies::NoPlaces)?;
    let group_of: Vec<usize> = view.geography.district_of.iter().map(|&district| district as usize).collect();
    let metres = |from: usize, to: usize| between_2(places[from], places[to]).sqrt();
    Ok(Copies {
        n: flows.len(),
        bands: distance::bands(flows, places.len(), metres, rounds, *seed),
        across: distance::across(flows, &group_of, rounds, *seed),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_are_made_up_to_what_there_is_time_for() {
        let check = |asked, n_copies: usize, expected| {
            assert_eq!(rounds(asked, n_copies, n_copies * 204), expected, "{asked:?} {n_copies}");
        };
        check(Some(9_999), 0, Ok(9_999));
        check(Some(9_999), 5_880, Ok(9_999));
        check(Some(9_999), 5_881, Err(StudyError::TooMuch { most: 9_998 }));
        check(Some(9_999), 300_000, Err(StudyError::TooMuch { most: 0 }));
        check(None, 5_880, Ok(9_999));
        check(None, 5_881, Ok(9_998));
        check(None, 198_019, Ok(99));
        check(None, 198_020, Err(StudyError::TooMuch { most: 98 }));
    }
}
