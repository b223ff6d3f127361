//! Why a list of practices is not as long as the figure beside it says: a figure counts all that were
//! entered, whatever was decided, while only those that were identified have a page.
//!
//! Both numbers are the tracker's, so they are those that the viewer says in the same words.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::Site;
use super::numbers::count;
use super::words::fill;
use crate::model::audience::Audience;
use crate::model::{Key, Practice};
use crate::snapshot::{CycleChoice, Snapshot};
use crate::tracker::{self, Figure, Question, Scope};

/// Practices entered from a place, and those of them that have a page.
#[derive(Debug, Default)]
pub(super) struct Entered {
    n_all: usize,
    n_with_page: usize,
    with_page: BTreeSet<String>,
    /// False where no cycle has such figures.
    is_counted: bool,
}

impl Entered {
    /// Of `cycles`, each on its own ground; a practice that was entered in two of them counts twice.
    pub fn of<'a>(
        snapshot: &Snapshot,
        scope: &Scope,
        theme: Option<&str>,
        cycles: impl IntoIterator<Item = &'a String>,
    ) -> Self {
        let mut entered = Self::default();
        for cycle in cycles {
            let theme = theme.map(str::to_owned);
            let cycle = CycleChoice::One(cycle.clone());
            let question = Question { scope: scope.clone(), theme, ..Question::city(cycle) };
            // A place that is not there then, or a step that is not shown, has nothing to be said of.
            let figure = |card, id| tracker::figure(snapshot, &question, Audience::Public, card, id).ok();
            let both = figure("identify", "identifications").zip(figure("funnel", "funnel_identified"));
            let Some((all, identified)) = both else { continue };
            entered.is_counted = true;
            entered.n_all += all.members.len();
            entered.n_with_page += identified.members.len();
            entered.with_page.extend(practices(identified));
        }
        entered
    }

    /// Nothing where each of them has a page.
    pub fn note(&self, site: &Site<'_>) -> Markup {
        let [n_entered, n_with_page] = [self.n_all, self.n_with_page].map(|n| count(n as i64, site.lang));
        let numbers = [("n_entered", n_entered.as_str()), ("n_with_page", n_with_page.as_str())];
        html! {
            @if self.n_with_page < self.n_all { p.small.quiet { (fill(site.words().entered, &numbers)) } }
        }
    }

    /// How many of a list of the place's practices are none of those; nothing where all are.
    pub fn besides<'a>(&self, site: &Site<'_>, listed: impl IntoIterator<Item = &'a &'a Practice>) -> Markup {
        let n = listed.into_iter().filter(|practice| !self.with_page.contains(&practice.id)).count();
        html! {
            @if self.is_counted && n > 0 {
                p.small.quiet { (fill(site.words().listed_besides, &[("n", &count(n as i64, site.lang))])) }
            }
        }
    }
}

fn practices(figure: Figure) -> impl Iterator<Item = String> {
    figure.members.into_iter().filter_map(|member| match member.key {
        Key::Practice(id) => Some(id),
        _ => None,
    })
}
