//! Suggestions in words, in both languages: one sentence each, and each part with what it was made from.
//!
//! Owns: these words. Plain and careful: an estimate is called one, and what is unknown is said to be.

use super::rank::Suggestion;
use super::score::{self, Cost, Input, MIDDLE, Part};
use super::travel::{Way, WaySource};
use super::whynot::WhyNot;
use crate::model::written::{accusative, count, day};
use crate::model::{Lang, Maturity, Mode, Replicability};

/// From this part of the larger population on, the smaller one is like it.
const LIKE_SIZE: f64 = 0.75;

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
        "Оноо нь зургаан хэсгийн нийлбэр; хэсэг бүр нь жинг 0-ээс 1 хүртэлх утгаар үржүүлсэн тоо. Тодорхойгүй \
         зүйлийг дунджаар тооцно. Зорчих хугацаа: тамгын газар хоорондын шулуун зай × тойруу ÷ хурд, өвөл \
         (11–3 сар) нэмэгдэл коэффициенттэй; оруулсан хугацаа байвал түүнийг авна.",
        "The score is the sum of six parts, each a weight times a value from 0 to 1. What is unknown counts as \
         the middle. Travel time: straight distance between offices × detour ÷ speed, times a factor in winter \
         (November to March); a time that was loaded wins.",
    )
}

/// One sentence: who shows what, how far it is or that nobody travels, and what speaks for it most.
///
/// - `host`: district and khoroo in the language. `title`: of the practice.
pub fn sentence(suggestion: &Suggestion, host: &str, title: &str, lang: Lang) -> String {
    let mut way = match suggestion.mode {
        Mode::Virtual => pick(lang, "цахимаар", "online").to_owned(),
        Mode::FaceToFace | Mode::Hybrid => way(&suggestion.way, lang),
    };
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
    let minutes = count(minutes.round() as i64, lang);
    match (lang, way.source) {
        (Lang::Mn, WaySource::Estimate) => format!("нэг талдаа ойролцоогоор {minutes} минут"),
        (Lang::En, WaySource::Estimate) => format!("about {minutes} minutes one way"),
        (Lang::Mn, _) => format!("нэг талдаа {minutes} минут"),
        (Lang::En, _) => format!("{minutes} minutes one way"),
    }
}

/// What speaks for it most besides the way: of the parts with a good value and something known to say for it, the one
/// with the highest.
pub fn strongest(suggestion: &Suggestion, lang: Lang) -> Option<&'static str> {
    let good = suggestion.parts.iter().filter(|part| part.value > MIDDLE);
    let merits = good.filter_map(|part| Some((part.value, merit(&part.input, lang)?)));
    // The first of equals.
    let best = merits.reduce(|best, merit| if merit.0 > best.0 { merit } else { best });
    best.map(|(_, words)| words)
}

/// What is known that speaks for a suggestion; what counts as the middle says nothing.
fn merit(input: &Input, lang: Lang) -> Option<&'static str> {
    let (mn, en) = match input {
        Input::Need { urgency, .. } => {
            urgency.and(Some(("бүртгэгдсэн хэрэгцээнд нийцнэ", "it answers a need on record")))
        }
        Input::Proximity { .. } => None,
        Input::Quality { rated, is_awarded, maturity, is_copied } => {
            // Ratings of copies, and then an award, say more than what its own khoroo says of it.
            let is_rated_well = rated.and_then(|rated| rated.mean).map(|mean| mean > MIDDLE);
            let is_shown = matches!(maturity, Some(Maturity::Demonstrated | Maturity::Replicated));
            match (is_rated_well, maturity) {
                (Some(true), _) if is_shown => Some(("чанар нь нотлогдсон", "it has proved itself")),
                (Some(true), _) => Some(("нутагшуулсныг нь сайн үнэлсэн", "its copies are rated well")),
                (None, Some(Maturity::Replicated)) if !is_awarded && *is_copied => {
                    Some(("бусад газар нутагшсан", "it is replicated elsewhere"))
                }
                (None, Some(Maturity::Demonstrated)) if !is_awarded => {
                    Some(("үр дүн нь харагдсан", "its results have been seen"))
                }
                _ => is_awarded.then_some(("шагнагдсан", "it was awarded")),
            }
        }
        Input::Setting { own, host, own_population, host_population } => {
            let is_same = own.as_ref().zip(host.as_ref()).is_some_and(|(own, host)| own == host);
            let sizes = own_population.zip(*host_population);
            let is_of_size = sizes.is_some_and(|(a, b)| a.min(b) as f64 >= LIKE_SIZE * a.max(b) as f64);
            match (is_same, is_of_size) {
                (true, true) => Some(("нөхцөл нь төстэй", "the khoroos are alike")),
                (true, false) => Some(("нөхцөл нь ижил", "the setting is the same")),
                (false, true) => Some(("хүн амын тоо нь ойролцоо", "the khoroos are of like size")),
                (false, false) => None,
            }
        }
        Input::Ease { cost, replicability } => {
            let is_cheap = cost.first_year().is_some_and(|cost| score::cheap(cost) > MIDDLE);
            match (is_cheap, replicability) {
                (true, Some(Replicability::Easy)) => {
                    Some(("хямд, нутагшуулахад хялбар", "it costs little and is easy to replicate"))
                }
                (true, _) => Some(("хямд", "it costs little")),
                (false, Some(Replicability::Easy)) => {
                    Some(("нутагшуулахад хялбар", "it is easy to replicate"))
                }
                (false, _) => None,
            }
        }
        Input::Capacity { used_of } => {
            used_of.and(Some(("зочин хүлээн авах боломжтой", "the host has visits free")))
        }
    }?;
    Some(pick(lang, mn, en))
}

/// What a part of a suggestion was made from.
pub fn reason(part: &Part, suggestion: &Suggestion, lang: Lang) -> String {
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
        Input::Proximity { minutes: None } if suggestion.mode == Mode::Virtual => unknown(
            "цахим айлчлал, хэн ч замд гарахгүй; хүлээн авагч хэр хол нь тодорхойгүй",
            "online, so nobody travels; how far the host is is not known",
        ),
        Input::Proximity { minutes: None } => unknown("зорчих хугацаа тодорхойгүй", "travel time unknown"),
        Input::Proximity { .. } => {
            let way = way(&suggestion.way, lang);
            match (suggestion.mode, lang) {
                (Mode::Virtual, Lang::Mn) => {
                    format!(
                        "цахим айлчлал, хэн ч замд гарахгүй; хүлээн авагч хэр хол байгаагаар тооцсон: {way}"
                    )
                }
                (Mode::Virtual, Lang::En) => {
                    format!("online, so nobody travels; counted by how far the host is: {way}")
                }
                (Mode::FaceToFace | Mode::Hybrid, _) => way,
            }
        }
        Input::Quality { rated, is_awarded, maturity, .. } => {
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
                (Some((a, b)), Lang::Mn) => format!("хүн ам {} ба {}", count(a, lang), count(b, lang)),
                (Some((a, b)), Lang::En) => format!("{} and {} residents", count(a, lang), count(b, lang)),
            };
            format!("{same}, {residents}")
        }
        Input::Ease { cost, replicability } => {
            let cost = self::cost(*cost, lang);
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

/// Of the first year; where a part is unknown, what is known of it.
fn cost(cost: Cost, lang: Lang) -> String {
    match (cost.setup, cost.year, lang) {
        (None, None, _) => pick(lang, "зардал тодорхойгүй", "cost unknown").into(),
        (Some(setup), None, Lang::Mn) => {
            format!(
                "эхний жилийн зардал тодорхойгүй: 2 хэсгийн 1 нь мэдэгдэхгүй, бий болгоход {} ₮",
                count(setup, lang)
            )
        }
        (Some(setup), None, Lang::En) => {
            format!(
                "cost of the first year unknown: 1 of 2 parts is not known, setting up costs {} ₮",
                count(setup, lang)
            )
        }
        (None, Some(year), Lang::Mn) => {
            format!(
                "эхний жилийн зардал тодорхойгүй: 2 хэсгийн 1 нь мэдэгдэхгүй, жилд {} ₮",
                count(year, lang)
            )
        }
        (None, Some(year), Lang::En) => {
            format!(
                "cost of the first year unknown: 1 of 2 parts is not known, a year costs {} ₮",
                count(year, lang)
            )
        }
        (Some(setup), Some(year), Lang::Mn) => {
            format!("эхний жилд {} ₮", count(setup.saturating_add(year), lang))
        }
        (Some(setup), Some(year), Lang::En) => {
            format!("{} ₮ in the first year", count(setup.saturating_add(year), lang))
        }
    }
}

/// Why a practice is not suggested.
pub fn why_not(reason: &WhyNot, lang: Lang) -> String {
    let fixed = |mn: &str, en: &str| pick(lang, mn, en).to_owned();
    match (reason, lang) {
        (WhyNot::NotYet, _) => {
            fixed("тэр өдөр хараахан тодорхойлогдоогүй", "it was not identified yet on that day")
        }
        (WhyNot::Own, _) => fixed("хорооны өөрийн туршлага", "the khoroo's own practice"),
        (WhyNot::SameLineage, _) => {
            fixed("нэг хорооноос салсан хороо", "the host was cut from the same khoroo")
        }
        (WhyNot::Archived, _) => fixed("архивлагдсан", "it was withdrawn"),
        (WhyNot::NoOpenOffer, _) => {
            fixed("одоогоор нээлттэй санал алга", "nobody offers to show it at present")
        }
        (WhyNot::Copied { on }, Lang::Mn) => format!("{}-нд нутагшуулахаар шийдсэн", day(*on, lang)),
        (WhyNot::Copied { on }, Lang::En) => {
            format!("the khoroo decided on {} to replicate it", day(*on, lang))
        }
        (WhyNot::Mode, _) => fixed("ийм хэлбэрээр санал болгоогүй", "it is not offered in this mode"),
        (WhyNot::TooFar { minutes }, Lang::Mn) => {
            format!("зөвхөн газар дээр нь үзүүлдэг, зам {} минут", minutes.round())
        }
        (WhyNot::TooFar { minutes }, Lang::En) => {
            format!("it is shown on site only, {} minutes away", minutes.round())
        }
        (WhyNot::Visited { on }, Lang::Mn) => {
            format!("{}-нд үзэх айлчлал бүртгэгдсэн", day(*on, lang))
        }
        (WhyNot::Visited { on }, Lang::En) => {
            format!("a visit to see it is on record for {}", day(*on, lang))
        }
        (WhyNot::HostFull { used, capacity }, Lang::Mn) => {
            format!("хүлээн авагч улиралд авах {capacity} айлчлалаас {} товлосон", accusative(*used))
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

#[cfg(test)]
mod tests;
