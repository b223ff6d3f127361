//! The pages that the server writes: figures in words, tables and links, which need no script.
//!
//! Each page is one function from a snapshot to HTML, and reads like the page: heading, lead, parts from
//! the most asked to the least. `http` finds what is asked for and keeps what was made.
//!
//! Owns: what stands on a page and in which words. Leaves to others: every number (`tracker`, `snapshot`),
//! addresses that come in, caching, status codes.
//! Invariant: no I/O, clock or randomness; pages show what everybody may see, also on the second listener, but for
//! the plan of a month, which is the office's there and says so;
//! text of the data is escaped by the templates; no inline script or style.
//! Design: khoroos are set beside the average of their district, never ranked, and an unknown figure is
//! said to be unknown: it is not 0.

mod about;
mod cards;
mod choices;
mod chosen;
mod city;
pub mod copy;
mod district;
pub mod embed;
mod entered;
mod key;
mod khoroo;
mod layout;
mod links;
mod names;
mod numbers;
pub mod ogc;
mod picture;
mod places;
mod practice;
mod practices;
mod records;
mod refusal;
mod sitemap;
mod tracker;
mod trend;
pub mod visits;
pub mod words;

use jiff::civil::Date;

use crate::model::Lang;
use crate::snapshot::{Snapshot, VintageView};
use words::Words;

pub use about::about;
pub use city::{Parts, Viewer, city, remarked, remarked_frame};
pub use district::district;
pub use khoroo::khoroo;
pub use layout::{published_on, starting};
pub use practice::practice;
pub use practices::{Choice, practices};
pub use records::{RecordsChoice, figures, records};
pub use refusal::{Refusal, refusal};
pub use sitemap::sitemap;
pub use tracker::{TrackerChoice, tracker};

/// Where pages stand, and what the one who runs the service says on all of them.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    pub lang: Lang,
    /// Path under which the service lies, without a slash at its end: empty, or `/hlp`.
    pub prefix: &'a str,
    /// `https://host[:port]`; `None` when nobody told it.
    pub origin: Option<&'a str>,
    /// Style sheets, as paths below the prefix.
    pub styles: &'a [String],
    /// Whom to tell of an error: an address, a mail address or words.
    pub contact: Option<&'a str>,
    /// Of the data: an address or words.
    pub licence: Option<&'a str>,
    /// The civil day in Ulaanbaatar, which tells the boundaries that are in force.
    pub today: Date,
}

impl Site<'_> {
    fn words(&self) -> &'static Words {
        words::of(self.lang)
    }

    /// The boundaries that a place is meant in where its address names none.
    fn in_force<'s>(&self, snapshot: &'s Snapshot) -> Option<&'s VintageView> {
        snapshot.in_force(self.today)
    }
}

/// The form of a visit or workshop, by its word in data.
pub fn mode(lang: Lang, word: &str) -> &'static str {
    names::choice(words::of(lang), word)
}

/// The words of one of two languages.
const fn pick<'a>(lang: Lang, mn: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Mn => mn,
        Lang::En => en,
    }
}
