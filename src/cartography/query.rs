//! What a map is asked to show, read from the words of an address.
//!
//! Owns: allowed words, defaults, and errors that list what there is instead.

use crate::model::{Lang, VintageId};
use crate::snapshot::{CycleChoice, Level, LookupError, Measure, Snapshot};

use super::palette::CLASSES_MAX;
use super::picture::{WIDTH_PX_MAX, WIDTH_PX_MIN};

/// What can be mapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MapMeasure {
    Identifications,
    Replications,
    ReplicationsHosted,
    /// Khoroos: entered something in the cycle or not. Districts: percentage of khoroos that did.
    Participation,
    /// Identifications by replications, three classes each.
    Bivariate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rate {
    Count,
    /// Per 10,000 residents.
    Per10000,
}

/// How class breaks are found.
#[derive(Debug, Clone, PartialEq)]
pub enum Method {
    Ckmeans,
    Quantile,
    EqualInterval,
    /// Lower bounds of the classes above zero, rising.
    Manual(Vec<f64>),
}

/// A map in full: nothing left to default, every name known to the snapshot it was read for.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pub vintage: VintageId,
    pub level: Level,
    pub measure: MapMeasure,
    pub cycle: CycleChoice,
    pub rate: Rate,
    /// Code; `None` is all themes.
    pub theme: Option<String>,
    /// `None` where nobody asked for one, see [`Query::method`].
    pub method: Option<Method>,
    /// From 1 to [`CLASSES_MAX`], zero not counted; fewer are made where values do not differ enough.
    pub classes: usize,
    pub lang: Lang,
    /// One of two figures stands for both, see [`Query::drawn`].
    pub is_half: bool,
}

/// Parameters as they stand in an address; what is missing takes its default.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// Default: the vintage of `cycle`, else of the newest cycle.
    pub vintage: Option<&'a str>,
    /// `all` or an id. Default: the newest native to the vintage.
    pub cycle: Option<&'a str>,
    pub level: Option<&'a str>,
    pub rate: Option<&'a str>,
    /// `all` or a code.
    pub theme: Option<&'a str>,
    pub method: Option<&'a str>,
    /// A number; with `method=manual` the lower bounds, such as `1,2,5`.
    pub classes: Option<&'a str>,
    pub lang: Option<&'a str>,
}

/// Why a map cannot be made; each variant names parameter and value.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    #[error("`{name}` is `{value}`; allowed are {}", .allowed.join(", "))]
    Value { name: &'static str, value: String, allowed: Vec<String> },
    #[error("cycle `{cycle}` is native to vintage `{native_to}`, not to `{vintage}`")]
    ForeignCycle { cycle: String, native_to: VintageId, vintage: VintageId },
    #[error("`rate` is `per10000`; participation is of khoroos, not of residents, and shown as `count` only")]
    RateOfParticipation,
    #[error("`classes` is `{0}`; a whole number from 1 to {CLASSES_MAX} is needed")]
    ClassCount(String),
    #[error(
        "`classes` is `{0}`; with `method=manual` it lists 1 to {CLASSES_MAX} rising lower bounds \
         above zero, such as `1,2,5`"
    )]
    ManualBreaks(String),
    #[error("`classes` starts at {first}, but the smallest value is {smallest}")]
    ManualTooHigh { first: f64, smallest: f64 },
    #[error("`method` is `manual`; the bivariate map makes its own two classes on each side")]
    ManualBivariate,
    #[error("`{name}` is `{value}`; allowed are `city`, the code of a district or that of a khoroo")]
    AreaText { name: &'static str, value: String },
    #[error("`area` is `{code}`, which vintage `{vintage}` does not have")]
    Area { code: String, vintage: VintageId },
    #[error("`width` is `{0}`; a whole number from {WIDTH_PX_MIN} to {WIDTH_PX_MAX} is needed")]
    Width(String),
    #[error(transparent)]
    Lookup(#[from] LookupError),
}

impl Error {
    /// The parameter at fault; `measure` is the last part of the path.
    pub fn parameter(&self) -> &'static str {
        match self {
            Self::Value { name, .. } | Self::AreaText { name, .. } => name,
            Self::ForeignCycle { .. } => "cycle",
            Self::RateOfParticipation => "rate",
            Self::ClassCount(_) | Self::ManualBreaks(_) | Self::ManualTooHigh { .. } => "classes",
            Self::ManualBivariate => "method",
            Self::Area { .. } => "area",
            Self::Width(_) => "width",
            Self::Lookup(_) => "vintage",
        }
    }
}

impl MapMeasure {
    pub const ALL: [Self; 5] = [
        Self::Identifications,
        Self::Replications,
        Self::ReplicationsHosted,
        Self::Participation,
        Self::Bivariate,
    ];

    /// Its name in addresses and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Identifications => "identifications",
            Self::Replications => "replications",
            Self::ReplicationsHosted => "replications_hosted",
            Self::Participation => "participation",
            Self::Bivariate => "bivariate",
        }
    }

    /// Whether it can be counted per 10,000 residents.
    pub fn has_rate(self) -> bool {
        self != Self::Participation
    }

    /// What is counted for it; the second only in the bivariate map.
    pub const fn counted(self) -> (Measure, Option<Measure>) {
        match self {
            Self::Identifications | Self::Participation => (Measure::Identifications, None),
            Self::Replications => (Measure::Replications, None),
            Self::ReplicationsHosted => (Measure::ReplicationsHosted, None),
            Self::Bivariate => (Measure::Identifications, Some(Measure::Replications)),
        }
    }
}

impl Rate {
    pub const ALL: [Self; 2] = [Self::Count, Self::Per10000];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Per10000 => "per10000",
        }
    }
}

impl Method {
    pub const WORDS: [&'static str; 4] = ["ckmeans", "quantile", "equal_interval", "manual"];

    pub const fn word(&self) -> &'static str {
        match self {
            Self::Ckmeans => Self::WORDS[0],
            Self::Quantile => Self::WORDS[1],
            Self::EqualInterval => Self::WORDS[2],
            Self::Manual(_) => Self::WORDS[3],
        }
    }
}

impl Query {
    /// Reads a map's address against `snapshot`; `fallback` is the language where none is asked.
    pub fn read(snapshot: &Snapshot, measure: &str, asked: &Asked, fallback: Lang) -> Result<Self, Error> {
        let measure = one_of("measure", Some(measure), None, &MapMeasure::ALL, MapMeasure::word)?;
        let (vintage, cycle) = read_cycle(snapshot, asked)?;
        let level = one_of("level", asked.level, Some(Level::Khoroo), &Level::ALL, Level::word)?;
        let rate = one_of("rate", asked.rate, Some(Rate::Count), &Rate::ALL, Rate::word)?;
        if !measure.has_rate() && rate != Rate::Count {
            return Err(Error::RateOfParticipation);
        }
        let (method, classes) = read_classes(asked)?;
        if measure == MapMeasure::Bivariate && matches!(method, Some(Method::Manual(_))) {
            return Err(Error::ManualBivariate);
        }
        let lang = one_of("lang", asked.lang, Some(fallback), &Lang::ALL, Lang::tag)?;
        Ok(Self {
            vintage,
            level,
            measure,
            cycle,
            rate,
            theme: read_theme(snapshot, asked)?,
            method,
            classes,
            lang,
            is_half: false,
        })
    }

    /// How its classes are found: as was asked, else by [`Method::Ckmeans`], and by quantiles where two figures meet.
    ///
    /// Design: a side of the bivariate square has two classes above zero. Where a few figures are far above all
    /// others, as rates of small khoroos are, natural groups put one of them alone into the upper class, and the map
    /// tells nothing of the rest. Split at the median both hold about as many, and the square tells who is high in both.
    pub const fn method(&self) -> &Method {
        match &self.method {
            Some(asked) => asked,
            None if matches!(self.measure, MapMeasure::Bivariate) => &Method::Quantile,
            None => &Method::Ckmeans,
        }
    }

    /// The map as people are shown it: where nobody counted replications, what was identified stands for both
    /// figures, as in the viewer (`web/src/drawn.ts`).
    #[must_use]
    pub fn drawn(self, snapshot: &Snapshot) -> Self {
        let is_counted = |measure| {
            let view = snapshot.vintage(&self.vintage);
            view.is_some_and(|view| view.counts.is_reported(measure, &self.cycle))
        };
        let is_half = self.measure == MapMeasure::Bivariate
            && is_counted(Measure::Identifications)
            && !is_counted(Measure::Replications);
        if is_half { Self { measure: MapMeasure::Identifications, is_half, ..self } } else { self }
    }
}

fn read_cycle(snapshot: &Snapshot, asked: &Asked) -> Result<(VintageId, CycleChoice), Error> {
    let named = asked.cycle.filter(|&id| id != "all");
    let cycle = match named {
        None => None,
        Some(id) => Some(snapshot.cycle(id).ok_or_else(|| {
            let known = snapshot.records.cycles.iter().map(|c| c.id.clone());
            Error::Value {
                name: "cycle",
                value: id.to_owned(),
                allowed: std::iter::once("all".to_owned()).chain(known).collect(),
            }
        })?),
    };
    let view = match (asked.vintage, cycle) {
        (Some(asked), _) => snapshot.named(asked)?,
        (None, Some(cycle)) => snapshot.named(cycle.vintage.as_str())?,
        (None, None) => snapshot.counted_last().ok_or(LookupError::NoVintage)?,
    };
    let vintage = view.vintage.id.clone();
    match cycle {
        Some(cycle) if cycle.vintage != vintage => {
            Err(Error::ForeignCycle { cycle: cycle.id.clone(), native_to: cycle.vintage.clone(), vintage })
        }
        Some(cycle) => Ok((vintage, CycleChoice::One(cycle.id.clone()))),
        None if asked.cycle.is_some() => Ok((vintage, CycleChoice::All)),
        None => Ok((vintage, view.counts.cycles.last().cloned().map_or(CycleChoice::All, CycleChoice::One))),
    }
}

fn read_theme(snapshot: &Snapshot, asked: &Asked) -> Result<Option<String>, Error> {
    let Some(code) = asked.theme.filter(|&code| code != "all") else { return Ok(None) };
    let themes = &snapshot.records.themes;
    if themes.iter().any(|t| t.code == code) {
        return Ok(Some(code.to_owned()));
    }
    let known = themes.iter().map(|t| t.code.clone());
    Err(Error::Value {
        name: "theme",
        value: code.to_owned(),
        allowed: std::iter::once("all".to_owned()).chain(known).collect(),
    })
}

fn read_classes(asked: &Asked) -> Result<(Option<Method>, usize), Error> {
    let word = one_of("method", asked.method, Some(""), &Method::WORDS, |word| word)?;
    let text = asked.classes.unwrap_or("5");
    let method = match word {
        "ckmeans" => Some(Method::Ckmeans),
        "quantile" => Some(Method::Quantile),
        "equal_interval" => Some(Method::EqualInterval),
        "manual" => {
            let refused = || Error::ManualBreaks(text.to_owned());
            let bounds: Vec<f64> =
                text.split(',').map(|t| t.trim().parse()).collect::<Result<_, _>>().map_err(|_| refused())?;
            let rising = bounds.windows(2).all(|pair| pair[0] < pair[1]);
            let usable = bounds.iter().all(|&b| b.is_finite() && b > 0.0 && b < 1e9);
            if asked.classes.is_none() || bounds.len() > CLASSES_MAX || !rising || !usable {
                return Err(refused());
            }
            let n = bounds.len();
            return Ok((Some(Method::Manual(bounds)), n));
        }
        _ => None,
    };
    let n: usize = text.parse().map_err(|_| Error::ClassCount(text.to_owned()))?;
    if (1..=CLASSES_MAX).contains(&n) { Ok((method, n)) } else { Err(Error::ClassCount(text.to_owned())) }
}

pub(super) fn one_of<T: Copy>(
    name: &'static str,
    value: Option<&str>,
    default: Option<T>,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Result<T, Error> {
    let found = match value {
        None => default,
        Some(value) => all.iter().copied().find(|&item| word(item) == value),
    };
    found.ok_or_else(|| Error::Value {
        name,
        value: value.unwrap_or_default().to_owned(),
        allowed: all.iter().map(|&item| word(item).to_owned()).collect(),
    })
}
