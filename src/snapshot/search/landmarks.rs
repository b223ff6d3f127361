//! Landmarks by the words of their names, addresses and kinds.

use std::collections::BTreeMap;

use super::titles::{Titled, Titles, fitting, fitting_words};
use super::{Grade, Typed};
use crate::model::Lang;
use crate::model::orientation::Landmark;

/// Landmarks and what finds them; made once.
#[derive(Default)]
pub struct Landmarks {
    pub rows: Vec<Landmark>,
    titles: Titles,
}

impl Landmarks {
    pub fn of(rows: Vec<Landmark>) -> Self {
        let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
        for kind in rows.iter().filter_map(|row| row.kind.as_deref()) {
            let next = kinds.len() as u32;
            kinds.entry(kind).or_insert(next);
        }
        let nameless = kinds.len() as u32;
        let titled = rows.iter().zip(0..).map(|(row, idx)| Titled {
            idx,
            titles: [Some(row.name_mn.as_str()), row.name_en.as_deref()],
            beside: row.address.as_deref(),
            theme: row.kind.as_deref().map_or(nameless, |kind| kinds[kind]),
            id: None,
        });
        let mut names: Vec<&str> = vec![""; kinds.len() + 1];
        for (kind, at) in &kinds {
            names[*at as usize] = kind;
        }
        let titles = Titles::new(titled, names.iter().map(|name| vec![*name]));
        Self { rows, titles }
    }

    /// Positions of landmarks that fit, how well, and the words of their shorter name.
    pub(super) fn find(&self, typed: &Typed) -> impl Iterator<Item = (u32, Grade, u16)> {
        let found = if self.rows.is_empty() { Vec::new() } else { self.titles.find(typed) };
        found.into_iter().map(|fitting| (fitting.idx, fitting.grade, fitting.n_words))
    }

    /// The words of name, address and kind that typed ones fit, as they are written.
    pub(super) fn why(&self, idx: usize, typed: &Typed, lang: Lang) -> String {
        let row = &self.rows[idx];
        let name = fitting(&row.name_mn, row.name_en.as_deref(), typed, lang);
        let beside = [&row.address, &row.kind].into_iter().flatten();
        let beside = beside.map(|text| fitting_words(text, typed)).filter(|words| !words.is_empty());
        let said: Vec<String> = name.into_iter().chain(beside.map(|words| words.join(" "))).collect();
        if said.is_empty() { row.name_mn.clone() } else { said.join(", ") }
    }
}
