//! Words of titles and of their themes, in both languages: of identified practices, of landmarks.
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

#[derive(Default)]
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
    /// Folded words of the names of each theme.
    themes: Vec<Vec<String>>,
    /// Lower case, sorted, with the position in `entries`.
    ids: Vec<(Box<str>, u32)>,
}

struct Entry {
    /// In the list of what has the titles.
    idx: u32,
    /// Position in `themes`.
    theme: u32,
    /// Words of the title in each language, in their order.
    titles: [Box<[u32]>; 2],
}

/// Something that is found by its title.
pub(super) struct Titled<'t> {
    /// In its list.
    pub idx: u32,
    /// In Mongolian and English.
    pub titles: [Option<&'t str>; 2],
    /// Text whose words find it too, though no title begins with them.
    pub beside: Option<&'t str>,
    /// Position among the themes.
    pub theme: u32,
    pub id: Option<&'t str>,
}

/// Something that fits.
pub(super) struct Fitting {
    pub idx: u32,
    pub grade: Grade,
    /// Of the shorter title.
    pub n_words: u16,
}

/// How a typed word stands in a title: 0 not at all.
const INSIDE: u8 = 1;
const START: u8 = 2;
const WHOLE: u8 = 3;

impl Titles {
    /// Of identified practices, in the order of their list.
    pub(super) fn of(practices: &[Practice], themes: &[Theme], standings: &Standings) -> Self {
        // A theme that is in no list has no name, and stands last.
        let theme_of: BTreeMap<&str, u32> = themes.iter().map(|theme| theme.code.as_str()).zip(0..).collect();
        let names = themes.iter().map(|theme| vec![theme.name_mn.as_str(), theme.name_en.as_str()]);
        let nameless = themes.len() as u32;
        let identified = practices.iter().zip(0..).filter(|(row, _)| standings.is_identified(row));
        let titled = identified.map(|(row, idx)| Titled {
            idx,
            titles: [Some(row.title_mn.as_str()), row.title_en.as_deref()],
            beside: None,
            theme: theme_of.get(row.theme.as_str()).copied().unwrap_or(nameless),
            id: Some(&row.id),
        });
        Self::new(titled, names.chain([Vec::new()]))
    }

    /// - `themes`: names of each theme.
    pub(super) fn new<'t>(
        titled: impl Iterator<Item = Titled<'t>>,
        themes: impl Iterator<Item = Vec<&'t str>>,
    ) -> Self {
        let mut holders: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let themes = themes.map(|names| names.into_iter().flat_map(title_words).collect()).collect();
        let (mut folded, mut ids) = (Vec::new(), Vec::new());
        for (row, entry) in titled.zip(0_u32..) {
            let titles = row.titles.map(|title| title.map(title_words).unwrap_or_default());
            let beside = row.beside.map(title_words).unwrap_or_default();
            for word in titles.iter().flatten().chain(&beside) {
                // Most words are known, and need no copy.
                let known = match holders.get_mut(word) {
                    Some(known) => known,
                    None => holders.entry(word.clone()).or_default(),
                };
                if known.last() != Some(&entry) {
                    known.push(entry);
                }
            }
            folded.push((row.idx, row.theme, titles));
            ids.extend(row.id.map(|id| (id.to_lowercase().into_boxed_str(), entry)));
        }
        ids.sort();
        let positions: BTreeMap<&str, u32> = holders.keys().map(String::as_str).zip(0..).collect();
        let numbered = |title: &Vec<String>| title.iter().map(|word| positions[word.as_str()]).collect();
        let entries = folded.iter().map(|(idx, theme, titles)| Entry {
            idx: *idx,
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

    /// What fits, in the order of its list.
    pub(super) fn find(&self, typed: &Typed) -> Vec<Fitting> {
        let by_id = self.by_id(&typed.text);
        // How each typed word stands in each known one: titles are graded by these, not by their letters.
        let standing: Vec<Vec<u8>> = typed.words.iter().map(|word| self.standing(word)).collect();
        let mut levels = vec![WHOLE; self.entries.len()];
        let mut of_word = vec![0; self.entries.len()];
        let mut with_theme = vec![true; self.entries.len()];
        for (word, standing) in typed.words.iter().zip(&standing) {
            of_word.fill(0);
            for (known, &level) in standing.iter().enumerate().filter(|(_, level)| **level > 0) {
                let (from, to) = (self.holders_at[known] as usize, self.holders_at[known + 1] as usize);
                for &entry in &self.holders[from..to] {
                    let own = &mut of_word[entry as usize];
                    *own = level.max(*own);
                }
            }
            let of_theme: Vec<bool> = self.themes.iter().map(|names| begins_one(names, word)).collect();
            for ((fits, entry), &of_word) in with_theme.iter_mut().zip(&self.entries).zip(&of_word) {
                *fits &= of_word > 0 || of_theme[entry.theme as usize];
            }
            levels.iter_mut().zip(&of_word).for_each(|(level, &of_word)| *level = of_word.min(*level));
        }
        let entries = self.entries.iter().zip(&levels).zip(0_u32..);
        let fitting = entries.filter_map(|((entry, &level), at)| {
            let by_theme = with_theme[at as usize];
            if level == 0 && !by_theme && by_id.is_empty() {
                return None;
            }
            let named = by_id.get(&at).copied();
            let by_theme = by_theme.then_some(Grade::Theme);
            let by_title = Self::grade(entry, level, &typed.words, &standing);
            let grade = by_title.into_iter().chain(named).chain(by_theme).min()?;
            let n_words = entry.titles.iter().map(|title| title.len()).filter(|&n| n > 0).min();
            Some(Fitting { idx: entry.idx, grade, n_words: n_words.unwrap_or(0) as u16 })
        });
        fitting.collect()
    }

    /// The words of the title, or else of its theme's name, that typed ones fit, as they are written.
    pub(super) fn why(practice: &Practice, theme: Option<&Theme>, typed: &Typed, lang: Lang) -> String {
        let said = fitting(&practice.title_mn, practice.title_en.as_deref(), typed, lang);
        let of_theme = || theme.and_then(|theme| fitting(&theme.name_mn, Some(&theme.name_en), typed, lang));
        said.or_else(of_theme).unwrap_or_else(|| practice.id.clone())
    }

    /// How a typed word stands in each known word, in any way in which it may be meant.
    fn standing(&self, typed: &Word) -> Vec<u8> {
        let mut levels = vec![0; self.words.len()];
        let mut note = |word: usize, level: u8| levels[word] = level.max(levels[word]);
        for form in &typed.folded {
            let first = self.words.partition_point(|word| **word < **form);
            for (word, text) in self.words.iter().enumerate().skip(first) {
                if !text.starts_with(form.as_str()) {
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
        levels
    }

    /// - `standing`: of each typed word, how it stands in each known one.
    fn grade(entry: &Entry, level: u8, typed: &[Word], standing: &[Vec<u8>]) -> Option<Grade> {
        if level >= START {
            let begun = entry.titles.iter().filter(|title| begins(title, typed, standing));
            let shortest = begun.map(|title| title.len()).min();
            if let Some(n_words) = shortest {
                let is_whole = n_words == typed.len() && level == WHOLE;
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
pub(super) fn fitting(mongolian: &str, english: Option<&str>, typed: &Typed, lang: Lang) -> Option<String> {
    let mongolian = fitting_words(mongolian, typed);
    let english = english.map(|title| fitting_words(title, typed)).unwrap_or_default();
    let is_english = match lang {
        Lang::Mn => english.len() > mongolian.len(),
        Lang::En => english.len() >= mongolian.len() && !english.is_empty(),
    };
    let said = if is_english { english } else { mongolian };
    (!said.is_empty()).then(|| said.join(" "))
}

/// The words of a text that typed ones fit.
pub(super) fn fitting_words(text: &str, typed: &Typed) -> Vec<String> {
    let fits = |word: &&str| {
        let folded = folded_word(word);
        typed.words.iter().flat_map(|typed| &typed.folded).any(|form| {
            folded.starts_with(form.as_str())
                || form.len() >= INSIDE_FROM_LETTERS && folded.contains(form.as_str())
        })
    };
    words(text).filter(fits).map(str::to_owned).collect()
}

/// True if the title begins with these words, the last of which may go on.
fn begins(title: &[u32], typed: &[Word], standing: &[Vec<u8>]) -> bool {
    let fits = |((word, standing), known): ((&Word, &Vec<u8>), &u32)| {
        standing[*known as usize] >= if word.is_open { START } else { WHOLE }
    };
    typed.len() <= title.len() && typed.iter().zip(standing).zip(title).all(fits)
}

/// True if one of the words begins with the typed one.
fn begins_one(names: &[String], typed: &Word) -> bool {
    typed.folded.iter().any(|form| names.iter().any(|name| name.starts_with(form.as_str())))
}

/// Folded words of a title; digits as they are.
pub(super) fn title_words(title: &str) -> Vec<String> {
    words(title).map(folded_word).filter(|word| !word.is_empty()).collect()
}

fn folded_word(word: &str) -> String {
    if word.starts_with(|c: char| c.is_ascii_digit()) { word.to_owned() } else { fold(word) }
}
