//! What pages say: one table per language, the Mongolian one first; its keys are what the others must have.
//!
//! A `{name}` in a text is a place that [`fill`] puts something into. Endings follow vowel harmony, so no
//! place stands where the word put there would need one.

mod en;
mod mn;

use crate::model::Lang;

pub use mn::Words;

pub const fn of(lang: Lang) -> &'static Words {
    match lang {
        Lang::Mn => &mn::WORDS,
        Lang::En => &en::WORDS,
    }
}

/// Makes the type of all tables out of the first one.
macro_rules! first_table {
    ($($key:ident: $text:expr),+ $(,)?) => {
        /// Texts of one language; the names of the fields are their meaning.
        pub struct Words {
            $(pub $key: &'static str,)+
        }

        pub(super) const WORDS: Words = Words { $($key: $text,)+ };

        impl Words {
            /// Every key with its text.
            pub fn entries(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
                [$((stringify!($key), self.$key)),+].into_iter()
            }
        }
    };
}
pub(super) use first_table;

/// `text` with every `{name}` replaced.
pub fn fill(text: &str, places: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(places.iter().find(|(place, _)| *place == name).map_or("", |(_, put)| put));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The same in both languages, on purpose.
    const SAME: [&str; 1] = ["site"];

    fn places(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
    }

    /// Two tables with the same keys in the same order say the same.
    pub fn check_tables(mn: &[(&str, &str)], en: &[(&str, &str)]) {
        let is_cyrillic = |text: &str| text.chars().any(|c| ('а'..='я').contains(&c.to_ascii_lowercase()));
        for (&(key, mn), &(_, en)) in mn.iter().zip(en) {
            assert!(!mn.trim().is_empty(), "{key} has no Mongolian");
            assert!(!en.trim().is_empty(), "{key} has no English");
            assert!(!mn.contains("  ") && !en.contains("  "), "{key} has two blanks");
            if SAME.contains(&key) {
                continue;
            }
            assert_ne!(mn, en, "{key} is not translated");
            let speaks_of_the_other = key == "other_language";
            assert_eq!(is_cyrillic(en), speaks_of_the_other, "{key}: {en}");
            let is_word = !matches!(key, "locale" | "other_language");
            assert!(!is_word || is_cyrillic(mn), "{key}: {mn}");
            assert_eq!(places(mn), places(en), "{key}");
        }
    }

    #[test]
    fn every_text_is_there_in_both_languages_translated_and_with_the_same_places() {
        let [mn, en] = Lang::ALL.map(|lang| of(lang).entries().collect::<Vec<_>>());
        check_tables(&mn, &en);
    }

    #[test]
    fn what_falls_short_of_a_share_is_told_in_the_dative() {
        let share = of(Lang::Mn).pieces_below_one_percent;
        assert!(share.contains("1 %-д хүрэхгүй"), "{share}");
    }

    #[test]
    fn the_centre_is_told_by_what_it_is_not_by_a_mongolian_name() {
        let told = of(Lang::Mn).hlp_is_1;
        assert!(told.contains("хүний нөөцийн хөгжлийн төв (HRDC)"), "{told}");
    }

    #[test]
    fn places_are_filled_by_name_and_what_is_put_there_is_not_read_again() {
        assert_eq!(fill("{b} of {a}", &[("a", "{b}"), ("b", "2")]), "2 of {b}");
        assert_eq!(fill("none", &[("a", "1")]), "none");
    }
}
