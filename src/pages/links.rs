//! Addresses of pages and of data, below the service's prefix.

use std::fmt::Write as _;

use super::Site;
use crate::model::{DistrictCode, KhorooId, Lang, VintageId};
use crate::snapshot::{CycleChoice, Snapshot};
use crate::tracker::{Question, Scope};

impl Site<'_> {
    /// A page in the site's language: `path` below `/mn/`.
    pub(super) fn page(&self, path: &str) -> String {
        self.page_in(self.lang, path)
    }

    pub(super) fn page_in(&self, lang: Lang, path: &str) -> String {
        format!("{}/{}/{path}", self.prefix, lang.tag())
    }

    /// With scheme and host, where they are known.
    pub(super) fn absolute(&self, address: &str) -> String {
        format!("{}{address}", self.origin.unwrap_or_default())
    }

    /// Data: `path` below `/api/v1/`.
    pub(super) fn data(&self, path: &str) -> String {
        format!("{}/api/v1/{path}", self.prefix)
    }

    pub(super) fn khoroo(&self, snapshot: &Snapshot, id: &KhorooId) -> String {
        self.page(&format!("khoroos/{}{}", id.code, self.of_vintage(snapshot, &id.vintage)))
    }

    pub(super) fn district(&self, snapshot: &Snapshot, vintage: &VintageId, code: &DistrictCode) -> String {
        self.page(&format!("districts/{code}{}", self.of_vintage(snapshot, vintage)))
    }

    /// The query that names a vintage, which the one in force needs not.
    pub(super) fn of_vintage(&self, snapshot: &Snapshot, vintage: &VintageId) -> String {
        let is_in_force = self.in_force(snapshot).is_some_and(|view| view.vintage.id == *vintage);
        if is_in_force { String::new() } else { format!("?vintage={vintage}") }
    }

    pub(super) fn practice(&self, id: &str) -> String {
        self.page(&format!("practices/{}", in_path(id)))
    }

    /// The tracker with the same question.
    pub(super) fn tracker(&self, question: &Question) -> String {
        self.page(&format!("tracker{}", query(&asked(question))))
    }

    /// The records behind a figure of the question's answer.
    pub(super) fn records(&self, question: &Question, card: &str, figure: &str) -> String {
        let mut pairs = asked(question);
        pairs.extend([("card", card.to_owned()), ("figure", figure.to_owned())]);
        self.page(&format!("tracker/records{}", query(&pairs)))
    }
}

/// The parameters of a question, in a fixed order; what is the default is left out.
pub(super) fn asked(question: &Question) -> Vec<(&'static str, String)> {
    let mut pairs = Vec::new();
    if let Some(vintage) = &question.vintage {
        pairs.push(("vintage", vintage.to_string()));
    }
    if let CycleChoice::One(cycle) = &question.cycle {
        pairs.push(("cycle", cycle.clone()));
    }
    match &question.scope {
        Scope::City => {}
        Scope::District(code) => pairs.push(("district", code.to_string())),
        Scope::Khoroo(code) => pairs.push(("khoroo", code.to_string())),
    }
    if let Some(theme) = &question.theme {
        pairs.push(("theme", theme.clone()));
    }
    if let Some(day) = question.as_of {
        pairs.push(("as_of", day.to_string()));
    }
    pairs
}

/// `?a=b&c=d`, or nothing.
pub(super) fn query(pairs: &[(&str, String)]) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    let mut out = form_urlencoded::Serializer::for_suffix(String::from("?"), 1);
    out.extend_pairs(pairs).finish()
}

/// A text as one part of a path.
pub(super) fn in_path(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a string takes everything");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_any_letters_is_one_part_of_a_path() {
        for (id, expected) in [("p-2022-001", "p-2022-001"), ("a/b?c d", "a%2Fb%3Fc%20d"), ("ө", "%D3%A9")] {
            assert_eq!(in_path(id), expected);
        }
    }

    #[test]
    fn what_is_the_default_stands_in_no_address() {
        assert_eq!(query(&asked(&Question::city(CycleChoice::All))), "");
        let of_2022 = Question::city(CycleChoice::One("2022".into()));
        assert_eq!(
            query(&asked(&Question { theme: Some("a b".into()), ..of_2022 })),
            "?cycle=2022&theme=a+b"
        );
    }
}
