//! What a person stated of lineage, and what is left for computed rows beside it.
//!
//! A stated row is a person's word about the khoroo that it leads from. Computed rows of that khoroo share
//! what the word leaves of it, so that no ground is passed on twice: where the stated shares tell the whole,
//! none stays; where they tell a part, the computed ones are made smaller to fit the rest.
//!
//! Design: leaving all computed rows out as soon as one is stated was dropped, because it loses the part of
//! a khoroo that nobody spoke of.

use std::collections::BTreeMap;

use super::{NOISE_SHARE, SAME_IOU, millionths};
use crate::model::change::Keyed as _;
use crate::model::code::{KhorooId, VintageId};
use crate::model::place::{Lineage, LineageKind};

/// A computed row that had to make room for stated ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Yielded {
    pub from: KhorooId,
    pub to: KhorooId,
    pub computed_share: f64,
    /// What stays of it; `None` where the row is left out.
    pub share: Option<f64>,
    /// Where the stated rows of the same khoroo lead.
    pub stated: Vec<KhorooId>,
}

/// The stated rows with the computed ones that fit beside them, sorted by key, and what had to give way.
///
/// A computed row of the same key is replaced by the stated one without a word. Where somebody stated how
/// the residents of a khoroo were shared out, or its ground was shared anew, computed shares of residents
/// would not add up with the rest, and become unknown.
pub fn with_stated(
    computed: impl IntoIterator<Item = Lineage>,
    stated: &[&Lineage],
) -> (Vec<Lineage>, Vec<Yielded>) {
    let mut word: BTreeMap<(&KhorooId, &VintageId), Vec<&Lineage>> = BTreeMap::new();
    for row in stated {
        word.entry((&row.from, &row.to.vintage)).or_default().push(row);
    }
    let mut beside: BTreeMap<(KhorooId, VintageId), Vec<Lineage>> = BTreeMap::new();
    for row in computed {
        beside.entry((row.from.clone(), row.to.vintage.clone())).or_default().push(row);
    }
    let (mut rows, mut yielded) = (Vec::new(), Vec::new());
    for ((from, vintage), heirs) in beside {
        match word.get(&(&from, &vintage)) {
            Some(said) => rows.extend(fitted(heirs, said, &mut yielded)),
            None => rows.extend(heirs),
        }
    }
    rows.extend(stated.iter().map(|row| (*row).clone()));
    rows.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    (rows, yielded)
}

/// The computed rows of a khoroo, made to fit what is said of it.
fn fitted(mut heirs: Vec<Lineage>, said: &[&Lineage], yielded: &mut Vec<Yielded>) -> Vec<Lineage> {
    heirs.retain(|row| said.iter().all(|stated| stated.key() != row.key()));
    let told: f64 = said.iter().map(|row| row.area_share).sum();
    let computed: f64 = heirs.iter().map(|row| row.area_share).sum();
    let rest = if told >= SAME_IOU { 0.0 } else { 1.0 - told };
    let is_tight = computed > rest + NOISE_SHARE;
    let tells_residents = said.iter().any(|row| row.population_share.is_some());
    heirs.retain_mut(|row| {
        if is_tight || tells_residents {
            row.population_share = None;
        }
        if !is_tight {
            return true;
        }
        let computed_share = row.area_share;
        row.area_share = millionths(computed_share * rest / computed);
        // A part of a khoroo is no longer the whole of it under this or another number.
        if matches!(row.kind, LineageKind::Unchanged | LineageKind::Renumber) {
            let is_split = said.iter().any(|row| row.kind == LineageKind::Split);
            row.kind = if is_split { LineageKind::Split } else { LineageKind::BoundaryChange };
        }
        let stays = row.area_share >= NOISE_SHARE.min(computed_share);
        yielded.push(Yielded {
            from: row.from.clone(),
            to: row.to.clone(),
            computed_share,
            share: stays.then_some(row.area_share),
            stated: said.iter().map(|row| row.to.clone()).collect(),
        });
        stays
    });
    heirs
}

impl std::fmt::Display for Yielded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { from, to, computed_share, share, stated } = self;
        let stated: Vec<String> = stated.iter().map(|to| format!("{from} → {to}")).collect();
        let stated = stated.join(", ");
        match share {
            Some(share) => write!(
                f,
                "computed lineage {from} → {to}: share {computed_share} becomes {share}, what is left beside the stated {stated}"
            ),
            None => write!(
                f,
                "computed lineage {from} → {to} (share {computed_share}) is left out, because the stated {stated} leaves nothing of {from}"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(from: u32, to: u32, kind: LineageKind, area_share: f64) -> Lineage {
        Lineage {
            from: format!("2020:nd-{from}").parse().expect("a khoroo version"),
            to: format!("2022:nd-{to}").parse().expect("a khoroo version"),
            kind,
            area_share,
            population_share: Some(1.0),
            stated: false,
            illustrative: false,
        }
    }

    fn stated(from: u32, to: u32, kind: LineageKind, area_share: f64) -> Lineage {
        Lineage { stated: true, population_share: None, ..row(from, to, kind, area_share) }
    }

    /// Rows as `8>1 split 0.5`, stated ones with a `!`.
    fn told(computed: &[Lineage], stated: &[Lineage]) -> (Vec<String>, Vec<String>) {
        let (rows, yielded) = with_stated(computed.to_vec(), &stated.iter().collect::<Vec<_>>());
        let text = |row: &Lineage| {
            let mark = if row.stated { "!" } else { "" };
            let (from, to) = (row.from.code.number, row.to.code.number);
            format!("{from}>{to} {} {}{mark}", row.kind.word(), row.area_share)
        };
        (rows.iter().map(text).collect(), yielded.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn computed_rows_share_what_a_stated_row_leaves_of_the_khoroo() {
        use LineageKind::{Renumber, Split, Unchanged};
        let computed = [row(8, 9, Renumber, 1.0), row(7, 7, Unchanged, 1.0)];
        let (rows, notes) = told(&computed, &[stated(8, 1, Split, 0.5)]);
        assert_eq!(rows, ["7>7 unchanged 1", "8>1 split 0.5!", "8>9 split 0.5"]);
        let note = "computed lineage 2020:nd-8 → 2022:nd-9: share 1 becomes 0.5, what is left beside the \
            stated 2020:nd-8 → 2022:nd-1";
        assert_eq!(notes, [note]);
        let (again, _) = with_stated([row(8, 9, Renumber, 1.0)], &[&stated(8, 1, Split, 0.5)]);
        let computed = again.iter().find(|row| !row.stated).expect("what is left");
        assert_eq!(computed.population_share, None);
        let settled = with_stated([computed.clone()], &[&stated(8, 1, Split, 0.5)]);
        assert_eq!(settled, (again, vec![]), "nothing to do twice");
    }

    #[test]
    fn where_the_whole_is_stated_no_computed_row_stays() {
        use LineageKind::{Renumber, Split};
        let word = [stated(8, 1, Split, 0.4), stated(8, 2, Split, 0.59)];
        let (rows, notes) = told(&[row(8, 9, Renumber, 1.0), row(8, 2, Split, 0.3)], &word);
        assert_eq!(rows, ["8>1 split 0.4!", "8>2 split 0.59!"]);
        let note = "computed lineage 2020:nd-8 → 2022:nd-9 (share 1) is left out, because the stated \
            2020:nd-8 → 2022:nd-1, 2020:nd-8 → 2022:nd-2 leaves nothing of 2020:nd-8";
        assert_eq!(notes, [note]);
    }

    #[test]
    fn computed_rows_that_fit_beside_a_stated_one_stay_as_they_are() {
        use LineageKind::Split;
        let (rows, notes) = told(&[row(8, 9, Split, 0.5)], &[stated(8, 1, Split, 0.5)]);
        assert_eq!((rows, notes), (vec!["8>1 split 0.5!".into(), "8>9 split 0.5".into()], vec![]));
    }
}
