//! What one short address may cost.

use std::fmt::Write as _;

use hlp_tracker::http::filters::CODES_MAX;
use hlp_tracker::model::PracticeStatus;

use super::filters::full;
use super::{Site, ask, ids};
use crate::small_world::practice;

/// A town with one practice more than may be named in one parameter, and their ids.
fn many() -> (Site, Vec<String>) {
    let mut town = full(0);
    town.records.replications.clear();
    let new: Vec<String> = (0..=CODES_MAX).map(|nth| format!("x{nth:03}")).collect();
    for id in &new {
        let row = practice(id, "waste", "2022:aa-1", PracticeStatus::Identified);
        town.records.practices.push(row);
        let copy = crate::small_world::replication(&format!("r-{id}"), id, "2022:bb-1", "completed");
        town.records.replications.push(copy);
    }
    town.sort();
    (Site::of(town), new)
}

#[tokio::test]
async fn a_code_that_is_repeated_is_one_code_and_so_many_may_be_named() {
    let (site, known) = many();
    let copies = |codes: String| format!("/api/v1/replications?practice={codes}&limit=1000");
    let most = site.items(&copies(known[..CODES_MAX].join(","))).await;
    assert_eq!(most.len(), CODES_MAX);
    let once = site.items(&copies(known[0].clone())).await;
    assert_eq!(ids(&once), ["r-x000"]);
    let repeated = vec![known[0].as_str(); 4 * CODES_MAX].join(",");
    assert_eq!(site.items(&copies(repeated)).await, once);
    let khoroos = format!("{}aa-1", "2022:aa-1,".repeat(2 * CODES_MAX));
    let hosted = site.items(&format!("/api/v1/practices?khoroo={khoroos}")).await;
    assert_eq!(hosted, site.items("/api/v1/practices?khoroo=aa-1").await);
}

#[tokio::test]
async fn more_codes_than_may_be_named_are_refused_with_how_many_may_be() {
    let (site, known) = many();
    let mut unknown = String::from("zz-0");
    for nth in 1..=CODES_MAX {
        write!(unknown, ",zz-{nth}").expect("memory");
    }
    for (path, parameter) in [
        (format!("replications?practice={}", known.join(",")), "practice"),
        (format!("replications?theme={unknown}"), "theme"),
        (format!("replications?host_khoroo={unknown}"), "host_khoroo"),
        (format!("practices?district={unknown}"), "district"),
        (format!("practices?khoroo={unknown}"), "khoroo"),
        (format!("trainings?topic={unknown}"), "topic"),
        (format!("khoroo-facts?setting={unknown}"), "setting"),
        (format!("search?q=aa&kind={unknown}"), "kind"),
    ] {
        let (status, problem) = site.get(&format!("/api/v1/{path}")).await;
        assert_eq!((status, problem["parameter"].as_str()), (400, Some(parameter)), "{path}: {problem}");
        let detail = problem["detail"].as_str().expect("a text");
        assert!(detail.contains("more than 50 codes"), "{path}: {detail}");
    }
    // An id that is no public practice's is refused alone, however many there are to choose from.
    for id in ["nobody", "q00,nobody"] {
        let (status, problem) = site.get(&format!("/api/v1/replications?practice={id}")).await;
        assert_eq!((status, problem["allowed"].as_array()), (400, None), "{problem}");
    }
}

#[tokio::test]
async fn what_takes_a_walk_over_all_records_is_made_once() {
    let (site, _) = many();
    let n_made = || async {
        let (_, text) = ask(&site.office, "/metrics").await;
        let text = String::from_utf8(text).expect("text");
        let line = text.lines().find(|line| {
            line.starts_with("hlp_bodies_total") && line.contains("plain") && line.contains("miss")
        });
        line.map_or(0, |line| line.rsplit(' ').next().expect("a number").parse::<u64>().expect("a number"))
    };
    for path in [
        "/api/v1/search?q=turshlaga",
        "/api/v1/practices/x001",
        "/api/v1/khoroos/aa-1",
        "/api/v1/khoroos-at?lon=106.905&lat=47.905",
        "/api/v1/trainings?org=HRDC",
    ] {
        let before = n_made().await;
        let (status, first) = ask(&site.public, path).await;
        assert_eq!(status, 200, "{path}");
        let after = n_made().await;
        assert!(after <= before + 1, "{path}");
        assert_eq!(ask(&site.public, path).await.1, first, "{path}");
        assert_eq!(n_made().await, after, "{path}");
    }
    assert_eq!(n_made().await, 4, "the khoroo at a place is that of its code");
}
