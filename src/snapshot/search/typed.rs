//! A text that was typed, in words, with every way in which each may be meant.
//!
//! Owns: what makes a word, and which spellings a typist may have meant that folding alone cannot tell.

use crate::model::naming;

/// Characters of a text that is looked for; longer than every name and most titles.
pub const TYPED_CHARS_MAX: usize = 100;

/// Why nothing can be looked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypedError {
    #[error("a letter or digit is needed")]
    Empty,
    #[error("it has {n_chars} characters, limit {limit}")]
    TooLong { n_chars: usize, limit: usize },
}

/// A text to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Lower case, without blanks around it.
    pub(super) text: String,
    pub(super) words: Vec<Word>,
}

/// One word, or one number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case, as typed.
    pub text: String,
    /// Folded spellings, any of which may be meant; digits as they are.
    pub folded: Vec<String>,
    /// Of digits, the number that they are; a longer one than any khoroo's is none.
    pub number: Option<u32>,
    pub is_number: bool,
    /// True where more letters of it may follow: the last one, without a blank after it.
    pub is_open: bool,
}

impl Typed {
    pub fn read(text: &str) -> Result<Self, TypedError> {
        let n_chars = text.chars().count();
        if n_chars > TYPED_CHARS_MAX {
            return Err(TypedError::TooLong { n_chars, limit: TYPED_CHARS_MAX });
        }
        let lower = text.trim_start().to_lowercase();
        let ends_open = lower.chars().next_back().is_some_and(is_of_word);
        let parts: Vec<&str> = words(&lower).collect();
        let n = parts.len();
        let word = |(at, part): (usize, &&str)| Word::of(part, ends_open && at + 1 == n);
        let words: Vec<Word> = parts.iter().enumerate().map(word).filter(|w| !w.folded.is_empty()).collect();
        if words.is_empty() {
            return Err(TypedError::Empty);
        }
        Ok(Self { text: lower.trim_end().to_owned(), words })
    }
}

impl Word {
    fn of(text: &str, is_open: bool) -> Self {
        let is_number = text.starts_with(|c: char| c.is_ascii_digit());
        let folded = if is_number { vec![text.to_owned()] } else { spellings(text, is_open) };
        Self { text: text.to_owned(), folded, number: text.parse().ok(), is_number, is_open }
    }
}

/// Folded spellings of one or more words written as one.
///
/// Folding takes v for ү, as most type it, but it is typed for в too; `ye` for е; `zh` for ж. Of a word that
/// is still being typed a last k may become kh, t ts and z zh, which are one letter.
pub(super) fn spellings(text: &str, is_open: bool) -> Vec<String> {
    if has_letter_thrice(text) {
        return vec![text.to_owned()];
    }
    let mut forms = vec![text.to_owned()];
    for (typed, meant) in [("v", "в"), ("ye", "е"), ("zh", "ж")] {
        let others: Vec<String> =
            forms.iter().filter(|form| form.contains(typed)).map(|form| form.replace(typed, meant)).collect();
        forms.extend(others);
    }
    for (end, whole) in [('k', "kh"), ('t', "ts"), ('z', "ж")] {
        if let Some(stem) = text.strip_suffix(end).filter(|_| is_open) {
            forms.push(format!("{stem}{whole}"));
        }
    }
    let mut folded: Vec<String> = forms.iter().map(|form| naming::fold(form)).collect();
    folded.retain(|form| !form.is_empty());
    folded.sort();
    folded.dedup();
    folded
}

/// A letter three times on end: no word of either language has it, and folded it would be one letter, with
/// which many begin.
fn has_letter_thrice(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    letters.windows(3).any(|three| three[0] == three[1] && three[1] == three[2])
}

/// The words of a text: runs of letters, and runs of digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !is_of_word(c));
        let is_number = rest.chars().next()?.is_ascii_digit();
        let end = rest.find(|c: char| !is_of_word(c) || c.is_ascii_digit() != is_number);
        let (word, later) = rest.split_at(end.unwrap_or(rest.len()));
        rest = later;
        Some(word)
    })
}

/// Apostrophes of transliteration and marks over letters belong to the word.
fn is_of_word(c: char) -> bool {
    c.is_alphabetic() || c.is_ascii_digit() || matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(words(text).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn letters_and_digits_are_words_of_their_own() {
        check("skhd12", &["skhd", "12"]);
        check("26-р хороо, «Яармаг»", &["26", "р", "хороо", "Яармаг"]);
        check("Bayanzu\u{308}rkh", &["Bayanzu\u{308}rkh"]);
        check(" - ", &[]);
    }

    #[test]
    fn a_word_is_folded_in_every_way_it_may_be_meant() {
        let of = |text: &str| Typed::read(text).expect("words").words.pop().expect("a word").folded;
        assert_eq!(of("Avto "), ["auto", "awto"]);
        assert_eq!(of("yeronhii "), ["eronhi", "ieronhi"]);
        assert_eq!(of("Bayanzurk"), ["baianzurh", "baianzurk"]);
        assert_eq!(of("Bayanzurk "), ["baianzurk"]);
        assert_eq!(of("хаягдал"), of("hayagdal"));
        assert_eq!((of("zzzz"), of("aaвto")), (vec!["zzzz".to_owned()], of("aвto")));
        assert_eq!(
            of("үйлчилгээ"),
            of("vilchilgee").into_iter().filter(|f| f.starts_with('u')).collect::<Vec<_>>()
        );
    }

    #[test]
    fn nothing_to_look_for_and_too_much_are_refused() {
        for text in ["", "  ", "-", "«»", "ь"] {
            assert_eq!(Typed::read(text), Err(TypedError::Empty), "{text}");
        }
        let long = "ө".repeat(TYPED_CHARS_MAX);
        assert!(Typed::read(&long).is_ok());
        assert_eq!(
            Typed::read(&format!("{long}ө")),
            Err(TypedError::TooLong { n_chars: TYPED_CHARS_MAX + 1, limit: TYPED_CHARS_MAX })
        );
    }
}
