//! What was found, one plain sentence each with how sure it is, in both languages.
//!
//! Owns: these words. A finding that chance may well have made is said to be no sign of anything, and what so few rounds
//! could not have found is said too.

use super::city::{LEVEL, Question, Study};
use super::distance::Share;
use super::many::found_from;
use super::moran::MoranError;
use super::rates::Unlike;
use crate::model::Lang;
use crate::snapshot::Measure;

/// A sentence and what it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Id of a definition without `spread_`.
    pub of: &'static str,
    pub mn: String,
    pub en: String,
}

/// All that can be said, in a fixed order.
pub fn sentences(study: &Study, question: &Question) -> Vec<Sentence> {
    let of = |of, say: &dyn Fn(Lang) -> Option<String>| {
        Some(Sentence { of, mn: say(Lang::Mn)?, en: say(Lang::En)? })
    };
    [
        of("moran", &|lang| Some(moran(study, lang))),
        of("local", &|lang| local(study, lang)),
        of("join_counts", &|lang| joins(study, question.is_rate, lang)),
        of("rates", &|lang| rates(study, question, lang)),
        of("distance", &|lang| distance(study, lang)),
        of("across_districts", &|lang| across(study, lang)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Of a figure that was not counted.
pub fn not_counted() -> Sentence {
    Sentence {
        of: "moran",
        mn: "Энэ мөчлөгт үзүүлэлтийг тоолоогүй тул утга нь тодорхойгүй, тэг биш.".into(),
        en: "The figure was not counted in this cycle, so it is unknown, not 0.".into(),
    }
}

fn moran(study: &Study, lang: Lang) -> String {
    let found = match &study.global {
        Ok(found) => found,
        Err(why) => return no_moran(why, lang).into(),
    };
    let figures = match lang {
        Lang::Mn => format!(
            "Морангийн I {}, санамсаргүй үед {}, хоёр талт p = {:.3} ({} санамсаргүй дараалал)",
            thousandths(found.i),
            thousandths(found.expected),
            found.p,
            found.permutations
        ),
        Lang::En => format!(
            "Moran's I {}, by chance {}, two-sided p = {:.3} ({} random orders)",
            thousandths(found.i),
            thousandths(found.expected),
            found.p,
            found.permutations
        ),
    };
    let finding = match (found.p <= LEVEL, found.i > found.expected, lang) {
        (false, _, Lang::Mn) => "Хөрш хороод бие биетэйгээ төстэй гэх баталгаа алга",
        (false, _, Lang::En) => "There is no sign that neighbours are alike or unlike",
        (true, true, Lang::Mn) => "Хөрш хороод санамсаргүй байхаас илүү төстэй",
        (true, true, Lang::En) => "Neighbours are more alike than chance would have them",
        (true, false, Lang::Mn) => "Хөрш хороод санамсаргүй байхаас илүү ялгаатай",
        (true, false, Lang::En) => "Neighbours are less alike than chance would have them",
    };
    format!("{finding}: {figures}.")
}

const fn no_moran(why: &MoranError, lang: Lang) -> &'static str {
    match (why, lang) {
        (MoranError::AllAlike, Lang::Mn) => "Бүх хорооны утга ижил тул төстэй байдлыг шалгах боломжгүй.",
        (MoranError::AllAlike, Lang::En) => "All khoroos have the same value, so likeness cannot be tested.",
        (MoranError::NoNeighbours, Lang::Mn) => "Хөрштэй хороо алга тул төстэй байдлыг шалгах боломжгүй.",
        (MoranError::NoNeighbours, Lang::En) => "No khoroo has a neighbour, so likeness cannot be tested.",
        (_, Lang::Mn) => "Хороод хэт цөөн тул төстэй байдлыг шалгах боломжгүй.",
        (_, Lang::En) => "There are too few khoroos to test likeness.",
    }
}

fn local(study: &Study, lang: Lang) -> Option<String> {
    let tested = study.local.iter().filter(|(local, _)| local.p.is_some()).count();
    if tested == 0 {
        return None;
    }
    let plain = study.local.iter().filter(|(local, _)| local.p.is_some_and(|p| p <= LEVEL)).count();
    let sure = study.local.iter().filter(|(_, q)| q.is_some_and(|q| q <= LEVEL)).count();
    let (rounds, least) = (study.permutations, found_from(tested, study.permutations, LEVEL));
    let finding = match (sure, lang) {
        (0, Lang::Mn) => format!(
            "Шалгасан {tested} хорооны аль нь ч олон шалгалтын засварын дараа хөршүүдтэйгээ санамсаргүй биш холбоотой \
             гэх баталгаагүй; засваргүй бол {plain}."
        ),
        (0, Lang::En) => format!(
            "Of {tested} khoroos tested, none goes with its neighbours in a way that chance does not explain, after \
             correction for many tests; without it {plain}."
        ),
        (_, Lang::Mn) => format!(
            "Шалгасан {tested} хорооноос {sure} нь олон шалгалтын засварын дараа ч хөршүүдтэйгээ санамсаргүй биш \
             холбоотой (ийм дүгнэлтийн 20 тутмын нэг нь санамсаргүй байж болно); засваргүй бол {plain}."
        ),
        (_, Lang::En) => format!(
            "Of {tested} khoroos tested, {sure} {} in a way that chance does not explain, after correction for many \
             tests (about one in twenty such findings may still be chance); without it {plain}.",
            if sure == 1 { "goes with its neighbours" } else { "go with their neighbours" }
        ),
    };
    Some(match (least, lang) {
        (..=1, _) => finding,
        (_, Lang::Mn) => format!(
            "{finding} Санамсаргүй дараалал {rounds} учир зэрэг илэрсэн хороо дор хаяж {least} байж л баталгаатай болно."
        ),
        (_, Lang::En) => {
            format!("{finding} With {rounds} random orders fewer than {least} could not have been found.")
        }
    })
}

fn joins(study: &Study, is_rate: bool, lang: Lang) -> Option<String> {
    let found = study.joins.as_ref()?;
    let (both, expected, p, rounds) = (found.both, found.both_expected, found.both_p, found.permutations);
    Some(match (lang, is_rate) {
        (Lang::Mn, false) => format!(
            "Хоёр тал нь хоёулаа бүртгэлтэй хил {both}, санамсаргүй үед дунджаар {expected:.1} (ийм буюу түүнээс \
             олон байх p = {p:.3}, {rounds} санамсаргүй дараалал)."
        ),
        (Lang::Mn, true) => format!(
            "Хоёр тал нь хоёулаа хотын дунджаас өндөр хил {both}, санамсаргүй үед дунджаар {expected:.1} \
             (ийм буюу түүнээс олон байх p = {p:.3}, {rounds} санамсаргүй дараалал)."
        ),
        (Lang::En, false) => format!(
            "Pairs of neighbours that both have one: {both}, by chance {expected:.1} on average (p = {p:.3} of so \
             many or more, {rounds} random orders)."
        ),
        (Lang::En, true) => format!(
            "Pairs of neighbours both above the city's rate: {both}, by chance {expected:.1} on average \
             (p = {p:.3} of so many or more, {rounds} random orders)."
        ),
    })
}

/// Without a sign that they differ, rates of khoroos are not told; nor of what comes together, as estimates take each
/// event for one by itself.
fn rates(study: &Study, question: &Question, lang: Lang) -> Option<String> {
    let rates = study.rates.as_ref()?;
    let (city, Unlike { p, rounds, .. }) = (rates.city, rates.unlike);
    let comes_together = question.measure == Measure::ReplicationsHosted;
    let drawn = match (comes_together, lang) {
        (false, Lang::Mn) => format!("{rounds} санамсаргүй давталт"),
        (false, Lang::En) => format!("{rounds} random rounds"),
        (true, Lang::Mn) => format!("{rounds} санамсаргүй давталт, нэг туршлагын нутагшуулалт хамтдаа"),
        (true, Lang::En) => format!("{rounds} random rounds, copies of one practice together"),
    };
    let finding = match (p <= LEVEL, lang) {
        (true, Lang::Mn) => "хороодын түвшин санамсаргүй хэлбэлзлээс илүү ялгаатай",
        (true, Lang::En) => "rates of khoroos differ more than chance would have them",
        (false, Lang::Mn) => "хороодын түвшин санамсаргүй хэлбэлзлээс илүү ялгаатай гэх баталгаа алга",
        (false, Lang::En) => "there is no sign that rates of khoroos differ more than chance would have them",
    };
    let found = match lang {
        Lang::Mn => {
            format!("10\u{a0}000 оршин суугчид хотын хэмжээнд {city:.2}; {finding} (p = {p:.3}, {drawn}).")
        }
        Lang::En => format!("The city has {city:.2} per 10,000 residents; {finding} (p = {p:.3}, {drawn})."),
    };
    if p > LEVEL || comes_together {
        return Some(found);
    }
    let low = rates.shrunk.iter().copied().fold(f64::INFINITY, f64::min);
    let high = rates.shrunk.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Some(match lang {
        Lang::Mn => format!(
            "{found} Цөөн хүн амын санамсаргүй хэлбэлзлийг тооцсон үнэлгээгээр хороодынх {low:.2}–{high:.2}."
        ),
        Lang::En => format!(
            "{found} Estimates that allow for the chance in rates of few residents are {low:.2} to {high:.2}."
        ),
    })
}

fn distance(study: &Study, lang: Lang) -> Option<String> {
    let copies = study.copies.as_ref().ok()?;
    let band = copies.bands.first()?;
    let km = band.to_km?;
    let (told, chance) = (of_copies(&band.share, copies.n, lang), by_chance(&band.share, lang));
    Some(match lang {
        Lang::Mn => format!("{told} эх хорооноосоо {km} км-ээс ойр газарт хийгдсэн; {chance}."),
        Lang::En => format!("{told} made less than {km} km from their host; {chance}."),
    })
}

fn across(study: &Study, lang: Lang) -> Option<String> {
    let copies = study.copies.as_ref().ok()?;
    let across = copies.across.as_ref()?;
    let (told, chance) = (of_copies(across, copies.n, lang), by_chance(across, lang));
    Some(match lang {
        Lang::Mn => format!("{told} өөр дүүрэгт хийгдсэн; {chance}."),
        Lang::En => format!("{told} made in another district; {chance}."),
    })
}

fn of_copies(share: &Share, n_copies: usize, lang: Lang) -> String {
    let (n, percent) = (share.n, percent(share.share));
    match lang {
        Lang::Mn => format!("{n_copies} нутагшуулалтаас {n} нь ({percent} %)"),
        Lang::En => format!(
            "{n} of {n_copies} {} ({percent} %) {}",
            if n_copies == 1 { "copy" } else { "copies" },
            if n == 1 { "was" } else { "were" }
        ),
    }
}

fn by_chance(share: &Share, lang: Lang) -> String {
    let (expected, low, high) =
        (percent(share.expected), percent(share.expected_low), percent(share.expected_high));
    match lang {
        Lang::Mn => format!("санамсаргүй бол {expected} % (20 тохиолдлын 19-д {low}–{high} %) байх байв"),
        Lang::En => format!("chance would have {expected} % ({low}–{high} % in 19 of 20 rounds)"),
    }
}

/// With a minus that is as wide as a digit.
fn thousandths(value: f64) -> String {
    format!("{value:.3}").replace('-', "−")
}

fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}
