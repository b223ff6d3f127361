//! Khoroos and districts with their figures.
//!
//! An unsuffixed figure is the sum over the cycles native to the vintage, `identifications_2022` that of one; one
//! that was not reported is null. Versions of all vintages have the sums alone, for each has cycles of its own.

use std::borrow::Cow;

use super::field::{Field, FieldKind, Value};
use super::{Days, Opened, Rows, Shape, UnitAt};
use crate::model::MultiPolygon;
use crate::snapshot::{CycleChoice, Geography, Level, Measure, Snapshot, Unit, VintageView, property};

/// Districts or khoroos of one vintage.
pub fn open(snapshot: &Snapshot, vintage: usize, level: Level) -> Opened {
    let view = &snapshot.vintages[vintage];
    let cycles = view.counts.cycles.iter().cloned().map(CycleChoice::One);
    let choices: Vec<CycleChoice> = std::iter::once(CycleChoice::All).chain(cycles).collect();
    let residents = view.cycles_of_residents(level);
    let mut fields = facts(level);
    fields.extend(residents.iter().flat_map(of_cycle));
    for measure in Measure::ALL {
        fields.extend(choices.iter().map(|cycle| figure(measure, cycle)));
    }
    fields.push(illustrative());
    (fields, Box::new(OfVintage { residents, ..OfVintage::new(snapshot, vintage, level, &choices) }))
}

/// Khoroos of all vintages, the newest first: programs that learn the kinds of fields from the first page meet figures
/// there that earlier cycles may not have reported.
pub fn open_versions(snapshot: &Snapshot) -> Opened {
    let mut fields = facts(Level::Khoroo);
    fields.extend([
        Field::new("valid_from", FieldKind::Date, "Хүчинтэй болсон өдөр", "In force from"),
        Field::new("valid_to", FieldKind::Date, "Хүчинтэй байсан сүүлийн өдөр", "In force until"),
    ]);
    fields.extend(Measure::ALL.map(|measure| figure(measure, &CycleChoice::All)));
    fields.push(illustrative());
    let of_vintage = |vintage| OfVintage::new(snapshot, vintage, Level::Khoroo, &[CycleChoice::All]);
    (fields, Box::new(Versions((0..snapshot.vintages.len()).rev().map(of_vintage).collect())))
}

fn facts(level: Level) -> Vec<Field> {
    use FieldKind::{Integer, Number, Text};
    let of_level = |khoroo, district| if level == Level::Khoroo { khoroo } else { district };
    let mut fields = vec![
        Field::new("code", Text, "Код", "Code"),
        Field::coded("vintage", "Хилийн он", "Vintage of the boundaries"),
        Field::coded("district", "Дүүргийн код", "Code of the district"),
        Field::new("number", Integer, "Дугаар", "Number"),
        Field::new("name_mn", Text, "Нэр, монголоор", "Name in Mongolian"),
        Field::new("name_en", Text, "Нэр, англиар", "Name in English"),
        Field::new("nso_code", Text, "ҮСХ-ны код", "Code of the National Statistics Office"),
    ];
    if level == Level::Khoroo {
        fields.push(Field::new("land_code", Text, "Газрын албаны код", "Code of the land office"));
    }
    fields.extend([
        Field::new("ebarilga_code", Text, "Е-барилгын код", "Code of e-barilga"),
        Field::new("population", Integer, "Хүн ам", "Residents"),
        Field::new("population_year", Integer, "Хүн амын он", "Year of the residents"),
        Field::new("households", Integer, "Өрх", "Households"),
        Field::new(
            "area_km2",
            Number,
            of_level("Талбай, км²", "Хороодын талбай, км²"),
            of_level("Area, km²", "Area of its khoroos, km²"),
        ),
    ]);
    if level == Level::District {
        fields.push(Field::new(property::KHOROOS, Integer, "Хороодын тоо", "Number of khoroos"));
    }
    fields
}

/// Residents that rates of a cycle divide by, where they are not the unit's own figure.
fn of_cycle(cycle: &CycleChoice) -> [Field; 2] {
    let name = |word| property::name(word, cycle, None);
    let told = cycle.as_str();
    [
        Field::new(
            name(property::POPULATION),
            FieldKind::Integer,
            format!("{told} оны харьцааны хүн ам"),
            format!("Residents that rates of {told} divide by"),
        ),
        Field::new(
            name(property::POPULATION_YEAR),
            FieldKind::Integer,
            format!("{told} оны харьцааны хүн амын он"),
            format!("Year of the residents that rates of {told} divide by"),
        ),
    ]
}

pub(super) fn figure(measure: Measure, cycle: &CycleChoice) -> Field {
    let (mn, en) = match measure {
        Measure::Identifications => ("Тодорхойлсон сайн туршлага", "Identified good practices"),
        Measure::Replications => ("Нутагшуулсан сайн туршлага", "Replicated good practices"),
        Measure::ReplicationsHosted => {
            ("Бусад хороонд нутагшсан сайн туршлага", "Practices replicated elsewhere")
        }
    };
    let told = |title: &str| match cycle {
        CycleChoice::All => title.to_owned(),
        CycleChoice::One(cycle) => format!("{title}, {cycle}"),
    };
    Field::new(property::name(measure.word(), cycle, None), FieldKind::Integer, told(mn), told(en))
}

pub(super) fn illustrative() -> Field {
    Field::new("illustrative", FieldKind::Boolean, "Зохиомол", "Invented")
}

struct OfVintage {
    /// Place in the snapshot's vintages.
    vintage: usize,
    level: Level,
    /// Of districts, whose ground no snapshot has by itself.
    shapes: Option<Vec<MultiPolygon>>,
    /// Cycles whose residents are told.
    residents: Vec<CycleChoice>,
    /// A figure of every unit, `None` where it was not reported.
    figures: Vec<Option<Vec<u32>>>,
}

impl OfVintage {
    fn new(snapshot: &Snapshot, vintage: usize, level: Level, choices: &[CycleChoice]) -> Self {
        let view = &snapshot.vintages[vintage];
        let figures = Measure::ALL.into_iter().flat_map(|measure| {
            choices.iter().map(move |cycle| view.counts.column(measure, level, cycle, None))
        });
        let shapes = (level == Level::District).then(|| districts(&view.geography));
        Self { vintage, level, shapes, residents: Vec::new(), figures: figures.collect() }
    }

    fn view<'a>(&self, snapshot: &'a Snapshot) -> &'a VintageView {
        &snapshot.vintages[self.vintage]
    }

    fn unit_of<'a>(&self, snapshot: &'a Snapshot, row: usize) -> &'a Unit {
        &self.view(snapshot).units(self.level)[row]
    }

    fn add_facts<'a>(&'a self, snapshot: &'a Snapshot, row: usize, into: &mut Vec<Value<'a>>) {
        let (view, unit) = (self.view(snapshot), self.unit_of(snapshot, row));
        into.extend([
            Value::from(unit.code.as_str()),
            view.vintage.id.as_str().into(),
            unit.district.as_str().into(),
            unit.number.into(),
            unit.name_mn.as_str().into(),
            unit.name_en.as_str().into(),
            unit.nso_code.as_deref().into(),
        ]);
        if self.level == Level::Khoroo {
            into.push(unit.land_code.as_deref().into());
        }
        into.extend([
            unit.ebarilga_code.as_deref().into(),
            unit.population.into(),
            unit.population_year.map(i64::from).into(),
            unit.households.into(),
            unit.area_km2.into(),
        ]);
        if self.level == Level::District {
            into.push(Value::Integer(view.geography.khoroos_of(row).len() as i64));
        }
    }

    fn add_residents<'a>(&'a self, snapshot: &Snapshot, row: usize, into: &mut Vec<Value<'a>>) {
        for cycle in &self.residents {
            let known = self.view(snapshot).residents.of(self.level, row, cycle);
            into.push(known.map(|residents| residents.population).into());
            into.push(known.and_then(|residents| residents.year).map(i64::from).into());
        }
    }

    fn add_figures<'a>(&'a self, snapshot: &Snapshot, row: usize, into: &mut Vec<Value<'a>>) {
        into.extend(self.figures.iter().map(|figure| figure.as_ref().map(|column| column[row]).into()));
        into.push(snapshot.illustrative.into());
    }
}

/// The ground of each district; empty for one without a place.
fn districts(geography: &Geography) -> Vec<MultiPolygon> {
    match (&geography.district_coverage, &geography.coverage) {
        (Some(own), _) => (0..own.n_units() as u32).map(|unit| own.polygon(unit)).collect(),
        (None, Some(khoroos)) => khoroos.dissolve(&geography.district_of),
        (None, None) => vec![MultiPolygon::default(); geography.districts.len()],
    }
}

impl Rows for OfVintage {
    fn len(&self, snapshot: &Snapshot) -> usize {
        self.view(snapshot).units(self.level).len()
    }

    fn id<'a>(&'a self, snapshot: &'a Snapshot, row: usize) -> Cow<'a, str> {
        self.unit_of(snapshot, row).code.as_str().into()
    }

    fn shape<'a>(&'a self, snapshot: &'a Snapshot, row: usize) -> Shape<'a> {
        let shapes = self.shapes.as_ref().unwrap_or(&self.view(snapshot).geography.shapes);
        match shapes.get(row).filter(|shape| !shape.is_empty()) {
            Some(shape) => Shape::MultiPolygon(shape),
            None => Shape::None,
        }
    }

    fn unit(&self, _: &Snapshot, row: usize) -> Option<UnitAt> {
        Some(UnitAt { vintage: self.vintage, level: self.level, idx: row })
    }

    fn values<'a>(&'a self, snapshot: &'a Snapshot, row: usize, into: &mut Vec<Value<'a>>) {
        self.add_facts(snapshot, row, into);
        self.add_residents(snapshot, row, into);
        self.add_figures(snapshot, row, into);
    }
}

struct Versions(Vec<OfVintage>);

impl Versions {
    /// The vintage of a row, and its place in that.
    fn at(&self, snapshot: &Snapshot, row: usize) -> (&OfVintage, usize) {
        let mut left = row;
        for of_vintage in &self.0 {
            let n = of_vintage.len(snapshot);
            if left < n {
                return (of_vintage, left);
            }
            left -= n;
        }
        unreachable!("row {row} of {}", self.len(snapshot))
    }
}

impl Rows for Versions {
    fn len(&self, snapshot: &Snapshot) -> usize {
        self.0.iter().map(|of_vintage| of_vintage.len(snapshot)).sum()
    }

    /// `2022:bzd-26`
    fn id<'a>(&'a self, snapshot: &'a Snapshot, row: usize) -> Cow<'a, str> {
        let (of, row) = self.at(snapshot, row);
        format!("{}:{}", of.view(snapshot).vintage.id, of.unit_of(snapshot, row).code).into()
    }

    fn shape<'a>(&'a self, snapshot: &'a Snapshot, row: usize) -> Shape<'a> {
        let (of, row) = self.at(snapshot, row);
        of.shape(snapshot, row)
    }

    fn days(&self, snapshot: &Snapshot, row: usize) -> Option<Days> {
        let vintage = &self.at(snapshot, row).0.view(snapshot).vintage;
        Some(Days { from: Some(vintage.valid_from), to: vintage.valid_to })
    }

    fn unit(&self, snapshot: &Snapshot, row: usize) -> Option<UnitAt> {
        let (of, row) = self.at(snapshot, row);
        of.unit(snapshot, row)
    }

    fn values<'a>(&'a self, snapshot: &'a Snapshot, row: usize, into: &mut Vec<Value<'a>>) {
        let (of, row) = self.at(snapshot, row);
        let vintage = &of.view(snapshot).vintage;
        of.add_facts(snapshot, row, into);
        into.extend([vintage.valid_from.into(), vintage.valid_to.into()]);
        of.add_figures(snapshot, row, into);
    }
}
