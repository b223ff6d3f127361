//! Figures of every place, cycle and theme in rows of their own: what other programs group and pivot.
//!
//! A place is a district or khoroo of the cycle's own boundaries. A row without a theme is of all themes together, so
//! sums are over one or the other.

use std::borrow::Cow;

use super::field::{Field, FieldKind, Value};
use super::units::{figure, illustrative};
use super::{Days, Opened, Rows, Shape};
use crate::snapshot::{CycleChoice, Level, Measure, Snapshot, Unit, VintageView, property};

pub fn open(snapshot: &Snapshot) -> Opened {
    use FieldKind::{Date, Integer, Text};
    let mut fields = vec![
        Field::coded("vintage", "Хилийн он", "Vintage of the boundaries"),
        Field::coded("level", "Түвшин: district, khoroo", "Level: district, khoroo"),
        Field::new("code", Text, "Код", "Code"),
        Field::coded("district", "Дүүргийн код", "Code of the district"),
        Field::new("name_mn", Text, "Нэр, монголоор", "Name in Mongolian"),
        Field::new("name_en", Text, "Нэр, англиар", "Name in English"),
        Field::coded("cycle", "Мөчлөг", "Cycle"),
        Field::new("starts_on", Date, "Мөчлөг эхэлсэн өдөр", "First day of the cycle"),
        Field::new("ends_on", Date, "Мөчлөгийн сүүлийн өдөр", "Last day of the cycle"),
        Field::coded("theme", "Сэдэв; хоосон бол бүх сэдэв", "Theme; all of them where empty"),
    ];
    fields.extend(Measure::ALL.map(|measure| figure(measure, &CycleChoice::All)));
    fields.extend([
        Field::new(
            property::POPULATION,
            Integer,
            "Тухайн мөчлөгийн харьцааны хүн ам",
            "Residents that rates of the cycle divide by",
        ),
        Field::new(property::POPULATION_YEAR, Integer, "Хүн амын он", "Year of the residents"),
        illustrative(),
    ]);
    (fields, Box::new(Indicators::new(snapshot)))
}

struct Indicators {
    /// By vintage, cycle and level, the newest first, for programs that learn the kinds of fields from the first page;
    /// none is empty.
    blocks: Vec<Block>,
    n_rows: usize,
}

/// All places of a level in a cycle, each once for all themes and once a theme.
struct Block {
    first_row: usize,
    /// Place in the snapshot's vintages.
    vintage: usize,
    level: Level,
    cycle: CycleChoice,
    days: Days,
    /// Of all themes, then a theme each; a column a measure, `None` where it was not reported.
    figures: Vec<[Option<Vec<u32>>; Measure::ALL.len()]>,
}

impl Indicators {
    fn new(snapshot: &Snapshot) -> Self {
        let mut all = Self { blocks: Vec::new(), n_rows: 0 };
        for (vintage, view) in snapshot.vintages.iter().enumerate().rev() {
            for cycle in view.counts.cycles.iter().rev() {
                for level in [Level::District, Level::Khoroo] {
                    all.add(snapshot, vintage, cycle, level);
                }
            }
        }
        all
    }

    fn add(&mut self, snapshot: &Snapshot, vintage: usize, cycle: &str, level: Level) {
        let view = &snapshot.vintages[vintage];
        let known = snapshot.cycle(cycle);
        let days = Days { from: known.map(|cycle| cycle.starts_on), to: known.map(|cycle| cycle.ends_on) };
        let cycle = CycleChoice::One(cycle.to_owned());
        let themes = view.counts.themes.iter().map(String::as_str).map(Some);
        let figures: Vec<_> = std::iter::once(None)
            .chain(themes)
            .map(|theme| Measure::ALL.map(|measure| view.counts.column(measure, level, &cycle, theme)))
            .collect();
        let n_rows = view.units(level).len() * figures.len();
        if n_rows > 0 {
            self.blocks.push(Block { first_row: self.n_rows, vintage, level, cycle, days, figures });
            self.n_rows += n_rows;
        }
    }

    fn block(&self, row: usize) -> &Block {
        let idx = self.blocks.partition_point(|block| block.first_row <= row);
        &self.blocks[idx - 1]
    }
}

impl Block {
    fn view<'a>(&self, snapshot: &'a Snapshot) -> &'a VintageView {
        &snapshot.vintages[self.vintage]
    }

    /// The place of a row, and whether it is of all themes (0) or of which.
    fn at(&self, row: usize) -> (usize, usize) {
        let idx = row - self.first_row;
        (idx / self.figures.len(), idx % self.figures.len())
    }

    fn theme<'a>(&self, snapshot: &'a Snapshot, choice: usize) -> Option<&'a str> {
        Some(self.view(snapshot).counts.themes.get(choice.checked_sub(1)?)?.as_str())
    }
}

impl Rows for Indicators {
    fn len(&self, _: &Snapshot) -> usize {
        self.n_rows
    }

    /// `2022:bzd-26:2022`, of one theme `2022:bzd-26:2022:waste`.
    fn id<'a>(&'a self, snapshot: &'a Snapshot, row: usize) -> Cow<'a, str> {
        let block = self.block(row);
        let (unit, choice) = block.at(row);
        let view = block.view(snapshot);
        let code = &view.units(block.level)[unit].code;
        let id = format!("{}:{code}:{}", view.vintage.id, block.cycle.as_str());
        match block.theme(snapshot, choice) {
            Some(theme) => format!("{id}:{theme}").into(),
            None => id.into(),
        }
    }

    fn shape<'a>(&'a self, _: &'a Snapshot, _: usize) -> Shape<'a> {
        Shape::None
    }

    fn days(&self, _: &Snapshot, row: usize) -> Option<Days> {
        Some(self.block(row).days)
    }

    fn values<'a>(&'a self, snapshot: &'a Snapshot, row: usize, into: &mut Vec<Value<'a>>) {
        let block = self.block(row);
        let (idx, choice) = block.at(row);
        let view = block.view(snapshot);
        let Unit { code, district, name_mn, name_en, .. } = &view.units(block.level)[idx];
        let residents = view.residents.of(block.level, idx, &block.cycle);
        into.extend([
            Value::from(view.vintage.id.as_str()),
            block.level.word().into(),
            code.as_str().into(),
            district.as_str().into(),
            name_mn.as_str().into(),
            name_en.as_str().into(),
            block.cycle.as_str().into(),
            block.days.from.into(),
            block.days.to.into(),
            block.theme(snapshot, choice).into(),
        ]);
        into.extend(
            block.figures[choice].iter().map(|column| column.as_ref().map(|column| column[idx]).into()),
        );
        into.extend([
            residents.map(|residents| residents.population).into(),
            residents.and_then(|residents| residents.year).map(i64::from).into(),
            snapshot.illustrative.into(),
        ]);
    }
}
