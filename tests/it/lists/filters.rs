//! Each filter against the records themselves.

use std::collections::BTreeSet;

use hlp_tracker::model::{
    Keyed, KhorooFact, LearningRoute, Maturity, Mode, Replicability, Setting, Training, TrainingForm,
    Workshop, WorkshopScope,
};
use hlp_tracker::snapshot::Snapshot;
use jiff::civil::{Date, date};
use serde_json::Value;

use super::{Site, ids};
use crate::tracker::town::{Dice, KHOROOS_2020, KHOROOS_2022, town};

/// The town with everything that lists can be narrowed to.
pub fn full(seed: u64) -> hlp_tracker::model::Loaded {
    let mut town = town(seed);
    let dice = &mut Dice::new(seed + 100);
    let setting = |code: &str, position| Setting {
        code: code.into(),
        name_mn: code.into(),
        name_en: code.into(),
        position,
        active: true,
    };
    town.records.settings = vec![setting("apartment", 2), setting("ger", 1)];
    for row in &mut town.records.practices {
        let details = &mut row.details;
        details.setting = (!dice.chance(3)).then(|| dice.one(&["apartment", "ger"]).to_owned());
        details.replicability = (!dice.chance(3)).then(|| dice.one(Replicability::ALL));
        details.maturity = (!dice.chance(3)).then(|| dice.one(Maturity::ALL));
        details.people_served = dice.maybe(5);
        details.started_on = (!dice.chance(3)).then(|| date(2019, 1 + dice.below(12) as i8, 1));
    }
    for row in &mut town.records.replications {
        row.learning_route = (!dice.chance(3)).then(|| dice.one(LearningRoute::ALL));
    }
    town.records.trainings = (0..12).map(|nth| training(nth, dice)).collect();
    for khoroo in KHOROOS_2020.iter().chain(&KHOROOS_2022) {
        for year in [2021, 2022, 2023] {
            let row = fact(khoroo, year, dice);
            town.records.khoroo_facts.push(row);
        }
    }
    town
}

fn training(nth: usize, dice: &mut Dice) -> Training {
    let of_hundred = |dice: &mut Dice| dice.maybe(100).map(|n| n as f64);
    Training {
        id: format!("t{nth:02}"),
        org: dice.one(&["HRDC", "UNDP, and others"]).into(),
        title_mn: "Сургалт".into(),
        title_en: None,
        topic: (!dice.chance(3)).then(|| dice.one(&["hlp", "ethics"]).into()),
        held_on: date(2021, 1 + dice.below(12) as i8, 3),
        form: dice.one(TrainingForm::ALL),
        target_group: None,
        participants_f: dice.maybe(30),
        participants_m: dice.maybe(30),
        participants_unknown: None,
        pre_score_pct: of_hundred(dice),
        post_score_pct: of_hundred(dice),
        n_pre: dice.maybe(12),
        n_post: dice.maybe(12),
        satisfaction_pct: of_hundred(dice),
        n_survey: dice.maybe(12),
        cost: Some(77_077),
        illustrative: false,
    }
}

fn fact(khoroo: &str, year: i16, dice: &mut Dice) -> KhorooFact {
    KhorooFact {
        khoroo: khoroo.parse().expect("a khoroo"),
        year,
        population: dice.maybe(9_000),
        households: dice.maybe(3_000),
        setting: (!dice.chance(3)).then(|| dice.one(&["apartment", "ger"]).to_owned()),
        office_address: Some("1-р байр".into()),
        phone: Some("7000-0001".into()),
        opening_hours: Some("08:00–17:00".into()),
        source: "хороо".into(),
        office: None,
        illustrative: false,
    }
}

async fn check(site: &Site, path: &str, mut expected: Vec<&str>, is_told: &mut bool) {
    let items = site.items(path).await;
    expected.sort_unstable();
    assert_eq!(ids(&items), expected, "{path}");
    *is_told |= !expected.is_empty();
}

#[tokio::test]
async fn practices_are_narrowed_by_every_parameter_alone_and_together() {
    let mut found = [false; 10];
    for seed in 0..4 {
        let site = Site::of(full(seed));
        let snapshot = site.app.snapshot().expect("published");
        let entered = |id: &str, cycles: &[&str], days: [Date; 2]| {
            let sound = |row: &&hlp_tracker::model::Identification| {
                let key = (row.practice.clone(), row.cycle.clone());
                !snapshot.verdict.broken_identifications.contains(&key)
            };
            snapshot.records.identifications.iter().filter(sound).any(|row| {
                row.practice == id
                    && cycles.contains(&row.cycle.as_str())
                    && days[0] <= row.entered_on
                    && row.entered_on <= days[1]
            })
        };
        let all = [date(2000, 1, 1), date(2100, 1, 1)];
        let public: Vec<_> = snapshot.public_practices().collect();
        let of = |holds: &dyn Fn(&hlp_tracker::model::Practice) -> bool| -> Vec<&str> {
            public.iter().filter(|p| holds(p)).map(|p| p.id.as_str()).collect()
        };
        let word = |p: &hlp_tracker::model::Practice| p.details.replicability.map(Replicability::word);
        let cases: [(&str, Vec<&str>); 10] = [
            ("", of(&|_| true)),
            ("theme=green", of(&|p| p.theme == "green")),
            ("district=aa", of(&|p| p.host.code.district.as_str() == "aa")),
            (
                "khoroo=aa-1,2022:bb-1",
                of(&|p| p.host.code.to_string() == "aa-1" || p.host.to_string() == "2022:bb-1"),
            ),
            ("cycle=2020,2023", of(&|p| entered(&p.id, &["2020", "2023"], all))),
            ("status=shared,archived", of(&|p| matches!(p.status.word(), "shared" | "archived"))),
            ("setting=ger", of(&|p| p.details.setting.as_deref() == Some("ger"))),
            ("replicability=easy,hard", of(&|p| matches!(word(p), Some("easy" | "hard")))),
            (
                "cycle=2022&entered_from=2022-04-01&entered_to=2022-09-30",
                of(&|p| entered(&p.id, &["2022"], [date(2022, 4, 1), date(2022, 9, 30)])),
            ),
            (
                "theme=waste&maturity=promising",
                of(&|p| p.theme == "waste" && p.details.maturity == Some(Maturity::Promising)),
            ),
        ];
        for ((query, expected), found) in cases.into_iter().zip(&mut found) {
            check(&site, &format!("/api/v1/practices?{query}"), expected, found).await;
        }
    }
    assert_eq!(found, [true; 10], "a filter that found nothing in any town");
}

#[tokio::test]
async fn replications_are_narrowed_and_agree_with_the_tracker() {
    let mut found = [false; 10];
    for seed in 0..4 {
        let site = Site::of(full(seed));
        let snapshot = site.app.snapshot().expect("published");
        let records = &snapshot.records;
        let host = |id: &str| records.practices.iter().find(|p| p.id == id).expect("a practice");
        let of = |holds: &dyn Fn(&hlp_tracker::model::Replication) -> bool| -> Vec<&str> {
            let sound =
                |r: &&hlp_tracker::model::Replication| !snapshot.verdict.broken_replications.contains(&r.id);
            records.replications.iter().filter(sound).filter(|r| holds(r)).map(|r| r.id.as_str()).collect()
        };
        let paid = |id: &str| {
            let sound = |line: &&hlp_tracker::model::BudgetLine| line.amount > 0;
            records.budget_lines.iter().filter(sound).any(|l| l.replication == id && l.source == "own")
        };
        let from = date(2022, 3, 1);
        let cases: [(&str, Vec<&str>); 10] = [
            ("", of(&|_| true)),
            ("theme=waste", of(&|r| host(&r.practice).theme == "waste")),
            ("district=bb", of(&|r| r.khoroo.code.district.as_str() == "bb")),
            ("khoroo=aa-1", of(&|r| r.khoroo.code.to_string() == "aa-1")),
            ("host_district=aa", of(&|r| host(&r.practice).host.code.district.as_str() == "aa")),
            ("cycle=2022", of(&|r| r.cycle == "2022")),
            ("status=completed,planned", of(&|r| r.status != "stopped")),
            ("source=own", of(&|r| paid(&r.id))),
            (
                "learning_route=visit,online",
                of(&|r| matches!(r.learning_route, Some(LearningRoute::Visit | LearningRoute::Online))),
            ),
            (
                "decided_from=2022-03-01&completed_from=2022-03-01",
                of(&|r| r.decided_on >= from && r.completed_on.is_some_and(|day| day >= from)),
            ),
        ];
        for ((query, expected), found) in cases.into_iter().zip(&mut found) {
            check(&site, &format!("/api/v1/replications?{query}"), expected, found).await;
        }
        let made = site.items("/api/v1/replications?cycle=2022&status=completed").await;
        let (_, cards) = site.get("/api/v1/tracker?cycle=2022").await;
        let steps = cards["steps"].as_array().expect("cards").iter();
        let figure = steps
            .flat_map(|card| card["figures"].as_array().expect("figures"))
            .find(|figure| figure["id"] == "replications")
            .expect("a figure");
        assert_eq!(figure["value"], made.len(), "the list and the card count the same");
        for item in site.items("/api/v1/replications").await {
            let lines = item["budget"].as_array().expect("lines");
            let sum: i64 = lines.iter().map(|line| line["amount"].as_i64().expect("an amount")).sum();
            assert_eq!(item["budget_total"], if lines.is_empty() { Value::Null } else { sum.into() });
        }
    }
    assert_eq!(found, [true; 10], "a filter that found nothing in any town");
}

#[tokio::test]
async fn workshops_are_narrowed_and_name_public_practices_only() {
    let mut found = [false; 6];
    for seed in 0..4 {
        let site = Site::of(full(seed));
        let snapshot = site.app.snapshot().expect("published");
        let records = &snapshot.records;
        let sound = |w: &&Workshop| !snapshot.verdict.broken.contains(&w.key());
        let of = |holds: &dyn Fn(&Workshop) -> bool| -> Vec<&str> {
            records.workshops.iter().filter(sound).filter(|w| holds(w)).map(|w| w.id.as_str()).collect()
        };
        let is_public = |id: &str| snapshot.public_practice(id).is_some();
        let presented = |w: &Workshop, id: &str| {
            records.workshop_practices.iter().any(|row| row.workshop == w.id && row.practice == id)
        };
        let practice = records.workshop_practices.iter().map(|row| row.practice.as_str());
        let practice = practice.clone().find(|id| is_public(id)).expect("a public practice was presented");
        let days = date(2022, 3, 1)..=date(2022, 9, 30);
        let cases: [(String, Vec<&str>); 6] = [
            ("cycle=2022".into(), of(&|w| w.cycle == "2022")),
            ("district=aa,bb".into(), of(&|w| w.district.is_some())),
            ("scope=city,multi_district".into(), of(&|w| w.scope != WorkshopScope::District)),
            ("mode=hybrid".into(), of(&|w| w.mode == Mode::Hybrid)),
            (format!("practice={practice}"), of(&|w| presented(w, practice))),
            ("held_from=2022-03-01&held_to=2022-09-30".into(), of(&|w| days.contains(&w.held_on))),
        ];
        for ((query, expected), found) in cases.into_iter().zip(&mut found) {
            check(&site, &format!("/api/v1/workshops?{query}"), expected, found).await;
        }
        for item in site.items("/api/v1/workshops").await {
            let told: Vec<&str> =
                item["practices"].as_array().expect("ids").iter().filter_map(Value::as_str).collect();
            let workshop = records.workshops.iter().find(|w| item["id"] == w.id).expect("a workshop");
            let shown: BTreeSet<&str> =
                records.workshop_practices.iter().map(|row| row.practice.as_str()).collect();
            let shown = shown.into_iter().filter(|id| is_public(id) && presented(workshop, id));
            assert_eq!(told, shown.collect::<Vec<_>>(), "{}", item["id"]);
            assert_eq!(item["attended"], workshop.attended().map_or(Value::Null, Value::from));
        }
    }
    assert_eq!(found, [true; 6], "a filter that found nothing in any town");
}

#[tokio::test]
async fn trainings_and_facts_are_narrowed() {
    let site = Site::of(full(1));
    let snapshot = site.app.snapshot().expect("published");
    let records = &snapshot.records;
    let of = |holds: &dyn Fn(&Training) -> bool| -> Vec<&str> {
        records.trainings.iter().filter(|t| holds(t)).map(|t| t.id.as_str()).collect()
    };
    let cases: [(&str, Vec<&str>); 5] = [
        ("", of(&|_| true)),
        ("org=UNDP,%20and%20others", of(&|t| t.org.starts_with("UNDP"))),
        ("form=online,hybrid", of(&|t| t.form != TrainingForm::Classroom)),
        ("topic=hlp", of(&|t| t.topic.as_deref() == Some("hlp"))),
        (
            "held_from=2021-05-03&held_to=2021-10-03",
            of(&|t| (date(2021, 5, 3)..=date(2021, 10, 3)).contains(&t.held_on)),
        ),
    ];
    for (query, expected) in cases {
        let mut is_told = false;
        check(&site, &format!("/api/v1/trainings?{query}"), expected, &mut is_told).await;
        assert!(is_told, "{query}");
    }
    let facts = |query: &'static str| {
        let site = &site;
        async move {
            let items = site.items(&format!("/api/v1/khoroo-facts?{query}")).await;
            items
                .iter()
                .map(|f| format!("{} {}", f["khoroo"], f["year"]).replace('"', ""))
                .collect::<Vec<_>>()
        }
    };
    // 2021 lies outside the vintage of 2022, and the later years outside that of 2020.
    assert_eq!(facts("khoroo=aa-1").await, ["2020:aa-1 2021", "2022:aa-1 2022", "2022:aa-1 2023"]);
    assert_eq!(facts("khoroo=aa-1&sort=-year").await[0], "2022:aa-1 2023");
    assert_eq!(facts("vintage=2020&district=bb&year=2021").await, ["2020:bb-1 2021", "2020:bb-2 2021"]);
    let (_, khoroo) = site.get("/api/v1/khoroos/aa-1?vintage=2022").await;
    let years: Vec<_> =
        khoroo["facts"].as_array().expect("facts").iter().map(|fact| fact["year"].as_i64()).collect();
    assert_eq!(years, [Some(2023), Some(2022)]);
    assert_eq!(khoroo["facts"][0]["phone"], "7000-0001");
}

#[tokio::test]
async fn a_practice_is_told_with_its_rounds_and_its_copies() {
    let site = Site::of(full(2));
    let snapshot = site.app.snapshot().expect("published");
    let mut n_copies = 0;
    for item in site.items("/api/v1/practices").await {
        let id = item["id"].as_str().expect("an id");
        let (status, full) = site.get(&format!("/api/v1/practices/{id}")).await;
        assert_eq!(status, 200, "{id}");
        for (field, value) in item.as_object().expect("fields") {
            assert_eq!(&full[field], value, "{id}: {field}");
        }
        let copies = full["replications"].as_array().expect("copies");
        let listed = site.items(&format!("/api/v1/replications?practice={id}&sort=decided_on")).await;
        assert_eq!(copies, &listed, "{id}");
        let made = copies.iter().filter(|copy| copy["status"] == "completed").count();
        assert_eq!(full["n_replications"], made, "{id}");
        n_copies += copies.len();
        let cycles: Vec<_> =
            full["entries"].as_array().expect("rounds").iter().map(|entry| entry["cycle"].clone()).collect();
        assert_eq!(cycles.len(), full["cycles"].as_array().expect("cycles").len(), "{id}");
        let (_, host) = site
            .get(&format!(
                "/api/v1/khoroos/{}?vintage={}",
                full["host"].as_str().expect("a khoroo").split(':').nth(1).expect("a code"),
                full["host"].as_str().expect("a khoroo").split(':').next().expect("a vintage")
            ))
            .await;
        assert!(host["practices"].as_array().expect("practices").contains(&item), "{id}");
    }
    assert!(n_copies > 3, "{n_copies}");
    assert!(Snapshot::newest(&snapshot).is_some());
}

#[tokio::test]
async fn a_copy_tells_its_ends_in_the_boundaries_of_its_cycle() {
    let items = Site::of(crate::small_world::loaded()).items("/api/v1/replications").await;
    let copy = items.iter().find(|item| item["id"] == "r1").expect("listed");
    let ends = ["host", "from", "khoroo", "to"].map(|field| copy[field].as_str().unwrap_or("-"));
    // The larger piece of 2020:aa-2 is aa-3.
    assert_eq!(ends, ["2020:aa-2", "2022:aa-3", "2022:bb-2", "2022:bb-2"]);
}

#[tokio::test]
async fn a_wrong_filter_is_named_with_what_is_allowed() {
    let site = Site::of(full(0));
    for (path, parameter, allowed) in [
        ("practices?theme=noise", "theme", "green waste"),
        ("practices?theme=green,noise", "theme", "green waste"),
        ("practices?theme=", "theme", "green waste"),
        ("practices?status=draft", "status", "identified shared archived"),
        ("practices?cycle=1999", "cycle", "2020 2022 2023"),
        ("practices?district=zz", "district", "aa bb"),
        ("practices?khoroo=aa-9", "khoroo", ""),
        ("practices?khoroo=2020:aa-3", "khoroo", ""),
        ("practices?entered_from=2022-02-30", "entered_from", ""),
        ("practices?entered_from=2022-02-02&entered_to=2022-02-01", "entered_to", ""),
        (
            "practices?colour=red",
            "colour",
            "theme district khoroo cycle status setting replicability maturity q \
          entered_from entered_to sort limit after offset",
        ),
        (
            "practices?sort=colour",
            "sort",
            "id title_mn title_en theme host status started_on last_confirmed_on \
          cost_setup cost_year people_served",
        ),
        ("practices?limit=1001", "limit", ""),
        ("practices?after=zz", "after", ""),
        ("replications?status=lost", "status", "completed planned stopped"),
        ("replications?host_khoroo=zz-1", "host_khoroo", ""),
        ("replications?source=gold", "source", "donor ldf own"),
        ("workshops?scope=village", "scope", "district multi_district city"),
        ("workshops?practice=p99", "practice", ""),
        ("trainings?org=HRD", "org", "HRDC|UNDP, and others"),
        ("trainings?form=paper", "form", "online classroom hybrid"),
        ("khoroo-facts?year=MMXXI", "year", ""),
        ("khoroo-facts?vintage=1999", "vintage", "2020 2022"),
        ("settings?active=true", "active", ""),
        ("practices/p1?lang=en", "lang", ""),
    ] {
        let (status, problem) = site.get(&format!("/api/v1/{path}")).await;
        assert_eq!((status, problem["parameter"].as_str()), (400, Some(parameter)), "{path}: {problem}");
        let found: Vec<&str> =
            problem["allowed"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert_eq!(found.join(if allowed.contains('|') { "|" } else { " " }), allowed, "{path}");
    }
}

#[tokio::test]
async fn lists_of_codes_come_in_their_own_order() {
    let site = Site::of(full(0));
    let codes = |path: &'static str| {
        let site = &site;
        async move {
            let items = site.items(path).await;
            items.iter().map(|item| item["code"].as_str().expect("a code").to_owned()).collect::<Vec<_>>()
        }
    };
    assert_eq!(codes("/api/v1/themes").await, ["green", "waste"]);
    let steps = ["identify", "share", "learn", "prioritise", "replicate", "review"];
    assert_eq!(codes("/api/v1/steps").await, steps);
    assert_eq!(codes("/api/v1/settings").await, ["ger", "apartment"]);
    assert_eq!(codes("/api/v1/funding-sources").await, ["own", "ldf", "donor"]);
    assert_eq!(codes("/api/v1/ratings").await, ["outstanding", "good", "needs_improvement", "with_support"]);
    assert_eq!(codes("/api/v1/replication-statuses").await, ["planned", "completed", "stopped"]);
    let statuses = site.items("/api/v1/replication-statuses").await;
    assert_eq!((&statuses[1]["counts"], &statuses[2]["active"]), (&true.into(), &false.into()));
    assert_eq!(site.items("/api/v1/funding-sources").await[0]["direct"], true);
}
