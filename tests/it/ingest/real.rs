//! The published 204 khoroos; `make test-published`.

use hlp_tracker::geometry::coverage::clean::{Gaps, Resolve};
use hlp_tracker::ingest::Cause;

use super::support::{accepted, causes, khoroos, plan, request};
use crate::support::published;

#[test]
#[ignore = "needs the published file: make test-published"]
fn the_published_khoroos_are_refused_with_the_list_of_what_to_decide() {
    let file = published::at_hand().expect("HLP_REAL_BOUNDARIES names the file");
    let mut request = request(&file);
    request.expect = Some(204);
    let causes = causes(plan(&request));
    let overlaps: Vec<_> = causes
        .iter()
        .filter_map(|cause| match cause {
            Cause::Overlap { claimants, area_m2, .. } => Some((claimants.join(" × "), *area_m2)),
            _ => None,
        })
        .collect();
    let (claimants, area_m2) = &overlaps[0];
    assert_eq!(claimants, "bzd-11 × khud-11");
    assert!((area_m2 / 10_000.0 - 237.0).abs() < 1.0, "{area_m2}");
    assert!(
        causes.iter().all(|cause| matches!(cause, Cause::Overlap { .. } | Cause::Gap { .. })),
        "{causes:#?}"
    );
}

#[test]
#[ignore = "needs the published file: make test-published"]
fn the_published_khoroos_are_taken_in_with_both_rules() {
    let file = published::at_hand().expect("HLP_REAL_BOUNDARIES names the file");
    let mut request = request(&file);
    request.expect = Some(204);
    request.resolve = Some(Resolve::Smaller);
    request.gaps = Some(Gaps::Fill);
    let plan = accepted(plan(&request));
    assert_eq!(khoroos(&plan).len(), 204);
    assert_eq!((plan.report.features_read, plan.report.units, plan.report.districts), (204, 204, 9));
    assert!(!plan.report.overlaps.is_empty() && !plan.report.gaps.is_empty());
    // What one khoroo gains from an overlap another loses; a filled gap is gained by one alone.
    let filled: f64 = plan.report.gaps.iter().filter(|gap| gap.winner.is_some()).map(|gap| gap.area_m2).sum();
    assert!(filled > 1e6, "{filled}");
}
