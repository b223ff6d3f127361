//! What is to be decided, as a file of decisions that lacks the winners.

use crate::ingest::cause::Cause;
use crate::ingest::cause::Facts;

/// Lines for [`super::parse_decisions`] with an empty winner, the largest ground first, and beside it what
/// kind of ground it is and who could win it; `None` when nothing is to be decided.
///
/// Design: a line whose winner stays empty is refused when it is read. Skipped, it would leave its ground to
/// whatever rule is given beside the file.
pub fn decisions_template(causes: &[Cause]) -> Option<String> {
    let mut open: Vec<(&str, Facts)> = causes
        .iter()
        .filter(|cause| matches!(cause, Cause::Overlap { .. } | Cause::Gap { .. }))
        .map(|cause| (cause.code(), cause.facts()))
        .collect();
    open.sort_by(|(_, s), (_, t)| t.area_m2.unwrap_or(0.0).total_cmp(&s.area_m2.unwrap_or(0.0)));
    let line = |(kind, facts): &(&str, Facts)| {
        let (lon, lat) = (facts.lon?, facts.lat?);
        let candidates = [facts.units.as_slice(), &["outside".to_owned()]].concat().join(" ");
        // Seven decimals are the grid: the very point that lies inside.
        Some(format!("{lon:.7},{lat:.7},,{kind},{:.0},{candidates}\n", facts.area_m2?))
    };
    let lines: String = open.iter().filter_map(line).collect();
    (!lines.is_empty()).then(|| format!("lon,lat,winner,kind,area_m2,candidates\n{lines}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Spot;
    use crate::ingest::decisions::{DecisionError, parse_decisions};

    #[test]
    fn a_template_is_read_once_its_winners_are_filled_in() {
        let spot = |lon| Spot { lon, lat: 47.918_373_6 };
        let [bn1, bn2] = ["bn-1", "bn-2"].map(str::to_owned);
        let causes = [
            Cause::Overlap {
                claimants: vec![bn1.clone(), bn2],
                area_m2: 20_000.4,
                spot: spot(107.123_456_7),
            },
            Cause::NoFile,
            Cause::Gap { beside: vec![bn1], area_m2: 345_967.0, spot: spot(107.5) },
        ];
        let text = decisions_template(&causes).expect("two places");
        let expected = "lon,lat,winner,kind,area_m2,candidates\n\
            107.5000000,47.9183736,,gap,345967,bn-1 outside\n\
            107.1234567,47.9183736,,overlap,20000,bn-1 bn-2 outside\n";
        assert_eq!(text, expected);
        let empty = parse_decisions(text.as_bytes()).expect_err("no winners").0;
        assert_eq!(empty, [DecisionError::NoWinner { line: 2 }, DecisionError::NoWinner { line: 3 }]);
        let filled = text.replace(",,gap", ",outside,gap").replace(",,overlap", ",bn-2,overlap");
        let read = parse_decisions(filled.as_bytes()).expect("decisions");
        let told: Vec<_> = read.iter().map(|d| (d.at.lon(), d.winner.as_deref())).collect();
        assert_eq!(told, [(107.5, None), (107.123_456_7, Some("bn-2"))]);
        assert_eq!(decisions_template(&[Cause::NoFile]), None);
    }
}
