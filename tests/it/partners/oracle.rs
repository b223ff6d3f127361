//! The method written down once more, plainly: loops over all records, no index, no early end.

use hlp_tracker::model::audience::Audience;
use hlp_tracker::model::{
    KhorooId, Lineage, LineageKind, Maturity, Mode, NeedStatus, OfferStatus, PracticeStatus, Replicability,
    VisitStatus,
};
use hlp_tracker::partners::{Asked, Roster, Settings, TravelTimes, rank_all};
use hlp_tracker::snapshot::{PLANE, Snapshot};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::{DAYS, city, questions};

/// Six roundings of half a millionth.
const NEAR: f64 = 4e-6;

/// Practice and score, for the office, in no order.
#[expect(clippy::too_many_lines, reason = "it reads from top to bottom as the method does")]
fn scores(snapshot: &Snapshot, asked: &Asked, theme: Option<&str>) -> Vec<(usize, f64)> {
    let records = &snapshot.records;
    let view = &snapshot.vintages[asked.vintage];
    let carrier = snapshot.carrier();
    let here = |id: &KhorooId| carrier.carry(id, asked.vintage);
    let id_of = |idx: usize| -> KhorooId {
        format!("{}:{}", view.vintage.id, view.geography.khoroos[idx].code).parse().expect("a khoroo")
    };
    let day = asked.as_of;
    let urgency = |theme: &str| -> Option<f64> {
        let open = records.needs.iter().filter(|need| {
            need.status == NeedStatus::Open
                && need.theme == theme
                && need.since <= day
                && here(&need.khoroo) == Some(asked.khoroo)
        });
        open.map(|need| f64::from(need.urgency.unwrap_or(2))).reduce(f64::max)
    };
    let has_needs = records.themes.iter().any(|theme| urgency(&theme.code).is_some());
    let mut scores = Vec::new();
    for (at, practice) in records.practices.iter().enumerate() {
        let Some(home) = snapshot.home(practice, asked.vintage) else { continue };
        let host = home.khoroo;
        let open: Vec<_> = records
            .offers
            .iter()
            .filter(|offer| offer.practice == practice.id && offer.status == OfferStatus::Open)
            .collect();
        let need = match (theme, urgency(&practice.theme)) {
            (Some(theme), known) if theme == practice.theme => known.unwrap_or(2.0),
            (Some(_), _) => continue,
            (None, Some(known)) => known,
            (None, None) if has_needs => continue,
            (None, None) => 2.0,
        };
        let identified_on = records
            .practice_status_changes
            .iter()
            .filter(|row| row.practice == practice.id)
            .filter(|row| matches!(row.status, PracticeStatus::Identified | PracticeStatus::Shared))
            .map(|row| row.changed_on)
            .min();
        if !snapshot.standings.is_identified(practice)
            || identified_on.is_some_and(|on| day < on)
            || practice.status == PracticeStatus::Archived
            || open.is_empty()
            || host == asked.khoroo
            || are_siblings(&snapshot.lineage, &id_of(host), &id_of(asked.khoroo))
        {
            continue;
        }
        let copies = records.replications.iter().filter(|copy| copy.practice == practice.id);
        let stays = |code: &str| {
            records.replication_statuses.iter().any(|s| s.code == code && (s.counts || s.active))
        };
        if copies.clone().any(|copy| {
            here(&copy.khoroo) == Some(asked.khoroo) && copy.decided_on <= day && stays(&copy.status)
        }) {
            continue;
        }
        let showed = |visit: &str| {
            records.visit_practices.iter().any(|row| row.visit == visit && row.practice == practice.id)
        };
        let came = |visit: &str| {
            let mut rows = records.visit_visitors.iter();
            rows.any(|row| row.visit == visit && here(&row.khoroo) == Some(asked.khoroo))
        };
        let since = day.checked_sub(24.months()).expect("a day");
        if records.visits.iter().any(|visit| {
            (visit.status == VisitStatus::Accepted
                || (visit.status == VisitStatus::Held && visit.held_on <= day))
                && since < visit.held_on
                && showed(&visit.id)
                && came(&visit.id)
        }) {
            continue;
        }
        // The host's own: all its practices with open offers.
        let hosted = |offer: &&hlp_tracker::model::Offer| {
            offer.status == OfferStatus::Open
                && snapshot
                    .practice(&offer.practice)
                    .filter(|practice| snapshot.standings.is_identified(practice))
                    .and_then(|practice| snapshot.home(practice, asked.vintage))
                    .is_some_and(|home| home.khoroo == host)
        };
        let capacity: i64 =
            records.offers.iter().filter(hosted).map(|offer| offer.capacity_per_quarter).sum();
        let quarter = |day: Date| (day.year(), (day.month() - 1) / 3);
        let used = records.visits.iter().filter(|visit| {
            matches!(visit.status, VisitStatus::Held | VisitStatus::Accepted)
                && here(&visit.host) == Some(host)
                && quarter(visit.held_on) == quarter(day)
        });
        let used = used.count() as i64;
        if used >= capacity {
            continue;
        }
        let place = |idx: usize| {
            let unit = &view.geography.khoroos[idx];
            let office = records
                .khoroo_facts
                .iter()
                .filter(|fact| fact.khoroo == id_of(idx) && fact.office.is_some())
                .max_by_key(|fact| fact.year)
                .and_then(|fact| fact.office);
            let at = office.or(unit.label).expect("the demo has lines");
            PLANE.from_degrees(at.lon(), at.lat())
        };
        let loaded = records
            .travel_times
            .iter()
            .find(|way| way.from == id_of(asked.khoroo) && way.to == id_of(host))
            .map(|way| way.minutes as f64);
        let minutes = loaded.unwrap_or_else(|| {
            let (a, b) = (place(asked.khoroo), place(host));
            let straight_km = (a.0 - b.0).hypot(a.1 - b.1) / 1000.0;
            let winter = if [11, 12, 1, 2, 3].contains(&day.month()) { 1.25 } else { 1.0 };
            (straight_km * 1.4 / 25.0 * 60.0 * winter * 10.0).round() / 10.0
        });
        let on_site = open.iter().any(|offer| offer.mode != Some(Mode::Virtual));
        let online = open.iter().any(|offer| offer.mode != Some(Mode::FaceToFace));
        if !online && (!on_site || minutes > 120.0) {
            continue;
        }

        let rated = |copy: &str| {
            let mut reviews: Vec<_> = records.reviews.iter().collect();
            reviews.retain(|review| review.replication == copy && review.reviewed_on <= day);
            let reviews = reviews.into_iter();
            let last = reviews.max_by_key(|review| (review.reviewed_on, &review.id))?;
            let own = records.ratings.iter().find(|rating| rating.code == last.rating)?;
            let better = records.ratings.iter().filter(|other| other.position < own.position).count() as f64;
            Some(1.0 - better / (records.ratings.len() - 1) as f64)
        };
        let all: Vec<f64> = records.replications.iter().filter_map(|copy| rated(&copy.id)).collect();
        let mean_of_all = if all.is_empty() { 0.5 } else { all.iter().sum::<f64>() / all.len() as f64 };
        let given: Vec<f64> = copies.filter_map(|copy| rated(&copy.id)).collect();
        let ratings = (given.iter().sum::<f64>() + 3.0 * mean_of_all) / (given.len() as f64 + 3.0);
        let mut stages = records.identification_stages.iter();
        let awarded = stages.any(|row| row.practice == practice.id && row.awarded && row.reached_on <= day);
        let maturity = match practice.details.maturity {
            Some(Maturity::Promising) => 1.0 / 3.0,
            Some(Maturity::Demonstrated) => 2.0 / 3.0,
            Some(Maturity::Replicated) => 1.0,
            None => 0.5,
        };
        let quality = 0.6 * ratings + if awarded { 0.2 } else { 0.0 } + 0.2 * maturity;

        let setting = |idx: usize| {
            let facts = records.khoroo_facts.iter();
            let own = facts.filter(|fact| fact.khoroo == id_of(idx) && fact.setting.is_some());
            own.max_by_key(|fact| fact.year).and_then(|fact| fact.setting.clone())
        };
        let same = match (setting(asked.khoroo), setting(host)) {
            (Some(a), Some(b)) if a == b => 1.0,
            (Some(_), Some(_)) => 0.0,
            _ => 0.5,
        };
        let residents = |idx: usize| view.geography.khoroos[idx].population.map(|n| n as f64);
        let size = match (residents(asked.khoroo), residents(host)) {
            (Some(a), Some(b)) => (-(a / b).ln().abs()).exp(),
            _ => 0.5,
        };
        let cost = match (practice.details.cost_setup, practice.details.cost_year) {
            (Some(setup), Some(year)) => 1.0 / (1.0 + (setup + year) as f64 / 5e6),
            _ => 0.5,
        };
        let easy = match practice.details.replicability {
            Some(Replicability::Easy) => 1.0,
            Some(Replicability::Hard) => 0.0,
            _ => 0.5,
        };
        let score = 0.35 * need / 3.0
            + 0.20 * (-minutes / 30.0).exp()
            + 0.15 * quality
            + 0.12 * f64::midpoint(same, size)
            + 0.10 * f64::midpoint(cost, easy)
            + 0.08 * (capacity - used) as f64 / capacity as f64;
        scores.push((at, score));
    }
    scores
}

fn are_siblings(lineage: &[Lineage], a: &KhorooId, b: &KhorooId) -> bool {
    let parents = |of: &KhorooId| -> Vec<KhorooId> {
        let pairs = lineage.iter().filter(|pair| &pair.to == of && pair.kind != LineageKind::BoundaryChange);
        pairs.map(|pair| pair.from.clone()).collect()
    };
    parents(a).iter().any(|parent| parents(b).contains(parent))
}

#[test]
fn scores_and_filters_are_those_of_the_written_method() {
    let snapshot = city();
    let settings = Settings::default();
    let roster = Roster::of(snapshot, &settings, &TravelTimes::default());
    let mut n_scores = 0;
    // Between decisions on entries, and between reviews.
    let days = [DAYS[0], DAYS[1], DAYS[2], date(2022, 6, 30), date(2023, 5, 15)];
    for (nth, mut asked) in questions(snapshot, Audience::Internal).into_iter().step_by(59).enumerate() {
        asked.as_of = days[nth % days.len()];
        let theme = asked.theme.map(|theme| snapshot.records.themes[theme as usize].code.as_str());
        let expected = scores(snapshot, &asked, theme);
        let (mut found, _) = rank_all(snapshot, &roster, &settings, &asked);
        found.sort_by_key(|one| one.practice);
        let ids = found.iter().map(|one| one.practice).collect::<Vec<_>>();
        assert_eq!(ids, expected.iter().map(|(at, _)| *at).collect::<Vec<_>>(), "{asked:?}");
        for (one, (_, score)) in found.iter().zip(&expected) {
            let ours = one.score as f64 / 1e6;
            assert!((ours - score).abs() < NEAR, "{asked:?}: {one:#?}, {score}");
        }
        n_scores += expected.len();
    }
    assert!(n_scores > 500, "{n_scores}");
}
