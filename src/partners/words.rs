//! Suggestions in words, in both languages: one sentence each, and each part with what it was made from.
//!
//! Owns: these words. Plain and careful: an estimate is called one, and what is unknown is said to be.

use super::rank::Suggestion;
use super::score::{Input, Part, PartKind};
use super::travel::{Way, WaySource};
use super::whynot::WhyNot;
use crate::model::{Lang, Maturity, Replicability};

const fn pick<'a>(lang: Lang, mn: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Mn => mn,
        Lang::En => en,
    }
}

/// How the score comes about, for people.
pub const fn method(lang: Lang) -> &'static str {
    pick(
        lang,
        "Оноо нь зургаан хэсгийн нийлбэр; хэсэг бүр нь жинг 0-оос 1 хүртэлх утгаар үржүүлсэн тоо. Тодорхойгүй \
         зүйлийг дунджаар тооцно. Зорчих хугацаа: тамгын газар хоорондын шулуун зай × тойруу ÷ хурд, өвөл \
         (11–3 сар) нэмэгдэл коэффициенттэй; оруулсан хугацаа байвал түүнийг авна.",
        "The score is the sum of six parts, each a weight times a value from 0 to 1. What is unknown counts as \
         the middle. Travel time: straight distance between offices × detour ÷ speed, times a factor in winter \
         (November to March); a time that was loaded wins.",
    )
}

/// One sentence: who shows what, how far it is, and what speaks for it most.
///
/// - `host`: district and khoroo in the language. `title`: of the practice.
pub fn sentence(suggestion: &Suggestion, host: &str, title: &str, lang: Lang) -> String {
    let mut way = way(&suggestion.way, lang);
    if let Some(most) = strongest(suggestion, lang) {
        way = format!("{way}; {most}");
    }
    match lang {
        Lang::Mn => format!("{host} «{title}» туршлагаа танилцуулах боломжтой: {way}."),
        Lang::En => format!("{host} can show “{title}”: {way}."),
    }
}

fn way(way: &Way, lang: Lang) -> String {
    let Some(minutes) = way.minutes else {
        return pick(lang, "зорчих хугацаа тодорхойгүй", "travel time unknown").into();
    };
    let minutes = number(minutes.round() as i64);
    match (lang, way.source) {
        (Lang::Mn, WaySource::Estimate) => format!("нэг талдаа ойролцоогоор {minutes} минут"),
        (Lang::En, WaySource::Estimate) => format!("about {minutes} minutes one way"),
        (Lang::Mn, _) => format!("нэг талдаа {minutes} минут"),
        (Lang::En, _) => format!("{minutes} minutes one way"),
    }
}

/// What speaks for it most: the known part with the highest value besides the way, if it is a good one.
pub fn strongest(suggestion: &Suggestion, lang: Lang) -> Option<&'static str> {
    let parts = suggestion.parts.iter().filter(|part| part.is_known && part.kind != PartKind::Proximity);
    // The first of equals.
    let best = parts.reduce(|best, part| if part.value > best.value { part } else { best })?;
    let words = match best.kind {
        PartKind::Need => pick(lang, "бүртгэгдсэн хэрэгцээнд нийцнэ", "it answers a need on record"),
        PartKind::Proximity => return None,
        PartKind::Quality => pick(lang, "чанар нь нотлогдсон", "it has proved itself"),
        PartKind::Setting => pick(lang, "нөхцөл нь төстэй", "the khoroos are alike"),
        PartKind::Ease => {
            pick(lang, "хямд, нутагшуулахад хялбар", "it costs little and is easy to replicate")
        }
        PartKind::Capacity => pick(lang, "зочин хүлээн авах боломжтой", "the host has visits free"),
    };
    (best.value > 0.5).then_some(words)
}

/// What a part was made from.
pub fn reason(part: &Part, way: &Way, lang: Lang) -> String {
    let unknown = |mn: &str, en: &str| match lang {
        Lang::Mn => format!("{mn}: дунджаар тооцсон"),
        Lang::En => format!("{en}: counted as the middle"),
    };
    match &part.input {
        Input::Need { urgency: Some(urgency), .. } => match lang {
            Lang::Mn => format!("хэрэгцээ бүртгэгдсэн, яаралтай байдал {urgency}/3"),
            Lang::En => format!("a need on record, urgency {urgency} of 3"),
        },
        Input::Need { urgency: None, .. } => unknown("яаралтай байдал тодорхойгүй", "urgency unknown"),
        Input::Proximity { minutes: None } => unknown("зорчих хугацаа тодорхойгүй", "travel time unknown"),
        Input::Proximity { .. } => self::way(way, lang),
        Input::Quality { rated, is_awarded, maturity } => {
            let ratings = match rated {
                None => pick(lang, "үнэлгээ нийтэд нээлттэй биш", "ratings are not public").into(),
                Some(rated) => match (rated.mean, lang) {
                    (None, Lang::Mn) => "үнэлгээ хараахан байхгүй".into(),
                    (None, Lang::En) => "not rated yet".into(),
                    (Some(mean), Lang::Mn) => format!("{} нутагшуулалтын дундаж үнэлгээ {mean:.2}", rated.n),
                    (Some(mean), Lang::En) => {
                        format!("mean rating of its copies {mean:.2} (n = {})", rated.n)
                    }
                },
            };
            let award = is_awarded.then(|| pick(lang, "шагнагдсан", "awarded"));
            let maturity = match maturity {
                None => pick(lang, "хэр нотлогдсон нь тодорхойгүй", "maturity unknown"),
                Some(Maturity::Promising) => pick(lang, "ирээдүйтэй", "promising"),
                Some(Maturity::Demonstrated) => pick(lang, "үр дүн нь харагдсан", "demonstrated"),
                Some(Maturity::Replicated) => pick(lang, "бусад газар нутагшсан", "replicated elsewhere"),
            };
            [Some(ratings), award.map(str::to_owned), Some(maturity.to_owned())]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", ")
        }
        Input::Setting { own, host, own_population, host_population } => {
            let same = match own.as_ref().zip(host.as_ref()) {
                None => pick(lang, "нөхцөл тодорхойгүй", "setting unknown"),
                Some((own, host)) if own == host => pick(lang, "нөхцөл ижил", "the same setting"),
                Some(_) => pick(lang, "нөхцөл өөр", "another setting"),
            };
            let residents = match (own_population.zip(*host_population), lang) {
                (None, Lang::Mn) => "хүн ам тодорхойгүй".into(),
                (None, Lang::En) => "residents unknown".into(),
                (Some((a, b)), Lang::Mn) => format!("хүн ам {} ба {}", number(a), number(b)),
                (Some((a, b)), Lang::En) => format!("{} and {} residents", number(a), number(b)),
            };
            format!("{same}, {residents}")
        }
        Input::Ease { cost, replicability } => {
            let cost = match (cost, lang) {
                (None, _) => pick(lang, "зардал тодорхойгүй", "cost unknown").into(),
                (Some(cost), Lang::Mn) => format!("эхний жилд {} ₮", number(*cost)),
                (Some(cost), Lang::En) => format!("{} ₮ in the first year", number(*cost)),
            };
            let easy = match replicability {
                None => pick(lang, "нутагшуулахад хэр хялбар нь тодорхойгүй", "effort to replicate unknown"),
                Some(Replicability::Easy) => pick(lang, "нутагшуулахад хялбар", "easy to replicate"),
                Some(Replicability::Medium) => {
                    pick(lang, "нутагшуулахад дунд зэрэг", "moderately easy to replicate")
                }
                Some(Replicability::Hard) => pick(lang, "нутагшуулахад хэцүү", "hard to replicate"),
            };
            format!("{cost}, {easy}")
        }
        Input::Capacity { used_of: None } => {
            unknown("хүлээн авах багтаамж нийтэд нээлттэй биш", "the host's free visits are not public")
        }
        Input::Capacity { used_of: Some((used, of)) } => match lang {
            Lang::Mn => format!("улиралд авах {of} айлчлалаас {used} нь товлогдсон"),
            Lang::En => format!("{used} of the {of} visits of the quarter are taken"),
        },
    }
}

/// Why a practice is not suggested.
pub fn why_not(reason: &WhyNot, lang: Lang) -> String {
    let fixed = |mn: &str, en: &str| pick(lang, mn, en).to_owned();
    match (reason, lang) {
        (WhyNot::Own, _) => fixed("хорооны өөрийн туршлага", "the khoroo's own practice"),
        (WhyNot::SameLineage, _) => {
            fixed("нэг хорооноос салсан хороо", "the host was cut from the same khoroo")
        }
        (WhyNot::Archived, _) => fixed("архивлагдсан", "it was withdrawn"),
        (WhyNot::NoOpenOffer, _) => {
            fixed("одоогоор нээлттэй санал алга", "nobody offers to show it at present")
        }
        (WhyNot::Copied { on }, Lang::Mn) => format!("нутагшуулахаар {on}-нд шийдсэн"),
        (WhyNot::Copied { on }, Lang::En) => format!("the khoroo decided on {on} to replicate it"),
        (WhyNot::Mode, _) => fixed("ийм хэлбэрээр санал болгоогүй", "it is not offered in this mode"),
        (WhyNot::TooFar { minutes }, Lang::Mn) => {
            format!("зөвхөн газар дээр нь үзүүлдэг, зам {} минут", minutes.round())
        }
        (WhyNot::TooFar { minutes }, Lang::En) => {
            format!("it is shown on site only, {} minutes away", minutes.round())
        }
        (WhyNot::Visited { on }, Lang::Mn) => format!("{on}-нд очиж үзсэн"),
        (WhyNot::Visited { on }, Lang::En) => format!("the khoroo was shown it on {on}"),
        (WhyNot::HostFull { used, capacity }, Lang::Mn) => {
            format!("хүлээн авагч улиралд авах {capacity} айлчлалаас {used}-г товлосон")
        }
        (WhyNot::HostFull { used, capacity }, Lang::En) => {
            format!("the host has {used} visits in the quarter and takes {capacity}")
        }
        (WhyNot::GroupTooLarge { largest }, Lang::Mn) => {
            format!("хүлээн авагч нэг удаад {largest} хүн авдаг")
        }
        (WhyNot::GroupTooLarge { largest }, Lang::En) => format!("the host takes {largest} people at a time"),
        (WhyNot::Ranked { rank, .. }, Lang::Mn) => format!("оноогоор {rank}-р байранд"),
        (WhyNot::Ranked { rank, .. }, Lang::En) => format!("number {rank} by score"),
    }
}

/// Digits in threes, parted by spaces that do not break.
fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::from(if value < 0 { "−" } else { "" });
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_parted_in_threes() {
        for (value, expected) in [(0, "0"), (999, "999"), (1_000, "1 000"), (-12_345_678, "−12 345 678")] {
            assert_eq!(number(value).replace('\u{a0}', " "), expected);
        }
    }
}
