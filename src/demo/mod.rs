//! An invented but plausible city: every table filled, for a first look, for tests and for benches.
//!
//! Districts have the size, place and neighbours of the real ones, khoroos the real numbers and
//! splits; lines, people, practices are invented, and every row that can say so says it
//! (`illustrative`). The numbers of entries and copies are those published and do not grow with the city.
//!
//! Owns: the facts it is shaped after, the drawing, the records.
//! Invariant: pure; equal options give an equal change set, on every machine.
//! Design: the ground is cut top-down (city, districts, khoroos) and every cut ends in vertices that
//! are there already, so borders are shared vertex for vertex without any cleaning.

mod border;
mod city;
mod context;
mod cut;
pub mod facts;
mod field;
mod khoroos;
mod lineage;
mod outline;
mod people;
mod place;
mod plane;
mod random;
mod records;
mod splits;

use jiff::civil::date;

use self::city::City;
use self::facts::{FACTS, N_DISTRICTS};
use self::khoroos::Drawing;
use self::plane::{Vertex, area_m2};
use self::records::Ground;
use crate::model::naming::{CITY_DISTRICTS, CityDistrict, nso_khoroo_code};
use crate::model::{
    Change, ChangeSet, DistrictVersion, Khoroo, KhorooCode, MultiPolygon, Polygon, Ring, Row, Vintage,
    VintageId,
};

/// What to invent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoOptions {
    /// Khoroos in the newest vintage, [`KHOROOS_MIN`] to [`KHOROOS_MAX`]; what lies beyond is moved
    /// to the nearer end. The older vintage has as many fewer as the real one.
    pub khoroos: usize,
    pub seed: u64,
    /// Records in a hundred of the published ones, 0 to 100; at 0 there are cycles and lists alone.
    pub records_pct: u8,
}

/// One khoroo in each district.
pub const KHOROOS_MIN: usize = N_DISTRICTS;
/// Beyond this khoroos of the middle come down to a few metres, too fine for the grid.
pub const KHOROOS_MAX: usize = 250_000;

pub const VINTAGE_2020: &str = "2020";
pub const VINTAGE_2022: &str = "2022";

/// What files of the demo's records say of themselves.
pub const NOTICE: &str = "Зохиомол жишээ: хуудас бүрийн мөр зохиомол, үзүүлэн таниулах зорилготой. / Invented sample: \
                          every row is made up, for demonstration.";

impl Default for DemoOptions {
    fn default() -> Self {
        Self { khoroos: facts::KHOROOS_2022, seed: 1, records_pct: 100 }
    }
}

/// Invents a city: rows of every table, referenced ones first.
pub fn generate(options: &DemoOptions) -> ChangeSet {
    let seed = options.seed;
    let plans = facts::plans(options.khoroos.clamp(KHOROOS_MIN, KHOROOS_MAX));
    let city = city::build(seed, &plans);
    let [older, newer] = vintages();
    let before = khoroos(seed, &city, &older.id, 2020);
    let after = khoroos(seed, &city, &newer.id, 2022);
    let (older_id, newer_id) = (older.id.clone(), newer.id.clone());
    let lineage = lineage::lineage(&pairs(&before), &pairs(&after));
    let vintages = [older, newer];
    let records = {
        let (before, after) = (pairs(&before), pairs(&after));
        let ground = Ground { vintages: &vintages, khoroos: [&before, &after], lineage: &lineage };
        records::invent(seed, options.records_pct, &ground)
    };

    let mut rows: Vec<Row> = CityDistrict::rows(true).into_iter().map(Row::District).collect();
    rows.extend(vintages.map(Row::Vintage));
    rows.extend(before.into_iter().chain(after).map(|(_, khoroo)| Row::Khoroo(khoroo)));
    for (id, year) in [(older_id, 2020), (newer_id, 2022)] {
        rows.extend(district_versions(&city, &id, year).map(Row::DistrictVersion));
    }
    rows.extend(lineage.into_iter().map(Row::Lineage));
    rows.extend(context::lines(seed, &city.outline).into_iter().map(Row::ContextLine));
    rows.extend(records.into_rows());
    ChangeSet { changes: rows.into_iter().map(Change::Put).collect() }
}

fn vintages() -> [Vintage; 2] {
    let vintage = |id: &str, n: u32, valid_from, valid_to| Vintage {
        id: id.parse().expect("the demo's vintages are valid names"),
        valid_from,
        valid_to,
        title_mn: format!("{id} оны хороод (зохиомол, {n} хорооны үлгэрээр)"),
        title_en: format!("Khoroos of {id} (invented, after a city of {n})"),
        source: "Зохиомол хил, үзүүлэн таниулах зорилготой · Invented boundaries for demonstration".into(),
        illustrative: true,
    };
    [
        vintage(VINTAGE_2020, 171, date(2020, 1, 1), Some(date(2021, 12, 31))),
        vintage(VINTAGE_2022, 204, date(2022, 1, 1), None),
    ]
}

/// Khoroos of a vintage with their districts' indexes, by district and number.
fn khoroos(seed: u64, city: &City, vintage: &VintageId, year: i16) -> Vec<(usize, Khoroo)> {
    let mut khoroos = Vec::new();
    for (index, drawing) in city.drawings.iter().enumerate() {
        let rings = drawing.rings(year);
        let areas_km2: Vec<f64> = rings.iter().map(|ring| area_m2(ring) / 1e6).collect();
        let people = people::people(seed, index as u64, &areas_km2, FACTS[index].population(year));
        let district: &CityDistrict = &CITY_DISTRICTS[index];
        for ((number, ring), people) in (1..).zip(rings).zip(people) {
            let code = district.code.parse().expect("the table holds district codes only");
            let code = KhorooCode::new(code, number).expect("a demo city has fewer khoroos than numbers");
            khoroos.push((
                index,
                Khoroo {
                    id: code.at(vintage),
                    name_mn: None,
                    name_en: None,
                    nso_code: nso_khoroo_code(district.nso_code, number),
                    land_code: None,
                    ebarilga_code: None,
                    population: Some(people.population),
                    population_year: Some(year),
                    households: Some(people.households),
                    shape: Some(shape(ring)),
                    illustrative: true,
                },
            ));
        }
    }
    khoroos
}

/// Districts of a vintage; their outlines are the same in both.
fn district_versions(city: &City, vintage: &VintageId, year: i16) -> impl Iterator<Item = DistrictVersion> {
    (0..N_DISTRICTS).map(move |index| DistrictVersion {
        vintage: vintage.clone(),
        district: CITY_DISTRICTS[index].code.parse().expect("the table holds district codes only"),
        population: Some(FACTS[index].population(year)),
        population_year: Some(year),
        shape: Some(shape(&city.outline.rings[index])),
        dissolved: true,
        illustrative: true,
    })
}

fn pairs(khoroos: &[(usize, Khoroo)]) -> Vec<(usize, &Khoroo)> {
    khoroos.iter().map(|(index, khoroo)| (*index, khoroo)).collect()
}

/// One polygon; its ring starts in the west, so that equal ground is an equal value.
fn shape(ring: &[Vertex]) -> MultiPolygon {
    let mut exterior: Ring = ring.iter().map(|v| v.grid).collect();
    let west = (0..exterior.len()).min_by_key(|&i| exterior[i]).unwrap_or(0);
    exterior.rotate_left(west);
    MultiPolygon(vec![Polygon { exterior, interiors: Vec::new() }])
}

impl Drawing {
    fn rings(&self, year: i16) -> &[Vec<Vertex>] {
        if year == 2020 { &self.rings_2020 } else { &self.rings_2022 }
    }
}

impl facts::Facts {
    /// Residents in one of the two years.
    pub fn population(&self, year: i16) -> i64 {
        if year == 2020 { self.population_2020 } else { self.population_2022 }
    }
}
