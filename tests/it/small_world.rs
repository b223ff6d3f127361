//! A town of two districts and five khoroos, small enough to count by hand.
//!
//! In 2020 the lower district `aa` has two khoroos; by 2022 its `aa-2` was cut in two, and the new
//! `aa-3` got the larger piece. The upper district `bb` stayed as it was.

use std::collections::BTreeMap;

use hlp_tracker::model::{
    Cycle, Dataset, Decision, District, DistrictVersion, GridPoint, Identification, Khoroo, KhorooFact,
    Lineage, LineageKind, Loaded, MultiPolygon, Occasion, Polygon, Practice, PracticeDetails, PracticeStatus,
    Records, Replication, ReplicationStatus, Revision, Stage, Theme, Vintage, VintageId,
};
use hlp_tracker::snapshot::Snapshot;
use jiff::civil::{Date, date};

/// Grid steps of a tenth of a square's side: squares are about 750 m wide.
const TENTH: i32 = 10_000;

pub fn at(x: i32, y: i32) -> GridPoint {
    GridPoint::new(1_069_000_000 + x * TENTH, 479_000_000 + y * TENTH)
}

fn shape(ring: &[(i32, i32)]) -> MultiPolygon {
    let exterior = ring.iter().map(|&(x, y)| at(x, y)).collect();
    MultiPolygon(vec![Polygon { exterior, interiors: Vec::new() }])
}

fn khoroo(id: &str, population: i64, ring: &[(i32, i32)]) -> Khoroo {
    Khoroo {
        id: id.parse().expect("a khoroo version"),
        name_mn: None,
        name_en: None,
        nso_code: None,
        land_code: None,
        ebarilga_code: None,
        population: Some(population),
        population_year: Some(2022),
        households: None,
        shape: Some(shape(ring)),
        illustrative: false,
    }
}

fn version(vintage: &str, district: &str, population: Option<i64>) -> DistrictVersion {
    DistrictVersion {
        vintage: vintage.parse().expect("a vintage"),
        district: district.parse().expect("a district"),
        population,
        population_year: population.map(|_| 2021),
        shape: None,
        dissolved: true,
        illustrative: false,
    }
}

fn district(code: &str, number: u32, name_mn: &str, name_en: &str) -> District {
    District {
        code: code.parse().expect("a district"),
        number,
        name_mn: name_mn.into(),
        name_en: name_en.into(),
        nso_code: Some(format!("{number:02}")),
        ebarilga_code: None,
        aliases: Vec::new(),
        illustrative: false,
    }
}

fn vintage(id: &str, valid_from: Date, valid_to: Option<Date>) -> Vintage {
    Vintage {
        id: id.parse().expect("a vintage"),
        valid_from,
        valid_to,
        title_mn: format!("{id} оны хил"),
        title_en: format!("Boundaries of {id}"),
        source: "Drawn by hand".into(),
        illustrative: false,
    }
}

fn cycle(id: &str, replications_reported: bool) -> Cycle {
    let year = id.parse().expect("a year");
    Cycle {
        id: id.into(),
        title_mn: format!("{id} оны мөчлөг"),
        title_en: format!("{id} cycle"),
        starts_on: date(year, 1, 1),
        ends_on: date(year, 12, 31),
        vintage: id.parse().expect("a vintage"),
        replications_reported,
        illustrative: false,
    }
}

pub fn practice(id: &str, theme: &str, host: &str, status: PracticeStatus) -> Practice {
    Practice {
        id: id.into(),
        title_mn: format!("Туршлага {id}"),
        title_en: None,
        summary_mn: None,
        summary_en: None,
        theme: theme.into(),
        host: host.parse().expect("a khoroo version"),
        status,
        details: PracticeDetails::default(),
        location: None,
        illustrative: false,
    }
}

pub fn identification(practice: &str, cycle: &str, khoroo: &str, decision: Decision) -> Identification {
    Identification {
        practice: practice.into(),
        cycle: cycle.into(),
        khoroo: khoroo.parse().expect("a khoroo version"),
        entered_on: date(cycle.parse().expect("a year"), 5, 1),
        stage: Stage::District,
        decision,
        awarded: false,
        occasion: Occasion::default(),
        illustrative: false,
    }
}

pub fn replication(id: &str, practice: &str, khoroo: &str, status: &str) -> Replication {
    Replication {
        id: id.into(),
        practice: practice.into(),
        khoroo: khoroo.parse().expect("a khoroo version"),
        cycle: "2022".into(),
        status: status.into(),
        decided_on: date(2022, 6, 1),
        completed_on: None,
        learning_route: None,
        adaptations: None,
        people_served: None,
        illustrative: false,
    }
}

pub fn lineage(from: &str, to: &str, kind: LineageKind, area_share: f64) -> Lineage {
    Lineage {
        from: from.parse().expect("a khoroo version"),
        to: to.parse().expect("a khoroo version"),
        kind,
        area_share,
        population_share: None,
        stated: false,
        illustrative: false,
    }
}

fn records() -> Records {
    use Decision::{Accepted, Pending, Rejected};
    use PracticeStatus::{Identified, Shared, Submitted};
    let theme = |code: &str, name_en: &str, position| Theme {
        code: code.into(),
        name_mn: code.into(),
        name_en: name_en.into(),
        position,
        active: true,
    };
    let status = |code: &str, position, counts, active| ReplicationStatus {
        code: code.into(),
        name_mn: code.into(),
        name_en: code.into(),
        position,
        counts,
        active,
    };
    Records {
        cycles: vec![cycle("2020", false), cycle("2022", true)],
        themes: vec![theme("green", "greening", 1), theme("waste", "waste", 2)],
        replication_statuses: vec![
            status("completed", 2, true, true),
            status("planned", 1, false, true),
            status("stopped", 3, false, false),
        ],
        practices: vec![
            practice("p1", "waste", "2020:aa-2", Shared),
            practice("p2", "waste", "2022:aa-1", Identified),
            practice("p3", "green", "2022:bb-1", Identified),
            practice("p4", "green", "2022:bb-1", Submitted),
            practice("p5", "green", "2020:bb-1", Identified),
        ],
        identifications: vec![
            identification("p1", "2020", "2020:aa-2", Accepted),
            identification("p2", "2022", "2022:aa-1", Accepted),
            identification("p3", "2022", "2022:bb-1", Pending),
            identification("p4", "2022", "2022:bb-1", Rejected),
            identification("p5", "2020", "2020:bb-1", Accepted),
        ],
        replications: vec![
            replication("r1", "p1", "2022:bb-2", "completed"),
            replication("r2", "p2", "2022:bb-1", "completed"),
            replication("r3", "p2", "2022:bb-2", "planned"),
            replication("r4", "p3", "2022:aa-1", "completed"),
        ],
        steps: Records::starting().steps,
        ..Records::default()
    }
}

/// The whole town.
pub fn loaded() -> Loaded {
    let upper = |year: &str| {
        [
            khoroo(&format!("{year}:bb-1"), 20_000, &[(0, 10), (10, 10), (15, 10), (15, 20), (0, 20)]),
            khoroo(&format!("{year}:bb-2"), 5_000, &[(15, 10), (20, 10), (30, 10), (30, 20), (15, 20)]),
        ]
    };
    let first = [(0, 0), (10, 0), (10, 10), (0, 10)];
    let mut before = vec![
        khoroo("2020:aa-1", 10_000, &first),
        khoroo("2020:aa-2", 12_000, &[(10, 0), (30, 0), (30, 10), (20, 10), (15, 10), (10, 10)]),
    ];
    before.extend(upper("2020"));
    let mut after = vec![
        khoroo("2022:aa-1", 10_000, &first),
        khoroo("2022:aa-2", 4_000, &[(10, 0), (18, 0), (20, 10), (15, 10), (10, 10)]),
        khoroo("2022:aa-3", 8_000, &[(18, 0), (30, 0), (30, 10), (20, 10)]),
    ];
    after.extend(upper("2022"));
    let dataset = |vintage: &str, khoroos| Dataset {
        khoroos,
        district_versions: vec![version(vintage, "aa", Some(23_000)), version(vintage, "bb", None)],
    };
    Loaded {
        revision: Revision { seq: 7, published_at: 1_700_000_000, ..Revision::default() },
        districts: vec![district("aa", 1, "Доод дүүрэг", "Lower"), district("bb", 2, "Дээд дүүрэг", "Upper")],
        vintages: vec![
            vintage("2020", date(2020, 1, 1), Some(date(2021, 12, 31))),
            vintage("2022", date(2022, 1, 1), None),
        ],
        datasets: BTreeMap::from([
            ("2020".parse().expect("a vintage"), dataset("2020", before)),
            ("2022".parse().expect("a vintage"), dataset("2022", after)),
        ]),
        lineage: vec![
            lineage("2020:aa-1", "2022:aa-1", LineageKind::Unchanged, 1.0),
            lineage("2020:aa-2", "2022:aa-2", LineageKind::Split, 0.45),
            lineage("2020:aa-2", "2022:aa-3", LineageKind::Split, 0.55),
            lineage("2020:bb-1", "2022:bb-1", LineageKind::Unchanged, 1.0),
            lineage("2020:bb-2", "2022:bb-2", LineageKind::Unchanged, 1.0),
        ],
        context_lines: Vec::new(),
        records: records(),
        unreadable: Vec::new(),
    }
}

/// The town with two cycles on its newer boundaries, residents known of several years, unknown and zero.
pub fn town_of_two_cycles() -> Snapshot {
    let mut town = loaded();
    let id: VintageId = "2022".parse().expect("a vintage");
    let dataset = town.datasets.get_mut(&id).expect("there");
    dataset.khoroos[1].population = None;
    dataset.khoroos[3].population = Some(0);
    dataset.khoroos[4].population_year = Some(2030);
    let mut later = town.records.cycles[1].clone();
    later.id = "2024".into();
    (later.starts_on, later.ends_on) = (date(2024, 1, 1), date(2024, 12, 31));
    town.records.cycles.push(later);
    let entry = |practice: &str, khoroo: &str| {
        let mut entry = identification(practice, "2022", khoroo, Decision::Accepted);
        (entry.cycle, entry.entered_on) = ("2024".into(), date(2024, 5, 1));
        entry
    };
    town.records.identifications.extend([entry("p2", "2022:aa-1"), entry("p3", "2022:bb-1")]);
    let mut copy = replication("r9", "p3", "2022:aa-3", "completed");
    (copy.cycle, copy.decided_on) = ("2024".into(), date(2024, 6, 1));
    town.records.replications.push(copy);
    town.records.khoroo_facts =
        [("2022:aa-1", 2024, 7_777), ("2022:aa-3", 2023, 3_333), ("2022:bb-2", 2023, 4_444)]
            .map(|(khoroo, year, population)| fact(khoroo, year, Some(population)))
            .into();
    Snapshot::build(town, None, 10_000.0).expect("sound")
}

pub fn fact(khoroo: &str, year: i16, population: Option<i64>) -> KhorooFact {
    KhorooFact {
        khoroo: khoroo.parse().expect("a khoroo version"),
        year,
        population,
        households: None,
        setting: None,
        office_address: None,
        phone: None,
        opening_hours: None,
        source: "Counted".into(),
        office: None,
        illustrative: false,
    }
}
