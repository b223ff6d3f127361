//! The demo city: its numbers are the known ones, its ground is a proper coverage, its records keep
//! every rule, and none of it ever changes by itself.

mod core;
mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use hlp_tracker::demo::facts::{FACTS, NEIGHBOURS};
use hlp_tracker::demo::{DemoOptions, VINTAGE_2020, VINTAGE_2022, generate};
use hlp_tracker::geometry::coverage::Coverage;
use hlp_tracker::geometry::measure;
use hlp_tracker::model::naming::CITY_DISTRICTS;
use hlp_tracker::model::rules;
use hlp_tracker::model::{
    Change, ContextLine, District, DistrictVersion, GridPoint, Khoroo, KhorooId, Lineage, LineageKind,
    MultiPolygon, Practice, Records, Row, Vintage,
};

/// The rows of a change set by table.
#[derive(Default)]
struct City {
    districts: Vec<District>,
    vintages: Vec<Vintage>,
    khoroos: Vec<Khoroo>,
    district_versions: Vec<DistrictVersion>,
    lineage: Vec<Lineage>,
    context_lines: Vec<ContextLine>,
    records: Records,
}

fn city(khoroos: usize, seed: u64) -> City {
    city_of(&DemoOptions { khoroos, seed, ..DemoOptions::default() })
}

fn city_of(options: &DemoOptions) -> City {
    let mut city = City::default();
    for change in generate(options).changes {
        let Change::Put(row) = change else { panic!("a demo only puts rows, not {change:?}") };
        match city.records.add(row) {
            None => {}
            Some(Row::District(row)) => city.districts.push(row),
            Some(Row::Vintage(row)) => city.vintages.push(row),
            Some(Row::Khoroo(row)) => city.khoroos.push(row),
            Some(Row::DistrictVersion(row)) => city.district_versions.push(row),
            Some(Row::Lineage(row)) => city.lineage.push(row),
            Some(Row::ContextLine(row)) => city.context_lines.push(row),
            Some(other) => panic!("no place for {other:?}"),
        }
    }
    city
}

fn the_default_city() -> City {
    city_of(&DemoOptions::default())
}

impl City {
    fn of_vintage(&self, vintage: &str) -> Vec<&Khoroo> {
        self.khoroos.iter().filter(|k| k.id.vintage.as_str() == vintage).collect()
    }

    fn coverage(&self, vintage: &str) -> Coverage {
        let shapes: Vec<&MultiPolygon> = self.of_vintage(vintage).into_iter().map(shape).collect();
        Coverage::from_polygons(&shapes).unwrap_or_else(|e| panic!("vintage {vintage}: {e}"))
    }

    /// Everything that must hold for any seed and size.
    fn assert_sound(&self, khoroos: usize) {
        assert_eq!(self.of_vintage(VINTAGE_2022).len(), khoroos);
        let ids: BTreeSet<KhorooId> = self.khoroos.iter().map(|k| k.id.clone()).collect();
        assert_eq!(ids.len(), self.khoroos.len(), "every khoroo once");
        let ground = rules::Ground {
            vintages: &self.vintages,
            khoroos: &ids,
            lineage: &self.lineage,
            shapes: self.khoroos.iter().map(|khoroo| (&khoroo.id, shape(khoroo))).collect(),
        };
        let verdict = rules::check(&ground, &self.records);
        assert_eq!(verdict.faults, []);
        for vintage in [VINTAGE_2020, VINTAGE_2022] {
            self.assert_ground(vintage);
        }
        self.assert_lineage();
        self.assert_people();
        records::assert_consistent(&self.records, &self.khoroos);
    }

    /// A coverage without overlap, gap or hole, whose districts are the stated ones.
    fn assert_ground(&self, vintage: &str) {
        let khoroos = self.of_vintage(vintage);
        let coverage = self.coverage(vintage);
        for unit in 0..khoroos.len() as u32 {
            for neighbour in coverage.neighbours(unit) {
                assert!(
                    coverage.neighbours(neighbour.unit).iter().any(|back| {
                        back.unit == unit && (back.border_m - neighbour.border_m).abs() < 1e-6
                    }),
                    "unit {unit} and {}",
                    neighbour.unit
                );
            }
        }
        let group_of: Vec<u32> = khoroos.iter().map(|k| district_idx(k) as u32).collect();
        let dissolved = coverage.dissolve(&group_of);
        assert_eq!(dissolved.len(), 9);
        for (index, union) in dissolved.iter().enumerate() {
            let stated = self
                .district_versions
                .iter()
                .find(|v| v.vintage.as_str() == vintage && v.district.as_str() == CITY_DISTRICTS[index].code)
                .and_then(|v| v.shape.as_ref())
                .expect("each district has a shape in each vintage");
            assert_eq!(edges(union), edges(stated), "{vintage} {}", CITY_DISTRICTS[index].code);
        }
        let whole = coverage.dissolve(&vec![0; khoroos.len()]);
        assert_eq!(whole[0].0.len(), 3, "the city and its two exclaves");
        assert!(whole[0].0.iter().all(|part| part.interiors.is_empty()), "no gap inside");
    }

    fn assert_lineage(&self) {
        let mut shares: BTreeMap<&KhorooId, f64> = BTreeMap::new();
        for row in &self.lineage {
            assert!(row.area_share > 0.0 && row.area_share <= 1.0 + 1e-9, "{row:?}");
            *shares.entry(&row.from).or_default() += row.area_share;
        }
        for khoroo in self.of_vintage(VINTAGE_2020) {
            let sum = shares.get(&khoroo.id).copied().unwrap_or(0.0);
            assert!(sum <= 1.0 + 1e-5 && sum > 0.95, "{}: {sum}; slivers are no lineage", khoroo.id);
        }
        let heirs: BTreeSet<&KhorooId> = self.lineage.iter().map(|row| &row.to).collect();
        assert!(self.of_vintage(VINTAGE_2022).iter().all(|k| heirs.contains(&k.id)));
    }

    fn assert_people(&self) {
        for (vintage, year) in [(VINTAGE_2020, 2020), (VINTAGE_2022, 2022)] {
            let mut sums = [0; 9];
            for khoroo in self.of_vintage(vintage) {
                let (residents, homes) =
                    (khoroo.population.expect("known"), khoroo.households.expect("known"));
                assert!(residents >= 0 && homes <= residents && khoroo.population_year == Some(year));
                sums[district_idx(khoroo)] += residents;
            }
            assert_eq!(sums, FACTS.map(|f| f.population(year)), "{vintage}");
        }
    }
}

fn shape(khoroo: &Khoroo) -> &MultiPolygon {
    khoroo.shape.as_ref().expect("every demo khoroo has a shape")
}

fn district_idx(khoroo: &Khoroo) -> usize {
    let code = khoroo.code().district.as_str();
    CITY_DISTRICTS.iter().position(|d| d.code == code).expect("a known district")
}

/// Directed sides, whatever the order of parts and rings and wherever a ring starts.
fn edges(shape: &MultiPolygon) -> BTreeSet<(GridPoint, GridPoint)> {
    shape.rings().flat_map(|ring| (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()]))).collect()
}

#[test]
fn the_default_city_is_sound() {
    the_default_city().assert_sound(204);
}

/// Even-odd, in exact integers; false on the border.
fn lies_in(shape: &MultiPolygon, p: GridPoint) -> bool {
    let mut inside = false;
    for (a, b) in edges(shape) {
        let turn =
            i128::from(b.x - a.x) * i128::from(p.y - a.y) - i128::from(b.y - a.y) * i128::from(p.x - a.x);
        if (a.y > p.y) != (b.y > p.y) && (turn > 0) == (b.y > a.y) {
            inside = !inside;
        }
    }
    inside
}

#[test]
fn everything_that_can_say_so_says_that_it_is_invented() {
    let city = the_default_city();
    assert!(city.districts.iter().all(|r| r.illustrative));
    assert!(city.vintages.iter().all(|r| r.illustrative && r.source.contains("Зохиомол")));
    assert!(city.vintages.iter().all(|r| r.source.contains("Invented") && r.title_en.contains("invented")));
    assert!(city.khoroos.iter().all(|r| r.illustrative));
    assert!(city.district_versions.iter().all(|r| r.illustrative && r.dissolved));
    assert!(city.lineage.iter().all(|r| r.illustrative));
    assert!(city.context_lines.iter().all(|r| r.illustrative));
    let lists = ["step", "theme", "replication_status", "setting", "funding_source", "rating"];
    let mut records = city.records.into_rows().filter(|row| !lists.contains(&row.table().name()));
    assert!(records.all(|row| row.is_illustrative()));
}

#[test]
fn districts_have_the_known_area_place_and_neighbours() {
    let city = the_default_city();
    for version in &city.district_versions {
        let index = CITY_DISTRICTS.iter().position(|d| d.code == version.district.as_str()).expect("known");
        let (facts, shape) = (&FACTS[index], version.shape.as_ref().expect("drawn"));
        let area_km2 = measure::area_m2(shape) / 1e6;
        // One per cent of the area, and one twentieth of the district's size for its place.
        assert!((area_km2 / facts.area_km2 - 1.0).abs() < 0.01, "{}: {area_km2} km²", version.district);
        let (lon, lat) = centroid(shape);
        let (east_km, north_km) = ((lon - facts.centroid.0) * 74.7, (lat - facts.centroid.1) * 111.2);
        let off_km = (east_km * east_km + north_km * north_km).sqrt();
        assert!(off_km < 0.05 * facts.area_km2.sqrt(), "{}: {off_km} km off", version.district);
    }
    for vintage in [VINTAGE_2020, VINTAGE_2022] {
        let khoroos = city.of_vintage(vintage);
        let coverage = city.coverage(vintage);
        let mut touching = BTreeSet::new();
        for (unit, khoroo) in khoroos.iter().enumerate() {
            for neighbour in coverage.neighbours(unit as u32) {
                let pair = [khoroo, &khoroos[neighbour.unit as usize]].map(|k| k.code().district.as_str());
                if pair[0] < pair[1] && neighbour.border_m > 0.0 {
                    touching.insert((pair[0], pair[1]));
                }
            }
        }
        assert_eq!(touching, BTreeSet::from(NEIGHBOURS), "{vintage}");
    }
}

/// Area centroid of the exteriors, degrees; the plane of degrees is near enough for a test.
fn centroid(shape: &MultiPolygon) -> (f64, f64) {
    let (mut doubled, mut x, mut y) = (0.0, 0.0, 0.0);
    for part in &shape.0 {
        let ring = &part.exterior;
        let origin = ring[0];
        for i in 0..ring.len() {
            let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
            let (ax, ay) = (a.lon() - origin.lon(), a.lat() - origin.lat());
            let (bx, by) = (b.lon() - origin.lon(), b.lat() - origin.lat());
            let cross = ax * by - bx * ay;
            doubled += cross;
            x += (ax + bx) * cross + 3.0 * origin.lon() * cross;
            y += (ay + by) * cross + 3.0 * origin.lat() * cross;
        }
    }
    (x / (3.0 * doubled), y / (3.0 * doubled))
}

#[test]
fn khoroos_are_small_in_the_middle_and_huge_at_the_rim() {
    let city = the_default_city();
    let mut areas_km2: Vec<(f64, &Khoroo)> =
        city.of_vintage(VINTAGE_2022).into_iter().map(|k| (measure::area_m2(shape(k)) / 1e6, k)).collect();
    areas_km2.sort_by(|a, b| a.0.total_cmp(&b.0));
    let [least, median, most] = [0, 102, 203].map(|i| areas_km2[i].0);
    assert!((0.06..0.12).contains(&least), "{least}");
    assert!((0.7..1.4).contains(&median), "{median}");
    assert!((600.0..900.0).contains(&most), "{most}");
    let per_km2 = |part: &[(f64, &Khoroo)]| {
        let residents: i64 = part.iter().map(|(_, khoroo)| khoroo.population.expect("known")).sum();
        residents as f64 / part.iter().map(|(area, _)| area).sum::<f64>()
    };
    assert!(per_km2(&areas_km2[..51]) > 100.0 * per_km2(&areas_km2[153..]));
    let n_vertices: usize = city.of_vintage(VINTAGE_2022).into_iter().map(|k| shape(k).n_vertices()).sum();
    assert!((45..85).contains(&(n_vertices / 204)), "{n_vertices}");
}

#[test]
fn new_khoroos_are_cut_out_of_the_known_parents() {
    let city = the_default_city();
    let parents_of = |to: &str| -> BTreeSet<String> {
        let rows = city.lineage.iter().filter(|row| row.to.to_string() == to);
        rows.map(|row| row.from.to_string()).collect()
    };
    for (to, parents) in [
        ("2022:bgd-26", &["2020:bgd-3"][..]),
        ("2022:bgd-28", &["2020:bgd-25", "2020:bgd-5"]),
        ("2022:bgd-31", &["2020:bgd-7"]),
        ("2022:bgd-32", &["2020:bgd-7", "2020:bgd-8"]),
        ("2022:bgd-33", &["2020:bgd-17", "2020:bgd-18"]),
        ("2022:chd-24", &["2020:chd-19"]),
        ("2022:khud-23", &["2020:khud-4"]),
        ("2022:khud-24", &["2020:khud-4"]),
        ("2022:skhd-43", &["2020:skhd-43"]),
    ] {
        assert_eq!(parents_of(to), parents.iter().map(ToString::to_string).collect(), "{to}");
    }
    let by_id: BTreeMap<String, &Khoroo> = city.khoroos.iter().map(|k| (k.id.to_string(), k)).collect();
    for row in &city.lineage {
        let (from, to) = (by_id[&row.from.to_string()], by_id[&row.to.to_string()]);
        match row.kind {
            LineageKind::Unchanged => assert_eq!(from.shape, to.shape, "{row:?}"),
            LineageKind::Split => assert_ne!(from.shape, to.shape, "{row:?}"),
            LineageKind::BoundaryChange | LineageKind::Renumber | LineageKind::Merge => {
                assert_eq!(row.from.code.district.as_str(), "bzd", "only one district was redrawn");
            }
        }
    }
}

#[test]
fn parents_and_their_children_keep_the_outer_border() {
    let city = the_default_city();
    let [before, after] = [VINTAGE_2020, VINTAGE_2022].map(|vintage| {
        let vertices = city.of_vintage(vintage).into_iter().filter(|k| k.code().district.as_str() != "bzd");
        vertices.flat_map(|k| shape(k).vertices()).collect::<BTreeSet<GridPoint>>()
    });
    // Splits add borders and take away only the common border inside a child of two parents.
    let lost = before.difference(&after).count();
    assert!(lost < 60 && after.len() > before.len() + 150, "{lost} {} {}", before.len(), after.len());
}

#[test]
fn official_codes_follow_the_statistics_offices_rule() {
    let city = the_default_city();
    let code =
        |id: &str| city.khoroos.iter().find(|k| k.id.to_string() == id).expect("known").nso_code.clone();
    assert_eq!(code("2022:bgd-26").as_deref(), Some("MN110752"));
    assert_eq!(code("2020:bn-1").as_deref(), Some("MN110151"));
    assert_eq!(code("2022:bzd-25").as_deref(), Some("MN111099"));
}

#[test]
fn rivers_and_roads_lead_through_the_city_and_to_the_exclaves() {
    let city = the_default_city();
    let kinds: BTreeSet<&str> = city.context_lines.iter().map(|l| l.kind.word()).collect();
    assert_eq!(kinds, BTreeSet::from(["river", "road"]));
    assert!(
        city.context_lines.iter().all(|l| l.line.len() > 20 && l.name_mn.is_some() && l.name_en.is_some())
    );
    let coverage = city.coverage(VINTAGE_2022);
    let khoroos = city.of_vintage(VINTAGE_2022);
    let crossed: BTreeSet<&str> = city
        .context_lines
        .iter()
        .flat_map(|l| &l.line)
        .filter_map(|p| coverage.locate(*p))
        .map(|unit| khoroos[unit as usize].code().district.as_str())
        .collect();
    assert_eq!(crossed, CITY_DISTRICTS.iter().map(|d| d.code).collect());
}

#[test]
fn equal_options_give_equal_cities_and_another_seed_another() {
    let set = |khoroos, seed| generate(&DemoOptions { khoroos, seed, ..DemoOptions::default() });
    assert_eq!(set(60, 5), set(60, 5));
    assert_ne!(set(60, 5), set(60, 6));
    assert_eq!(set(3, 5), set(9, 5), "every district keeps a khoroo");
}

#[test]
fn cities_of_other_seeds_and_sizes_are_sound() {
    for (khoroos, seed) in
        [(9, 3), (10, 4), (30, 1), (30, 2), (203, 8), (204, 2), (204, 3), (204, 1 << 40), (700, 6)]
    {
        city(khoroos, seed).assert_sound(khoroos);
    }
}

#[test]
fn a_city_of_two_thousand_is_sound() {
    city(2_000, 1).assert_sound(2_000);
}

/// Pictures in documents, tests of the viewer and saved links rest on the default city. Whoever
/// changes it on purpose pins the new one here and says so in CHANGELOG.md.
#[test]
fn the_default_city_never_changes_by_itself() {
    let city = the_default_city();
    let mut text = String::new();
    for khoroo in &city.khoroos {
        let people = (khoroo.population, khoroo.households);
        writeln!(text, "{} {people:?} {:?}", khoroo.id, shape(khoroo).vertices().collect::<Vec<_>>())
            .expect("text takes all");
    }
    for row in &city.lineage {
        writeln!(text, "{} {} {} {:.6}", row.from, row.to, row.kind.word(), row.area_share)
            .expect("text takes all");
    }
    for line in &city.context_lines {
        writeln!(text, "{} {:?}", line.id, line.line).expect("text takes all");
    }
    for practice in &city.records.practices {
        let Practice { id, title_mn, theme, host, status, location, .. } = practice;
        writeln!(text, "{id} {title_mn} {theme} {host} {} {location:?}", status.word())
            .expect("text takes all");
    }
    for row in &city.records.identifications {
        let (stage, decision) = (row.stage.word(), row.decision.word());
        writeln!(text, "{} {} {stage} {decision} {}", row.practice, row.entered_on, row.awarded)
            .expect("text takes all");
    }
    for row in &city.records.replications {
        writeln!(text, "{} {} {} {}", row.id, row.practice, row.khoroo, row.status).expect("text takes all");
        writeln!(text, "{} {:?}", row.decided_on, row.completed_on).expect("text takes all");
    }
    for row in city.records.into_rows() {
        writeln!(text, "{} {}", row.table().name(), row.key()).expect("text takes all");
    }
    let hash =
        Sha256::digest(text.as_bytes()).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    assert_eq!(hash, "ad6bac5b4007bac10ca0dc6832337e187524e143540e8cfc6d75e89b8576e98a");
}
