//! The legend: what each colour means and how many units have it.
//!
//! Owns: the list of classes in drawing order, which values and styles refer to by index: zero first,
//! rising classes (for the bivariate map the pairs that can occur, row by row), no data last.

use serde::Serialize;

use super::figures::Classed;
use super::palette::{self, Colour, NO_DATA, Rgb};
use super::query::{Error, MapMeasure, Query};
use super::text::{self, Text};
use crate::model::DistrictCode;
use crate::snapshot::{CycleChoice, Level, LookupError, Snapshot, VintageView};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    Zero,
    /// Figures from `from` to `to`.
    Range,
    /// Two figures at once, see `pair`.
    Pair,
    NoData,
}

/// One line of a legend.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    pub kind: EntryKind,
    pub from: Option<serde_json::Number>,
    /// Included; `null` where the class is open above.
    pub to: Option<serde_json::Number>,
    /// Only for pairs: column and row in the square, each 0 (none), 1 (fewer) or 2 (more).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pair: Option<[usize; 2]>,
    /// On white.
    pub colour: Rgb,
    pub colour_dark: Rgb,
    pub label_mn: String,
    pub label_en: String,
    /// Units of the asked vintage in the asked cycle.
    pub units: usize,
}

impl Entry {
    /// Its colour on both grounds.
    pub const fn fill(&self) -> Colour {
        Colour { light: self.colour, dark: self.colour_dark }
    }
}

/// Everything that explains the colours of a map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Legend {
    pub measure: &'static str,
    pub vintage: String,
    pub level: &'static str,
    pub cycle: String,
    pub rate: &'static str,
    pub theme: Option<String>,
    pub method: &'static str,
    /// Ids among the definitions: of the measure, and of a rate or theme.
    pub definitions: Vec<&'static str>,
    /// A sentence: what, by which units, when.
    pub title: Text,
    /// What the figures stand on: vintage, units, population year.
    pub base: Text,
    pub notes: Vec<Text>,
    /// What the classes count, as the head of their column.
    #[serde(skip)]
    pub figures: Text,
    /// Where the lines come from, in words of the store.
    pub source: String,
    /// The mark that invented data must carry.
    pub illustrative: Option<Text>,
    /// Decimals of the figures.
    pub decimals: u8,
    /// Only for the bivariate map: what each column of the square stands for (first figure), and each row (second).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side_labels: Option<[Vec<Text>; 2]>,
    /// Lower bounds of the classes above zero; of the first figure for the bivariate map.
    pub breaks: Vec<serde_json::Number>,
    /// Of the second figure, only for the bivariate map.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breaks_second: Option<Vec<serde_json::Number>>,
    pub classes: Vec<Entry>,
}

/// The legend of a map.
pub fn legend(snapshot: &Snapshot, query: &Query) -> Result<Legend, Error> {
    let view = view_of(snapshot, query)?;
    Ok(Key::of(snapshot, query)?.legend(snapshot, view, query))
}

/// The same legend with the units of one district alone in its counts. Classes stay those of the city, so that
/// colours compare; the city's own where the boundaries have no such district.
pub fn legend_within(snapshot: &Snapshot, query: &Query, district: &DistrictCode) -> Result<Legend, Error> {
    let view = view_of(snapshot, query)?;
    let key = Key::of(snapshot, query)?;
    let entries = key.entries_of(view, &query.cycle, query.theme.as_deref());
    let mut legend = key.legend(snapshot, view, query);
    if view.geography.district_idx(district).is_none() {
        return Ok(legend);
    }
    legend.classes.iter_mut().for_each(|entry| entry.units = 0);
    for (unit, entry) in view.units(query.level).iter().zip(entries) {
        if unit.district == *district {
            legend.classes[entry].units += 1;
        }
    }
    Ok(legend)
}

pub(super) fn view_of<'a>(snapshot: &'a Snapshot, query: &Query) -> Result<&'a VintageView, LookupError> {
    snapshot.named(query.vintage.as_str())
}

/// Classed series with the entries that stand for their classes.
pub(super) struct Key {
    pub first: Classed,
    pub second: Option<Classed>,
    /// Without counts of units.
    pub entries: Vec<Entry>,
}

impl Key {
    pub fn of(snapshot: &Snapshot, query: &Query) -> Result<Self, Error> {
        let (first, second) = Classed::of(snapshot, query)?;
        let entries = match &second {
            None => sequential(query.measure, query.level, &first),
            Some(second) => pairs(query.level, &first, second),
        };
        Ok(Self { first, second, entries })
    }

    /// Index into `entries` of what a unit shows.
    pub fn entry_of(&self, first: Option<i64>, second: Option<i64>) -> usize {
        let no_data = self.entries.len() - 1;
        match (first, &self.second, second) {
            (None, ..) | (_, Some(_), None) => no_data,
            (Some(figure), None, _) if figure <= 0 => 0,
            (Some(figure), None, _) => 1 + self.first.classes.class_of(figure),
            (Some(first), Some(by), Some(second)) => {
                by.side_of(second) * self.first.n_places() + self.first.side_of(first)
            }
        }
    }

    /// Index into `entries` for every unit.
    pub fn entries_of(&self, view: &VintageView, cycle: &CycleChoice, theme: Option<&str>) -> Vec<usize> {
        let figures = |of: &Classed| of.series.figures(view, cycle, theme, of.scale);
        let first = figures(&self.first);
        let second = self.second.as_ref().map(figures);
        let second = |idx: usize| second.as_ref().and_then(|s| s[idx]);
        first.iter().enumerate().map(|(idx, &figure)| self.entry_of(figure, second(idx))).collect()
    }

    pub fn legend(mut self, snapshot: &Snapshot, view: &VintageView, query: &Query) -> Legend {
        for entry in self.entries_of(view, &query.cycle, query.theme.as_deref()) {
            self.entries[entry].units += 1;
        }
        let breaks = |of: &Classed| of.classes.lower.iter().map(|&bound| of.scale.json(bound)).collect();
        Legend {
            measure: query.measure.word(),
            vintage: query.vintage.to_string(),
            level: query.level.word(),
            cycle: query.cycle.to_string(),
            rate: query.rate.word(),
            theme: query.theme.clone(),
            method: query.method().word(),
            definitions: text::definitions(query),
            title: text::title(snapshot, query),
            base: text::base(view, query),
            notes: text::notes(snapshot, view, query),
            figures: text::figures_of_legend(query),
            source: view.vintage.source.clone(),
            illustrative: snapshot.illustrative.then(text::illustrative),
            decimals: self.first.scale.decimals,
            side_labels: self
                .second
                .as_ref()
                .map(|second| [&self.first, second].map(|of| side(query.level, of))),
            breaks: breaks(&self.first),
            breaks_second: self.second.as_ref().map(breaks),
            classes: self.entries,
        }
    }
}

fn sequential(measure: MapMeasure, level: Level, classed: &Classed) -> Vec<Entry> {
    let Classed { classes, scale, .. } = classed;
    let colours = palette::sequence(measure, classes.len());
    let zero = entry(EntryKind::Zero, palette::zero(measure), text::zero(measure, level));
    let mut entries = vec![Entry { from: Some(scale.json(0)), to: Some(scale.json(0)), ..zero }];
    for (idx, colour) in colours.into_iter().enumerate() {
        let label = text::class(measure, level, classes, *scale, idx);
        let (from, to) = classes.range(idx);
        entries.push(Entry {
            from: Some(scale.json(from)),
            to: to.map(|to| scale.json(to)),
            ..entry(EntryKind::Range, colour, label)
        });
    }
    entries.push(entry(EntryKind::NoData, NO_DATA, text::no_data()));
    entries
}

fn pairs(level: Level, first: &Classed, second: &Classed) -> Vec<Entry> {
    let mut entries = Vec::new();
    let columns = side(level, first);
    for (y, row) in side(level, second).iter().enumerate() {
        for (x, column) in columns.iter().enumerate() {
            let label = text::pair(column, row);
            entries.push(Entry {
                pair: Some([x, y]),
                ..entry(EntryKind::Pair, palette::bivariate(x, y), label)
            });
        }
    }
    entries.push(entry(EntryKind::NoData, NO_DATA, text::no_data()));
    entries
}

/// What the places on one side of the square stand for.
fn side(level: Level, of: &Classed) -> Vec<Text> {
    let class = |idx| text::class(MapMeasure::Bivariate, level, &of.classes, of.scale, idx);
    std::iter::once(text::zero(MapMeasure::Bivariate, level))
        .chain((0..of.classes.len()).map(class))
        .collect()
}

fn entry(kind: EntryKind, colour: Colour, label: Text) -> Entry {
    Entry {
        kind,
        from: None,
        to: None,
        pair: None,
        colour: colour.light,
        colour_dark: colour.dark,
        label_mn: label.mn,
        label_en: label.en,
        units: 0,
    }
}
