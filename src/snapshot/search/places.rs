//! Districts and khoroos, understood from the parts of a text: a district in any spelling, a number, a name.
//!
//! `БЗД-26`, `skhd12`, `26-р хороо Баянзүрх` and `Khan Uul 4` name a district and a number in either order;
//! words such as `хороо` say nothing. What was typed may be read in several ways, and the best one counts.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::typed::{Word, spellings, words};
use super::{Grade, Hit, Kind, Order, Scope, Typed};
use crate::model::naming::{self, fold};
use crate::model::{District, KhorooCode, KhorooId, Lang};
use crate::snapshot::{Snapshot, Unit, VintageView};

/// Letters from which a part of a district's name is looked for inside of it.
const INSIDE_FROM_LETTERS: usize = 3;

pub(super) struct Places {
    spelled: Vec<Spelled>,
    /// In the order of vintages.
    vintages: Vec<Ground>,
}

/// A district's name, abbreviation or code.
struct Spelled {
    folded: String,
    text: String,
    /// `text` as it is compared with what was typed.
    lower: String,
    /// In the snapshot's list of districts.
    district: usize,
}

/// What is known of a vintage's khoroos besides code and number.
struct Ground {
    /// Whether a later vintage has the code too, by khoroo and by district.
    is_replaced: [Vec<bool>; 2],
    named: Vec<Named>,
}

/// A khoroo with a name of its own.
pub(super) struct Named {
    khoroo: usize,
    /// Folded words of the name in each language, fillers and numbers left out.
    pub(super) words: [Vec<String>; 2],
}

/// One way to read what was typed.
struct Reading<'t> {
    /// Districts that are meant; `None` where none was typed.
    districts: Option<BTreeMap<usize, Fit>>,
    number: Option<&'t Word>,
    /// Words of a khoroo's own name.
    names: Vec<&'t Word>,
}

/// How a spelling fits, the best kind of fit first; which spelling, those begun just as typed first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    grade: Grade,
    is_other: bool,
    spelled: usize,
}

impl Places {
    pub(super) fn of(districts: &[District], vintages: &[VintageView]) -> Self {
        let mut spelled = Vec::new();
        for (district, row) in districts.iter().enumerate() {
            for text in naming::spellings(row) {
                let folded = fold(text);
                if !folded.is_empty() {
                    let (text, lower) = (text.to_owned(), text.to_lowercase());
                    spelled.push(Spelled { folded, text, lower, district });
                }
            }
        }
        let later = |at: usize| vintages[at + 1..].iter();
        let ground = |(at, view): (usize, &VintageView)| Ground {
            is_replaced: [
                view.geography
                    .khoroos
                    .iter()
                    .map(|unit| later(at).any(|view| has_khoroo(view, unit)))
                    .collect(),
                view.geography
                    .districts
                    .iter()
                    .map(|unit| later(at).any(|view| has_district(view, unit)))
                    .collect(),
            ],
            named: view.geography.khoroos.iter().enumerate().filter_map(Named::of).collect(),
        };
        Self { spelled, vintages: vintages.iter().enumerate().map(ground).collect() }
    }

    pub(super) fn find(&self, snapshot: &Snapshot, typed: &Typed, scope: Scope<'_>, hits: &mut Vec<Hit>) {
        let readings = self.readings(typed);
        let kind = kind_named(typed);
        for (at, view) in snapshot.vintages.iter().enumerate().rev() {
            let preferred = scope.vintage.filter(|preferred| preferred.vintage.id != view.vintage.id);
            if scope.is_alone && preferred.is_some() {
                continue;
            }
            let ground = &self.vintages[at];
            let age = (snapshot.vintages.len() - 1 - at) as u16;
            let hit = |grade, order, idx: usize| Hit { grade, order, n_words: 0, age, idx: idx as u32 };
            let is_of_preferred = scope.vintage.is_some() && preferred.is_none();
            let is_found = |level: usize, unit: &Unit, idx: usize| {
                let has = [has_khoroo, has_district][level];
                is_of_preferred
                    || (!ground.is_replaced[level][idx] && preferred.is_none_or(|view| !has(view, unit)))
            };
            if scope.kinds.contains(&Kind::District) {
                let of_view = |idx: usize| district_grade(snapshot, view, &readings, idx);
                let of_kind = (kind == Some(Kind::District)).then_some(Grade::Words);
                let found = (0..view.geography.districts.len())
                    .filter(|&idx| is_found(1, &view.geography.districts[idx], idx));
                let graded = |idx| of_view(idx).into_iter().chain(of_kind).min();
                hits.extend(found.filter_map(|idx| Some(hit(graded(idx)?, Order::District, idx))));
            }
            if scope.kinds.contains(&Kind::Khoroo) {
                let mut found = khoroos(snapshot, view, ground, typed, &readings);
                if kind == Some(Kind::Khoroo) {
                    let known: BTreeSet<usize> = found.iter().map(|(idx, _)| *idx).collect();
                    let others = (0..view.geography.khoroos.len()).filter(|idx| !known.contains(idx));
                    found.extend(others.map(|idx| (idx, (Grade::Words, Order::KhorooOfDistrict))));
                }
                let found =
                    found.into_iter().filter(|(idx, _)| is_found(0, &view.geography.khoroos[*idx], *idx));
                hits.extend(found.map(|(idx, (grade, order))| hit(grade, order, idx)));
            }
        }
    }

    /// The spelling that fits, with the number; the words of its own name where those fit.
    pub(super) fn why(&self, snapshot: &Snapshot, typed: &Typed, hit: Hit) -> String {
        let view = hit.view(snapshot);
        let unit = match hit.kind() {
            Kind::District => &view.geography.districts[hit.idx as usize],
            _ => &view.geography.khoroos[hit.idx as usize],
        };
        let district = snapshot.districts.iter().position(|row| row.code == unit.district);
        let mut readings = self.readings(typed);
        readings.sort_by_key(|reading| reading.names.len());
        let fits = |reading: &&Reading<'_>| match (&reading.districts, district) {
            (Some(fits), Some(district)) => fits.contains_key(&district),
            (Some(_), None) => false,
            (None, _) => true,
        };
        let named = readings.iter().filter(fits).find_map(|reading| {
            let spelled = reading.districts.as_ref().zip(district).and_then(|(fits, d)| fits.get(&d));
            let spelled = spelled.map(|fit| self.spelled[fit.spelled].text.clone());
            let number = reading.number.map(|_| unit.number.to_string());
            let own = own_words(unit, &reading.names)?;
            let said: Vec<String> = spelled.into_iter().chain(number).chain(own).collect();
            (!said.is_empty()).then(|| said.join(" "))
        });
        named.unwrap_or_else(|| unit.code.clone())
    }

    /// Every way to read the text that leaves no word over.
    fn readings<'t>(&self, typed: &'t Typed) -> Vec<Reading<'t>> {
        let (numbers, letters): (Vec<&Word>, Vec<&Word>) = typed.words.iter().partition(|w| w.is_number);
        let number = match numbers[..] {
            [] => None,
            [number] => Some(number),
            _ => return Vec::new(),
        };
        let mut wholes = vec![letters.iter().copied().filter(|w| !naming::is_filler(&w.text)).collect()];
        if letters.iter().all(|w| naming::is_filler(&w.text)) {
            // An abbreviation may look like one, unless there is something else.
            wholes.push(letters.clone());
        }
        if let Some((last, before)) = letters.split_last()
            && last.is_open
            && naming::begins_filler(&last.text)
        {
            wholes.push(before.iter().copied().filter(|w| !naming::is_filler(&w.text)).collect());
        }
        let mut readings = Vec::new();
        for whole in wholes {
            let n = whole.len();
            if n == 0 {
                if number.is_some() {
                    readings.push(Reading { districts: None, number, names: Vec::new() });
                }
                continue;
            }
            readings.push(Reading { districts: None, number, names: whole.clone() });
            for cut in 1..=n {
                let mut splits = vec![(&whole[..cut], &whole[cut..])];
                if cut < n {
                    splits.push((&whole[n - cut..], &whole[..n - cut]));
                }
                for (district, names) in splits {
                    let districts = self.districts(district);
                    if !districts.is_empty() {
                        readings.push(Reading { districts: Some(districts), number, names: names.to_vec() });
                    }
                }
            }
        }
        readings
    }

    /// Districts that words written as one may mean.
    fn districts(&self, words: &[&Word]) -> BTreeMap<usize, Fit> {
        let text: String = words.iter().map(|word| word.text.as_str()).collect();
        let forms = spellings(&text, words.last().is_some_and(|word| word.is_open));
        let mut found: BTreeMap<usize, Fit> = BTreeMap::new();
        for (spelled, known) in self.spelled.iter().enumerate() {
            let fit = |form: &String| {
                if &known.folded == form {
                    Some(Grade::Exact)
                } else if known.folded.starts_with(form.as_str()) {
                    Some(Grade::Prefix)
                } else {
                    let is_inside = form.len() >= INSIDE_FROM_LETTERS && known.folded.contains(form.as_str());
                    is_inside.then_some(Grade::Substring)
                }
            };
            if let Some(grade) = forms.iter().filter_map(fit).min() {
                let fit = Fit { grade, is_other: !known.lower.starts_with(&text), spelled };
                let best = found.entry(known.district).or_insert(fit);
                *best = fit.min(*best);
            }
        }
        found
    }
}

/// The word for a kind of place, alone: all of that kind are meant.
fn kind_named(typed: &Typed) -> Option<Kind> {
    let [word] = &typed.words[..] else { return None };
    let is_one_of = |known: &[&str]| known.iter().any(|known| word.folded.contains(&fold(known)));
    if is_one_of(&["хороо", "хороод", "khoroos"]) {
        Some(Kind::Khoroo)
    } else {
        is_one_of(&["дүүрэг", "дүүргүүд", "district", "districts"]).then_some(Kind::District)
    }
}

fn district_grade(
    snapshot: &Snapshot,
    view: &VintageView,
    readings: &[Reading<'_>],
    idx: usize,
) -> Option<Grade> {
    let code = &view.geography.districts[idx].district;
    let district = snapshot.districts.iter().position(|row| &row.code == code)?;
    let of_reading = |reading: &Reading<'_>| {
        let is_all = reading.number.is_none() && reading.names.is_empty();
        reading.districts.as_ref().filter(|_| is_all)?.get(&district).map(|fit| fit.grade)
    };
    readings.iter().filter_map(of_reading).min()
}

/// The best grade of each khoroo that fits.
fn khoroos(
    snapshot: &Snapshot,
    view: &VintageView,
    ground: &Ground,
    typed: &Typed,
    readings: &[Reading<'_>],
) -> Vec<(usize, (Grade, Order))> {
    let geography = &view.geography;
    let mut found: Vec<Option<(Grade, Order)>> = vec![None; geography.khoroos.len()];
    let mut add = |idx: usize, grade: Grade, order: Order| {
        let best = found[idx].get_or_insert((grade, order));
        *best = (grade, order).min(*best);
    };
    if let Some(idx) = coded(view, &typed.text) {
        add(idx, Grade::Exact, Order::Khoroo);
    }
    for reading in readings {
        let all = [(None, 0..geography.khoroos.len())];
        let of_district = |(&district, fit): (&usize, &Fit)| -> Option<(Option<Grade>, Range<usize>)> {
            let at = geography.district_idx(&snapshot.districts[district].code)?;
            Some((Some(fit.grade), geography.khoroos_of(at)))
        };
        let places: Vec<(Option<Grade>, Range<usize>)> = match &reading.districts {
            Some(districts) => districts.iter().filter_map(of_district).collect(),
            None => all.to_vec(),
        };
        for (district, range) in places {
            if !reading.names.is_empty() {
                let inside = ground.named.iter().filter(|named| range.contains(&named.khoroo));
                for named in inside {
                    let number = geography.khoroos[named.khoroo].number;
                    if let Some(grade) = named.grade(reading, number) {
                        add(named.khoroo, grade, Order::Khoroo);
                    }
                }
            } else if let Some(typed) = reading.number {
                for idx in range {
                    if let Some(grade) = numbered(district, typed, geography.khoroos[idx].number) {
                        add(idx, grade, Order::Khoroo);
                    }
                }
            } else if district == Some(Grade::Exact) {
                range.for_each(|idx| add(idx, Grade::Words, Order::KhorooOfDistrict));
            }
        }
    }
    found.into_iter().enumerate().filter_map(|(idx, best)| Some((idx, best?))).collect()
}

/// The khoroo whose code the whole text is.
fn coded(view: &VintageView, text: &str) -> Option<usize> {
    let of_version = text.parse::<KhorooId>().ok().filter(|id| id.vintage == view.vintage.id);
    let code: KhorooCode = of_version.map(|id| id.code).or_else(|| text.parse().ok())?;
    view.geography.khoroo_idx(&code)
}

/// How a khoroo fits a number, its district fitting as `district` says.
fn numbered(district: Option<Grade>, typed: &Word, number: u32) -> Option<Grade> {
    let is_whole = typed.number == Some(number);
    let begins = || typed.is_open && typed.number.is_some_and(|typed| begins_with(number, typed));
    match (district, is_whole) {
        (Some(Grade::Exact), true) => Some(Grade::Exact),
        (None, true) => Some(Grade::Words),
        (Some(Grade::Substring), _) => (is_whole || begins()).then_some(Grade::Substring),
        (Some(_), true) => Some(Grade::Prefix),
        (Some(_), false) => begins().then_some(Grade::Prefix),
        (None, false) => begins().then_some(Grade::WordStarts),
    }
}

/// True if the digits of `number` begin with those of `start`.
fn begins_with(number: u32, start: u32) -> bool {
    let mut rest = number;
    while rest > start {
        rest /= 10;
    }
    rest == start && start > 0
}

impl Named {
    pub(super) fn of((khoroo, unit): (usize, &Unit)) -> Option<Self> {
        let own = |lang, name: &str| (name != naming::khoroo_name(unit.number, lang)).then(|| own_name(name));
        let words =
            [own(Lang::Mn, &unit.name_mn), own(Lang::En, &unit.name_en)].map(Option::unwrap_or_default);
        words.iter().any(|words| !words.is_empty()).then_some(Self { khoroo, words })
    }

    fn grade(&self, reading: &Reading<'_>, number: u32) -> Option<Grade> {
        let is_numbered = reading.number.is_none_or(|typed| typed.number == Some(number));
        let of_name = |name: &Vec<String>| {
            let whole = |typed: &Word| typed.folded.iter().any(|form| name.contains(form));
            let starts =
                |typed: &Word| typed.folded.iter().any(|f| name.iter().any(|w| w.starts_with(f.as_str())));
            let first = |(typed, word): (&&Word, &String)| {
                typed
                    .folded
                    .iter()
                    .any(|form| if typed.is_open { word.starts_with(form) } else { word == form })
            };
            let is_beginning = reading.names.len() <= name.len() && reading.names.iter().zip(name).all(first);
            if is_beginning && reading.names.len() == name.len() && reading.names.iter().all(|w| whole(w)) {
                Some(Grade::Exact)
            } else if is_beginning {
                Some(Grade::Prefix)
            } else if reading.names.iter().all(|w| whole(w)) {
                Some(Grade::Words)
            } else {
                reading.names.iter().all(|w| starts(w)).then_some(Grade::WordStarts)
            }
        };
        self.words.iter().filter(|name| is_numbered && !name.is_empty()).filter_map(of_name).min()
    }
}

/// Folded words of a name of its own.
fn own_name(name: &str) -> Vec<String> {
    let said = words(name).filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
    said.filter(|word| !naming::is_filler(word)).map(fold).filter(|word| !word.is_empty()).collect()
}

/// The words of a unit's name that typed ones begin, as they are written; `None` if one begins none.
fn own_words(unit: &Unit, typed: &[&Word]) -> Option<Vec<String>> {
    let begin = |word: &&Word, name: &str| {
        words(name)
            .find(|own| word.folded.iter().any(|form| fold(own).starts_with(form.as_str())))
            .map(str::to_owned)
    };
    let of_name = |name: &str| typed.iter().map(|word| begin(word, name)).collect::<Option<Vec<_>>>();
    of_name(&unit.name_mn).or_else(|| of_name(&unit.name_en))
}

fn has_khoroo(view: &VintageView, unit: &Unit) -> bool {
    let code = KhorooCode { district: unit.district.clone(), number: unit.number };
    view.geography.khoroo_idx(&code).is_some()
}

fn has_district(view: &VintageView, unit: &Unit) -> bool {
    view.geography.district_idx(&unit.district).is_some()
}
