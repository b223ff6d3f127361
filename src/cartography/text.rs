//! The words of maps, in both languages.
//!
//! Owns: titles, labels and notes. A title is a sentence a neighbour understands: what, by which
//! units, when. Mongolian first; a row without an English name lends its Mongolian one.

use serde::Serialize;

use super::classes::Classes;
use super::figures::{KhoroosEntering, Scale};
use super::query::{MapMeasure, Query, Rate};
use crate::model::{Lang, written};
use crate::snapshot::{CycleChoice, Headcount, Level, Snapshot, VintageView};

/// The same words in every language of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Text {
    pub mn: String,
    pub en: String,
}

impl Text {
    pub fn new(mn: impl Into<String>, en: impl Into<String>) -> Self {
        Self { mn: mn.into(), en: en.into() }
    }

    /// Words that need no translation: figures, codes.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { mn: text.clone(), en: text }
    }

    /// Says of which part of the city it holds: `Баянзүрх, нийт: 64`.
    #[must_use]
    pub fn of(&self, part: &str) -> Self {
        let join = |text: &str| {
            let mut letters = text.chars();
            let first = letters.next().into_iter().flat_map(char::to_lowercase);
            format!("{part}, {}", first.chain(letters.clone()).collect::<String>())
        };
        Self { mn: join(&self.mn), en: join(&self.en) }
    }

    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Mn => &self.mn,
            Lang::En => &self.en,
        }
    }
}

pub fn measure_name(measure: MapMeasure) -> Text {
    match measure {
        MapMeasure::Identifications => Text::new("Тодорхойлсон сайн туршлага", "Good practices identified"),
        MapMeasure::Replications => Text::new("Нутагшуулсан сайн туршлага", "Good practices replicated"),
        MapMeasure::ReplicationsHosted => {
            Text::new("Бусад хороонд нутагшсан сайн туршлага", "Good practices replicated by others")
        }
        MapMeasure::Participation => {
            Text::new("Сайн туршлагаа илгээсэн хороо", "Khoroos that entered a practice")
        }
        MapMeasure::Bivariate => Text::new(
            "Тодорхойлсон ба нутагшуулсан сайн туршлага",
            "Good practices identified and replicated",
        ),
    }
}

/// For heads of columns; of single measures the viewer's switch says the same (`web/src/i18n`).
pub fn measure_name_short(measure: MapMeasure) -> Text {
    match measure {
        MapMeasure::Identifications => Text::new("Тодорхойлсон", "Identified"),
        MapMeasure::Replications => Text::new("Нутагшуулсан", "Replicated"),
        MapMeasure::ReplicationsHosted => Text::new("Бусад хороонд нутагшсан", "Replicated by others"),
        MapMeasure::Participation => Text::new("Туршлага илгээсэн", "Entered a practice"),
        MapMeasure::Bivariate => Text::new("Тодорхойлсон, нутагшуулсан", "Identified, replicated"),
    }
}

/// A measure as it is counted: `Good practices identified per 10,000 residents`.
pub fn counted_name(measure: MapMeasure, rate: Rate) -> Text {
    let Text { mn, en } = measure_name(measure);
    match rate {
        Rate::Count => Text { mn, en },
        Rate::Per10000 => {
            Text::new(format!("{mn}, 10\u{a0}000 хүн тутамд"), format!("{en} per 10,000 residents"))
        }
    }
}

/// `Good practices identified, by khoroo, 2022 cycle`.
pub fn title(snapshot: &Snapshot, query: &Query) -> Text {
    let mut title = counted_name(query.measure, query.rate);
    if let Some(theme) =
        query.theme.as_ref().and_then(|c| snapshot.records.themes.iter().find(|t| &t.code == c))
    {
        title = Text::new(
            format!("{} ({})", title.mn, theme.name_mn),
            format!("{} ({})", title.en, theme.name_en),
        );
    }
    let units = match query.level {
        Level::Khoroo => Text::new("хороогоор", "by khoroo"),
        Level::District => Text::new("дүүргээр", "by district"),
    };
    let cycle = cycle_name(snapshot, &query.cycle);
    Text::new(
        format!("{}, {}, {}", title.mn, units.mn, cycle.mn),
        format!("{}, {}, {}", title.en, units.en, cycle.en),
    )
}

pub fn cycle_name(snapshot: &Snapshot, cycle: &CycleChoice) -> Text {
    match cycle {
        CycleChoice::All => Text::new("эдгээр хилийн бүх мөчлөг", "all cycles on these boundaries"),
        CycleChoice::One(id) => snapshot
            .cycle(id)
            .map_or_else(|| Text::same(id), |cycle| Text::new(&*cycle.title_mn, &*cycle.title_en)),
    }
}

/// What the figures stand on: vintage, how many units, and for rates whose residents.
pub fn base(view: &VintageView, query: &Query) -> Text {
    let n_khoroos = view.geography.khoroos.len();
    let vintage = &view.vintage;
    // A title that tells the number is not told it again.
    let with_number = |title: &str, word: &str| {
        let is_told = title.split(|c: char| !c.is_ascii_digit()).any(|part| part == n_khoroos.to_string());
        if is_told { title.to_owned() } else { format!("{title} ({n_khoroos} {word})") }
    };
    let mut base =
        Text::new(with_number(&vintage.title_mn, "хороо"), with_number(&vintage.title_en, "khoroos"));
    if query.rate == Rate::Per10000 {
        let years = population_years(view, query);
        base = Text::new(
            format!("{}; хүн ам: {}", base.mn, years.mn),
            format!("{}; population: {}", base.en, years.en),
        );
    }
    base
}

/// The figure of all units together: a sum, or what holds of them as one.
pub fn total(query: &Query, first: &Text, second: Option<&Text>, khoroos: Option<KhoroosEntering>) -> Text {
    let Text { mn, en } = second.map_or_else(|| first.clone(), |second| pair(first, second));
    match (query.measure, query.level, query.rate) {
        (MapMeasure::Participation, Level::Khoroo, _) => {
            Text::new(format!("Нийт: {mn} хороо"), format!("Total: {en} khoroos"))
        }
        (MapMeasure::Participation, Level::District, _) => {
            let (in_mn, in_en) = khoroos.map_or_else(Default::default, |KhoroosEntering { entering, of }| {
                (format!(" ({of} хорооноос {entering})"), format!(" ({entering} of {of})"))
            });
            Text::new(
                format!("Нийтдээ: хороодын {mn} %{in_mn}"),
                format!("Overall: {en} % of khoroos{in_en}"),
            )
        }
        (_, _, Rate::Per10000) if second.is_none() => {
            Text::new(format!("Нийтдээ: {mn}"), format!("Overall: {en}"))
        }
        _ => Text::new(format!("Нийт: {mn}"), format!("Total: {en}")),
    }
}

/// Names the unit that is outlined, with its figure.
pub fn marked(unit: &str) -> Text {
    Text::new(format!("Тэмдэглэсэн: {unit}"), format!("Marked: {unit}"))
}

/// `2022`, `2020–2022`, or words where no year is known.
fn population_years(view: &VintageView, query: &Query) -> Text {
    let of = |idx| view.residents.of(query.level, idx, &query.cycle);
    let counted: Vec<Headcount> = (0..view.units(query.level).len()).filter_map(of).collect();
    let years = || counted.iter().filter_map(|count| count.year);
    match (years().min(), years().max()) {
        (Some(first), Some(last)) if first == last => Text::new(format!("{first} он"), format!("{first}")),
        (Some(first), Some(last)) => Text::new(format!("{first}–{last} он"), format!("{first}–{last}")),
        _ => Text::new("он тодорхойгүй", "year unknown"),
    }
}

/// Ids of the definitions that a map's figures stand on.
pub fn definitions(query: &Query) -> Vec<&'static str> {
    let rate = (query.rate == Rate::Per10000).then_some("per10000");
    let theme = query.theme.is_some().then_some("by_theme");
    [query.measure.word()].into_iter().chain(rate).chain(theme).collect()
}

/// One sentence each that a reader must not miss.
pub fn notes(snapshot: &Snapshot, view: &VintageView, query: &Query) -> Vec<Text> {
    let mut notes = Vec::new();
    let counted = query.measure.counted();
    let is_reported = |measure| view.counts.is_reported(measure, &query.cycle);
    if view.counts.cycles.is_empty() {
        notes.push(Text::new(
            "Энэ үед бүртгэсэн мөчлөг алга: тэг биш, мэдээлэлгүй.",
            "No cycle has been recorded for these boundaries: unknown, not zero.",
        ));
    } else if !is_reported(counted.0) || counted.1.is_some_and(|second| !is_reported(second)) {
        notes.push(Text::new(
            "Энэ мөчлөгт нутагшуулалтыг тоолоогүй: тэг биш, мэдээлэлгүй.",
            "Replications were not counted in this cycle: unknown, not zero.",
        ));
    }
    if query.is_half {
        notes.push(half());
    }
    if query.theme.is_some() {
        notes.push(Text::new(
            "Ангилал нь зөвхөн энэ сэдвийнх: хоёр сэдвийн өнгийг хооронд нь бүү харьцуул.",
            "Classes are those of this theme: do not compare colours of two themes.",
        ));
    }
    if view.geography.coverage.is_none() && !view.geography.khoroos.is_empty() {
        let lent = view.geography.district_lines_from.as_ref().and_then(|id| snapshot.vintage(id));
        let (mn, en) = lent.map_or((String::new(), String::new()), |lender| {
            (
                format!(" Дүүргийн хил: {}.", lender.vintage.title_mn),
                format!(" District lines: {}.", lender.vintage.title_en),
            )
        });
        notes.push(Text::new(
            format!("Энэ үеийн хорооны хил байхгүй тул дүүргээр харуулав.{mn}"),
            format!("Khoroo lines of this period do not exist, so the map shows districts.{en}"),
        ));
    }
    notes
}

/// Why a map of two figures shows one; the viewer says the same (`web/src/i18n`).
fn half() -> Text {
    Text::new(
        "Энэ мөчлөгт нутагшуулсан тоог бүртгээгүй тул зөвхөн тодорхойлсон сайн туршлагыг харуулав.",
        "Replications were not counted in this cycle. What is known is shown: the practices identified.",
    )
}

/// The civil day in Ulaanbaatar on which the figures were published.
pub fn published_on(snapshot: &Snapshot) -> Text {
    const OFFSET_H: i8 = 8;
    let Ok(at) = jiff::Timestamp::from_second(snapshot.revision.published_at) else { return Text::same("") };
    let day = jiff::tz::Offset::constant(OFFSET_H).to_datetime(at).date();
    Text::new(written::day(day, Lang::Mn), written::day(day, Lang::En))
}

/// Where lines and figures come from, and of when they are.
pub fn source_line(source: &str, date: &Text) -> Text {
    let from = |word: &str| if source.is_empty() { String::new() } else { format!("{word}: {source}. ") };
    Text::new(
        format!("{}Тоо баримт: {}", from("Хилийн эх сурвалж"), date.mn),
        format!("{}Figures as of {}", from("Source of boundaries"), date.en),
    )
}

/// What the figures of a legend count.
pub fn figures_of_legend(query: &Query) -> Text {
    match (query.measure, query.rate) {
        (MapMeasure::Participation, _) if query.level == Level::District => {
            Text::new("Илгээсэн хорооны хувь", "Part of the khoroos")
        }
        (_, Rate::Per10000) => Text::new("10\u{a0}000 хүн тутамд", "Per 10,000 residents"),
        _ => measure_name_short(query.measure),
    }
}

/// What a legend counts in its last column.
pub fn units_of_legend(level: &str) -> Text {
    if level == Level::District.word() {
        Text::new("дүүрэг", "districts")
    } else {
        Text::new("хороо", "khoroos")
    }
}

/// The two figures of a bivariate legend.
pub fn sides_of_legend() -> [Text; 2] {
    [MapMeasure::Identifications, MapMeasure::Replications].map(measure_name_short)
}

pub fn illustrative() -> Text {
    Text::new("Жишээ өгөгдөл: бодит бүртгэл биш", "Illustrative data: not real records")
}

pub fn no_data() -> Text {
    Text::new("Мэдээлэлгүй", "No data")
}

/// The label of zero, which for participation is a word.
pub fn zero(measure: MapMeasure, level: Level) -> Text {
    match (measure, level) {
        (MapMeasure::Participation, Level::Khoroo) => Text::new("Илгээгээгүй", "Entered nothing"),
        (MapMeasure::Participation, Level::District) => Text::same("0 %"),
        _ => Text::same("0"),
    }
}

/// The label of a class: `1`, `2–3`, `4+`, `20–39 %`.
pub fn class(measure: MapMeasure, level: Level, classes: &Classes, scale: Scale, idx: usize) -> Text {
    if (measure, level) == (MapMeasure::Participation, Level::Khoroo) {
        return Text::new("Илгээсэн", "Entered a practice");
    }
    let span = |lang| {
        let span = match classes.range(idx) {
            (from, Some(to)) if from == to => scale.text(from, lang),
            (from, Some(to)) => format!("{}–{}", scale.text(from, lang), scale.text(to, lang)),
            (from, None) => format!("{}+", scale.text(from, lang)),
        };
        if measure == MapMeasure::Participation { format!("{span} %") } else { span }
    };
    Text::new(span(Lang::Mn), span(Lang::En))
}

/// The label of a pair of classes: `identified 1–2, replicated 0`.
pub fn pair(first: &Text, second: &Text) -> Text {
    Text::new(
        format!("тодорхойлсон {}, нутагшуулсан {}", first.mn, second.mn),
        format!("identified {}, replicated {}", first.en, second.en),
    )
}
