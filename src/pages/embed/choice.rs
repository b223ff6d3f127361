//! What a map on another site is to show, read from an address and written into one.
//!
//! Owns: names and fallbacks of these parameters. As on all pages, what is not understood counts as not given.

use crate::cartography::picture::{Area, Form};
use crate::cartography::{Asked, MapMeasure, Query, Rate};
use crate::model::{KhorooCode, Lang};
use crate::snapshot::{Level, Snapshot};

/// Pixels that a frame can be wide or high.
const SIZE_PX: std::ops::RangeInclusive<u32> = 200..=2_000;

/// Characters of a value that is told back: longer than any that there is.
const GIVEN_CHARS_MAX: usize = 40;

/// `None` is what the visitor may choose.
#[derive(Debug, Clone, PartialEq)]
pub struct EmbedChoice {
    /// The map in full, with defaults for what is not given.
    pub map: Query,
    pub area: Area,
    pub measure: Option<MapMeasure>,
    /// Of boundaries without a cycle, which no cycle stands for.
    pub vintage: Option<String>,
    pub cycle: Option<String>,
    /// Code.
    pub theme: Option<String>,
    /// Kept for other measures where the map's has none.
    pub rate: Option<Rate>,
    pub level: Option<Level>,
    /// Otherwise the width decides.
    pub form: Option<Form>,
    /// Code of the khoroo or district that is marked.
    pub select: Option<String>,
    /// A picture without script.
    pub still: bool,
    pub width_px: Option<u32>,
    pub height_px: Option<u32>,
}

impl EmbedChoice {
    /// `given` tells the value of a parameter. `None` where the store holds nothing that could be mapped.
    pub fn read<'a>(
        snapshot: &'a Snapshot,
        lang: Lang,
        given: impl Fn(&'static str) -> Option<&'a str>,
    ) -> Option<Self> {
        let measure = word(given("measure"), &MapMeasure::ALL, MapMeasure::word);
        let shown = measure.unwrap_or(MapMeasure::Identifications);
        let rate = word(given("rate"), &Rate::ALL, Rate::word);
        let level = word(given("level"), &Level::ALL, Level::word);
        // A vintage stands for its newest cycle; a cycle that is named decides, as it has a vintage of its own.
        let asked = given("vintage").and_then(|id| snapshot.named(id).ok());
        let of_vintage = || asked?.counts.cycles.last().map(String::as_str);
        let cycle = given("cycle").filter(|id| snapshot.cycle(id).is_some()).or_else(of_vintage);
        let vintage = asked.filter(|_| cycle.is_none()).map(|view| view.vintage.id.as_str());
        let themes = &snapshot.records.themes;
        let theme = given("theme").filter(|code| themes.iter().any(|row| row.code == **code));
        let asked = Asked {
            vintage,
            cycle,
            level: level.map(Level::word),
            rate: rate.filter(|_| shown.has_rate()).map(Rate::word),
            theme,
            ..Asked::default()
        };
        let map = Query::read(snapshot, shown.word(), &asked, lang).ok()?.drawn(snapshot);
        let area = given("area").and_then(|code| find(snapshot, &map, code)).unwrap_or(Area::City);
        let is_in_part = |code: &str| match &area {
            Area::City => true,
            Area::District(district) | Area::Khoroo(KhorooCode { district, .. }) => {
                code.split('-').next() == Some(district.as_str())
            }
        };
        let select = given("select").filter(|code| is_in_part(code) && find(snapshot, &map, code).is_some());
        let size = |name| given(name).and_then(|text| text.parse().ok()).filter(|px| SIZE_PX.contains(px));
        Some(Self {
            map,
            area,
            measure,
            vintage: vintage.map(str::to_owned),
            cycle: cycle.map(str::to_owned),
            theme: theme.map(str::to_owned),
            rate,
            level,
            form: word(given("form"), &Form::ALL, Form::word),
            select: select.map(str::to_owned),
            still: given("still") == Some("1"),
            width_px: size("width"),
            height_px: size("height"),
        })
    }

    /// What the code names, without language, stillness and size: names of parameters are those of the
    /// viewer's own address, but for `area`.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let area = (self.area != Area::City).then(|| code_of(&self.area));
        [
            ("area", area),
            ("measure", self.measure.map(|measure| measure.word().to_owned())),
            ("vintage", self.vintage.clone()),
            ("cycle", self.cycle.clone()),
            ("theme", self.theme.clone()),
            ("rate", self.rate.map(|rate| rate.word().to_owned())),
            ("level", self.level.map(|level| level.word().to_owned())),
            ("form", self.form.map(|form| form.word().to_owned())),
            ("select", self.select.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    /// The same view in the words of the viewer's own address: what is the default there is not named.
    #[must_use]
    pub fn plain(self, snapshot: &Snapshot) -> Self {
        let newest = snapshot.counted_last().and_then(|view| view.counts.cycles.last());
        Self {
            measure: self.measure.filter(|measure| *measure != MapMeasure::Identifications),
            cycle: self.cycle.filter(|cycle| Some(cycle) != newest),
            rate: self.rate.filter(|rate| *rate != Rate::Count),
            level: self.level.filter(|level| *level != Level::Khoroo),
            ..self
        }
    }

    /// Names of the choices that the visitor does not have.
    pub fn locked(&self) -> Vec<&'static str> {
        let all = self.pairs().into_iter().map(|(name, _)| name);
        // Who names boundaries names what is counted on them.
        let all = all.map(|name| if name == "vintage" { "cycle" } else { name });
        all.filter(|name| !matches!(*name, "area" | "select")).collect()
    }

    /// The place that is outlined; the city for none. The map of a khoroo's neighbourhood has that khoroo outlined.
    pub fn marked(&self) -> Area {
        let found = self.select.as_deref().filter(|_| !matches!(self.area, Area::Khoroo(_)));
        found.and_then(read_area).unwrap_or(Area::City)
    }
}

/// Choices of an address that there are not, by the name of their parameter, with what was given; the viewer knows the
/// same (`misread` in `web/src/state.ts`).
pub fn unknown<'a>(
    snapshot: &Snapshot,
    given: impl Fn(&'static str) -> Option<&'a str>,
) -> Vec<(&'static str, String)> {
    let is_word = |text: &str, words: &[&str]| words.contains(&text);
    let is_known = |name, text: &str| match name {
        "measure" => is_word(text, &MapMeasure::ALL.map(MapMeasure::word)),
        "cycle" => snapshot.cycle(text).is_some(),
        "vintage" => text.parse().is_ok_and(|id| snapshot.vintage(&id).is_some()),
        "theme" => text == "all" || snapshot.records.themes.iter().any(|row| row.code == text),
        "rate" => is_word(text, &Rate::ALL.map(Rate::word)),
        "level" => is_word(text, &Level::ALL.map(Level::word)),
        _ => is_word(text, &Form::ALL.map(Form::word)),
    };
    let names = ["measure", "cycle", "vintage", "theme", "rate", "level", "form"];
    let asked = names.into_iter().filter_map(|name| Some((name, given(name)?)));
    asked
        .filter(|(name, text)| !is_known(name, text))
        .map(|(name, text)| (name, text.chars().take(GIVEN_CHARS_MAX).collect()))
        .collect()
}

/// The same of a frame, whose address names a part of the city besides.
pub fn unknown_in_frame<'a>(
    snapshot: &'a Snapshot,
    choice: &EmbedChoice,
    given: impl Fn(&'static str) -> Option<&'a str>,
) -> Vec<(&'static str, String)> {
    let area = given("area").filter(|code| choice.area == Area::City && !matches!(*code, "" | "city"));
    let area = area.map(|code| ("area", code.chars().take(GIVEN_CHARS_MAX).collect()));
    area.into_iter().chain(unknown(snapshot, given)).collect()
}

/// A district or khoroo of the map's vintage.
fn find(snapshot: &Snapshot, map: &Query, code: &str) -> Option<Area> {
    let geography = &snapshot.vintage(&map.vintage)?.geography;
    read_area(code).filter(|area| match area {
        Area::City => false,
        Area::District(district) => geography.district_idx(district).is_some(),
        Area::Khoroo(khoroo) => geography.khoroo_idx(khoroo).is_some(),
    })
}

/// The district or khoroo that a code is of.
fn read_area(code: &str) -> Option<Area> {
    if code.contains('-') {
        code.parse().ok().map(Area::Khoroo)
    } else {
        code.parse().ok().map(Area::District)
    }
}

/// An area as it stands in addresses.
pub fn code_of(area: &Area) -> String {
    match area {
        Area::City => "city".to_owned(),
        Area::District(code) => code.to_string(),
        Area::Khoroo(code) => code.to_string(),
    }
}

fn word<T: Copy>(given: Option<&str>, all: &[T], word: impl Fn(T) -> &'static str) -> Option<T> {
    all.iter().copied().find(|value| given == Some(word(*value)))
}
