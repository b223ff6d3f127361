//! Which ground the decisions are about, and whether they can stand.
//!
//! A decision settles the piece of ground that a list shows at its point: a gap that is filled is cut where
//! it is narrow, and each piece has a decision of its own; one that is kept or refused is a single piece,
//! unless decisions part it.
//!
//! Design: a decision about ground that nobody disputes is refused, for it means another place, and the
//! place that it means would be settled by a rule. It stands where its winner has the ground already: the
//! same decisions go with a file that was cleaned by them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Group, NO_GROUP};
use crate::geometry::coverage::clean::{BadDecision, CleanOptions};
use crate::geometry::coverage::faces::{Faces, OUTSIDE};
use crate::model::GridPoint;

/// What came of the decisions; numbers are their places in the options.
#[derive(Default)]
pub struct Decided {
    /// Met no group, but say what is so.
    pub unused: Vec<usize>,
    pub repeated: Vec<(usize, usize)>,
    pub refused: Vec<BadDecision>,
}

/// Gaps on which decisions name different winners.
pub fn parted_gaps(faces: &Faces, options: &CleanOptions) -> BTreeSet<u32> {
    let mut winners: BTreeMap<u32, BTreeSet<Option<u32>>> = BTreeMap::new();
    for (met, decision) in faces.at(&points(options)).into_iter().zip(&options.decisions) {
        for face in met.into_iter().filter(|&face| faces.claimants[face as usize].is_empty()) {
            winners.entry(face).or_default().insert(decision.winner);
        }
    }
    winners.into_iter().filter(|(_, winners)| winners.len() > 1).map(|(face, _)| face).collect()
}

pub(super) fn decide(
    faces: &Faces,
    groups: &mut [Group],
    group_of: &[u32],
    options: &CleanOptions,
) -> Decided {
    let mut decided = Decided::default();
    for (decision, met) in faces.at(&points(options)).iter().enumerate() {
        let winner = options.decisions[decision].winner;
        let disputed: BTreeSet<u32> =
            met.iter().map(|&face| group_of[face as usize]).filter(|&group| group != NO_GROUP).collect();
        if disputed.is_empty() {
            let holders: BTreeSet<u32> =
                met.iter().flat_map(|&face| &faces.claimants[face as usize]).copied().collect();
            if winner.map_or(met.contains(&OUTSIDE), |unit| holders.contains(&unit)) {
                decided.unused.push(decision);
            } else {
                let holders = holders.into_iter().collect();
                decided.refused.push(BadDecision::Undisputed { decision, holders });
            }
            continue;
        }
        // In a corner of several pieces of ground, those are meant that the winner can have.
        let mut able = BTreeSet::new();
        let mut is_able = false;
        for g in disputed {
            let group = &mut groups[g as usize];
            let of_group = group.able(faces);
            if winner.is_none_or(|unit| of_group.contains(&unit)) {
                is_able = true;
                let first = *group.decision.get_or_insert(decision);
                if *group.winner.get_or_insert(winner) != winner {
                    decided.refused.push(BadDecision::Contradiction {
                        first,
                        second: decision,
                        is_gap: group.is_gap(),
                        area_m2: group.area_m2,
                    });
                } else if first != decision {
                    decided.repeated.push((first, decision));
                }
            }
            able.extend(of_group);
        }
        if !is_able {
            let able = able.into_iter().collect();
            decided.refused.push(BadDecision::Stranger { decision, able });
        }
    }
    decided
}

fn points(options: &CleanOptions) -> Vec<GridPoint> {
    options.decisions.iter().map(|decision| decision.at).collect()
}
