//! Words of the titles of identified practices and of their themes, in both languages.
//!
//! The words are kept once each, sorted, so those that begin with a typed one are a range; joined by line
//! ends they are one text in which parts of words are looked for. From a word a list leads to its titles.

use std::collections::BTreeMap;

use memchr::memmem::Finder;

use super::Grade;
use super::typed::{Typed, Word, words};
use crate::model::naming::fold;
use crate::model::{Lang, Practice, Standings, Theme};

/// Letters from which a typed word is looked for inside of words: shorter ones are in most of them.
const INSIDE_FROM_LETTERS: usize = 3;

/// Characters of an id from which its beginning is enough.
const ID_FROM_CHARS: usize = 3;

pub(super) struct Titles {
    /// Folded, sorted, each once.
    words: Vec<Box<str>>,
    /// All words, each followed by a line end, and where each begins.
    joined: String,
    joined_at: Vec<u32>,
    /// Positions in `entries` of the titles with each word: those of word `w` are
    /// `holders[holders_at[w]..holders_at[w + 1]]`.
    holders: Vec<u32>,
    holders_at: Vec<u32>,
    entries: Vec<Entry>,
    /// Folded words of the names of each theme that practices have.
    themes: Vec<Vec<String>>,
    /// Lower case, sorted, with the position in `entries`.
    ids: Vec<(Box<str>, u32)>,
}

struct Entry {
    /// In the list of practices.
    practice: u32,
    /// Position in `themes`.
    theme: u32,
    /// Words of the title in each language, in their order.
    titles: [Box<[u32]>; 2],
}

/// A practice that fits.
pub(super) struct Fitting {
    pub practice: u32,
    pub grade: Grade,
    /// Of the shorter title.
    pub n_words: u16,
}

/// How a typed word stands in a title: 0 not at all.
const INSIDE: u8 = 1;
const START: u8 = 2;
const WHOLE: u8 = 3;

impl Titles {
    pub(super) fn of(practices: &[Practice], themes: &[Theme], standings: &Standings) -> Self {
        let mut holders: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let named = |theme: &Theme| {
            [&theme.name_mn, &theme.name_en].into_iter().flat_map(|name| title_words(name)).collect()
        };
        // A theme that is in no list has no name, and stands last.
        let theme_of: BTreeMap<&str, u32> = themes.iter().map(|theme| theme.code.as_str()).zip(0..).collect();
        let themes: Vec<Vec<String>> = themes.iter().map(named).chain([Vec::new()]).collect();
        let nameless = themes.len() as u32 - 1;
        let (mut folded, mut ids) = (Vec::new(), Vec::new());
        for (practice, row) in practices.iter().enumerate().filter(|(_, row)| standings.is_identified(row)) {
            let entry = folded.len() as u32;
            let titles = [Some(&row.title_mn), row.title_en.as_ref()]
                .map(|title| title.map(|title| title_words(title)).unwrap_or_default());
            for word in titles.iter().flatten() {
                let known = holders.entry(word.clone()).or_default();
                if known.last() != Some(&entry) {
                    known.push(entry);
                }
            }
            let theme = theme_of.get(row.theme.as_str()).copied().unwrap_or(nameless);
            folded.push((practice as u32, theme, titles));
            ids.push((row.id.to_lowercase().into_boxed_str(), entry));
        }
        ids.sort();
        let positions: BTreeMap<&str, u32> = holders.keys().map(String::as_str).zip(0..).collect();
        let numbered = |title: &Vec<String>| title.iter().map(|word| positions[word.as_str()]).collect();
        let entries = folded.iter().map(|(practice, theme, titles)| Entry {
            practice: *practice,
            theme: *theme,
            titles: titles.each_ref().map(numbered),
        });
        let entries = entries.collect();
        let mut index = Self {
            words: Vec::with_capacity(holders.len()),
            joined: String::new(),
            joined_at: Vec::new(),
            holders: Vec::new(),
            holders_at: vec![0],
            entries,
            themes,
            ids,
        };
        for (word, of_word) in holders {
            index.joined_at.push(index.joined.len() as u32);
            index.joined.push_str(&word);
            index.joined.push('\n');
            index.words.push(word.into());
            index.holders.extend(of_word);
            index.holders_at.push(index.holders.len() as u32);
        }
        index
    }

    /// Practices that fit, in the order of their list.
    pub(super) fn find(&self, typed: &Typed) -> Vec<Fitting> {
        let by_id = self.by_id(&typed.text);
        let mut levels = vec![WHOLE; self.entries.len()];
        let mut of_word = vec![0; self.entries.len()];
        let mut with_theme = vec![true; self.entries.len()];
        for word in &typed.words {
            of_word.fill(0);
            for form in &word.folded {
                self.mark(form, &mut of_word);
            }
            let of_theme: Vec<bool> = self.themes.iter().map(|names| begins_one(names, word)).collect();
            for ((fits, entry), &of_word) in with_theme.iter_mut().zip(&self.entries).zip(&of_word) {
                *fits &= of_word > 0 || of_theme[entry.theme as usize];
            }
            levels.iter_mut().zip(&of_word).for_each(|(level, &of_word)| *level = of_word.min(*level));
        }
        let entries = self.entries.iter().zip(&levels).zip(0_u32..);
        let fitting = entries.filter_map(|((entry, &level), at)| {
            let named = by_id.get(&at).copied();
            let by_theme = with_theme[at as usize].then_some(Grade::Theme);
            let grade = self.grade(entry, level, typed).into_iter().chain(named).chain(by_theme).min()?;
            let n_words = entry.titles.iter().map(|title| title.len()).filter(|&n| n > 0).min();
            Some(Fitting { practice: entry.practice, grade, n_words: n_words.unwrap_or(0) as u16 })
        });
        fitting.collect()
    }

    /// The words of the title, or else of its theme's name, that typed ones fit, as they are written.
    pub(super) fn why(practice: &Practice, theme: Option<&Theme>, typed: &Typed, lang: Lang) -> String {
        let said = fitting(&practice.title_mn, practice.title_en.as_deref(), typed, lang);
        let of_theme = || theme.and_then(|theme| fitting(&theme.name_mn, Some(&theme.name_en), typed, lang));
        said.or_else(of_theme).unwrap_or_else(|| practice.id.clone())
    }

    /// Notes every title with a word that `form` fits.
    fn mark(&self, form: &str, levels: &mut [u8]) {
        let mut note = |word: usize, level: u8| {
            let (from, to) = (self.holders_at[word] as usize, self.holders_at[word + 1] as usize);
            for &entry in &self.holders[from..to] {
                let known = &mut levels[entry as usize];
                *known = level.max(*known);
            }
        };
        let first = self.words.partition_point(|word| &**word < form);
        for (word, text) in self.words.iter().enumerate().skip(first) {
            if !text.starts_with(form) {
                break;
            }
            note(word, if text.len() == form.len() { WHOLE } else { START });
        }
        if form.len() >= INSIDE_FROM_LETTERS {
            for at in Finder::new(form).find_iter(self.joined.as_bytes()) {
                note(self.joined_at.partition_point(|&start| start as usize <= at) - 1, INSIDE);
            }
        }
    }

    fn grade(&self, entry: &Entry, level: u8, typed: &Typed) -> Option<Grade> {
        if level >= START {
            let begun = entry.titles.iter().filter(|title| self.begins(title, &typed.words));
            let shortest = begun.map(|title| title.len()).min();
            if let Some(n_words) = shortest {
                let is_whole = n_words == typed.words.len() && level == WHOLE;
                return Some(if is_whole { Grade::Exact } else { Grade::Prefix });
            }
        }
        match level {
            WHOLE => Some(Grade::Words),
            START => Some(Grade::WordStarts),
            INSIDE => Some(Grade::Substring),
            _ => None,
        }
    }

    /// True if the title begins with these words, the last of which may go on.
    fn begins(&self, title: &[u32], typed: &[Word]) -> bool {
        let fits = |(word, id): (&Word, &u32)| {
            let own = &*self.words[*id as usize];
            word.folded.iter().any(|form| own == form || word.is_open && own.starts_with(form.as_str()))
        };
        typed.len() <= title.len() && typed.iter().zip(title).all(fits)
    }

    /// Entries whose id is, or begins with, the whole text.
    fn by_id(&self, text: &str) -> BTreeMap<u32, Grade> {
        let first = self.ids.partition_point(|(id, _)| &**id < text);
        let same = self.ids[first..].iter().take_while(|(id, _)| id.starts_with(text));
        let graded = same.filter_map(|(id, entry)| {
            let is_whole = id.len() == text.len();
            let is_enough = is_whole || text.chars().count() >= ID_FROM_CHARS;
            is_enough.then_some((*entry, if is_whole { Grade::Exact } else { Grade::Prefix }))
        });
        graded.collect()
    }
}

/// The words of a text that typed ones fit, of the language in which more do.
fn fitting(mongolian: &str, english: Option<&str>, typed: &Typed, lang: Lang) -> Option<String> {
    let of = |title: &str| -> Vec<String> {
        let fits = |word: &&str| {
            let folded = folded_word(word);
            typed.words.iter().flat_map(|typed| &typed.folded).any(|form| {
                folded.starts_with(form.as_str())
                    || form.len() >= INSIDE_FROM_LETTERS && folded.contains(form.as_str())
            })
        };
        words(title).filter(fits).map(str::to_owned).collect()
    };
    let mongolian = of(mongolian);
    let english = english.map(of).unwrap_or_default();
    let is_english = match lang {
        Lang::Mn => english.len() > mongolian.len(),
        Lang::En => english.len() >= mongolian.len() && !english.is_empty(),
    };
    let said = if is_english { english } else { mongolian };
    (!said.is_empty()).then(|| said.join(" "))
}

/// True if one of the words begins with the typed one.
fn begins_one(names: &[String], typed: &Word) -> bool {
    typed.folded.iter().any(|form| names.iter().any(|name| name.starts_with(form.as_str())))
}

/// Folded words of a title; digits as they are.
fn title_words(title: &str) -> Vec<String> {
    words(title).map(folded_word).filter(|word| !word.is_empty()).collect()
}

fn folded_word(word: &str) -> String {
    if word.starts_with(|c: char| c.is_ascii_digit()) { word.to_owned() } else { fold(word) }
}
