//! What the views tell to programs that read the tables without the service. Each takes an empty store.

use hlp_tracker::model::{Lineage, LineageKind, Practice, Row, rules};
use hlp_tracker::snapshot::{CycleChoice, Level, Measure, Snapshot};
use hlp_tracker::store::Store;

use super::fixture::{id, identification, practice, puts, replication, world};
use super::home::Home;

async fn filled(home: &Home) {
    home.store.apply(&world(), None, "tester", "a small world").await.expect("the world is written");
}

pub async fn the_views_count_by_unit_and_cycle(home: &Home) {
    filled(home).await;
    let more = puts([
        Row::Replication(replication("r-2", "p-1", "2022:bn-1")),
        Row::Practice(practice("p-2", "2022:bzd-2")),
        Row::Identification(identification("p-2", "2022", "2022:bzd-2")),
    ]);
    home.store.apply(&more, None, "tester", "more").await.expect("written");
    let rows = home
        .sql(
            "select vintage || ':' || code || ' ' || cycle || ' ' || identifications || ' ' || replications || ' ' \
             || replications_hosted from khoroo_counts order by code",
        )
        .await
        .expect("counts");
    let rows: Vec<_> = rows.iter().flatten().map(String::as_str).collect();
    assert_eq!(rows, ["2022:bn-1 2022 0 1 0", "2022:bzd-10 2022 0 1 0", "2022:bzd-2 2022 2 0 2"]);
    let rows = home
        .sql(
            "select district || ' ' || identifications || ' ' || replications || ' ' || replications_hosted \
             from district_counts",
        )
        .await
        .expect("counts");
    assert_eq!(rows, [Some("bzd 2 1 2".to_owned())]);
    home.sql("update cycle set replications_reported = false").await.expect("not reported");
    let unknown =
        home.sql("select cast(count(*) as text) from khoroo_counts where replications is null").await;
    assert_eq!(unknown.expect("counts"), [Some("3".to_owned())], "not reported is not zero");
}

/// Demo data has practices hosted before the borders changed and copied after.
pub async fn the_views_count_what_the_service_counts(home: &Home) {
    let set = hlp_tracker::demo::generate(&hlp_tracker::demo::DemoOptions::default());
    home.store.apply(&set, None, "tester", "demo data").await.expect("written");
    let loaded = home.store.load(None).await.expect("a load");
    let carried = loaded.records.practices.iter().filter(|p| {
        let copies = loaded.records.replications.iter().filter(|r| r.practice == p.id);
        copies.into_iter().any(|r| r.khoroo.vintage != p.host.vintage)
    });
    assert!(carried.count() > 0, "a host has to be carried");
    let lineage = loaded.lineage.clone();
    let is_piece = |code: &str| {
        let hosts = lineage.iter().filter(|row| row.to.code.to_string() == code).map(|row| &row.from);
        hosts.into_iter().any(|host| lineage.iter().filter(|row| row.from == *host).count() > 1)
    };
    let snapshot = Snapshot::build(loaded, None, 10_000.0).expect("it builds");
    for (level, view, unit) in
        [(Level::Khoroo, "khoroo_counts", "code"), (Level::District, "district_counts", "district")]
    {
        let mut expected = Vec::new();
        for view in &snapshot.vintages {
            for (idx, unit) in view.units(level).iter().enumerate() {
                for cycle in &view.counts.cycles {
                    let choice = CycleChoice::One(cycle.clone());
                    let figures = Measure::ALL.map(|measure| {
                        let value = view.counts.value(measure, level, idx, &choice, None);
                        value.map_or_else(|| "-".to_owned(), |n| n.to_string())
                    });
                    expected.push(format!("{} {} {cycle} {}", view.vintage.id, unit.code, figures.join(" ")));
                }
            }
        }
        expected.sort();
        let text = |column: &str| format!("coalesce(cast({column} as text), '-')");
        let sql = format!(
            "select vintage || ' ' || {unit} || ' ' || cycle || ' ' || {} || ' ' || {} || ' ' || {} from {view}",
            text("identifications"),
            text("replications"),
            text("replications_hosted"),
        );
        let rows = home.sql(&sql).await.expect("counts");
        let mut rows: Vec<String> = rows.into_iter().flatten().collect();
        rows.sort();
        // A point may decide which piece of a parted host has a practice, and SQL does not know; pieces of a
        // host are of one district here.
        let mut n_open = 0;
        for (row, expected) in rows.iter_mut().zip(&expected).filter(|(row, expected)| *row != *expected) {
            let unit = row.split(' ').nth(1).expect("a code");
            let known = expected.rsplit_once(' ').expect("three figures").0;
            assert!(
                level == Level::Khoroo && is_piece(unit) && *row == format!("{known} -"),
                "{row}: {expected}"
            );
            n_open += 1;
            row.clone_from(expected);
        }
        assert_eq!(rows, expected, "{view}");
        assert_eq!(n_open > 0, level == Level::Khoroo, "{n_open}");
        assert!(n_open < 40, "{n_open}");
    }
}

/// Of 2020:bzd-2 the most became bzd-10; the practice with a point stands in bzd-2.
pub async fn a_practice_stays_where_its_point_lies_and_views_leave_that_open(home: &Home) {
    filled(home).await;
    let part = Lineage {
        from: id("2020:bzd-2"),
        to: id("2022:bzd-2"),
        kind: LineageKind::Split,
        area_share: 0.2,
        population_share: None,
        stated: false,
        illustrative: true,
    };
    let old = practice("p-old", "2020:bzd-2");
    let more = puts([
        Row::Lineage(part),
        Row::Practice(old.clone()),
        Row::Replication(replication("r-old", "p-old", "2022:bn-1")),
    ]);
    home.store.apply(&more, None, "tester", "more").await.expect("written");
    let hosted = async || {
        let khoroos = "select code || ' ' || coalesce(cast(replications_hosted as text), '-') from khoroo_counts \
                       where vintage = '2022' order by code";
        let districts = "select coalesce(cast(replications_hosted as text), '-') from district_counts";
        let rows = [home.sql(khoroos).await.expect("counts"), home.sql(districts).await.expect("counts")];
        rows.concat().into_iter().flatten().collect::<Vec<String>>()
    };
    // `p-1` of 2022:bzd-2 is copied too.
    assert_eq!(hosted().await, ["bn-1 0", "bzd-10 -", "bzd-2 -", "2"]);
    let own = async |khoroo: &str| {
        let copy = puts([Row::Replication(replication("r-own", "p-old", khoroo))]);
        home.store.apply(&copy, None, "tester", "a copy").await.expect("written");
        let loaded = home.store.load(None).await.expect("a load");
        rules::check_loaded(&loaded).broken_replications.contains("r-own")
    };
    assert!(own("2022:bzd-2").await, "by the khoroo that has the practice");
    assert!(!own("2022:bzd-10").await, "by the one that no longer has it");
    let unplaced = Row::Practice(Practice { location: None, ..old });
    home.store.apply(&puts([unplaced]), None, "tester", "no point").await.expect("written");
    assert_eq!(hosted().await, ["bn-1 0", "bzd-10 2", "bzd-2 1", "3"]);
    assert!(own("2022:bzd-10").await, "without a point by line");
}

/// An archived practice is what it had become, whoever asks.
pub async fn what_was_put_away_is_public_only_if_it_was_identified(home: &Home) {
    filled(home).await;
    home.sql("update practice set status = 'archived'").await.expect("put away");
    let is_public = async || {
        let loaded = home.store.load(None).await.expect("a load");
        let standings =
            hlp_tracker::model::Standings::of(&loaded.records, &rules::check_loaded(&loaded).broken);
        standings.is_identified(&loaded.records.practices[0])
    };
    assert!(is_public().await, "its entry was accepted");
    home.sql("update identification set decision = 'rejected'").await.expect("rejected");
    assert!(!is_public().await);
    let entry = puts([Row::Identification(identification("p-1", "2022", "2022:bzd-2"))]);
    home.store.apply(&entry, None, "tester", "accepted after all").await.expect("written");
    assert!(is_public().await);
}
