//! Practices and replications in tracker tiles: which there are, where they stand, how they are thinned.

use std::collections::{BTreeMap, BTreeSet};

use fast_mvt::{MvtFeature, MvtGeometry};
use hlp_tracker::model::audience::is_public;
use hlp_tracker::model::{
    BudgetLine, Decision, Lang, LineageKind, Loaded, Maturity, Practice, PracticeStatus, TileCoord, VintageId,
};
use hlp_tracker::snapshot::{CycleChoice, Measure, Snapshot};
use hlp_tracker::tiles::{self, Tileset};

use super::encoded::{build, bytes, decode, layer, tile_of, value};
use crate::small_world::{self, at, identification, lineage, replication};
use crate::support::demo;

fn town() -> Loaded {
    let mut town = small_world::loaded();
    place(&mut town, "p2", Some((2, 3)));
    town
}

fn place(town: &mut Loaded, practice: &str, spot: Option<(i32, i32)>) {
    practice_mut(town, practice).location = spot.map(|(x, y)| at(x, y));
}

fn practice_mut<'a>(town: &'a mut Loaded, id: &str) -> &'a mut Practice {
    town.records.practices.iter_mut().find(|p| p.id == id).expect("there")
}

/// Features of a layer in the tile over the town at a zoom, one text each.
fn told(snapshot: &Snapshot, name: &str, z: u32, fields: &[&str]) -> Vec<String> {
    let tile = decode(&bytes(snapshot, "tracker-2022", tile_of(at(12, 12), z)));
    let one = |feature: &MvtFeature| {
        fields.iter().map(|field| value(feature, field).unwrap_or("-".into())).collect::<Vec<_>>().join(" ")
    };
    layer(&tile, name).iter().map(one).collect()
}

#[test]
fn a_practice_without_a_place_stands_at_its_host_and_says_so() {
    let snapshot = build(town());
    let fields = ["id", "theme", "host_vintage", "host", "placed", "cycles", "status"];
    // `p4` is not identified, `p5` was entered before and its host is of 2020; `p1` likewise.
    assert_eq!(
        told(&snapshot, "practices", 9, &fields),
        ["p2 waste 2022 aa-1 point 2022 identified", "p3 green 2022 bb-1 khoroo 2022 identified"]
    );
    let tile = decode(&bytes(&snapshot, "tracker-2022", tile_of(at(12, 12), 9)));
    let cell = |name: &str, key: &str, wanted: &str| {
        let found = layer(&tile, name).iter().find(|f| value(f, key).as_deref() == Some(wanted));
        match found.expect("drawn").geometry {
            MvtGeometry::Point(p) => [p.x(), p.y()],
            ref other => panic!("not a point: {other:?}"),
        }
    };
    assert_eq!(cell("practices", "id", "p3"), cell("khoroo_labels", "code", "bb-1"));
}

#[test]
fn a_practice_tells_its_maturity_and_the_cycles_in_which_it_was_entered() {
    let mut twice = town();
    practice_mut(&mut twice, "p2").details.maturity = Some(Maturity::Demonstrated);
    let mut later = twice.records.cycles[1].clone();
    later.id = "2023".into();
    twice.records.cycles.push(later);
    let mut entry = identification("p2", "2022", "2022:aa-1", Decision::Accepted);
    entry.cycle = "2023".into();
    twice.records.identifications.push(entry);
    let snapshot = build(twice);
    let fields = ["id", "title_mn", "title_en", "maturity", "cycles", "count"];
    assert_eq!(told(&snapshot, "practices", 9, &fields)[0], "p2 Туршлага p2 - demonstrated 2022,2023 1");
}

#[test]
fn a_copy_tells_its_year_status_and_money() {
    let mut funded = town();
    let line = |position, amount| BudgetLine {
        replication: "r2".into(),
        position,
        source: "own".into(),
        amount,
        fiscal_year: 2022,
        illustrative: false,
    };
    funded.records.budget_lines = vec![line(1, 100_200), line(2, 800)];
    funded.records.replications[1].completed_on = Some(jiff::civil::date(2023, 1, 31));
    let snapshot = build(funded);
    let fields =
        ["id", "practice", "theme", "host", "khoroo", "cycle", "status", "year", "budget_total", "placed"];
    assert_eq!(
        told(&snapshot, "replications", 12, &fields),
        [
            "r1 p1 waste aa-2 bb-2 2022 completed 2022 - khoroo",
            "r2 p2 waste aa-1 bb-1 2022 completed 2023 101000 khoroo",
            "r4 p3 green bb-1 aa-1 2022 completed 2022 - khoroo",
        ]
    );
}

#[test]
fn the_line_of_a_host_of_earlier_boundaries_begins_where_its_count_is() {
    let snapshot = build(town());
    let view = snapshot.newest().expect("2022");
    let mark = &view.marks.copies[0];
    // `p1` of 2020:aa-2, whose larger piece is aa-3 now.
    assert_eq!(Some(mark.from.at), view.geography.khoroos[2].label);

    let mut moved = town();
    moved.lineage.push(lineage("2020:aa-2", "2022:aa-1", LineageKind::Unchanged, 0.1));
    let snapshot = build(moved);
    let view = snapshot.newest().expect("2022");
    assert_eq!(Some(view.marks.copies[0].from.at), view.geography.khoroos[0].label);

    let mut lost = town();
    lost.lineage.clear();
    let id: VintageId = "2022".parse().expect("a vintage");
    lost.datasets.get_mut(&id).expect("there").khoroos.retain(|k| k.code().number != 2 || k.shape.is_none());
    lost.records.replications.retain(|r| r.khoroo.code.number != 2 || r.practice == "p1");
    lost.records.replications[0].khoroo = "2022:bb-1".parse().expect("a khoroo version");
    let snapshot = build(lost);
    assert_eq!(snapshot.unplaced.len(), 1, "{:?}", snapshot.unplaced);
    let drawn = told(&snapshot, "replications", 14, &["id"]);
    assert!(!drawn.contains(&"r1".to_owned()), "a host without a place has no line: {drawn:?}");
}

#[test]
fn where_khoroos_have_no_lines_their_district_stands_for_them() {
    let mut codes_only = town();
    let id: VintageId = "2022".parse().expect("a vintage");
    codes_only.datasets.get_mut(&id).expect("there").khoroos.iter_mut().for_each(|k| k.shape = None);
    let snapshot = build(codes_only);
    assert_eq!(
        told(&snapshot, "practices", 14, &["id", "placed"]),
        ["p2 point", "p3 district"],
        "drawn on borrowed district lines"
    );
    // Within one district there is nothing to draw.
    let drawn = told(&snapshot, "replications", 14, &["id", "placed"]);
    assert_eq!(drawn, ["r1 district", "r2 district", "r4 district"]);
}

#[test]
fn drafts_and_copies_that_do_not_count_are_on_no_map() {
    let mut private = town();
    for status in [PracticeStatus::Draft, PracticeStatus::Submitted, PracticeStatus::Returned] {
        practice_mut(&mut private, "p3").status = status;
        private.records.replications.retain(|r| r.practice != "p3");
        let snapshot = build(private.clone());
        let mut seen = BTreeSet::new();
        for z in 6..=16 {
            seen.extend(told(&snapshot, "practices", z, &["id"]));
            seen.extend(told(&snapshot, "replications", z, &["id"]));
        }
        assert!(seen.is_subset(&["p2", "r1", "r2"].map(str::to_owned).into()), "{status}: {seen:?}");
    }
}

#[test]
fn one_dot_a_theme_stands_for_its_neighbours_in_overviews_only() {
    let mut crowd = town();
    let spots = [("q1", "waste", "aa-1", 2), ("q2", "green", "aa-1", 2), ("q3", "waste", "aa-3", 28)];
    for (id, theme, host, x) in spots {
        let host = format!("2022:{host}");
        let mut practice = small_world::practice(id, theme, &host, PracticeStatus::Identified);
        practice.location = Some(at(x, 3));
        crowd.records.practices.push(practice);
    }
    crowd.records.practices.retain(|p| p.id != "p3");
    crowd.records.replications.retain(|r| r.practice != "p3");
    let snapshot = build(crowd);
    let fields = ["theme", "cycles", "count", "district", "id", "title_mn", "host", "placed", "status"];
    let at_zoom = |z| told(&snapshot, "practices", z, &fields);
    // A square of zoom 6 is 6 km wide; one of zoom 10 is 400 m, the town 2.2 km. `p2` alone was entered.
    let lone = [
        "green - 1 aa q2 Туршлага q2 aa-1 point identified",
        "waste - 1 aa q1 Туршлага q1 aa-1 point identified",
        "waste - 1 aa q3 Туршлага q3 aa-3 point identified",
        "waste 2022 1 aa p2 Туршлага p2 aa-1 point identified",
    ];
    let sorted = |z| BTreeSet::from_iter(at_zoom(z));
    assert_eq!(sorted(6), [lone[0], "waste - 2 aa - - - - -", lone[3]].map(str::to_owned).into());
    assert_eq!(sorted(10), lone.map(str::to_owned).into());
    assert_eq!(at_zoom(5), Vec::<String>::new());
    let mut whole = BTreeSet::new();
    for (x, y) in [(2, 3), (28, 3)] {
        let tile = decode(&bytes(&snapshot, "tracker-2022", tile_of(at(x, y), 14)));
        whole.extend(layer(&tile, "practices").iter().filter_map(|f| value(f, "id")));
    }
    assert_eq!(whole, ["p2", "q1", "q2", "q3"].map(str::to_owned).into());
}

#[test]
fn copies_between_the_same_squares_are_one_line_in_every_tile() {
    let mut crowd = town();
    crowd.records.replications.retain(|r| r.practice == "p2");
    // From the same spot to the same khoroo, of the same theme, of another and of another cycle.
    for (id, practice, theme) in [("r6", "q1", "waste"), ("r7", "q2", "green"), ("r8", "q3", "waste")] {
        let mut hosted = small_world::practice(practice, theme, "2022:aa-1", PracticeStatus::Identified);
        hosted.location = Some(at(2, 3));
        crowd.records.practices.push(hosted);
        crowd.records.replications.push(replication(id, practice, "2022:bb-1", "completed"));
    }
    crowd.records.replications.last_mut().expect("`r8`").cycle = "2023".into();
    let mut later = crowd.records.cycles[1].clone();
    later.id = "2023".into();
    crowd.records.cycles.push(later);
    let snapshot = build(crowd);
    let fields = ["theme", "cycle", "count", "id", "khoroo", "from", "to"];
    assert_eq!(
        told(&snapshot, "replications", 11, &fields),
        ["waste 2022 2 - - aa-1 bb-1", "green 2022 1 r7 bb-1 aa-1 bb-1", "waste 2023 1 r8 bb-1 aa-1 bb-1"],
        "what several do not share is not told"
    );
    // At zoom 6 host and copy are in one square.
    assert_eq!(told(&snapshot, "replications", 6, &fields), Vec::<String>::new());
    let mut drawn: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for z in [11, 12, 13] {
        let centre = tile_of(at(12, 12), z);
        for x in centre.x() - 1..=centre.x() + 1 {
            for y in centre.y() - 1..=centre.y() + 1 {
                let tile = TileCoord::new(z, x, y).expect("on the grid");
                let tile = decode(&bytes(&snapshot, "tracker-2022", tile));
                for feature in layer(&tile, "replications") {
                    let [theme, cycle, count] =
                        ["theme", "cycle", "count"].map(|f| value(feature, f).expect("told"));
                    drawn.entry(format!("{theme} {cycle}")).or_default().insert(count);
                }
            }
        }
    }
    let one = |count: &str| BTreeSet::from([count.to_owned()]);
    let expected = [("waste 2022", "2"), ("green 2022", "1"), ("waste 2023", "1")];
    assert_eq!(drawn, expected.map(|(key, count)| (key.to_owned(), one(count))).into());
}

#[test]
fn no_mark_stands_for_records_of_which_a_map_of_one_place_shows_only_some() {
    let mut border = town();
    border.records.replications.clear();
    // On the border of two khoroos of a district, and on that of two districts.
    let hosted =
        [("q1", "aa-1", (10, 5)), ("q2", "aa-2", (10, 5)), ("q3", "aa-1", (10, 5)), ("q4", "aa-1", (5, 10))];
    for (id, host, spot) in hosted.into_iter().chain([("q5", "bb-1", (5, 10))]) {
        let host = format!("2022:{host}");
        border.records.practices.push(small_world::practice(id, "waste", &host, PracticeStatus::Identified));
        place(&mut border, id, Some(spot));
    }
    for (id, practice) in [("r6", "q1"), ("r7", "q2"), ("r8", "q3")] {
        border.records.replications.push(replication(id, practice, "2022:bb-2", "completed"));
    }
    let snapshot = build(border);
    assert_eq!(
        told(&snapshot, "replications", 11, &["count", "from", "to", "id"]),
        ["2 aa-1 bb-2 -", "1 aa-2 bb-2 r7"]
    );
    let dots = told(&snapshot, "practices", 10, &["cycles", "count", "district", "id"]);
    let here: Vec<_> = dots.iter().filter(|dot| dot.starts_with('-')).collect();
    assert_eq!(here, ["- 3 aa -", "- 1 aa q4", "- 1 bb q5"]);
}

#[test]
fn a_line_begins_and_ends_in_khoroos_of_the_map() {
    // `p1` is of 2020:aa-2, whose larger piece is aa-3 now.
    let lines = told(&build(town()), "replications", 12, &["id", "host_vintage", "host", "from", "to"]);
    assert_eq!(lines, ["r1 2020 aa-2 aa-3 bb-2", "r2 2022 aa-1 aa-1 bb-1", "r4 2022 bb-1 bb-1 aa-1"]);
}

#[test]
fn the_lines_of_the_city_are_its_replications_theme_by_theme() {
    let snapshot = demo::snapshot(204);
    let view = snapshot.newest().expect("2022");
    let mut by_theme: BTreeMap<&str, u32> = BTreeMap::new();
    for mark in &view.marks.copies {
        *by_theme.entry(&snapshot.records.practices[mark.practice].theme).or_default() += 1;
    }
    for theme in &view.counts.themes {
        let total = view.counts.total(Measure::Replications, &CycleChoice::All, Some(theme));
        assert_eq!(by_theme.get(theme.as_str()).copied().unwrap_or(0), total.expect("counted"), "{theme}");
    }
    assert_eq!(view.marks.copies.len(), 95);
    assert!(view.marks.practices.len() > 200);
}

/// Where each field of a layer comes from, as `subject.field`; a field that says nothing of a record has
/// none.
fn origin(layer: &str, field: &str) -> Option<String> {
    let subject = if layer.starts_with("khoroo") { "khoroo" } else { "district" };
    let origin = match (layer, field) {
        ("practices", "id") | ("replications", "practice") => "practice.id",
        (_, "theme") => "practice.theme",
        (_, "host" | "host_vintage") | ("practices", "district") | ("replications", "from") => {
            "practice.host"
        }
        (_, "placed") => "practice.location",
        ("replications", "to") => "replication.khoroo",
        ("practices", "cycles") => "identification.cycle",
        ("practices", "title_mn" | "title_en" | "status" | "maturity") => {
            return Some(format!("practice.{field}"));
        }
        ("replications", "id") => "replication.id",
        ("replications", "year") => "replication.completed_on",
        ("replications", "budget_total") => "budget_line.amount",
        ("replications", "khoroo" | "cycle" | "status") => return Some(format!("replication.{field}")),
        (_, "count" | "level" | "room_m") => return None,
        ("khoroos" | "khoroo_labels" | "districts" | "district_labels", figure) => {
            // A figure's name begins with that of its measure.
            let words = ["identifications", "replications_hosted", "replications", "khoroos_entering"];
            let word = words.iter().find(|word| figure.starts_with(**word)).copied();
            let word = word.or(figure.starts_with("population_year").then_some("population_year"));
            let word = word.or(figure.starts_with("population").then_some("population"));
            return match word.unwrap_or(figure) {
                "district" => Some("khoroo.district".into()),
                word => Some(format!("{subject}.{word}")),
            };
        }
        other => panic!("{other:?} is new: who may see it?"),
    };
    Some(origin.to_owned())
}

#[test]
fn every_field_of_the_tiles_is_one_that_everybody_may_see() {
    let snapshot = demo::snapshot(204);
    let mut n_fields = 0;
    for tileset in tiles::tilesets(&snapshot).iter().filter(|t| **t != Tileset::Context) {
        let json = tiles::tilejson(&snapshot, tileset, "", Lang::En).expect("listed");
        for layer in &json.vector_layers {
            for field in layer.fields.keys().filter_map(|field| origin(&layer.id, field)) {
                assert!(is_public(&field), "{}: {field}", layer.id);
                n_fields += 1;
            }
        }
    }
    assert!(n_fields > 200, "{n_fields}");
}

#[test]
fn a_changed_count_changes_only_tiles_that_show_its_khoroo_or_district() {
    let mut one_more = town();
    let practice = small_world::practice("p9", "waste", "2022:bb-2", PracticeStatus::Submitted);
    one_more.records.practices.push(practice);
    let entry = identification("p9", "2022", "2022:bb-2", Decision::Pending);
    one_more.records.identifications.push(entry);
    let (before, after) = (build(town()), build(one_more));
    let (mut n_changed, mut n_same) = (0, 0);
    for z in [6, 9, 12, 14, 16] {
        let [north_west, south_east] = [at(-2, 22), at(32, -2)].map(|place| tile_of(place, z));
        for x in north_west.x()..=south_east.x() {
            for y in north_west.y()..=south_east.y() {
                let tile = TileCoord::new(z, x, y).expect("on the grid");
                let [old, new] = [&before, &after].map(|s| bytes(s, "tracker-2022", tile));
                let shown = decode(&new);
                let shows = |layers: [&str; 2], code: &str| {
                    let mut features = layers.into_iter().flat_map(|name| layer(&shown, name));
                    features.any(|f| value(f, "code").as_deref() == Some(code))
                };
                let is_shown = shows(["khoroos", "khoroo_labels"], "bb-2")
                    || shows(["districts", "district_labels"], "bb");
                assert_eq!(old != new, is_shown, "tile {tile}");
                n_changed += usize::from(is_shown);
                n_same += usize::from(!is_shown && !new.is_empty());
            }
        }
    }
    assert!(n_changed > 4 && n_same > 4, "{n_changed} {n_same}");
    assert_eq!(
        bytes(&before, "tracker-2020", tile_of(at(12, 12), 9)),
        bytes(&after, "tracker-2020", tile_of(at(12, 12), 9))
    );
}
