//! Figures as whole numbers, ready for classes and labels.
//!
//! A count is itself. A rate per 10,000 residents is kept in units of its last shown decimal, a share
//! of khoroos as per cent. What is above zero never rounds down to zero.
//!
//! Owns: from counts to the numbers shown, and over which of them classes are made.
//! Design: a theme has classes of its own. Among those of all themes it would be one pale class, as a
//! theme is a twelfth of the records; so colours of two themes do not compare, and the legend says so.

use std::ops::Range;

use serde::Serialize;

use super::classes::{Classes, Weighted};
use super::query::{Error, MapMeasure, Method, Query, Rate};
use super::text::Text;
use crate::model::{Lang, written};
use crate::snapshot::{CycleChoice, Level, Measure, Snapshot, VintageView};

/// Residents that a rate is for.
pub const RATE_BASE: i64 = 10_000;

/// How numbers of one map are written: a figure is a whole number of units of 10^-`decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    pub decimals: u8,
}

/// One series of figures: a measure at a level, as counts, rates or shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Series {
    pub measure: Measure,
    pub level: Level,
    pub rate: Rate,
    /// Whether a khoroo entered anything, or per cent of a district's khoroos that did.
    pub is_participation: bool,
}

/// Khoroos that took part, of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct KhoroosEntering {
    pub entering: i64,
    pub of: i64,
}

/// A series with its scale and classes.
#[derive(Debug, Clone)]
pub struct Classed {
    pub series: Series,
    pub scale: Scale,
    pub classes: Classes,
}

impl Scale {
    /// 10^`decimals`.
    pub fn unit(self) -> i64 {
        10_i64.pow(u32::from(self.decimals))
    }

    pub fn number(self, figure: i64) -> f64 {
        figure as f64 / self.unit() as f64
    }

    /// `3`, `1.2`, `1 392` or `1,392`.
    pub fn text(self, figure: i64, lang: Lang) -> String {
        written::decimal(self.number(figure), self.decimals, lang)
    }

    /// The same in every language.
    pub fn texts(self, figure: i64) -> Text {
        Text::new(self.text(figure, Lang::Mn), self.text(figure, Lang::En))
    }

    /// A JSON number, without a decimal point for whole scales.
    pub fn json(self, figure: i64) -> serde_json::Number {
        if self.decimals == 0 {
            return figure.into();
        }
        serde_json::Number::from_f64(self.number(figure)).expect("a quotient of whole numbers is finite")
    }
}

impl Series {
    /// The series of a map: the second only where it is bivariate.
    pub fn of(query: &Query) -> (Self, Option<Self>) {
        let (first, second) = query.measure.counted();
        let series = |measure| Self {
            measure,
            level: query.level,
            rate: query.rate,
            is_participation: query.measure == MapMeasure::Participation,
        };
        (series(first), second.map(series))
    }

    /// One figure a unit, in the order of the level's units; `None` where unknown.
    pub fn figures(
        self,
        view: &VintageView,
        cycle: &CycleChoice,
        theme: Option<&str>,
        scale: Scale,
    ) -> Vec<Option<i64>> {
        if self.is_participation {
            return self.participation(view, cycle, theme);
        }
        let Some(counts) = view.counts.column(self.measure, self.level, cycle, theme) else {
            return vec![None; view.units(self.level).len()];
        };
        let residents = |idx| view.residents.of(self.level, idx, cycle).map(|count| count.population);
        let figure = |(idx, count): (usize, u32)| match self.rate {
            Rate::Count => Some(i64::from(count)),
            Rate::Per10000 => rate(i64::from(count), residents(idx), scale),
        };
        counts.into_iter().enumerate().map(figure).collect()
    }

    fn participation(self, view: &VintageView, cycle: &CycleChoice, theme: Option<&str>) -> Vec<Option<i64>> {
        let counts = &view.counts;
        let entered =
            |idx| counts.value(self.measure, self.level, idx, cycle, theme).map(|n| i64::from(n > 0));
        let part = |idx| {
            let n_khoroos = view.geography.khoroos_of(idx).len() as i64;
            per_cent(i64::from(counts.khoroos_entering(idx, cycle, theme)?), n_khoroos)
        };
        let units = 0..view.units(self.level).len();
        match self.level {
            Level::Khoroo => units.map(entered).collect(),
            Level::District => units.map(part).collect(),
        }
    }

    /// The figure of some districts taken as one, of all for the city: a sum of counts, a rate over their
    /// residents together, per cent of their khoroos; by khoroo, participation counts those that took part.
    ///
    /// `None` where nothing was reported, or where the residents of one are unknown.
    pub fn whole(
        self,
        view: &VintageView,
        districts: Range<usize>,
        cycle: &CycleChoice,
        theme: Option<&str>,
        scale: Scale,
    ) -> Option<i64> {
        let counts = &view.counts;
        if self.is_participation {
            let KhoroosEntering { entering, of } = self.entering(view, districts, cycle, theme)?;
            return match self.level {
                Level::Khoroo => Some(entering),
                Level::District => per_cent(entering, of),
            };
        }
        let of = |idx| counts.value(self.measure, Level::District, idx, cycle, theme);
        let count = i64::from(districts.clone().filter_map(of).reduce(|a, b| a + b)?);
        match self.rate {
            Rate::Count => Some(count),
            Rate::Per10000 => rate(count, Self::residents(view, districts, cycle), scale),
        }
    }

    /// How many khoroos of some districts took part, and of how many; `None` of other measures, and where nothing was
    /// reported.
    pub fn entering(
        self,
        view: &VintageView,
        districts: Range<usize>,
        cycle: &CycleChoice,
        theme: Option<&str>,
    ) -> Option<KhoroosEntering> {
        let districts = Some(districts).filter(|_| self.is_participation)?;
        let entering = districts.clone().filter_map(|idx| view.counts.khoroos_entering(idx, cycle, theme));
        let entering = i64::from(entering.reduce(|a, b| a + b)?);
        let n_khoroos: usize = districts.map(|idx| view.geography.khoroos_of(idx).len()).sum();
        Some(KhoroosEntering { entering, of: n_khoroos as i64 })
    }

    /// Residents of some districts together; `None` where those of one are unknown.
    pub fn residents(view: &VintageView, mut districts: Range<usize>, cycle: &CycleChoice) -> Option<i64> {
        let of = |idx| view.residents.of(Level::District, idx, cycle).map(|count| count.population);
        districts.try_fold(0, |sum, idx| Some(sum + of(idx)?))
    }

    const fn scale(self) -> Scale {
        match self.rate {
            Rate::Count => Scale { decimals: 0 },
            Rate::Per10000 => Scale { decimals: written::RATE_DECIMALS },
        }
    }

    /// Figures of every unit in every cycle native to its vintage.
    fn native<'a>(
        self,
        snapshot: &'a Snapshot,
        theme: Option<&'a str>,
        scale: Scale,
    ) -> impl Iterator<Item = i64> + 'a {
        snapshot.vintages.iter().flat_map(move |view| {
            let figures = move |cycle: &String| {
                self.figures(view, &CycleChoice::One(cycle.clone()), theme, scale).into_iter().flatten()
            };
            view.counts.cycles.iter().flat_map(figures)
        })
    }

    /// Largest figure shown anywhere, sums over cycles included.
    fn top(self, snapshot: &Snapshot, theme: Option<&str>, scale: Scale) -> i64 {
        let all = |view| self.figures(view, &CycleChoice::All, theme, scale).into_iter().flatten();
        let sums = snapshot.vintages.iter().flat_map(all);
        self.native(snapshot, theme, scale).chain(sums).max().unwrap_or(0)
    }

    /// Classes over the native figures of all cycles of all vintages, of the asked theme.
    fn classed(
        self,
        snapshot: &Snapshot,
        method: &Method,
        n: usize,
        theme: Option<&str>,
    ) -> Result<Classed, Error> {
        let scale = self.scale();
        let mut values = Weighted::new();
        for figure in self.native(snapshot, theme, scale).filter(|&figure| figure > 0) {
            *values.entry(figure).or_default() += 1;
        }
        let top = self.top(snapshot, theme, scale);
        let mut classes = Classes::of(&values, method, n, top, scale.unit() as f64);
        if let (Method::Manual(_), Some((&smallest, _))) = (method, values.first_key_value())
            && classes.lower[0] > smallest
        {
            let (first, smallest) = (scale.number(classes.lower[0]), scale.number(smallest));
            return Err(Error::ManualTooHigh { first, smallest });
        }
        if self.is_participation {
            classes.is_closed = true;
            classes.top = if self.level == Level::Khoroo { 1 } else { 100 };
        }
        Ok(Classed { series: self, scale, classes })
    }
}

impl Classed {
    /// The series of a query with their classes; two classes on each side of the bivariate map.
    pub fn of(snapshot: &Snapshot, query: &Query) -> Result<(Self, Option<Self>), Error> {
        let (first, second) = Series::of(query);
        let n = if second.is_some() { BIVARIATE_CLASSES } else { query.classes };
        let classed = |series: Series| series.classed(snapshot, query.method(), n, query.theme.as_deref());
        Ok((classed(first)?, second.map(classed).transpose()?))
    }

    /// Places on one side of the bivariate square: none, and one for each class.
    pub fn n_places(&self) -> usize {
        1 + self.classes.len()
    }

    /// Place on one side of the bivariate square: 0 none, 1 fewer, 2 more; a lone class is not told to be more.
    pub fn side_of(&self, figure: i64) -> usize {
        if figure <= 0 { 0 } else { 1 + self.classes.class_of(figure) }
    }
}

/// Classes above zero on each side of the bivariate map.
pub const BIVARIATE_CLASSES: usize = 2;

/// A count per 10,000 residents, as maps have it; `None` without residents.
pub fn per_10000(count: i64, population: i64) -> Option<f64> {
    let scale = Scale { decimals: written::RATE_DECIMALS };
    rate(count, Some(population), scale).map(|figure| scale.number(figure))
}

/// `None` where the population is unknown or zero.
fn rate(count: i64, population: Option<i64>, scale: Scale) -> Option<i64> {
    let population = population.filter(|&p| p > 0)?;
    Some(rounded(count * RATE_BASE * scale.unit(), population))
}

fn per_cent(part: i64, whole: i64) -> Option<i64> {
    (whole != 0).then(|| written::whole_percent(100.0 * part as f64 / whole as f64) as i64)
}

/// The nearest whole number, halves up; above zero it is at least 1.
fn rounded(part: i64, whole: i64) -> i64 {
    let nearest = (2 * part + whole) / (2 * whole);
    if part > 0 { nearest.max(1) } else { nearest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_above_zero_never_rounds_to_zero_nor_a_part_to_the_whole() {
        assert_eq!(per_cent(1, 1_000), Some(1));
        assert_eq!(per_cent(999, 1_000), Some(99));
        assert_eq!((per_cent(0, 5), per_cent(5, 5), per_cent(0, 0)), (Some(0), Some(100), None));
        let scale = Scale { decimals: 1 };
        assert_eq!(rate(1, Some(8_000), scale), Some(13));
        assert_eq!(rate(1, Some(9_000_000), scale), Some(1));
        assert_eq!(
            (rate(0, Some(5), scale), rate(3, None, scale), rate(3, Some(0), scale)),
            (Some(0), None, None)
        );
    }

    #[test]
    fn numbers_are_written_with_their_decimals_and_in_groups() {
        assert_eq!(Scale { decimals: 0 }.text(12, Lang::Mn), "12");
        assert_eq!(Scale { decimals: 1 }.text(12, Lang::Mn), "1.2");
        let scale = Scale { decimals: 0 };
        assert_eq!([scale.text(1_392, Lang::Mn), scale.text(1_392, Lang::En)], ["1\u{a0}392", "1,392"]);
        assert_eq!(Scale { decimals: 1 }.json(20).to_string(), "2.0");
        assert_eq!(Scale { decimals: 0 }.json(20).to_string(), "20");
    }
}
