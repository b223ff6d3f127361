//! All that can be found, with the folded words by which it is: for readers who look through it themselves.
//!
//! They keep the rules of this room (`web/src/twin/find/`), and answer as [`Snapshot::find`] does; texts of the city
//! are folded here alone.

use std::collections::{BTreeMap, BTreeSet};

use super::places::Named;
use super::titles::title_words;
use super::{Grade, Hit, Kind, Order, Scope, Typed};
use crate::model::naming::{self, fold};
use crate::snapshot::{Snapshot, VintageView};

/// Something that can be found.
pub struct Listed<'s> {
    pub hit: Hit,
    /// On whose ground a landmark stands.
    pub ground: Option<&'s VintageView>,
    /// Found where no vintage is asked for.
    pub is_first: bool,
    /// Of its title or a name of its own, in Mongolian and English.
    pub words: [Vec<String>; 2],
    /// Those that find it too, though no title begins with them.
    pub beside: Vec<String>,
}

/// Words that find many.
pub struct Shared<'s> {
    /// Spellings of each district, by its code.
    pub districts: BTreeMap<&'s str, Vec<String>>,
    /// Of the names of each theme, by its code.
    pub themes: BTreeMap<&'s str, Vec<String>>,
    /// Of each kind of landmarks.
    pub categories: BTreeMap<&'s str, Vec<String>>,
}

impl Snapshot {
    /// Units of every vintage, practices, landmarks on the ground of every vintage; each kind in the order of equals.
    ///
    /// - `preferred`: where units are found unless another vintage is asked for.
    pub fn findable<'s>(&'s self, preferred: Option<&'s VintageView>) -> Vec<Listed<'s>> {
        let units =
            [Kind::District, Kind::Khoroo].into_iter().flat_map(|kind| self.listed_units(kind, preferred));
        let practices = self.records.practices.iter().enumerate();
        let practices = practices.filter(|(_, row)| self.standings.is_identified(row)).map(|(idx, row)| {
            let titles = [Some(&row.title_mn), row.title_en.as_ref()];
            Listed::of(
                Order::Practice,
                idx,
                titles.map(|title| title.map_or_else(Vec::new, |t| title_words(t))),
            )
        });
        let nowhere = preferred.is_none().then_some(None);
        let grounds = self.vintages.iter().map(Some).chain(nowhere);
        let landmarks = grounds.flat_map(|ground| {
            self.orientation.landmarks.rows.iter().enumerate().map(move |(idx, row)| {
                let names = [Some(&row.name_mn), row.name_en.as_ref()];
                let words = names.map(|name| name.map_or_else(Vec::new, |name| title_words(name)));
                Listed {
                    ground,
                    is_first: is_same(ground, preferred),
                    beside: row.address.as_deref().map(title_words).unwrap_or_default(),
                    ..Listed::of(Order::Landmark, idx, words)
                }
            })
        });
        units.chain(practices).chain(landmarks).collect()
    }

    fn listed_units(&self, kind: Kind, preferred: Option<&VintageView>) -> Vec<Listed<'_>> {
        let (word, order) = match kind {
            Kind::District => ("дүүрэг", Order::District),
            _ => ("хороо", Order::Khoroo),
        };
        // The word for their kind finds all of them.
        let typed = Typed::read(word).expect("a word");
        let scope = Scope { kinds: &[kind], vintage: preferred, is_alone: false, district: None };
        let first = self.find(&typed, scope, usize::MAX).hits;
        let first: BTreeSet<(u16, u32)> = first.iter().map(|hit| (hit.age, hit.idx)).collect();
        let of_view = |(age, view): (u16, &VintageView)| -> Vec<Listed<'_>> {
            let units = match kind {
                Kind::District => &view.geography.districts,
                _ => &view.geography.khoroos,
            };
            let listed = units.iter().enumerate().map(|(idx, unit)| {
                let named = Some((idx, unit)).filter(|_| kind == Kind::Khoroo).and_then(Named::of);
                let listed = Listed::of(order, idx, named.map(|named| named.words).unwrap_or_default());
                let is_first = first.contains(&(age, listed.hit.idx));
                Listed { hit: Hit { age, ..listed.hit }, is_first, ..listed }
            });
            listed.collect()
        };
        (0..).zip(self.vintages.iter().rev()).flat_map(of_view).collect()
    }

    pub fn words_of_many(&self) -> Shared<'_> {
        let spelled = |row| naming::spellings(row).map(fold).filter(|word| !word.is_empty()).collect();
        let districts = self.districts.iter().map(|row| (row.code.as_str(), spelled(row)));
        let themes = self.records.themes.iter().map(|row| {
            let names = [&row.name_mn, &row.name_en];
            (row.code.as_str(), names.into_iter().flat_map(|name| title_words(name)).collect())
        });
        let categories = self.orientation.landmarks.rows.iter().filter_map(|row| row.kind.as_deref());
        Shared {
            districts: districts.collect(),
            themes: themes.collect(),
            categories: categories.map(|kind| (kind, title_words(kind))).collect(),
        }
    }
}

impl Listed<'_> {
    fn of(order: Order, idx: usize, words: [Vec<String>; 2]) -> Self {
        let hit = Hit { grade: Grade::Words, order, n_words: 0, age: 0, idx: idx as u32 };
        Self { hit, ground: None, is_first: true, words, beside: Vec::new() }
    }
}

fn is_same(one: Option<&VintageView>, other: Option<&VintageView>) -> bool {
    one.map(|view| &view.vintage.id) == other.map(|view| &view.vintage.id)
}
