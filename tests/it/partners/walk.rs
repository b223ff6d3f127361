//! How far the walk goes: outward from the visitor until no host ahead can enter, and no further.

use std::collections::{BTreeMap, BTreeSet};

use hlp_tracker::model::audience::Audience;
use hlp_tracker::model::{PracticeDetails, PracticeStatus};
use hlp_tracker::partners::{
    Asked, PartKind, Roster, Settings, Suggestion, TravelTimes, WaySource, rank_all, suggest,
};
use hlp_tracker::snapshot::Snapshot;

use super::{asked, build, city, loaded, open_offer, questions};

/// Of the public, in millionths: a need of unknown urgency, and the most that setting and free visits can add.
const NEED: i64 = 233_333;
const REST: i64 = 120_000 + 40_000;

fn proximity(minutes: f64) -> i64 {
    (0.20 * (-minutes / 30.0).exp() * 1e6).round() as i64
}

fn points(suggestion: &Suggestion, kind: PartKind) -> i64 {
    suggestion.parts.iter().find(|part| part.kind == kind).expect("six parts").points
}

/// The practices of one vintage: by host, and what each brings whoever asks, where it can be shown at all.
struct Ground {
    hosts: BTreeMap<usize, Vec<usize>>,
    brings: BTreeMap<usize, i64>,
}

impl Ground {
    fn of(snapshot: &Snapshot, roster: &Roster, settings: &Settings, vintage: usize) -> Self {
        let (mut hosts, mut brings) = (BTreeMap::<usize, BTreeSet<usize>>::new(), BTreeMap::new());
        for khoroo in 0..snapshot.vintages[vintage].geography.khoroos.len() {
            let question = asked(vintage, khoroo, None, Audience::Public);
            let (ranked, passed) = rank_all(snapshot, roster, settings, &question);
            for one in &ranked {
                let own = points(one, PartKind::Quality) + points(one, PartKind::Ease);
                brings.insert(one.practice, own);
            }
            let all = ranked.iter().map(|one| (one.host, one.practice));
            for (host, practice) in all.chain(passed.iter().map(|one| (one.host, one.practice))) {
                hosts.entry(host).or_default().insert(practice);
            }
        }
        let hosts = hosts.into_iter().map(|(host, practices)| (host, practices.into_iter().collect()));
        Self { hosts: hosts.collect(), brings }
    }
}

/// The fewest hosts from which it can be known that nobody else enters, and their practices of the theme, worked out
/// from the full ranking.
fn fewest(
    snapshot: &Snapshot,
    roster: &Roster,
    settings: &Settings,
    ground: &Ground,
    asked: &Asked,
) -> (usize, usize) {
    let theme = asked.theme.map(|theme| roster.theme_code(theme));
    let is_asked = |practice: usize| {
        let own = &snapshot.records.practices[practice].theme;
        theme.is_none_or(|theme| theme == own)
    };
    let (ranked, _) = rank_all(snapshot, roster, settings, asked);
    let mut outward = Vec::new();
    let mut visited = BTreeSet::new();
    for &host in ground.hosts.keys() {
        let way = roster.way(settings, asked.vintage, [asked.khoroo, host], asked.as_of);
        match (way.source, way.straight_m, way.minutes) {
            (WaySource::Estimate, Some(metres), Some(minutes)) => outward.push((metres, minutes, host)),
            // Its way follows no distance.
            _ => {
                visited.insert(host);
            }
        }
    }
    outward.sort_by(|a, b| a.0.total_cmp(&b.0));
    let of_host = |host: &usize| {
        let practices = ground.hosts[host].iter().filter(|practice| is_asked(**practice));
        practices.filter_map(|practice| ground.brings.get(practice)).max().copied()
    };
    // The most that a host or one behind it brings; nothing comes before something.
    let mut ahead: Vec<Option<i64>> = outward.iter().map(|(_, _, host)| of_host(host)).collect();
    for nth in (1..ahead.len()).rev() {
        ahead[nth - 1] = ahead[nth - 1].max(ahead[nth]);
    }
    let mut scores: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
    for one in &ranked {
        scores.entry(one.host).or_default().push(one.score);
    }
    let of_visited = visited.iter().filter_map(|host| scores.get(host)).flatten();
    let mut best: Vec<i64> = of_visited.copied().collect();
    for (&(_, minutes, host), brings) in outward.iter().zip(ahead) {
        best.sort_unstable_by_key(|score| std::cmp::Reverse(*score));
        best.truncate(asked.limit);
        let can_enter =
            |last: i64| brings.is_some_and(|brings| NEED + brings + REST + proximity(minutes) >= last);
        if best.get(asked.limit - 1).is_some_and(|last| !can_enter(*last)) {
            break;
        }
        visited.insert(host);
        best.extend(scores.get(&host).into_iter().flatten());
    }
    let practices = visited.iter().flat_map(|host| &ground.hosts[host]);
    (visited.len(), practices.filter(|practice| is_asked(**practice)).count())
}

#[test]
fn the_walk_ends_at_the_first_host_from_which_nobody_can_enter() {
    let snapshot = city();
    let settings = Settings::default();
    let roster = Roster::of(snapshot, &settings, &TravelTimes::default());
    let grounds: Vec<Ground> =
        (0..snapshot.vintages.len()).map(|at| Ground::of(snapshot, &roster, &settings, at)).collect();
    let (mut n_early, mut n_whole) = (0, 0);
    // Every khoroo, each with other themes; all questions would take a minute where others build beside.
    for mut asked in questions(snapshot, Audience::Public).into_iter().step_by(7) {
        asked.limit = 1 + asked.khoroo % 9;
        let ground = &grounds[asked.vintage];
        let found = suggest(snapshot, &roster, &settings, &asked);
        let expected = fewest(snapshot, &roster, &settings, ground, &asked);
        assert_eq!((found.n_hosts_visited, found.n_candidates_visited), expected, "{asked:?}");
        if found.n_hosts_visited < ground.hosts.len() {
            n_early += 1;
        } else {
            n_whole += 1;
        }
    }
    assert!(n_early > 200 && n_whole > 0, "{n_early} ended early, {n_whole} came to all");
}

/// Hosts that differ by their way alone: one that is not yet seen might have the visitor's setting and size, which is
/// 0.06 more than the middle that counts where both are unknown. So the walk passes all within 0.06 of the last wanted.
#[test]
fn among_equals_the_walk_goes_as_far_as_a_better_setting_could_make_good() {
    let mut town = loaded();
    town.lineage.clear();
    for khoroo in town.datasets.values_mut().flat_map(|dataset| &mut dataset.khoroos) {
        khoroo.population = None;
    }
    let records = &mut town.records;
    records.travel_times.clear();
    records.replications.clear();
    records.khoroo_facts.clear();
    records.identifications.iter_mut().for_each(|entry| entry.awarded = false);
    let mut seen = BTreeSet::new();
    records
        .practices
        .retain(|practice| practice.status != PracticeStatus::Archived && seen.insert(practice.host.clone()));
    for practice in &mut records.practices {
        practice.theme = "waste".into();
        practice.details = PracticeDetails::default();
    }
    records.offers = records.practices.iter().map(open_offer).collect();
    let snapshot = build(town);
    let settings = Settings::default();
    let roster = Roster::of(&snapshot, &settings, &TravelTimes::default());
    let theme = roster.theme("waste");
    let mut n_early = 0;
    for khoroo in (0..204).step_by(5) {
        let question = Asked { limit: 1 + khoroo % 4, ..asked(1, khoroo, theme, Audience::Public) };
        let (ranked, passed) = rank_all(&snapshot, &roster, &settings, &question);
        assert!(ranked.iter().all(|one| points(one, PartKind::Setting) == 60_000));
        let last = &ranked[question.limit - 1];
        let ways: Vec<i64> = ranked.iter().map(|one| points(one, PartKind::Proximity)).collect();
        assert!(
            ranked
                .iter()
                .all(|one| one.score - points(one, PartKind::Proximity)
                    == last.score - ways[question.limit - 1])
        );
        let of = |host: usize| {
            proximity(roster.way(&settings, 1, [khoroo, host], question.as_of).minutes.expect("places"))
        };
        let hosts: BTreeSet<usize> =
            ranked.iter().map(|one| one.host).chain(passed.iter().map(|one| one.host)).collect();
        let near = hosts.iter().filter(|&&host| of(host) + 60_000 >= ways[question.limit - 1]).count();
        let found = suggest(&snapshot, &roster, &settings, &question);
        assert_eq!(found.n_hosts_visited, near, "{question:?}");
        n_early += usize::from(near < hosts.len());
    }
    assert!(n_early > 20, "{n_early}");
}
