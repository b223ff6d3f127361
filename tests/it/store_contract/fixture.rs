//! A small world with a row in every table: two vintages, three khoroos, one split.

use hlp_tracker::model::{
    ChangeSet, ContextKind, ContextLine, Cycle, Decision, District, DistrictVersion, GridPoint,
    Identification, Khoroo, KhorooId, Lineage, LineageKind, MultiPolygon, Occasion, Polygon, Practice,
    PracticeDetails, PracticeStatus, Replication, ReplicationStatus, Ring, Row, Stage, Theme, Vintage,
};
use jiff::civil::date;

/// Grid steps of a khoroo's side, 0.01 degrees.
pub const SIDE: i32 = 100_000;
pub const WEST: i32 = 1_069_000_000;
pub const SOUTH: i32 = 479_000_000;

pub fn square(column: i32, row: i32) -> Ring {
    let (west, south) = (WEST + column * SIDE, SOUTH + row * SIDE);
    [(0, 0), (SIDE, 0), (SIDE, SIDE), (0, SIDE)].map(|(x, y)| GridPoint::new(west + x, south + y)).to_vec()
}

pub fn area(column: i32, row: i32) -> MultiPolygon {
    MultiPolygon(vec![Polygon { exterior: square(column, row), interiors: vec![] }])
}

pub fn id(text: &str) -> KhorooId {
    text.parse().expect("a khoroo version")
}

pub fn district(code: &str, number: u32, aliases: &[&str]) -> District {
    District {
        code: code.parse().expect("a district"),
        number,
        name_mn: "Баянзүрх".into(),
        name_en: "Bayanzurkh".into(),
        nso_code: Some("0113".into()),
        ebarilga_code: None,
        aliases: aliases.iter().map(|&a| a.into()).collect(),
        illustrative: false,
    }
}

pub fn vintage(id: &str, first: i16, last: Option<i16>) -> Vintage {
    Vintage {
        id: id.parse().expect("a vintage"),
        valid_from: date(first, 1, 1),
        valid_to: last.map(|year| date(year, 12, 31)),
        title_mn: format!("{id} оны хил"),
        title_en: format!("Borders of {id}"),
        source: "drawn for a test".into(),
        illustrative: true,
    }
}

pub fn khoroo(text: &str, shape: Option<MultiPolygon>) -> Khoroo {
    Khoroo {
        id: id(text),
        name_mn: None,
        name_en: Some("O'Neil's \"quarter\"; \\ tab\there\nnew line".into()),
        nso_code: Some("011301".into()),
        land_code: None,
        ebarilga_code: Some("007".into()),
        population: Some(12_345),
        population_year: Some(2021),
        households: None,
        shape,
        illustrative: true,
    }
}

pub fn theme(code: &str) -> Theme {
    Theme {
        code: code.into(),
        name_mn: "Ногоон байгууламж".into(),
        name_en: "Greening".into(),
        position: 5,
        active: true,
    }
}

pub fn practice(text: &str, host: &str) -> Practice {
    Practice {
        id: text.into(),
        title_mn: "Гудамжны мод үрчлэх".into(),
        title_en: Some("Adopt a street tree".into()),
        summary_mn: None,
        summary_en: None,
        theme: "green".into(),
        host: id(host),
        status: PracticeStatus::Identified,
        details: PracticeDetails::default(),
        location: Some(GridPoint::new(WEST + 17, SOUTH + 23)),
        illustrative: true,
    }
}

pub fn identification(practice: &str, cycle: &str, khoroo: &str) -> Identification {
    Identification {
        practice: practice.into(),
        cycle: cycle.into(),
        khoroo: id(khoroo),
        entered_on: date(2022, 5, 3),
        stage: Stage::District,
        decision: Decision::Accepted,
        awarded: true,
        occasion: Occasion::default(),
        illustrative: true,
    }
}

pub fn replication(text: &str, practice: &str, khoroo: &str) -> Replication {
    Replication {
        id: text.into(),
        practice: practice.into(),
        khoroo: id(khoroo),
        cycle: "2022".into(),
        status: "completed".into(),
        decided_on: date(2022, 6, 1),
        completed_on: Some(date(2022, 9, 30)),
        learning_route: None,
        adaptations: None,
        people_served: None,
        illustrative: true,
    }
}

/// Rows of every table, references after what they refer to.
pub fn rows() -> Vec<Row> {
    let mut holed = area(2, 0);
    let corner = |x, y| GridPoint::new(WEST + 2 * SIDE + x, SOUTH + y);
    holed.0[0].interiors.push(vec![corner(10, 10), corner(10, 90), corner(90, 90)]);
    holed.0.push(Polygon { exterior: square(5, 5), interiors: vec![] });
    vec![
        Row::District(district("bzd", 5, &["БЗД", "BZD", "Баянзүрх"])),
        Row::District(district("bn", 1, &[])),
        Row::Vintage(vintage("2020", 2020, Some(2021))),
        Row::Vintage(vintage("2022", 2022, None)),
        Row::Khoroo(khoroo("2020:bzd-2", None)),
        Row::Khoroo(khoroo("2022:bzd-10", Some(area(1, 0)))),
        Row::Khoroo(khoroo("2022:bzd-2", Some(area(0, 0)))),
        Row::Khoroo(khoroo("2022:bn-1", Some(holed))),
        Row::DistrictVersion(DistrictVersion {
            vintage: "2022".parse().expect("a vintage"),
            district: "bzd".parse().expect("a district"),
            population: Some(24_690),
            population_year: Some(2021),
            shape: Some(MultiPolygon(vec![area(0, 0).0.remove(0), area(1, 0).0.remove(0)])),
            dissolved: true,
            illustrative: true,
        }),
        Row::Lineage(Lineage {
            from: id("2020:bzd-2"),
            to: id("2022:bzd-10"),
            kind: LineageKind::Split,
            area_share: 0.1 + 0.2,
            population_share: None,
            stated: false,
            illustrative: true,
        }),
        Row::ContextLine(ContextLine {
            id: "river-1".into(),
            kind: ContextKind::River,
            name_mn: Some("Туул гол".into()),
            name_en: None,
            line: vec![GridPoint::new(WEST - 5, SOUTH), GridPoint::new(WEST + 7, SOUTH + 1)],
            illustrative: true,
        }),
        Row::Cycle(Cycle {
            id: "2022".into(),
            title_mn: "2022 оны үе".into(),
            title_en: "Cycle of 2022".into(),
            starts_on: date(2022, 1, 1),
            ends_on: date(2022, 12, 31),
            vintage: "2022".parse().expect("a vintage"),
            replications_reported: true,
            illustrative: true,
        }),
        Row::Theme(theme("green")),
        Row::ReplicationStatus(ReplicationStatus {
            code: "completed".into(),
            name_mn: "Дууссан".into(),
            name_en: "Completed".into(),
            position: 4,
            counts: true,
            active: true,
        }),
        Row::Practice(practice("p-1", "2022:bzd-2")),
        Row::Identification(identification("p-1", "2022", "2022:bzd-2")),
        Row::Replication(replication("r-1", "p-1", "2022:bzd-10")),
    ]
}

pub fn world() -> ChangeSet {
    puts(rows())
}

pub fn puts(rows: impl IntoIterator<Item = Row>) -> ChangeSet {
    let mut set = ChangeSet::default();
    rows.into_iter().for_each(|row| set.put(row));
    set
}
