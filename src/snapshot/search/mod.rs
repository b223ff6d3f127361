//! Finding districts, khoroos, practices and landmarks by what people type, in Cyrillic or Latin, while they type.
//!
//! Every spelling is folded once, when the snapshot is built, by the same rule that import reads khoroos
//! with ([`naming::fold`](crate::model::naming::fold)). Districts and khoroos are understood from their
//! parts (district, number, name of its own), so they need no list of their names; practices have one of
//! the words of their titles.
//!
//! Owns: which things fit a text, how well, in which order. Only identified practices are in the index: no
//! answer made of it can tell of another.
//! Design: an index of everything by every word would hold a hundred thousand rows for twenty thousand
//! khoroos that differ in a number only.

pub mod landmarks;
mod listed;
mod places;
mod titles;
mod typed;

use std::sync::Arc;

use super::{Snapshot, VintageView};
use crate::model::place::words;
use crate::model::{District, DistrictCode, Lang, Records, Standings};
use places::Places;
use titles::Titles;

pub use listed::{Listed, Shared};
pub use typed::{Typed, TypedError};

/// What texts are looked up in.
pub struct Index {
    places: Arc<Places>,
    titles: Arc<Titles>,
}

/// How well something fits a text, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// The text is its code or whole name.
    Exact,
    /// Its code or name begins with the text.
    Prefix,
    /// Every word of the text is one of its words.
    Words,
    /// Every word of the text begins one of its words.
    WordStarts,
    /// Every word of the text stands somewhere in its words.
    Substring,
    /// Some words of the text are of its theme only.
    Theme,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    District,
    Khoroo,
    Practice,
    Landmark,
}

words!(Grade {
    Exact = "exact",
    Prefix = "prefix",
    Words = "words",
    WordStarts = "word_starts",
    Substring = "substring",
    Theme = "theme",
});
words!(Kind { District = "district", Khoroo = "khoroo", Practice = "practice", Landmark = "landmark" });

/// Something that fits; sorted as it is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    pub grade: Grade,
    order: Order,
    /// Words of a practice's title: the shorter one is more about what was typed.
    n_words: u16,
    /// Vintages that came after its own.
    age: u16,
    /// In its vintage's list of units, in the list of practices or of landmarks.
    pub idx: u32,
}

/// Kinds, khoroos of which only the district was typed behind practices; landmarks are no part of the
/// process and come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    District,
    Khoroo,
    Practice,
    KhorooOfDistrict,
    Landmark,
}

/// The best of what fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Sorted, the best first.
    pub hits: Vec<Hit>,
    /// How many fit, shown or not.
    pub total: usize,
}

/// What is looked for.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub kinds: &'a [Kind],
    /// A unit is found once: in this vintage if it has the code, else in the last one that has it. Landmarks
    /// stand on its ground.
    pub vintage: Option<&'a VintageView>,
    /// Only what stands on the ground of that vintage.
    pub is_alone: bool,
    /// Only what stands on the ground of this district, itself included.
    pub district: Option<&'a DistrictCode>,
}

impl Hit {
    pub const fn kind(&self) -> Kind {
        match self.order {
            Order::District => Kind::District,
            Order::Khoroo | Order::KhorooOfDistrict => Kind::Khoroo,
            Order::Practice => Kind::Practice,
            Order::Landmark => Kind::Landmark,
        }
    }

    /// The vintage of a unit.
    pub fn view<'a>(&self, snapshot: &'a Snapshot) -> &'a VintageView {
        &snapshot.vintages[snapshot.vintages.len() - 1 - usize::from(self.age)]
    }
}

impl Index {
    /// Shares with the index before what is made of equal rows.
    pub(super) fn build(
        districts: &Arc<Vec<District>>,
        vintages: &[VintageView],
        records: &Arc<Records>,
        standings: &Standings,
        previous: Option<&Snapshot>,
    ) -> Self {
        let same_places = |before: &&Snapshot| {
            let views = before.vintages.iter().zip(vintages);
            Arc::ptr_eq(&before.districts, districts)
                && before.vintages.len() == vintages.len()
                && views.into_iter().all(|(a, b)| Arc::ptr_eq(&a.geography, &b.geography))
        };
        let same_titles = |before: &&Snapshot| {
            before.records.practices == records.practices
                && before.records.themes == records.themes
                && before.standings == *standings
        };
        let places = previous.filter(same_places).map(|before| before.search.places.clone());
        let titles = previous.filter(same_titles).map(|before| before.search.titles.clone());
        Self {
            places: places.unwrap_or_else(|| Arc::new(Places::of(districts, vintages))),
            titles: titles
                .unwrap_or_else(|| Arc::new(Titles::of(&records.practices, &records.themes, standings))),
        }
    }

    /// Positions of identified practices that fit, in the list of practices.
    pub fn practices(&self, typed: &Typed) -> Vec<usize> {
        self.titles.find(typed).into_iter().map(|title| title.idx as usize).collect()
    }
}

impl Snapshot {
    /// What fits `typed`; the best `n_shown` of it.
    ///
    /// O(khoroos of the districts meant + practices and landmarks); no text is folded but the typed one.
    pub fn find(&self, typed: &Typed, scope: Scope<'_>, n_shown: usize) -> Found {
        let mut hits = Vec::new();
        self.search.places.find(self, typed, scope, &mut hits);
        if scope.kinds.contains(&Kind::Practice) {
            let fits = |practice: u32| {
                let host = &self.records.practices[practice as usize].host;
                !scope.is_alone || scope.vintage.is_some_and(|view| view.vintage.id == host.vintage)
            };
            let found = self.search.titles.find(typed).into_iter().filter(|title| fits(title.idx));
            hits.extend(found.map(|title| Hit {
                grade: title.grade,
                order: Order::Practice,
                n_words: title.n_words,
                age: 0,
                idx: title.idx,
            }));
        }
        if scope.kinds.contains(&Kind::Landmark) {
            let found = self.orientation.landmarks.find(typed);
            hits.extend(found.map(|(idx, grade, n_words)| {
                let order = Order::Landmark;
                Hit { grade, order, n_words, age: 0, idx }
            }));
        }
        if let Some(district) = scope.district {
            hits.retain(|hit| self.is_of(hit, district, scope.vintage));
        }
        let total = hits.len();
        if n_shown < total {
            hits.select_nth_unstable(n_shown);
            hits.truncate(n_shown);
        }
        hits.sort_unstable();
        Found { hits, total }
    }

    /// Whether the thing stands on a district's ground; a practice stands with its host.
    fn is_of(&self, hit: &Hit, district: &DistrictCode, ground: Option<&VintageView>) -> bool {
        let idx = hit.idx as usize;
        match hit.kind() {
            Kind::District => &hit.view(self).geography.districts[idx].district == district,
            Kind::Khoroo => &hit.view(self).geography.khoroos[idx].district == district,
            Kind::Practice => &self.records.practices[idx].host.code.district == district,
            Kind::Landmark => ground.is_some_and(|view| {
                let khoroo = view.khoroo_of(&self.orientation.landmarks.rows[idx]);
                khoroo.is_some_and(|idx| &view.geography.khoroos[idx].district == district)
            }),
        }
    }

    /// The words of the thing that fit `typed`; of a title in two languages those that fit better, and
    /// `lang` where both do.
    pub fn why(&self, typed: &Typed, hit: Hit, lang: Lang) -> String {
        match hit.kind() {
            Kind::Practice => {
                let practice = &self.records.practices[hit.idx as usize];
                let theme = self.records.themes.iter().find(|theme| theme.code == practice.theme);
                Titles::why(practice, theme, typed, lang)
            }
            Kind::Landmark => self.orientation.landmarks.why(hit.idx as usize, typed, lang),
            Kind::District | Kind::Khoroo => self.search.places.why(self, typed, hit),
        }
    }
}
