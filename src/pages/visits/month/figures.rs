//! The figures by which plans are compared, as they are written.

use crate::model::Lang;
use crate::pages::numbers::{decimal, unit_word};
use crate::tracker::{self, Definition};

/// The definition of a plan's figure.
pub fn definition(id: &str) -> &'static Definition {
    tracker::definitions().find(|definition| definition.id == id).expect("figures of plans are defined")
}

/// Digits behind the point, and whether it is told in parts of a hundred, which then are whole.
fn form(id: &str) -> (u8, bool) {
    if id == "plan_same_setting_share" { (0, true) } else { (definition(id).decimals(), false) }
}

pub fn figure(id: &str, value: Option<f64>, lang: Lang) -> String {
    let Some(value) = value else { return "—".into() };
    match form(id) {
        (n_decimals, true) => format!("{}\u{a0}%", decimal(value * 100.0, n_decimals, lang)),
        (n_decimals, false) => decimal(value, n_decimals, lang),
    }
}

/// With its sign; nothing is just 0.
pub fn difference(id: &str, with: Option<f64>, without: Option<f64>, lang: Lang) -> String {
    let Some((with, without)) = with.zip(without) else { return "—".into() };
    let (n_decimals, is_share) = form(id);
    let off = if is_share { (with - without) * 100.0 } else { with - without };
    let said = decimal(off, n_decimals, lang);
    let is_zero = !said.contains(|digit: char| ('1'..='9').contains(&digit));
    let sign = if off > 0.0 && !is_zero { "+" } else { "" };
    let said = if is_zero { "0".to_owned() } else { format!("{sign}{said}") };
    if is_share { format!("{said}\u{a0}{}", unit_word("percentage points", lang)) } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_has_its_sign_and_nothing_is_just_0() {
        let check = |id, with, without, expected: &str| {
            assert_eq!(difference(id, Some(with), Some(without), Lang::En), expected, "{id}");
        };
        check("plan_mean_minutes", 12.5, 10.2, "+2.3");
        check("plan_mean_minutes", 10.0, 10.04, "0");
        check("plan_needs_served", 40.0, 41.0, "−1");
        check("plan_total_minutes", 12.5, 10.2, "+2");
        check("plan_gini_load", 0.41, 0.4, "+0.01");
        check("plan_same_setting_share", 0.5, 0.6, "−10\u{a0}percentage points");
        assert_eq!(difference("plan_mean_minutes", None, Some(1.0), Lang::Mn), "—");
    }
}
