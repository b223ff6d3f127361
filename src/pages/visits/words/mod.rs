//! What pages of visits say: one table per language, as [`crate::pages::words`] has them.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_both_languages_and_translated() {
        let [mn, en] = Lang::ALL.map(|lang| of(lang).entries().collect::<Vec<_>>());
        crate::pages::words::tests::check_tables(&mn, &en);
    }
}
