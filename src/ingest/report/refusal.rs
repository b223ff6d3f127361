//! The list of what was refused: every kind has its share of the lines, the largest first.
//!
//! Design: a list in the order of causes, cut at the end, showed hundreds of overlaps and not one gap.

use std::fmt;

use super::LINES_SHOWN;
use crate::ingest::cause::{Cause, Facts};

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Refusal {
    /// Stable word of the cause.
    pub code: &'static str,
    pub message: String,
    #[serde(flatten)]
    pub facts: Facts,
}

impl Refusal {
    pub fn of(cause: &Cause) -> Self {
        Self { code: cause.code(), message: cause.to_string(), facts: cause.facts() }
    }

    fn area_m2(&self) -> f64 {
        self.facts.area_m2.unwrap_or(0.0)
    }
}

/// Writes the refusals by kind, in the order in which kinds first come, the largest of each first; says of
/// which kind how many are left out, and how large they are at most.
pub fn write(f: &mut fmt::Formatter<'_>, refusals: &[Refusal]) -> fmt::Result {
    let mut kinds: Vec<(&str, Vec<&Refusal>)> = Vec::new();
    for refusal in refusals {
        match kinds.iter_mut().find(|(code, _)| *code == refusal.code) {
            Some((_, of_kind)) => of_kind.push(refusal),
            None => kinds.push((refusal.code, vec![refusal])),
        }
    }
    let sizes: Vec<usize> = kinds.iter().map(|(_, of_kind)| of_kind.len()).collect();
    for ((code, mut of_kind), n_shown) in kinds.into_iter().zip(shares(&sizes)) {
        of_kind.sort_by(|s, t| t.area_m2().total_cmp(&s.area_m2()));
        let (shown, left) = of_kind.split_at(n_shown);
        for refusal in shown {
            writeln!(f, "  {}", refusal.message)?;
        }
        if let Some(largest) = left.first() {
            let word = code.replace('_', " ");
            let size = largest.facts.area_m2.map(|m2| format!(", up to {m2:.0} m²")).unwrap_or_default();
            writeln!(f, "  … and {} more ({word}{size}; all of them in the file of --report)", left.len())?;
        }
    }
    Ok(())
}

/// How many of each kind are shown: equal shares, and what some do not need goes to the others.
fn shares(sizes: &[usize]) -> Vec<usize> {
    let mut shares = vec![0; sizes.len()];
    let mut left = LINES_SHOWN.max(sizes.len()).min(sizes.iter().sum());
    while left > 0 {
        for (share, &size) in shares.iter_mut().zip(sizes) {
            if *share < size && left > 0 {
                *share += 1;
                left -= 1;
            }
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Spot;

    struct Listed(Vec<Refusal>);

    impl fmt::Display for Listed {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write(f, &self.0)
        }
    }

    fn overlap(area_m2: f64) -> Cause {
        let claimants = vec!["bn-1".to_owned(), "bn-2".to_owned()];
        Cause::Overlap { claimants, area_m2, spot: Spot { lon: 107.5, lat: 47.5 } }
    }

    fn gap(area_m2: f64) -> Cause {
        Cause::Gap { beside: vec!["bn-1".to_owned()], area_m2, spot: Spot { lon: 107.5, lat: 47.5 } }
    }

    #[test]
    fn every_kind_has_its_share_of_the_lines_and_what_is_cut_off_is_counted() {
        let causes = (0..600).map(|n| overlap(20_000.0 + f64::from(n))).chain([gap(11.0), gap(345_967.0)]);
        let text = Listed(causes.map(|cause| Refusal::of(&cause)).collect()).to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), LINES_SHOWN + 1, "{text}");
        assert_eq!(lines[0], "  bn-1 × bn-2 overlap by 20599 m² at 107.500000,47.500000");
        let cut = "  … and 577 more (overlap, up to 20576 m²; all of them in the file of --report)";
        assert_eq!(lines[LINES_SHOWN - 2], cut);
        assert!(lines[LINES_SHOWN - 1].contains("345967 m²") && lines[LINES_SHOWN].contains("of 11 m²"));
    }

    #[test]
    fn shares_go_to_those_who_need_them() {
        assert_eq!(shares(&[600, 2]), [LINES_SHOWN - 2, 2]);
        assert_eq!(shares(&[600, 600]), [LINES_SHOWN.div_ceil(2), LINES_SHOWN / 2]);
        assert_eq!(shares(&[1, 2]), [1, 2]);
        assert_eq!(shares(&[9; 30]), [1; 30]);
    }

    #[test]
    fn place_and_figures_are_fields() {
        let told = serde_json::to_value(Refusal::of(&gap(345_967.0))).expect("plain values");
        assert_eq!(
            told,
            serde_json::json!({
                "code": "gap",
                "message": "a gap of 345967 m² lies beside bn-1 at 107.500000,47.500000",
                "lon": 107.5, "lat": 47.5, "area_m2": 345_967.0,
                "units": ["bn-1"], "beside": ["bn-1"],
            })
        );
    }
}
