//! All that the search finds as one list, for readers who look through it themselves: a twin has no service to ask.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::search::FoundOut;
use super::select;
use crate::model::Lang;
use crate::snapshot::Snapshot;
use crate::snapshot::search::{Kind, Listed, Shared};

#[derive(Serialize)]
struct FindableOut<'s> {
    districts: BTreeMap<&'s str, Vec<String>>,
    themes: BTreeMap<&'s str, Vec<String>>,
    categories: BTreeMap<&'s str, Vec<String>>,
    items: Vec<ItemOut>,
}

/// What the search answers, but for how it fits; and what it fits by.
#[derive(Serialize)]
struct ItemOut {
    #[serde(flatten)]
    found: Value,
    is_first: bool,
    /// Of a khoroo.
    number: Option<u32>,
    words: [Vec<String>; 2],
    beside: Vec<String>,
}

/// JSON of all that can be found, each kind in the order in which equals are shown.
pub fn list(snapshot: &Snapshot, lang: Lang) -> Result<Vec<u8>, serde_json::Error> {
    let items = snapshot.findable(snapshot.in_force(select::today())).into_iter();
    let items = items.map(|listed| ItemOut::of(snapshot, listed, lang)).collect::<Result<_, _>>()?;
    let Shared { districts, themes, categories } = snapshot.words_of_many();
    serde_json::to_vec(&FindableOut { districts, themes, categories, items })
}

impl ItemOut {
    fn of(snapshot: &Snapshot, listed: Listed<'_>, lang: Lang) -> Result<Self, serde_json::Error> {
        let Listed { hit, ground, is_first, words, beside } = listed;
        let mut found = serde_json::to_value(FoundOut::of(snapshot, hit, ground, lang))?;
        if let Some(found) = found.as_object_mut() {
            for of_typed in ["match", "matched"] {
                found.shift_remove(of_typed);
            }
        }
        let number = (hit.kind() == Kind::Khoroo)
            .then(|| hit.view(snapshot).geography.khoroos[hit.idx as usize].number);
        Ok(Self { found, is_first, number, words, beside })
    }
}
