//! Spatial statistics, neighbourhoods as files, and who copied whom.

use std::collections::{BTreeMap, BTreeSet};

use hlp_tracker::model::{KhorooId, Replication};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{city, get, list, text};
use crate::lists::Site;
use crate::partners::loaded;

#[tokio::test]
async fn a_study_is_of_the_same_numbers_as_the_map() {
    let site = city();
    let study = get(&site.public, "/api/v1/spread?measure=identifications&cycle=2022").await.json();
    let map = get(&site.public, "/api/v1/values/identifications.json?cycle=2022").await.json();
    let values: BTreeMap<&str, &Value> = list(&map["units"])
        .iter()
        .map(|unit| (text(&unit["code"]), &unit["cells"]["2022"]["value"]))
        .collect();
    assert_eq!(list(&study["khoroos"]).len(), values.len());
    for khoroo in list(&study["khoroos"]) {
        assert_eq!(&khoroo["value"], values[text(&khoroo["code"])]);
        let (p, q) = (khoroo["p"].as_f64().expect("p"), khoroo["q"].as_f64().expect("q"));
        assert!(0.0 < p && p <= q && q <= 1.0, "{khoroo}");
        assert_eq!(khoroo["significant"], q <= 0.05);
    }
    assert_eq!(study["moran"]["expected"].as_f64().map(|e| (e * 203.0).round()), Some(-1.0));
    let local = &study["local"];
    assert!(local["significant_corrected"].as_u64() <= local["significant"].as_u64(), "{local}");
    let joins = &study["join_counts"];
    let sum: f64 = ["both", "neither", "one"].iter().filter_map(|kind| joins[kind].as_f64()).sum();
    assert_eq!(Some(sum * 2.0), study["weights"]["links"].as_f64());
}

#[tokio::test]
async fn a_seed_repeats_itself_and_each_finding_is_a_sentence_in_each_language() {
    let site = city();
    let path = "/api/v1/spread?rate=per10000&weights=rook&permutations=199";
    let [first, same, other] = [
        get(&site.public, path).await,
        get(&site.office, path).await,
        get(&site.public, &format!("{path}&seed=7")).await,
    ];
    assert_eq!(first.body, same.body, "and the office is told the same");
    assert_ne!(first.body, other.body);
    let study = first.json();
    assert_eq!(study["moran"]["i"], other.json()["moran"]["i"], "chance moves p alone");
    let said: Vec<&str> = list(&study["sentences"]).iter().map(|one| text(&one["of"])).collect();
    assert_eq!(said, ["moran", "local", "join_counts", "rates", "distance", "across_districts"]);
    for one in list(&study["sentences"]) {
        let (mn, en) = (text(&one["mn"]), text(&one["en"]));
        assert!(mn.ends_with('.') && en.ends_with('.') && mn.chars().any(|c| c == 'о'), "{one}");
        let sure = match text(&one["of"]) {
            "local" => ["засварын дараа", "after correction"],
            "distance" | "across_districts" => ["20 тохиолдлын 19-д", "in 19 of 20 rounds"],
            _ => ["p = ", "p = "],
        };
        assert!(mn.contains(sure[0]) && en.contains(sure[1]), "how sure it is: {one}");
    }
    let said_p = |of: &str, p: &Value| {
        let one = list(&study["sentences"]).iter().find(|one| one["of"] == of).expect("a sentence");
        let p = format!("p = {:.3}", p.as_f64().expect("a number"));
        assert!(text(&one["mn"]).contains(&p) && text(&one["en"]).contains(&p), "{p}: {one}");
    };
    said_p("moran", &study["moran"]["p"]);
    said_p("join_counts", &study["join_counts"]["both_p"]);
    said_p("rates", &study["rates"]["p"]);
    let definitions = get(&site.public, "/api/v1/definitions").await.json();
    let ids: BTreeSet<&str> = list(&definitions["items"]).iter().map(|one| text(&one["id"])).collect();
    assert!(said.iter().all(|of| ids.contains(format!("spread_{of}").as_str())), "{ids:?}");
    let rates = &study["rates"];
    assert!(rates["shrunk_low"].as_f64() <= rates["city"].as_f64());
    assert!(rates["city"].as_f64() <= rates["shrunk_high"].as_f64());
}

/// Of every theme; with few events too.
#[tokio::test]
async fn sentences_claim_no_more_than_the_numbers_bear() {
    let site = city();
    let (mut n_unsure, mut n_sure, mut n_together) = (0, 0, 0);
    let themes = get(&site.public, "/api/v1/themes").await.json();
    let themes = list(&themes["items"]).iter().map(|theme| text(&theme["code"]).to_owned());
    for theme in themes.chain(["all".into()]) {
        for measure in ["replications", "replications_hosted", "identifications"] {
            let path = format!("/api/v1/spread?measure={measure}&theme={theme}&permutations=199");
            let study = get(&site.public, &path).await.json();
            let said = |of: &str| {
                let one = list(&study["sentences"]).iter().find(|one| one["of"] == of)?;
                Some((text(&one["mn"]), text(&one["en"])))
            };
            let is_sure = study["rates"]["p"].as_f64().is_some_and(|p| p <= 0.05);
            let is_together = measure == "replications_hosted";
            let (mn, en) = said("rates").expect("residents are known");
            let tells_range = is_sure && !is_together;
            assert_eq!(en.contains("Estimates that allow"), tells_range, "{path}: {en}");
            assert_eq!(mn.contains("тооцсон үнэлгээгээр"), tells_range, "{path}: {mn}");
            assert_eq!(en.contains("of one practice together"), is_together, "{path}: {en}");
            (n_unsure, n_sure, n_together) = (
                n_unsure + usize::from(!is_sure),
                n_sure + usize::from(tells_range),
                n_together + usize::from(is_together && is_sure),
            );
            if let Some((mn, en)) = said("local") {
                let found = study["local"]["significant_corrected"].as_u64().expect("a number");
                assert_eq!(found == 0, en.contains("none goes") && !en.contains("of these"), "{path}: {en}");
                assert_eq!(found == 0, mn.contains("аль нь ч") && !mn.contains("20 тутмын"), "{path}: {mn}");
                let least = study["local"]["found_from"].as_u64().expect("a number");
                assert_eq!(least, 41, "2 / 200 × 204 / 0.05");
                assert!(
                    en.contains("fewer than 41 could not") && mn.contains("дор хаяж 41"),
                    "{path}: {en} {mn}"
                );
            } else {
                assert!(study["moran"].is_null(), "{path}: there is none where all are alike");
            }
            let copies = &study["distance"];
            let shares = [
                ("distance", &copies["bands"][0]["n"]),
                ("across_districts", &copies["across_districts"]["n"]),
            ];
            for (of, n) in shares.into_iter().filter(|_| copies.is_object()) {
                let (mn, en) = said(of).expect("copies are counted");
                let of_all = format!("{n} of {}", copies["copies"]);
                assert!(en.starts_with(&of_all), "{path}: {en}");
                assert!(
                    mn.starts_with(&format!("{} нутагшуулалтаас {n} нь", copies["copies"])),
                    "{path}: {mn}"
                );
            }
            for one in list(&study["sentences"]) {
                // Endings follow the number as it is read; only those of a fixed number are written.
                let mn: Vec<char> = text(&one["mn"]).replace("19-д", "").chars().collect();
                let ending = mn
                    .windows(3)
                    .find(|own| own[0].is_ascii_digit() && own[1] == '-' && own[2].is_alphabetic());
                assert_eq!(ending, None, "{path}: {one}");
            }
        }
    }
    assert!(n_unsure > 5 && n_sure > 0, "{n_unsure} {n_sure} {n_together}");
}

#[tokio::test]
async fn rounds_are_enough_for_one_finding_unless_fewer_are_asked_for() {
    let site = city();
    let study = get(&site.public, "/api/v1/spread?measure=identifications").await.json();
    assert_eq!((&study["permutations"], &study["local"]["found_from"]), (&9_999.into(), &1.into()));
    assert!(!study["sentences"].to_string().contains("could not have been found"), "{}", study["sentences"]);
    let few = get(&site.public, "/api/v1/spread?measure=identifications&permutations=999").await.json();
    assert_eq!((&few["permutations"], &few["local"]["found_from"]), (&999.into(), &9.into()));
    assert!(
        few["sentences"]
            .to_string()
            .contains("With 999 random orders fewer than 9 could not have been found.")
    );
}

#[tokio::test]
async fn every_figure_of_a_plan_has_its_definition() {
    let site = city();
    let definitions = get(&site.public, "/api/v1/definitions").await.json();
    let ids: BTreeSet<&str> = list(&definitions["items"]).iter().map(|one| text(&one["id"])).collect();
    let path = "/api/v1/visit-plans?visitors=bzd-1&from=2022-10-03&to=2022-10-31";
    let plan = get(&site.public, path).await.json();
    let figures = plan["comparison"]["plan"].as_object().expect("figures");
    for figure in figures.keys().filter(|name| *name != "needs") {
        assert!(ids.contains(format!("plan_{figure}").as_str()), "{figure}");
    }
    for figure in ["distance_m", "border_m", "travel_minutes", "partner_score", "day_route_minutes"] {
        assert!(ids.contains(figure), "{figure}");
    }
}

#[tokio::test]
async fn files_of_neighbours_say_what_neighbours_say() {
    let site = city();
    for kind in ["queen", "rook"] {
        let answer = get(&site.public, &format!("/api/v1/weights.gal?weights={kind}")).await;
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
        let name = format!("attachment; filename=\"illustrative-khoroos-2022-{kind}.gal\"");
        assert_eq!(answer.header("content-disposition"), name);
        let mut lines = answer.text().lines();
        assert_eq!(lines.next(), Some("0 204 khoroos-2022 code"));
        let rows: Vec<&str> = lines.collect();
        assert_eq!(rows.len(), 408);
        for pair in rows.chunks(2).step_by(17) {
            let (code, n) = pair[0].split_once(' ').expect("a code and a number");
            let mut near: Vec<&str> = pair[1].split_whitespace().collect();
            near.sort_unstable();
            assert_eq!(near.len().to_string(), n);
            let path = format!("/api/v1/khoroos/{code}/neighbours?contiguity={kind}");
            let told = get(&site.public, &path).await.json();
            let mut told: Vec<&str> =
                list(&told["neighbours"]).iter().map(|one| text(&one["code"])).collect();
            told.sort_unstable();
            assert_eq!(near, told, "{code}");
        }
    }
    let mut town = loaded();
    town.vintages.iter_mut().for_each(|vintage| vintage.illustrative = false);
    let answer = get(&Site::of(town).public, "/api/v1/weights.gal").await;
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"khoroos-2022-queen.gal\"");
    let knn = get(&site.public, "/api/v1/weights.gwt?weights=knn&k=4").await;
    assert_eq!(
        knn.header("content-disposition"),
        "attachment; filename=\"illustrative-khoroos-2022-knn4.gwt\""
    );
    let rows: Vec<Vec<&str>> = knn.text().lines().skip(1).map(|line| line.split(' ').collect()).collect();
    assert_eq!(rows.len(), 204 * 4);
    let path = "/api/v1/khoroos/bzd-1/neighbours?by=distance&between=offices&limit=4";
    let told = get(&site.public, path).await.json();
    for (row, told) in rows.iter().filter(|row| row[0] == "bzd-1").zip_sorted(list(&told["neighbours"])) {
        assert_eq!(row[1], text(&told["code"]));
        let (ours, theirs) = (row[2].parse::<f64>().expect("metres"), told["distance_m"].as_f64());
        assert!((ours - theirs.expect("metres")).abs() < 0.001);
    }
}

#[tokio::test]
async fn what_was_not_counted_is_unknown_and_not_0() {
    let site = city();
    let flows = get(&site.public, "/api/v1/flows?cycle=2020").await.json();
    assert_eq!((&flows["copies"], list(&flows["flows"]).len()), (&Value::Null, 0));
    let study = get(&site.public, "/api/v1/spread?cycle=2020").await.json();
    assert_eq!((&study["moran"], &study["moran_missing"]), (&Value::Null, &"not_counted".into()));
    assert!(list(&study["khoroos"]).is_empty());
    assert!(text(&study["sentences"][0]["en"]).contains("unknown, not 0"));
    let path = "/api/v1/spread?measure=identifications&cycle=2020&permutations=99";
    let study = get(&site.public, path).await.json();
    assert_eq!((&study["distance"], &study["distance_missing"]), (&Value::Null, &"not_counted".into()));
}

/// The demo, where every khoroo copied what any copied; its own practices stay uncopied by rule.
fn much_copied() -> Site {
    let mut loaded = loaded();
    let khoroos = loaded.datasets.iter().filter(|(vintage, _)| vintage.as_str() == "2022");
    let khoroos: Vec<KhorooId> =
        khoroos.flat_map(|(_, of)| of.khoroos.iter().map(|khoroo| khoroo.id.clone())).collect();
    let copies = &mut loaded.records.replications;
    let mut made: BTreeSet<(String, KhorooId)> =
        copies.iter().map(|copy| (copy.practice.clone(), copy.khoroo.clone())).collect();
    for copy in copies.clone().iter().filter(|copy| copy.cycle == "2022" && copy.status == "completed") {
        for khoroo in &khoroos {
            if made.insert((copy.practice.clone(), khoroo.clone())) {
                let id = format!("{}-{}", copy.id, khoroo.code);
                copies.push(Replication { id, khoroo: khoroo.clone(), ..copy.clone() });
            }
        }
    }
    copies.sort_by(|a, b| a.id.cmp(&b.id));
    Site::of(loaded)
}

#[tokio::test]
async fn more_rounds_over_copies_than_there_is_time_for_are_refused_and_not_left_out() {
    let site = much_copied();
    let path = "/api/v1/spread?cycle=2022&permutations";
    let few = get(&site.public, &format!("{path}=99")).await.json();
    let n_copies = few["distance"]["copies"].as_u64().expect("copies");
    assert!(n_copies > 5_880, "{n_copies}");
    let asked = format!("{path}=9999");
    let (code, parameter, detail) = get(&site.public, &asked).await.refusal(400, &asked);
    assert_eq!((code.as_str(), parameter.as_str()), ("invalid_parameter", "permutations"));
    let most = 60_000_000 / n_copies - 204;
    assert!(detail.contains(&format!("at most {most} can be asked for")), "{detail}");
}

/// `tests/judge/weights.py` says how its answers were made.
#[tokio::test]
async fn libpysal_reads_in_the_files_what_neighbours_say() {
    let judged: Value =
        serde_json::from_str(include_str!("../../judge/weights.json")).expect("the file is JSON");
    let site = city();
    let files = judged["files"].as_object().expect("files");
    assert_eq!(files.len(), 3);
    for (name, read) in files {
        let served = get(&site.public, &format!("/api/v1/{name}")).await;
        let digest: [u8; 32] = Sha256::digest(&served.body).into();
        let half = u128::from_be_bytes(*digest.first_chunk().expect("16 bytes of 32"));
        assert_eq!(format!("{half:032x}"), text(&read["sha256"])[..32], "{name}: have it judged again");
        let near = read["near"].as_object().expect("lists");
        assert_eq!((near.len(), list(&read["islands"]).len()), (204, 0), "{name}");
        for (code, near) in near.iter().step_by(5) {
            let question = match name.split_once("weights=").expect("a kind").1 {
                "knn&k=6" => "by=distance&between=offices&limit=6".to_owned(),
                kind => format!("contiguity={kind}"),
            };
            let told =
                get(&site.public, &format!("/api/v1/khoroos/{code}/neighbours?{question}")).await.json();
            let mut told: Vec<&str> =
                list(&told["neighbours"]).iter().map(|one| text(&one["code"])).collect();
            told.sort_unstable();
            assert_eq!(list(near).iter().map(text).collect::<Vec<_>>(), told, "{name} {code}");
        }
    }
}

/// Rows beside the neighbours of the same code.
trait ZipSorted<'a>: Iterator<Item = &'a Vec<&'a str>> + Sized {
    fn zip_sorted(self, told: &'a [Value]) -> Vec<(&'a Vec<&'a str>, &'a Value)> {
        let mut rows: Vec<&Vec<&str>> = self.collect();
        let mut told: Vec<&Value> = told.iter().collect();
        rows.sort_by_key(|row| row[1]);
        told.sort_by_key(|one| text(&one["code"]));
        assert_eq!(rows.len(), told.len());
        rows.into_iter().zip(told).collect()
    }
}

impl<'a, T: Iterator<Item = &'a Vec<&'a str>>> ZipSorted<'a> for T {}

#[tokio::test]
async fn flows_are_the_copies_that_count() {
    let site = city();
    let flows = get(&site.public, "/api/v1/flows?cycle=2022").await.json();
    let rows = list(&flows["flows"]);
    let n: u64 = rows.iter().map(|row| row["copies"].as_u64().expect("a number")).sum();
    assert_eq!((n, flows["copies"].as_u64()), (95, Some(95)));
    let copies =
        get(&site.public, "/api/v1/replications?cycle=2022&status=completed&limit=1000").await.json();
    let mut by_copier: BTreeMap<String, u64> = BTreeMap::new();
    for copy in list(&copies["items"]) {
        *by_copier.entry(text(&copy["khoroo"]).trim_start_matches("2022:").to_owned()).or_default() += 1;
    }
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for row in rows {
        assert_ne!(row["host"], row["copier"]);
        assert_eq!(row["across_districts"], row["host_district"] != row["copier_district"]);
        *found.entry(text(&row["copier"]).to_owned()).or_default() +=
            row["copies"].as_u64().expect("a number");
    }
    assert_eq!(found, by_copier);
    let across: u64 = rows
        .iter()
        .filter(|row| row["across_districts"] == true)
        .filter_map(|row| row["copies"].as_u64())
        .sum();
    let study = get(&site.public, "/api/v1/spread?cycle=2022").await.json();
    assert_eq!(study["distance"]["across_districts"]["n"], across);
    assert_eq!(study["distance"]["copies"], 95);

    let map = get(&site.public, "/api/v1/flows?cycle=2022&f=geojson").await;
    assert_eq!(map.header("content-type"), "application/geo+json");
    let map = map.json();
    assert_eq!(list(&map["features"]).len(), rows.len());
    assert_eq!(map["features"][0]["properties"], rows[0]);
    assert_eq!(list(&map["features"][0]["geometry"]["coordinates"]).len(), 2);

    let sheet = get(&site.public, "/api/v1/flows?cycle=2022&f=csv").await;
    assert_eq!(sheet.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(sheet.header("content-disposition"), "attachment; filename=\"flows-2022-2022.csv\"");
    let lines: Vec<&str> = sheet.text().trim_start_matches('\u{feff}').lines().collect();
    assert!(lines[0].starts_with("host,host_district,host_name_mn"), "{}", lines[0]);
    assert_eq!(lines.len(), rows.len() + 1);
    assert!(lines[0].ends_with(",illustrative") && lines[1..].iter().all(|line| line.ends_with(",true")));
    let none = get(&site.public, "/api/v1/flows?cycle=2022&theme=admin&f=csv").await;
    assert_eq!(none.text().trim_start_matches('\u{feff}').lines().next(), Some(lines[0]));
}
