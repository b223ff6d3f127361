//! Khoroos and districts with their figures.
//!
//! An unsuffixed figure is the sum over the cycles native to the vintage, `identifications_2022` that of one; one
//! that was not reported is null. Versions of all vintages have the sums alone, for each has cycles of its own.

use std::borrow::Cow;

use super::field::{Field, FieldKind, Value};
use super::{Rows, Shape, Table};
use crate::model::MultiPolygon;
use crate::snapshot::{CycleChoice, Geography, Level, Measure, Snapshot, Unit, VintageView, property};

/// Districts or khoroos of one vintage.
pub fn open<'a>(snapshot: &'a Snapshot, view: &'a VintageView, level: Level) -> Table<'a> {
    let cycles = || view.counts.cycles.iter().cloned().map(CycleChoice::One);
    let choices: Vec<CycleChoice> = std::iter::once(CycleChoice::All).chain(cycles()).collect();
    let mut fields = facts(level);
    for measure in Measure::ALL {
        fields.extend(choices.iter().map(|cycle| figure(measure, cycle)));
    }
    fields.push(illustrative());
    let rows = OfVintage::new(snapshot, view, level, &choices);
    Table { fields, rows: Box::new(rows) }
}

/// Khoroos of all vintages, the oldest first.
pub fn open_versions(snapshot: &Snapshot) -> Table<'_> {
    let mut fields = facts(Level::Khoroo);
    fields.extend([
        Field::new("valid_from", FieldKind::Date, "Хүчинтэй болсон өдөр", "In force from"),
        Field::new("valid_to", FieldKind::Date, "Хүчинтэй байсан сүүлийн өдөр", "In force until"),
    ]);
    fields.extend(Measure::ALL.map(|measure| figure(measure, &CycleChoice::All)));
    fields.push(illustrative());
    let of_vintage = |view| OfVintage::new(snapshot, view, Level::Khoroo, &[CycleChoice::All]);
    Table { fields, rows: Box::new(Versions(snapshot.vintages.iter().map(of_vintage).collect())) }
}

fn facts(level: Level) -> Vec<Field> {
    use FieldKind::{Integer, Number, Text};
    let of_level = |khoroo, district| if level == Level::Khoroo { khoroo } else { district };
    let mut fields = vec![
        Field::new("code", Text, "Код", "Code"),
        Field::new("vintage", Text, "Хилийн он", "Vintage of the boundaries"),
        Field::new("district", Text, "Дүүргийн код", "Code of the district"),
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

fn figure(measure: Measure, cycle: &CycleChoice) -> Field {
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

fn illustrative() -> Field {
    Field::new("illustrative", FieldKind::Boolean, "Зохиомол", "Invented")
}

struct OfVintage<'a> {
    view: &'a VintageView,
    level: Level,
    shapes: Cow<'a, [MultiPolygon]>,
    /// A figure of every unit, `None` where it was not reported.
    figures: Vec<Option<Vec<u32>>>,
    is_illustrative: bool,
}

impl<'a> OfVintage<'a> {
    fn new(snapshot: &'a Snapshot, view: &'a VintageView, level: Level, choices: &[CycleChoice]) -> Self {
        let counts = &view.counts;
        let figures = Measure::ALL
            .into_iter()
            .flat_map(|measure| choices.iter().map(move |cycle| counts.column(measure, level, cycle, None)));
        Self {
            view,
            level,
            shapes: shapes(&view.geography, level),
            figures: figures.collect(),
            is_illustrative: snapshot.illustrative,
        }
    }

    fn unit(&self, row: usize) -> &Unit {
        &self.view.units(self.level)[row]
    }

    fn add_facts<'b>(&'b self, row: usize, into: &mut Vec<Value<'b>>) {
        let unit = self.unit(row);
        into.extend([
            Value::from(unit.code.as_str()),
            self.view.vintage.id.as_str().into(),
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
            into.push(Value::Integer(self.view.geography.khoroos_of(row).len() as i64));
        }
    }

    fn add_figures<'b>(&'b self, row: usize, into: &mut Vec<Value<'b>>) {
        into.extend(self.figures.iter().map(|figure| figure.as_ref().map(|column| column[row]).into()));
        into.push(self.is_illustrative.into());
    }
}

/// The ground of each unit; empty for one without a place.
fn shapes(geography: &Geography, level: Level) -> Cow<'_, [MultiPolygon]> {
    let n_units = match level {
        Level::Khoroo => return Cow::Borrowed(&geography.shapes),
        Level::District => geography.districts.len(),
    };
    let shapes = match (&geography.district_coverage, &geography.coverage) {
        (Some(own), _) => (0..own.n_units() as u32).map(|unit| own.polygon(unit)).collect(),
        (None, Some(khoroos)) => khoroos.dissolve(&geography.district_of),
        (None, None) => vec![MultiPolygon::default(); n_units],
    };
    Cow::Owned(shapes)
}

impl Rows for OfVintage<'_> {
    fn len(&self) -> usize {
        self.view.units(self.level).len()
    }

    fn id(&self, row: usize) -> Cow<'_, str> {
        self.unit(row).code.as_str().into()
    }

    fn shape(&self, row: usize) -> Shape<'_> {
        match self.shapes.get(row).filter(|shape| !shape.is_empty()) {
            Some(shape) => Shape::MultiPolygon(shape),
            None => Shape::None,
        }
    }

    fn values<'a>(&'a self, row: usize, into: &mut Vec<Value<'a>>) {
        self.add_facts(row, into);
        self.add_figures(row, into);
    }
}

struct Versions<'a>(Vec<OfVintage<'a>>);

impl<'a> Versions<'a> {
    /// The vintage of a row, and its place in that.
    fn at(&self, row: usize) -> (&OfVintage<'a>, usize) {
        let mut left = row;
        for of_vintage in &self.0 {
            if left < of_vintage.len() {
                return (of_vintage, left);
            }
            left -= of_vintage.len();
        }
        unreachable!("row {row} of {}", self.len())
    }
}

impl Rows for Versions<'_> {
    fn len(&self) -> usize {
        self.0.iter().map(Rows::len).sum()
    }

    /// `2022:bzd-26`
    fn id(&self, row: usize) -> Cow<'_, str> {
        let (of, row) = self.at(row);
        format!("{}:{}", of.view.vintage.id, of.unit(row).code).into()
    }

    fn shape(&self, row: usize) -> Shape<'_> {
        let (of, row) = self.at(row);
        of.shape(row)
    }

    fn values<'a>(&'a self, row: usize, into: &mut Vec<Value<'a>>) {
        let (of, row) = self.at(row);
        of.add_facts(row, into);
        into.extend([of.view.vintage.valid_from.into(), of.view.vintage.valid_to.into()]);
        of.add_figures(row, into);
    }
}
