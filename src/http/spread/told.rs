//! A study in JSON.
//!
//! Owns: names of its fields; digits that are told. Each figure is defined in `/api/v1/definitions` under `spread_`
//! and its name.

use serde::Serialize;
use utoipa::ToSchema;

use super::near_words;
use crate::snapshot::Snapshot;
use crate::spread::city::{LEVEL, NoCopies, Question, Study};
use crate::spread::distance::{Band, Share};
use crate::spread::many::found_from;
use crate::spread::moran::{MoranError, Quadrant};
use crate::spread::weights::Weights;
use crate::spread::words;

/// Whether practices gather, and how far they travel.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpreadOut {
    #[schema(example = "2022")]
    vintage: String,
    #[schema(example = "2022")]
    cycle: String,
    #[schema(example = "replications")]
    measure: &'static str,
    theme: Option<String>,
    /// `count` or `per10000`.
    rate: &'static str,
    seed: u64,
    /// Rounds of chance that were made; null where nothing was tested.
    permutations: Option<u32>,
    weights: WeightsOut,
    moran: Option<MoranOut>,
    /// Why there is no `moran`: `not_counted` (the figure is unknown, not 0), `all_alike`, `no_neighbours`, `too_few`.
    moran_missing: Option<&'static str>,
    local: LocalOut,
    /// Of borders, each counted once; null with `weights=knn`, where nearness is not mutual.
    join_counts: Option<JoinsOut>,
    /// Null where residents of a khoroo are unknown.
    rates: Option<RatesOut>,
    khoroos: Vec<KhorooOut>,
    distance: Option<DistanceOut>,
    /// Why there is no `distance`: `not_counted` (how many copies there are is unknown), `no_copies`, `no_places` (of
    /// a khoroo no place is known).
    distance_missing: Option<&'static str>,
    sentences: Vec<SentenceOut>,
    illustrative: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WeightsOut {
    /// `queen`, `rook` or `knn`.
    kind: &'static str,
    k: Option<usize>,
    khoroos: usize,
    /// From a khoroo to one near it; of borders each is told from both sides.
    links: usize,
    mean_neighbours: f64,
    /// Codes of khoroos near which nobody is; they are not tested.
    without_neighbours: Vec<String>,
}

/// Weights are row-standardised: each khoroo's neighbours count as one.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoranOut {
    i: f64,
    expected: f64,
    /// Standard score under random order.
    z: f64,
    /// Of random orders, those at least so far out on either side: twice the rarer side.
    p: f64,
    /// Of one side, `p_sim` of `PySAL` and `GeoDa`: at 0.05 it is met by chance in one case of ten, or more.
    p_folded: f64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LocalOut {
    tested: usize,
    /// With p ≤ level.
    significant: usize,
    /// With q ≤ level.
    significant_corrected: usize,
    /// The fewest khoroos that so many rounds can find after correction.
    found_from: usize,
    level: f64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct JoinsOut {
    /// Who has: `at_least_one`, or `above_city_rate` with `rate=per10000`.
    has: &'static str,
    both: f64,
    neither: f64,
    one: f64,
    both_expected: f64,
    /// Of random orders, those with so many or more.
    both_p: f64,
    one_p: f64,
}

/// Per 10,000 residents.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatesOut {
    city: f64,
    /// The lowest and highest of the khoroos' `shrunk_rate`.
    shrunk_low: f64,
    shrunk_high: f64,
    /// How unlike the khoroos' rates are: sum of (events − expected)² / expected, expected by residents.
    chi_square: f64,
    /// Of rounds in which each event is any resident's, those with rates at least so unlike; of `replications_hosted`
    /// all copies of a practice are drawn together.
    p: f64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct KhorooOut {
    #[schema(example = "bzd-26")]
    code: String,
    value: u32,
    population: Option<i64>,
    /// Per 10,000 residents.
    rate: Option<f64>,
    /// Drawn to the city's rate the more, the fewer residents there are (empirical Bayes).
    shrunk_rate: Option<f64>,
    local_i: Option<f64>,
    /// The khoroo's value and its neighbours', against the mean: `high_high`, `low_low`, `high_low`, `low_high`.
    #[schema(value_type = Option<String>)]
    quadrant: Option<Quadrant>,
    /// Of either side, as that of `moran`; null where nobody is near.
    p: Option<f64>,
    /// As that of `moran`.
    p_folded: Option<f64>,
    /// Corrected for many tests (Benjamini and Hochberg).
    q: Option<f64>,
    /// Whether q ≤ level.
    significant: bool,
}

/// Copies by distance between the offices of host and copier; where an office is unknown, a point inside.
#[derive(Debug, Serialize, ToSchema)]
pub struct DistanceOut {
    copies: usize,
    bands: Vec<BandOut>,
    across_districts: Option<ShareOut>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BandOut {
    from_km: f64,
    /// Null for the last.
    to_km: Option<f64>,
    #[serde(flatten)]
    share: ShareOut,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ShareOut {
    n: u32,
    /// Of all copies.
    share: f64,
    /// If each copier were any other khoroo.
    expected: f64,
    /// In nineteen of twenty seeded rounds the share lay within.
    expected_low: f64,
    expected_high: f64,
}

/// A finding in plain words, with how sure it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct SentenceOut {
    /// `moran`, `local`, `join_counts`, `rates`, `distance` or `across_districts`.
    of: &'static str,
    mn: String,
    en: String,
}

/// Six digits behind the point.
fn short(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// A figure that was not counted: nothing is known of it.
pub fn not_counted(snapshot: &Snapshot, question: &Question, weights: &Weights) -> SpreadOut {
    let says = words::not_counted();
    SpreadOut {
        moran_missing: Some("not_counted"),
        distance_missing: Some("not_counted"),
        sentences: vec![SentenceOut { of: says.of, mn: says.mn, en: says.en }],
        ..bare(snapshot, question, weights)
    }
}

/// The question alone.
fn bare(snapshot: &Snapshot, question: &Question, weights: &Weights) -> SpreadOut {
    let view = &snapshot.vintages[question.vintage];
    let (kind, k) = near_words(question.near);
    let links: usize = (0..weights.n_units()).map(|unit| weights.near(unit).len()).sum();
    let code = |idx: usize| view.geography.khoroos[idx].code.clone();
    SpreadOut {
        vintage: view.vintage.id.to_string(),
        cycle: question.cycle.to_string(),
        measure: question.measure.word(),
        theme: question.theme.clone(),
        rate: if question.is_rate { "per10000" } else { "count" },
        seed: question.seed,
        permutations: None,
        weights: WeightsOut {
            kind,
            k,
            khoroos: weights.n_units(),
            links,
            mean_neighbours: short(links as f64 / weights.n_units().max(1) as f64),
            without_neighbours: weights.islands().map(code).collect(),
        },
        moran: None,
        moran_missing: None,
        local: LocalOut { tested: 0, significant: 0, significant_corrected: 0, found_from: 0, level: LEVEL },
        join_counts: None,
        rates: None,
        khoroos: Vec::new(),
        distance: None,
        distance_missing: None,
        sentences: Vec::new(),
        illustrative: snapshot.illustrative,
    }
}

pub fn out(snapshot: &Snapshot, question: &Question, study: &Study) -> SpreadOut {
    let view = &snapshot.vintages[question.vintage];
    let code = |idx: usize| view.geography.khoroos[idx].code.clone();
    let tested = study.local.iter().filter(|(local, _)| local.p.is_some()).count();
    let below = |value: Option<f64>| value.is_some_and(|value| value <= LEVEL);
    SpreadOut {
        permutations: Some(study.permutations),
        moran: study.global.as_ref().ok().map(|found| MoranOut {
            i: short(found.i),
            expected: short(found.expected),
            z: short(found.z),
            p: short(found.p),
            p_folded: short(found.p_folded),
        }),
        moran_missing: study.global.as_ref().err().map(|why| match why {
            MoranError::AllAlike => "all_alike",
            MoranError::NoNeighbours => "no_neighbours",
            MoranError::TooFew(_) | MoranError::Length { .. } | MoranError::NotFinite(_) => "too_few",
        }),
        local: LocalOut {
            tested,
            significant: study.local.iter().filter(|(local, _)| below(local.p)).count(),
            significant_corrected: study.local.iter().filter(|(_, q)| below(*q)).count(),
            found_from: found_from(tested, study.permutations, LEVEL),
            level: LEVEL,
        },
        join_counts: study.joins.map(|found| JoinsOut {
            has: if question.is_rate { "above_city_rate" } else { "at_least_one" },
            both: found.both,
            neither: found.neither,
            one: found.one,
            both_expected: short(found.both_expected),
            both_p: short(found.both_p),
            one_p: short(found.one_p),
        }),
        rates: study.rates.as_ref().map(|rates| RatesOut {
            city: short(rates.city),
            shrunk_low: short(rates.shrunk.iter().copied().fold(f64::INFINITY, f64::min)),
            shrunk_high: short(rates.shrunk.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
            chi_square: short(rates.unlike.chi_square),
            p: short(rates.unlike.p),
        }),
        khoroos: (0..study.values.len()).map(|idx| khoroo(study, idx, code(idx))).collect(),
        distance: study.copies.as_ref().ok().map(|copies| DistanceOut {
            copies: copies.n,
            bands: copies.bands.iter().map(band).collect(),
            across_districts: copies.across.as_ref().map(share),
        }),
        distance_missing: study.copies.as_ref().err().map(|why| match why {
            NoCopies::NotCounted => "not_counted",
            NoCopies::NoneMade => "no_copies",
            NoCopies::NoPlaces => "no_places",
        }),
        sentences: words::sentences(study, question)
            .into_iter()
            .map(|words::Sentence { of, mn, en }| SentenceOut { of, mn, en })
            .collect(),
        ..bare(snapshot, question, &study.weights)
    }
}

fn khoroo(study: &Study, idx: usize, code: String) -> KhorooOut {
    let local = study.local.get(idx);
    let rates = study.rates.as_ref();
    let q = local.and_then(|(_, q)| *q);
    KhorooOut {
        code,
        value: study.values[idx],
        population: study.residents[idx],
        rate: rates.map(|rates| short(rates.own[idx])),
        shrunk_rate: rates.map(|rates| short(rates.shrunk[idx])),
        local_i: local.map(|(local, _)| short(local.i)),
        quadrant: local.filter(|(local, _)| local.p.is_some()).map(|(local, _)| local.quadrant),
        p: local.and_then(|(local, _)| local.p).map(short),
        p_folded: local.and_then(|(local, _)| local.p_folded).map(short),
        q: q.map(short),
        significant: q.is_some_and(|q| q <= LEVEL),
    }
}

fn band(band: &Band) -> BandOut {
    BandOut { from_km: band.from_km, to_km: band.to_km, share: share(&band.share) }
}

fn share(share: &Share) -> ShareOut {
    ShareOut {
        n: share.n,
        share: short(share.share),
        expected: short(share.expected),
        expected_low: short(share.expected_low),
        expected_high: short(share.expected_high),
    }
}
