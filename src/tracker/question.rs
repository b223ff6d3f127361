//! What is asked of the tracker, and which cycles and ground answer it.
//!
//! A khoroo's figures belong to the vintage of their cycle. So a question without a vintage is answered
//! by every cycle on its own ground; one with a vintage by the cycles native to it, as everywhere else;
//! and one with a vintage and a cycle of another by an estimate, marked as such.
//! Native figures and estimates are never added up: an estimate has to be asked for by cycle.

use jiff::civil::Date;

use crate::model::{Cycle, DistrictCode, KhorooCode, VintageId};
use crate::snapshot::{CycleChoice, LookupError, Snapshot, VintageView};

/// Whose figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    City,
    District(DistrictCode),
    Khoroo(KhorooCode),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub scope: Scope,
    pub cycle: CycleChoice,
    /// Code of a theme; all of them without.
    pub theme: Option<String>,
    /// Only what had happened by the end of this day; everything without.
    pub as_of: Option<Date>,
    /// The ground to answer on; without, that of each cycle. A khoroo then is of its cycle's vintage; where all
    /// cycles are asked for it is of the newest that has its code and a cycle, else of the newest that has it.
    pub vintage: Option<VintageId>,
}

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    #[error("cycle `{asked}` is unknown")]
    Cycle { asked: String, known: Vec<String> },
    #[error("theme `{asked}` is unknown")]
    Theme { asked: String, known: Vec<String> },
    #[error(transparent)]
    Place(#[from] LookupError),
    #[error("the tracker has no card `{asked}` for this question")]
    Card { asked: String, known: Vec<String> },
    #[error("card `{card}` has no figure `{asked}`")]
    Figure { card: String, asked: String, known: Vec<String> },
}

/// A cycle that answers, with positions of vintages in the snapshot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span<'a> {
    pub cycle: &'a Cycle,
    /// Its own vintage.
    pub home: usize,
    /// The vintage that the answer speaks of.
    pub target: usize,
}

impl Span<'_> {
    pub const fn is_estimate(&self) -> bool {
        self.home != self.target
    }
}

impl Question {
    pub fn city(cycle: CycleChoice) -> Self {
        Self { scope: Scope::City, cycle, theme: None, as_of: None, vintage: None }
    }

    /// Cycles that answer, and the vintages on whose ground; the latter are never empty.
    pub(super) fn resolve<'a>(
        &self,
        snapshot: &'a Snapshot,
    ) -> Result<(Vec<Span<'a>>, Vec<usize>), AskError> {
        self.known_words(snapshot)?;
        let asked = self.vintage.as_ref().map(|id| position(snapshot, id)).transpose()?;
        let newest = snapshot.vintages.len().checked_sub(1).ok_or(LookupError::NoVintage)?;
        let only = asked.or_else(|| self.newest_with_the_khoroo(snapshot));
        let mut spans = Vec::new();
        for cycle in &snapshot.records.cycles {
            let Some(home) = snapshot.vintages.iter().position(|v| v.vintage.id == cycle.vintage) else {
                continue;
            };
            let target = match &self.cycle {
                CycleChoice::One(id) if *id != cycle.id => continue,
                // The city is the same city on every ground.
                CycleChoice::One(_) if self.scope == Scope::City => home,
                CycleChoice::One(_) => asked.unwrap_or(home),
                CycleChoice::All if only.is_some_and(|only| only != home) => continue,
                CycleChoice::All => home,
            };
            spans.push(Span { cycle, home, target });
        }
        let mut grounds: Vec<usize> = spans.iter().map(|span| span.target).collect();
        grounds.sort_unstable();
        grounds.dedup();
        if grounds.is_empty() {
            grounds.push(only.unwrap_or(newest));
        }
        self.known_place(snapshot, &grounds)?;
        Ok((spans, grounds))
    }

    fn known_words(&self, snapshot: &Snapshot) -> Result<(), AskError> {
        let records = &snapshot.records;
        if let CycleChoice::One(asked) = &self.cycle
            && snapshot.cycle(asked).is_none()
        {
            let known = records.cycles.iter().map(|c| c.id.clone()).chain(["all".into()]).collect();
            return Err(AskError::Cycle { asked: asked.clone(), known });
        }
        if let Some(asked) = &self.theme
            && !records.themes.iter().any(|t| &t.code == asked)
        {
            let known = records.themes.iter().map(|t| t.code.clone()).collect();
            return Err(AskError::Theme { asked: asked.clone(), known });
        }
        Ok(())
    }

    /// An error if none of `grounds` has the place.
    fn known_place(&self, snapshot: &Snapshot, grounds: &[usize]) -> Result<(), LookupError> {
        let mut found = Ok(0);
        for &ground in grounds {
            let view = &snapshot.vintages[ground];
            found = match &self.scope {
                Scope::City => Ok(0),
                Scope::District(code) => view.district(code),
                Scope::Khoroo(code) => view.khoroo(snapshot, code),
            };
            if found.is_ok() {
                break;
            }
        }
        found.map(|_| ())
    }

    /// Of all cycles a khoroo is asked for on one ground: its code names other ground in other vintages.
    fn newest_with_the_khoroo(&self, snapshot: &Snapshot) -> Option<usize> {
        let Scope::Khoroo(code) = &self.scope else { return None };
        let has = |view: &VintageView| view.geography.khoroo_idx(code).is_some();
        let counted = snapshot.vintages.iter().rposition(|v| has(v) && !v.counts.cycles.is_empty());
        let newest = || snapshot.vintages.iter().rposition(has);
        counted.or_else(newest).or_else(|| snapshot.vintages.len().checked_sub(1))
    }
}

fn position(snapshot: &Snapshot, id: &VintageId) -> Result<usize, LookupError> {
    let found = snapshot.vintages.iter().position(|v| &v.vintage.id == id);
    found.ok_or_else(|| LookupError::Vintage {
        asked: id.to_string(),
        known: snapshot.vintages.iter().map(|v| v.vintage.id.clone()).collect(),
    })
}
