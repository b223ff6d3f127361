//! Words of closed lists, in Mongolian and English, and yes or no.
//!
//! A [`Choice`] is stored by its code and written by people in either language; the first word of each
//! language is what templates offer, the others are understood.

use super::key;
use crate::import::fault::Problem;
use crate::import::read::Cell;

/// One word of a closed list.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// As it is stored.
    pub code: &'static str,
    /// The word to show first, then others that people use.
    pub mn: &'static [&'static str],
    pub en: &'static [&'static str],
}

const fn choice(code: &'static str, mn: &'static [&'static str], en: &'static [&'static str]) -> Choice {
    Choice { code, mn, en }
}

/// How an event is held.
pub const MODE: &[Choice] = &[
    choice(
        "face_to_face",
        &["танхим", "танхимаар", "биечлэн", "биеэр", "танхимын"],
        &["face to face", "in person", "in class", "classroom", "on site", "offline"],
    ),
    choice("virtual", &["цахим", "цахимаар", "онлайн"], &["virtual", "online", "remote"]),
    choice(
        "hybrid",
        &["хосолсон", "холимог", "танхим ба цахим", "танхим, цахим"],
        &["hybrid", "mixed", "both"],
    ),
];

/// How a training is held.
pub const FORM: &[Choice] = &[
    choice("classroom", &["танхим", "танхимаар"], &["classroom", "in class", "face to face"]),
    choice("online", &["цахим", "цахимаар", "онлайн"], &["online", "virtual"]),
    choice("hybrid", &["хосолсон", "холимог"], &["hybrid", "mixed"]),
];

pub const PRACTICE_STATUS: &[Choice] = &[
    choice("draft", &["ноорог"], &["draft"]),
    choice("submitted", &["илгээсэн", "ирүүлсэн"], &["submitted"]),
    choice("returned", &["буцаасан"], &["returned"]),
    choice("identified", &["тодорхойлсон"], &["identified"]),
    choice("shared", &["танилцуулсан", "түгээсэн"], &["shared", "presented"]),
    choice("archived", &["архивласан"], &["archived"]),
];

pub const STAGE: &[Choice] = &[
    choice("khoroo", &["хороо", "хорооны"], &["khoroo"]),
    choice("district", &["дүүрэг", "дүүргийн"], &["district"]),
    choice("city", &["нийслэл", "нийслэлийн", "хот"], &["city", "capital"]),
];

/// Of an identification.
pub const DECISION: &[Choice] = &[
    choice("pending", &["хүлээгдэж буй", "хүлээгдэж байгаа"], &["pending"]),
    choice("accepted", &["зөвшөөрсөн", "хүлээн авсан"], &["accepted"]),
    choice("returned", &["буцаасан"], &["returned"]),
    choice("rejected", &["татгалзсан"], &["rejected"]),
];

/// Of a vote.
pub const VOTE_DECISION: &[Choice] = &[
    choice("replicate", &["нутагшуулах", "нутагшуулна"], &["replicate", "yes"]),
    choice("later", &["дараа", "хойшлуулсан"], &["later", "postponed"]),
    choice("no", &["үгүй", "нутагшуулахгүй"], &["no"]),
];

pub const SCOPE: &[Choice] = &[
    choice("district", &["дүүрэг", "дүүргийн"], &["district"]),
    choice(
        "multi_district",
        &["дүүрэг дундын", "хэд хэдэн дүүрэг"],
        &["several districts", "multi district"],
    ),
    choice("city", &["нийслэл", "нийслэлийн"], &["city"]),
];

pub const VISIT_STATUS: &[Choice] = &[
    choice("suggested", &["санал болгосон"], &["suggested"]),
    choice("proposed", &["хүсэлт гаргасан"], &["proposed"]),
    choice("accepted", &["зөвшөөрсөн"], &["accepted"]),
    choice("declined", &["татгалзсан"], &["declined"]),
    choice("held", &["болсон", "зохион байгуулсан"], &["held", "done"]),
    choice("cancelled", &["цуцалсан"], &["cancelled", "canceled"]),
];

pub const REPLICABILITY: &[Choice] = &[
    choice("easy", &["хялбар"], &["easy"]),
    choice("medium", &["дунд зэрэг", "дунд"], &["medium"]),
    choice("hard", &["хүндрэлтэй", "хэцүү"], &["hard", "difficult"]),
];

pub const MATURITY: &[Choice] = &[
    choice("promising", &["ирээдүйтэй"], &["promising"]),
    choice("demonstrated", &["үр дүн нь нотлогдсон", "нотлогдсон"], &["demonstrated", "proven"]),
    choice("replicated", &["нутагшуулсан"], &["replicated"]),
];

pub const ROUTE: &[Choice] = &[
    choice("visit", &["айлчлал", "туршлага судлах айлчлал"], &["visit"]),
    choice("workshop", &["семинар", "сүлжээний семинар"], &["workshop"]),
    choice("online", &["цахим", "цахимаар"], &["online"]),
    choice("tracker_only", &["зөвхөн трекер", "трекер"], &["tracker only", "tracker"]),
    choice("other", &["бусад"], &["other"]),
];

pub const NEED_STATUS: &[Choice] = &[
    choice("open", &["нээлттэй"], &["open"]),
    choice("matched", &["түнш олдсон"], &["matched"]),
    choice("met", &["хангагдсан"], &["met"]),
    choice("withdrawn", &["татсан", "буцаан татсан"], &["withdrawn"]),
];

pub const OFFER_STATUS: &[Choice] =
    &[choice("open", &["нээлттэй"], &["open"]), choice("paused", &["түр зогссон"], &["paused"])];

/// What yes and no are called; `x` is a tick on paper.
const YES: [&str; 10] = ["тийм", "yes", "y", "true", "1", "x", "х", "✓", "✔", "+"];
const NO: [&str; 9] = ["үгүй", "no", "n", "false", "0", "-", "–", "—", "үгүй."];

/// The code of the word in a cell.
pub fn read(cell: &Cell, choices: &'static [Choice]) -> Result<&'static str, Problem> {
    let refused = || Problem::NoChoice { allowed: listed(choices) };
    let Cell::Text(text) = cell else { return Err(refused()) };
    let wanted = key(text);
    let fits = |choice: &&Choice| {
        let words = choice.mn.iter().chain(choice.en).chain(std::iter::once(&choice.code));
        words.into_iter().any(|word| key(word) == wanted)
    };
    choices.iter().find(fits).map(|choice| choice.code).filter(|_| !wanted.is_empty()).ok_or_else(refused)
}

/// Every choice for a message: `танхим (face_to_face), цахим (virtual)`.
pub fn listed(choices: &[Choice]) -> String {
    let words: Vec<String> = choices.iter().map(|c| format!("{} ({})", c.mn[0], c.code)).collect();
    words.join(", ")
}

pub fn yes_or_no(cell: &Cell) -> Result<bool, Problem> {
    let refused = || Problem::NotA { expected: "тийм or үгүй (yes or no)".into() };
    match cell {
        Cell::Bool(value) => Ok(*value),
        Cell::Number(number) if number.to_bits() == 1.0_f64.to_bits() => Ok(true),
        Cell::Number(number) if number.abs().to_bits() == 0 => Ok(false),
        Cell::Text(text) => {
            let word = text.to_lowercase();
            if YES.contains(&word.as_str()) {
                Ok(true)
            } else if NO.contains(&word.as_str()) {
                Ok(false)
            } else {
                Err(refused())
            }
        }
        _ => Err(refused()),
    }
}

/// Calls a macro with every type whose values are words of a fixed list, which cells hold as words in
/// both directions.
macro_rules! word_types {
    ($with:ident) => {
        $with!(
            $crate::model::Decision,
            $crate::model::LearningRoute,
            $crate::model::Maturity,
            $crate::model::Mode,
            $crate::model::NeedStatus,
            $crate::model::OfferStatus,
            $crate::model::PracticeStatus,
            $crate::model::Replicability,
            $crate::model::Stage,
            $crate::model::TrainingForm,
            $crate::model::VisitStatus,
            $crate::model::VoteDecision,
            $crate::model::WorkshopScope,
        );
    };
}
pub(in crate::import) use word_types;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const LISTS: [&[Choice]; 13] = [
        MODE,
        FORM,
        PRACTICE_STATUS,
        STAGE,
        DECISION,
        VOTE_DECISION,
        SCOPE,
        VISIT_STATUS,
        REPLICABILITY,
        MATURITY,
        ROUTE,
        NEED_STATUS,
        OFFER_STATUS,
    ];

    #[test]
    fn every_word_of_every_list_means_one_code() {
        for choices in LISTS {
            let mut seen = BTreeMap::new();
            for choice in choices {
                for word in choice.mn.iter().chain(choice.en).chain([&choice.code]) {
                    assert!(!key(word).is_empty(), "{word}");
                    let other = seen.insert(key(word), choice.code);
                    assert!(
                        other.is_none_or(|other| other == choice.code),
                        "{word}: {other:?} {}",
                        choice.code
                    );
                    assert_eq!(read(&Cell::Text((*word).into()), choices), Ok(choice.code), "{word}");
                }
            }
        }
    }

    #[test]
    fn words_are_read_in_any_case_and_a_wrong_one_is_told_what_is_allowed() {
        assert_eq!(read(&Cell::Text("ТАНХИМ".into()), MODE), Ok("face_to_face"));
        assert_eq!(read(&Cell::Text("Face-to-face".into()), MODE), Ok("face_to_face"));
        let problem = read(&Cell::Text("утсаар".into()), MODE).expect_err("no mode");
        assert_eq!(
            problem.to_string(),
            "is none of: танхим (face_to_face), цахим (virtual), хосолсон (hybrid)"
        );
        assert!(read(&Cell::Text("…".into()), MODE).is_err());
        assert!(read(&Cell::Number(1.0), MODE).is_err());
    }

    #[test]
    fn yes_and_no_are_known_in_words_numbers_and_ticks() {
        for word in ["тийм", "Тийм", "ТИЙМ", "yes", "Y", "TRUE", "1", "x", "X", "х", "✓"] {
            assert_eq!(yes_or_no(&Cell::Text(word.into())), Ok(true), "{word}");
        }
        for word in ["үгүй", "Үгүй", "no", "N", "false", "0", "-"] {
            assert_eq!(yes_or_no(&Cell::Text(word.into())), Ok(false), "{word}");
        }
        assert_eq!(yes_or_no(&Cell::Bool(true)), Ok(true));
        assert_eq!(yes_or_no(&Cell::Number(0.0)), Ok(false));
        for cell in [Cell::Text("магадгүй".into()), Cell::Number(2.0), Cell::Empty] {
            assert!(yes_or_no(&cell).is_err(), "{cell}");
        }
    }
}
