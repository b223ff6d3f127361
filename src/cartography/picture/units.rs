//! The units of a picture: what each is called, what it shows, which are in question.

use super::frame::Scope;
use super::shapes::Lens;
use crate::cartography::legend::{Entry, Key};
use crate::cartography::query::{MapMeasure, Query};
use crate::cartography::text::{self, Text};
use crate::model::Lang;
use crate::snapshot::{Level, Snapshot, Unit, VintageView};

/// Units of the query's level with class and words, in the order of the level.
pub struct Painted<'a> {
    pub snapshot: &'a Snapshot,
    pub view: &'a VintageView,
    pub level: Level,
    pub lang: Lang,
    pub scope: Scope,
    /// The unit of the level that is outlined though the picture is not about it.
    marked: Option<usize>,
    pub entries: &'a [Entry],
    /// Index into `entries`.
    pub class_of: Vec<usize>,
    /// What each shows: `3`, `1.2`, `45 %`, `No data`.
    pub values: Vec<String>,
    /// The same without words, `None` where there is no figure to write.
    short: Vec<Option<String>>,
}

impl<'a> Painted<'a> {
    pub fn of(
        snapshot: &'a Snapshot,
        view: &'a VintageView,
        query: &Query,
        key: &'a Key,
        scope: Scope,
    ) -> Self {
        let theme = query.theme.as_deref();
        let first = key.first.series.figures(view, &query.cycle, theme, key.first.scale);
        let second = key.second.as_ref().map(|s| s.series.figures(view, &query.cycle, theme, s.scale));
        let second_of = |idx: usize| second.as_ref().and_then(|figures| figures[idx]);
        let class_of: Vec<usize> =
            first.iter().enumerate().map(|(idx, &figure)| key.entry_of(figure, second_of(idx))).collect();
        let lang = query.lang;
        let said = |(idx, &figure): (usize, &Option<i64>)| {
            let entry = &key.entries[class_of[idx]];
            let label = || Text::new(&*entry.label_mn, &*entry.label_en);
            let text = match (figure, &key.second, second_of(idx)) {
                (Some(_), None, _) if is_word(query) => label(),
                (Some(figure), None, _) if query.measure == MapMeasure::Participation => {
                    Text::same(format!("{} %", key.first.scale.text(figure, lang)))
                }
                (Some(figure), None, _) => key.first.scale.texts(figure),
                (Some(first), Some(by), Some(second)) => {
                    text::pair(&key.first.scale.texts(first), &by.scale.texts(second))
                }
                _ => text::no_data(),
            };
            text.get(lang).to_owned()
        };
        let values = first.iter().enumerate().map(said).collect();
        let short = |(idx, &figure): (usize, &Option<i64>)| {
            let first = key.first.scale.text(figure.filter(|_| !is_word(query))?, lang);
            match &key.second {
                None => Some(first),
                Some(by) => Some(format!("{first}/{}", by.scale.text(second_of(idx)?, lang))),
            }
        };
        let short = first.iter().enumerate().map(short).collect();
        Self {
            short,
            snapshot,
            view,
            level: query.level,
            lang,
            scope,
            marked: None,
            entries: &key.entries,
            class_of,
            values,
        }
    }

    /// Outlines a unit of the picture's level; a khoroo in a map by district is its district.
    #[must_use]
    pub fn marking(mut self, marked: Scope) -> Self {
        self.marked = match (marked, self.level) {
            (Scope::Khoroo { khoroo, .. }, Level::Khoroo) => Some(khoroo),
            (Scope::Khoroo { district, .. } | Scope::District(district), Level::District) => Some(district),
            _ => None,
        };
        self
    }

    /// The marked unit with what it shows: `26 дугаар хороо, Баянзүрх: 3`.
    pub fn marked_title(&self) -> Option<String> {
        self.marked.map(|idx| self.title(idx))
    }

    pub fn units(&self) -> &'a [Unit] {
        self.view.units(self.level)
    }

    pub fn entry(&self, unit: usize) -> &'a Entry {
        &self.entries[self.class_of[unit]]
    }

    /// A figure short enough for a cell: `3`, `3/1`.
    pub fn short_value(&self, unit: usize) -> Option<&str> {
        self.short[unit].as_deref()
    }

    pub fn district_of(&self, unit: usize) -> usize {
        match self.level {
            Level::Khoroo => self.view.geography.district_of[unit] as usize,
            Level::District => unit,
        }
    }

    /// Whether a unit is in question, or drawn only as ground around it.
    pub fn is_shown(&self, unit: usize) -> bool {
        match self.scope {
            Scope::City | Scope::Khoroo { .. } => true,
            Scope::District(district) => self.district_of(unit) == district,
        }
    }

    /// By unit of the coverage, whether it may be seen through a lens.
    pub fn near(&self, lens: &Lens) -> Vec<bool> {
        let geography = &self.view.geography;
        let units = if geography.coverage.is_some() { &geography.khoroos } else { &geography.districts };
        units.iter().map(|unit| unit.bounds.is_none_or(|bounds| lens.touches(bounds))).collect()
    }

    /// The unit that a view of a khoroo is about.
    pub fn chosen(&self) -> Option<usize> {
        match (self.scope, self.level) {
            (Scope::Khoroo { khoroo, .. }, Level::Khoroo) => Some(khoroo),
            (Scope::Khoroo { district, .. }, Level::District) => Some(district),
            _ => self.marked,
        }
    }

    pub fn name(&self, unit: &'a Unit) -> &'a str {
        match self.lang {
            Lang::En if !unit.name_en.is_empty() => &unit.name_en,
            _ => &unit.name_mn,
        }
    }

    /// `26 дугаар хороо, Баянзүрх: 3`.
    pub fn title(&self, idx: usize) -> String {
        let unit = &self.units()[idx];
        let value = &self.values[idx];
        match self.level {
            Level::District => format!("{}: {value}", self.name(unit)),
            Level::Khoroo => {
                let district = &self.view.geography.districts[self.district_of(idx)];
                format!("{}, {}: {value}", self.name(unit), self.name(district))
            }
        }
    }

    /// Where a page about the unit lies, below the language.
    pub fn path(&self, idx: usize) -> String {
        let folder = match self.level {
            Level::Khoroo => "khoroos",
            Level::District => "districts",
        };
        format!("{folder}/{}", self.units()[idx].code)
    }

    /// What a picture of a part of the city is of.
    pub fn area_name(&self) -> Option<String> {
        let geography = &self.view.geography;
        match self.scope {
            Scope::City => None,
            Scope::District(idx) => Some(self.name(&geography.districts[idx]).to_owned()),
            Scope::Khoroo { district, khoroo } => {
                let (district, khoroo) = (&geography.districts[district], &geography.khoroos[khoroo]);
                Some(format!("{}, {}", self.name(district), self.name(khoroo)))
            }
        }
    }
}

/// Khoroos took part or did not: a word says it.
fn is_word(query: &Query) -> bool {
    query.measure == MapMeasure::Participation && query.level == Level::Khoroo
}
