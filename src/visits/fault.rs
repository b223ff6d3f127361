//! What of an order cannot be meant, field by field.
//!
//! Whoever asks with a program reads [`Fault`] as it stands, whoever asks on a page reads [`told`] beside the field.
//!
//! Owns: the reasons and both ways to say them. Leaves to others: which status an answer has.

mod told;

use jiff::civil::Date;

use super::month::{OrderError, WORK_MAX};
use super::words;
use crate::model::Lang;
use crate::partners::words::why_not;
use crate::snapshot::LookupError;

pub use told::told;

/// A field with what was given there, and why that cannot be meant.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("`{given}` is no value of parameter `{field}`: {why}")]
pub struct Fault {
    /// Name of the parameter.
    pub field: &'static str,
    /// Short enough to say back.
    pub given: String,
    pub why: Why,
}

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Why {
    #[error("a whole number from {min} to {max} is needed")]
    Whole { min: u64, max: u64 },
    /// Of 1.
    #[error("a number from 0 to 1 is needed")]
    Part,
    #[error("a day such as 2022-05-14 is needed")]
    Day,
    #[error("a day from 1900 to 2200 is needed")]
    Year,
    #[error("the period is empty, it begins on {from}")]
    EmptyPeriod { from: Date },
    #[error("a period has at most {most_days} days")]
    LongPeriod { most_days: i32 },
    #[error("offices are shut on all days from {from} on")]
    Shut { from: Date },
    #[error("a khoroo's code such as bzd-26 is needed")]
    NoCode,
    #[error(transparent)]
    NoKhoroo(Box<LookupError>),
    #[error("vintage `{vintage}` has no district of that code")]
    NoDistrict { vintage: String, known: Vec<String> },
    #[error("there is no such theme")]
    NoTheme { known: Vec<String> },
    #[error("there is no such vintage")]
    NoVintage { known: Vec<String> },
    #[error("it is none of those allowed")]
    NoMode { known: Vec<String> },
    #[error("there is no such practice")]
    NoPractice,
    #[error("it is named twice")]
    Twice,
    #[error("`any` stands alone")]
    AnyAlone,
    #[error("it holds at most {most}")]
    TooMany { most: usize },
    #[error("a plan has at most {most} visitors")]
    TooManyVisitors { most: usize },
    #[error("it is written as khoroo:theme or khoroo:theme:urgency")]
    NeedForm,
    #[error("it is written as visitor:practice")]
    PairForm,
    #[error("nobody is named")]
    Nobody,
    #[error("a link with it has {bytes} bytes, and may have {most}")]
    LongLink { bytes: usize, most: usize },
    /// Each field may be meant, all together not.
    #[error("{}", of_order(.0))]
    Order(OrderError),
}

impl Fault {
    /// What the field may be, where it is one of a few.
    pub fn allowed(&self) -> &[String] {
        match &self.why {
            Why::NoDistrict { known, .. }
            | Why::NoTheme { known }
            | Why::NoVintage { known }
            | Why::NoMode { known } => known,
            _ => &[],
        }
    }
}

fn of_order(error: &OrderError) -> String {
    match error {
        OrderError::TooManyPairs => {
            "there are too many practices for so many visitors; plan fewer at once".into()
        }
        OrderError::TooManyVisits { n_pairs, n_visits } => format!(
            "{n_visits} visits with {n_pairs} pairs of visitor and practice are more than can be planned at once, at \
             most {WORK_MAX} of one times the other; allow fewer visits, or fewer visitors or themes"
        ),
        OrderError::Barred(_, why) => format!("{} ({})", why.word(), why_not(why, Lang::En)),
        OrderError::Impossible { why, .. } => words::impossible(why).into(),
        OrderError::NoVisitor(_) | OrderError::NoPractice(_) | OrderError::NoNeed(_) => error.to_string(),
    }
}
