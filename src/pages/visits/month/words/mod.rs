//! What plans of a month say, on their page and in their workbook: one table per language.

mod en;
mod mn;

use crate::model::Lang;
use crate::pages::words::fill;
use crate::visits::month::Quarter;

pub use mn::Words;

pub const fn of(lang: Lang) -> &'static Words {
    match lang {
        Lang::Mn => &mn::WORDS,
        Lang::En => &en::WORDS,
    }
}

impl Words {
    /// A part of a score, by its word in data.
    pub fn part(&self, word: &str) -> &'static str {
        match word {
            "need" => self.part_need,
            "proximity" => self.part_proximity,
            "quality" => self.part_quality,
            "setting" => self.part_setting,
            "ease" => self.part_ease,
            _ => self.part_capacity,
        }
    }

    /// A quarter's name.
    pub fn quarter_of(&self, quarter: Quarter) -> String {
        let (number, year) = (quarter.number().to_string(), quarter.from.year().to_string());
        fill(self.quarter_name, &[("n", &number), ("year", &year)])
    }

    /// Why practices cannot be shown, by its word in data.
    pub fn barred(&self, word: &str) -> &'static str {
        match word {
            "not_identified_yet" => self.barred_not_yet,
            "own_practice" => self.barred_own,
            "same_lineage" => self.barred_lineage,
            "archived" => self.barred_archived,
            "no_open_offer" => self.barred_no_offer,
            "already_replicated" => self.barred_replicated,
            "mode_not_offered" => self.barred_mode,
            "too_far" => self.barred_far,
            "visited_recently" => self.barred_visited,
            "host_full" => self.barred_full,
            "group_too_large" => self.barred_group,
            _ => self.barred_other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_both_languages_and_translated() {
        let [mn, en] = Lang::ALL.map(|lang| of(lang).entries().collect::<Vec<_>>());
        crate::pages::words::tests::check_tables(&mn, &en);
    }
}
