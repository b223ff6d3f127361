//! Values, legends and styles of a town small enough to count by hand.

mod cells;
mod painted;
mod pictures;

use hlp_tracker::cartography::{
    Asked, EntryKind, Error, FontFaces, Ground, MapMeasure, Query, legend, style, values,
};
use hlp_tracker::model::{Lang, Loaded, VintageId};
use hlp_tracker::snapshot::{CycleChoice, Level, Snapshot};
use serde_json::json;

use crate::small_world::loaded;

fn town() -> Snapshot {
    Snapshot::build(loaded(), None, 10_000.0).expect("a sound town")
}

fn read(snapshot: &Snapshot, measure: &str, asked: &Asked) -> Query {
    Query::read(snapshot, measure, asked, Lang::En).expect("a sound query")
}

fn refusal(measure: &str, asked: Asked) -> Error {
    Query::read(&town(), measure, &asked, Lang::En).expect_err("refused")
}

fn labels(snapshot: &Snapshot, query: &Query) -> Vec<(String, usize)> {
    let legend = legend(snapshot, query).expect("a legend");
    legend.classes.into_iter().map(|entry| (entry.label_en, entry.units)).collect()
}

fn counted(pairs: &[(&str, usize)]) -> Vec<(String, usize)> {
    pairs.iter().map(|&(label, n)| (label.to_owned(), n)).collect()
}

#[test]
fn without_parameters_the_newest_vintage_and_cycle_are_shown_by_khoroo() {
    let snapshot = town();
    let query = read(&snapshot, "identifications", &Asked::default());
    assert_eq!((query.vintage.as_str(), query.level, query.classes), ("2022", Level::Khoroo, 5));
    assert_eq!(query.cycle, CycleChoice::One("2022".into()));
    let earlier = read(&snapshot, "identifications", &Asked { cycle: Some("2020"), ..Asked::default() });
    assert_eq!(earlier.vintage.as_str(), "2020");
}

#[test]
fn a_word_that_is_not_allowed_is_answered_with_those_that_are() {
    let none = Asked::default();
    let check = |measure: &str, asked: Asked, parameter: &str, told: &str| {
        let error = refusal(measure, asked);
        assert_eq!((error.parameter(), error.to_string().as_str()), (parameter, told));
    };
    check(
        "copies",
        none,
        "measure",
        "`measure` is `copies`; allowed are identifications, replications, replications_hosted, \
         participation, bivariate",
    );
    check(
        "bivariate",
        Asked { level: Some("city"), ..none },
        "level",
        "`level` is `city`; allowed are khoroo, district",
    );
    check(
        "replications",
        Asked { cycle: Some("2021"), ..none },
        "cycle",
        "`cycle` is `2021`; allowed are all, 2020, 2022",
    );
    check(
        "replications",
        Asked { cycle: Some("2020"), vintage: Some("2022"), ..none },
        "cycle",
        "cycle `2020` is native to vintage `2020`, not to `2022`",
    );
    check(
        "replications",
        Asked { theme: Some("noise"), ..none },
        "theme",
        "`theme` is `noise`; allowed are all, green, waste",
    );
    check(
        "replications",
        Asked { vintage: Some("1990"), ..none },
        "vintage",
        "vintage `1990` is unknown; known are `2020`, `2022`",
    );
    for classes in ["0", "6", "many", "1,2"] {
        let error = refusal("replications", Asked { classes: Some(classes), ..none });
        assert_eq!(error, Error::ClassCount(classes.into()));
    }
    for classes in [None, Some("2,1"), Some("0,1"), Some("1,2,3,4,5,6"), Some("1,x"), Some("NaN")] {
        let error = refusal("replications", Asked { method: Some("manual"), classes, ..none });
        assert!(matches!(error, Error::ManualBreaks(_)), "{error}");
    }
    let rate = Asked { rate: Some("per10000"), ..none };
    assert_eq!(refusal("participation", rate), Error::RateOfParticipation);
}

#[test]
fn classes_are_counts_with_zero_apart_and_no_more_than_distinct_values() {
    let snapshot = town();
    let query = read(&snapshot, "identifications", &Asked::default());
    assert_eq!(labels(&snapshot, &query), counted(&[("0", 3), ("1", 1), ("2", 1), ("No data", 0)]));
    let one = read(&snapshot, "identifications", &Asked { classes: Some("1"), ..Asked::default() });
    assert_eq!(labels(&snapshot, &one), counted(&[("0", 3), ("1+", 2), ("No data", 0)]));
}

#[test]
fn a_colour_means_the_same_in_every_vintage_and_cycle() {
    let snapshot = town();
    let breaks = |cycle| {
        let query = read(&snapshot, "identifications", &Asked { cycle: Some(cycle), ..Asked::default() });
        legend(&snapshot, &query).expect("a legend").breaks
    };
    assert_eq!(breaks("2020"), breaks("2022"));
    assert_eq!(breaks("all"), breaks("2022"));
}

#[test]
fn a_rate_names_the_population_it_stands_on() {
    let snapshot = town();
    let query = read(&snapshot, "identifications", &Asked { rate: Some("per10000"), ..Asked::default() });
    let told = legend(&snapshot, &query).expect("a legend");
    assert_eq!(told.title.en, "Good practices identified per 10,000 residents, by khoroo, 2022 cycle");
    assert_eq!(told.base.en, "Boundaries of 2022 (5 khoroos); population: 2022");
    // 2020: 1 of 12,000 and 1 of 20,000; 2022: 1 of 10,000 and 2 of 20,000.
    let expected = [("0", 3), ("0.50–0.82", 0), ("0.83–0.99", 0), ("1.00", 2), ("No data", 0)];
    assert_eq!(labels(&snapshot, &query), counted(&expected));
}

#[test]
fn figures_of_one_kind_have_the_same_decimals_at_each_level_and_of_each_theme() {
    let snapshot = town();
    for measure in MapMeasure::ALL {
        for (rate, decimals) in [("count", 0), ("per10000", 2)] {
            for (level, theme) in [("khoroo", "all"), ("district", "all"), ("khoroo", "waste")] {
                let asked =
                    Asked { rate: Some(rate), level: Some(level), theme: Some(theme), ..Asked::default() };
                let Ok(query) = Query::read(&snapshot, measure.word(), &asked, Lang::En) else { continue };
                let told = legend(&snapshot, &query).expect("a legend");
                assert_eq!(told.decimals, decimals, "{} {rate} {level} {theme}", measure.word());
            }
        }
    }
}

#[test]
fn what_was_not_reported_is_no_data_with_a_note() {
    let snapshot = town();
    let query = read(&snapshot, "replications", &Asked { cycle: Some("2020"), ..Asked::default() });
    let told = legend(&snapshot, &query).expect("a legend");
    assert_eq!(told.classes.last().map(|entry| entry.units), Some(4));
    assert_eq!(told.classes.iter().map(|entry| entry.units).sum::<usize>(), 4);
    assert_eq!(told.notes[0].en, "Replications were not counted in this cycle: unknown, not zero.");
}

#[test]
fn participation_is_a_yes_for_khoroos_and_a_percentage_for_districts() {
    let snapshot = town();
    let query = read(&snapshot, "participation", &Asked::default());
    assert_eq!(
        labels(&snapshot, &query),
        counted(&[("Entered nothing", 3), ("Entered a practice", 2), ("No data", 0)])
    );
    // 2020: one of two khoroos each; 2022: one of three, one of two.
    let query = read(&snapshot, "participation", &Asked { level: Some("district"), ..Asked::default() });
    let expected = [("0 %", 0), ("33–49 %", 1), ("50–100 %", 1), ("No data", 0)];
    assert_eq!(labels(&snapshot, &query), counted(&expected));
}

#[test]
fn manual_classes_are_taken_as_given_unless_they_leave_a_value_out() {
    let snapshot = town();
    let manual = |classes| {
        read(
            &snapshot,
            "identifications",
            &Asked { method: Some("manual"), classes: Some(classes), ..Asked::default() },
        )
    };
    assert_eq!(labels(&snapshot, &manual("1,3")), counted(&[("0", 3), ("1–2", 2), ("3", 0), ("No data", 0)]));
    let error = legend(&snapshot, &manual("2,3")).expect_err("leaves 1 out");
    assert_eq!(error.to_string(), "`classes` starts at 2, but the smallest value is 1");
}

#[test]
fn a_town_without_records_has_zero_and_no_data_only() {
    let mut silent = loaded();
    silent.records.identifications.clear();
    let snapshot = Snapshot::build(silent, None, 10_000.0).expect("sound");
    for measure in MapMeasure::ALL {
        let query = read(&snapshot, measure.word(), &Asked::default());
        let told = labels(&snapshot, &query);
        assert_eq!(told.iter().map(|(_, n)| n).sum::<usize>(), 5, "{measure:?}: {told:?}");
    }
    let query = read(&snapshot, "identifications", &Asked::default());
    assert_eq!(labels(&snapshot, &query), counted(&[("0", 5), ("No data", 0)]));
    let nowhere = Snapshot::build(Loaded::default(), None, 10_000.0).expect("empty");
    let error =
        Query::read(&nowhere, "identifications", &Asked::default(), Lang::En).expect_err("no vintage");
    assert_eq!(error.to_string(), "the store holds no vintage");
}

#[test]
fn values_hold_every_unit_and_cycle_with_its_class() {
    let snapshot = town();
    let told = values(&snapshot, &read(&snapshot, "identifications", &Asked::default())).expect("values");
    insta::assert_json_snapshot!("values_identifications", told);
    let told = values(&snapshot, &read(&snapshot, "bivariate", &Asked::default())).expect("values");
    let fourth = serde_json::to_value(&told.units[3]).expect("JSON");
    // bb-1: 2 identified (more), 1 replicated (the only class).
    assert_eq!(fourth["cells"]["2022"], json!({ "value": 2, "second": 1, "class": 5 }));
    assert_eq!(told.legend.classes[5].label_en, "identified 2, replicated 1");
}

#[test]
fn a_legend_names_definitions_that_there_are() {
    let snapshot = town();
    let defined: Vec<&str> = hlp_tracker::tracker::definitions().map(|d| d.id).collect();
    for measure in MapMeasure::ALL {
        for (rate, theme) in [("count", "all"), ("count", "waste"), ("per10000", "waste")] {
            let asked = Asked { rate: Some(rate), theme: Some(theme), ..Asked::default() };
            let Ok(query) = Query::read(&snapshot, measure.word(), &asked, Lang::En) else { continue };
            let named = legend(&snapshot, &query).expect("a legend").definitions;
            let more = usize::from(rate != "count") + usize::from(theme != "all");
            assert_eq!((named[0], named.len()), (measure.word(), 1 + more));
            assert!(named.iter().all(|id| defined.contains(id)), "{named:?}");
        }
    }
}

#[test]
fn a_square_has_the_pairs_that_can_occur_each_with_a_label_of_its_own() {
    let snapshot = town();
    let mut n_lone = 0;
    for rate in ["count", "per10000"] {
        for theme in ["all", "green", "waste"] {
            let asked = Asked { rate: Some(rate), theme: Some(theme), ..Asked::default() };
            let told = legend(&snapshot, &read(&snapshot, "bivariate", &asked)).expect("a legend");
            let [columns, rows] = told.side_labels.expect("of pairs");
            let of_one = |measure| {
                let asked = Asked { classes: Some("2"), method: Some("quantile"), ..asked };
                let classes = legend(&snapshot, &read(&snapshot, measure, &asked)).expect("a legend").classes;
                let known = classes.into_iter().filter(|class| class.kind != EntryKind::NoData);
                known.map(|class| (class.label_mn, class.label_en)).collect::<Vec<_>>()
            };
            for (side, measure) in [(&columns, "identifications"), (&rows, "replications")] {
                let side: Vec<_> = side.iter().map(|text| (text.mn.clone(), text.en.clone())).collect();
                assert_eq!(side, of_one(measure), "{measure} {rate} {theme}");
                n_lone += usize::from(side.len() == 2);
            }
            let pairs: Vec<[usize; 2]> = told.classes.iter().filter_map(|class| class.pair).collect();
            let expected: Vec<[usize; 2]> =
                (0..rows.len()).flat_map(|y| (0..columns.len()).map(move |x| [x, y])).collect();
            assert_eq!(pairs, expected, "{rate} {theme}");
            let mut labels: Vec<&str> = told.classes.iter().map(|class| class.label_en.as_str()).collect();
            labels.sort_unstable();
            labels.dedup();
            assert_eq!(labels.len(), told.classes.len(), "{labels:?}");
        }
    }
    assert!(n_lone > 0, "some side has a lone class, which is `fewer`");
}

/// Told of whole areas: sums of counts, and of rates and shares what holds of the area as one.
#[test]
fn totals_are_those_of_the_area_as_one() {
    let snapshot = town();
    let of = |measure, level: &str, rate: &str| {
        let asked = Asked { level: Some(level), rate: Some(rate), ..Asked::default() };
        values(&snapshot, &read(&snapshot, measure, &asked)).expect("values")
    };
    let number = |n: &Option<serde_json::Number>| n.as_ref().and_then(serde_json::Number::as_f64);
    let districts: Vec<String> =
        snapshot.newest().expect("one").geography.districts.iter().map(|d| d.code.clone()).collect();
    let counts = of("identifications", "khoroo", "count");
    for cycle in ["2022", "all"] {
        let sum = |district: Option<&str>| {
            let units = counts.units.iter().filter(|unit| district.is_none_or(|code| unit.district == code));
            units.filter_map(|unit| number(&unit.cells[cycle].value)).sum::<f64>()
        };
        assert!(sum(None) > 0.0);
        assert_eq!(number(&counts.totals["city"][cycle].value), Some(sum(None)));
        for code in &districts {
            assert_eq!(number(&counts.totals[code][cycle].value), Some(sum(Some(code))), "{code}");
        }
        let entered = of("participation", "khoroo", "count");
        let n = entered.units.iter().filter(|unit| number(&unit.cells[cycle].value) > Some(0.0)).count();
        assert_eq!(number(&entered.totals["city"][cycle].value), Some(n as f64));
        let share = of("participation", "district", "count");
        let expected = (100.0 * n as f64 / entered.units.len() as f64).round();
        let total = &share.totals["city"][cycle];
        assert_eq!(number(&total.value), Some(expected));
        let khoroos = total.khoroos.map(|khoroos| [khoroos.entering, khoroos.of]);
        assert_eq!(khoroos, Some([n as i64, entered.units.len() as i64]));
    }
    // The rate of a district is that of the map by district.
    let rates = of("identifications", "khoroo", "per10000");
    let by_district = of("identifications", "district", "per10000");
    for unit in &by_district.units {
        let told = &rates.totals[&unit.code]["2022"];
        let cell = &unit.cells["2022"];
        assert_eq!(told.residents.flatten(), cell.residents.flatten().map(|r| r.population), "{}", unit.code);
        assert_eq!(number(&told.value), number(&cell.value), "{}", unit.code);
    }
    // The city's is that of all its residents together, so it lies between its districts'.
    let city = &rates.totals["city"]["2022"];
    let rate = number(&city.value).expect("districts have residents");
    let of_districts: Vec<f64> =
        districts.iter().filter_map(|code| number(&rates.totals[code]["2022"].value)).collect();
    assert!(of_districts.len() > 1 && of_districts.iter().any(|other| (other - rate).abs() > 0.051));
    assert!(of_districts.iter().any(|low| *low <= rate) && of_districts.iter().any(|high| *high >= rate));
    let residents = city.residents.flatten().expect("districts have residents") as f64;
    let counted = number(&counts.totals["city"]["2022"].value).expect("a sum");
    assert!((rate - 10_000.0 * counted / residents).abs() < 0.051, "{rate} of {counted} and {residents}");
    let pairs = of("bivariate", "khoroo", "count");
    assert_eq!(pairs.totals["city"]["2022"].value, counts.totals["city"]["2022"].value);
    assert!(pairs.totals["city"]["2022"].second.is_some() && counts.totals["city"]["2022"].second.is_none());
}

#[test]
fn a_style_is_complete_in_itself() {
    let snapshot = town();
    let query = read(&snapshot, "replications", &Asked { lang: Some("mn"), ..Asked::default() });
    let mut told = style(&snapshot, &query, "https://example.mn/hlp", &FontFaces::new(), Ground::Light)
        .expect("a style");
    assert_eq!(told["metadata"]["hlp:legend"]["vintage"], "2022");
    told["metadata"] = json!("the legend, tested above");
    assert_eq!(told["name"], "Нутагшуулсан сайн туршлага, хороогоор, 2022 оны мөчлөг");
    assert_eq!(told["sources"]["tracker"]["url"], "https://example.mn/hlp/tiles/tracker-2022.json");
    insta::assert_json_snapshot!("style_replications", told);
}

#[test]
fn a_vintage_without_khoroo_lines_is_painted_by_district_with_a_note() {
    let mut codes_only = loaded();
    let id: VintageId = "2020".parse().expect("a vintage");
    codes_only.datasets.get_mut(&id).expect("there").khoroos.iter_mut().for_each(|k| k.shape = None);
    let snapshot = Snapshot::build(codes_only, None, 10_000.0).expect("sound");
    let query = read(&snapshot, "identifications", &Asked { vintage: Some("2020"), ..Asked::default() });
    let told = style(&snapshot, &query, "", &FontFaces::new(), Ground::Light).expect("a style");
    assert_eq!(told["layers"][1]["source-layer"], "districts");
    assert_eq!(told["metadata"]["hlp:legend"]["level"], "district");
    assert_eq!(
        told["metadata"]["hlp:legend"]["notes"][0]["en"],
        "Khoroo lines of this period do not exist, so the map shows districts. \
         District lines: Boundaries of 2022."
    );
}
