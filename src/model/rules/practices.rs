//! Practices and their homes: the point lies in the host, and the host was there when they were entered.
//!
//! Both are listed and keep nobody out of figures: a practice counts as it did before borders were corrected.

use super::{Fault, Verdict, World};
use crate::model::records::Practice;

pub(super) fn check(world: &World<'_>, verdict: &mut Verdict) {
    for row in &world.records.practices {
        verdict.list(astray(world, row));
        verdict.list(hosted_at_another_time(world, row));
    }
}

fn astray(world: &World<'_>, row: &Practice) -> Option<Fault> {
    let astray = world.homes.astray(row)?;
    Some(Fault::PracticeAstray {
        practice: row.id.clone(),
        point: format!("{:.6},{:.6}", astray.at.lon(), astray.at.lat()),
        metres: astray.metres.round() as i64,
        host: row.host.clone(),
        instead: astray.instead.cloned(),
    })
}

/// A practice is hosted by a khoroo of the vintage in which it was first entered.
fn hosted_at_another_time(world: &World<'_>, row: &Practice) -> Option<Fault> {
    let day = *world.entered.get(row.id.as_str())?;
    (!world.holds(&row.host.vintage, day)).then(|| Fault::PracticeHostNotThen {
        practice: row.id.clone(),
        host: row.host.clone(),
        day: day.to_string(),
    })
}
