//! Plans and ways in words, in both languages.
//!
//! Owns: these words. Plain and careful: a plan is a proposal, an estimate is called one.

use jiff::civil::Date;

use super::day::{Itinerary, Why};
use super::month::WhyUnserved;
use super::plan::{Comparison, PlanError};
use crate::model::Lang;

const fn pick<'a>(lang: Lang, mn: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Mn => mn,
        Lang::En => en,
    }
}

/// The plan and the two made by hand, in one sentence.
pub fn plan(plan: &Comparison, nearest: &Comparison, greedy: &Comparison, lang: Lang) -> String {
    let (served, needs, load) = (plan.needs_served, plan.needs, plan.highest_load);
    let (near, best) = (nearest.needs_served, greedy.needs_served);
    let how = how(plan, lang);
    match lang {
        Lang::Mn => format!(
            "{needs} хэрэгцээнээс {served} нь хариулттай: {how}нэг хүлээн авагчид хамгийн ихдээ {load} айлчлал. \
             Хамгийн ойр хүлээн авагчийг сонговол {near}, хамгийн өндөр оноотойг эхэлж авбал {best} хэрэгцээ хариулт \
             авна."
        ),
        Lang::En => format!(
            "The plan answers {served} of {needs} needs, {how}with at most {load} at one host. Going to the nearest host \
             would answer {near}, taking the best pair first {best}."
        ),
    }
}

/// How many travel, how long, and how many meet online; nothing of a kind that there is not.
fn how(plan: &Comparison, lang: Lang) -> String {
    let (journeys, online) = (plan.journeys, plan.online);
    let way = plan.mean_minutes.map_or_else(String::new, |mean| way(mean, plan, lang));
    let on_site = match lang {
        Lang::Mn => format!("газар дээр нь {journeys}{way}"),
        Lang::En => format!("{journeys} on site{way}"),
    };
    let online_said = match lang {
        Lang::Mn => format!("цахимаар {online}"),
        Lang::En => format!("{online} online"),
    };
    let said: Vec<String> = [(journeys, on_site), (online, online_said)]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(_, said)| said)
        .collect();
    if said.is_empty() { String::new() } else { format!("{}, ", said.join(pick(lang, ", ", " and "))) }
}

/// The mean, and of how many journeys it is where some ways are unknown.
fn way(mean: f64, plan: &Comparison, lang: Lang) -> String {
    let (minutes, known) = (mean.round() as i64, plan.known_ways);
    let is_of_all = known == plan.journeys;
    match lang {
        Lang::Mn if is_of_all => format!(" (нэг талдаа дунджаар ойролцоогоор {minutes} минут)"),
        Lang::Mn => {
            format!(
                " (замын хугацаа нь мэдэгдэж буй {known} айлчлалд нэг талдаа дунджаар ойролцоогоор {minutes} минут)"
            )
        }
        Lang::En => {
            let unit = if minutes == 1 { "minute" } else { "minutes" };
            let of = if is_of_all { String::new() } else { format!(", over the {known} whose way is known") };
            format!(" (about {minutes} {unit} one way on average{of})")
        }
    }
}

/// Why a need has no answer.
pub fn unserved(why: &WhyUnserved, lang: Lang) -> String {
    match (why, lang) {
        (WhyUnserved::NoHost { .. }, _) => pick(
            lang,
            "хэрэгцээнд нь тохирсон, үзүүлэх боломжтой туршлага алга",
            "no practice that it wants can be shown to it",
        )
        .into(),
        (WhyUnserved::NoMoreHosts { .. }, _) => pick(
            lang,
            "үзүүлэх боломжтой туршлага бүр төлөвлөгөөнд орсон",
            "all that can be shown to it is in the plan",
        )
        .into(),
        (WhyUnserved::VisitsUsed, _) => {
            pick(lang, "айлчлалын тоо дээд хязгаартаа хүрсэн", "it makes as many visits as allowed").into()
        }
        (WhyUnserved::PlacesTaken { n_competing: 0, .. }, _) => {
            pick(lang, "хүлээн авагчдад сул багтаамж алга", "no host that could answer it has a place free")
                .into()
        }
        (WhyUnserved::PlacesTaken { n_competing, n_hosts, .. }, Lang::Mn) => format!(
            "хариулж чадах хүлээн авагчдад ({n_hosts}) сул байр алга; эдгээр болон эдгээртэй холбоотой байранд өөр \
             {n_competing} хороо өрсөлдөж байна"
        ),
        (WhyUnserved::PlacesTaken { n_competing, n_hosts, .. }, Lang::En) => format!(
            "no host that could answer it has a place left (hosts: {n_hosts}), and visitors there cannot make way, as \
             wherever else they could go is full too; other visitors that compete for all these places: {n_competing}"
        ),
    }
}

/// What the visits decided by hand change.
pub fn effect(with: &Comparison, without: &Comparison, lang: Lang) -> String {
    let needs = i64::from(with.needs_served) - i64::from(without.needs_served);
    let minutes = with.mean_minutes.zip(without.mean_minutes).map(|(with, without)| with - without);
    let load = i64::from(with.highest_load) - i64::from(without.highest_load);
    let journeys = i64::from(with.journeys) - i64::from(without.journeys);
    let minutes = match (lang, minutes.map(|off| signed(off, 1))) {
        (_, None) => String::new(),
        (Lang::Mn, Some(off)) => format!(" замын дундаж хугацаа {off} мин,"),
        (Lang::En, Some(off)) => format!(" mean minutes {off},"),
    };
    let [needs, journeys, load] = [needs, journeys, load].map(|off| signed(off as f64, 0));
    match lang {
        Lang::Mn => format!(
            "Гараар сонгосны нөлөө: хариулсан хэрэгцээ {needs}, газар дээр нь очих айлчлал {journeys},{minutes} хүлээн \
             авагчийн хамгийн их ачаалал {load}."
        ),
        Lang::En => format!(
            "What deciding by hand changes: needs answered {needs}, journeys {journeys},{minutes} highest load of a host \
             {load}."
        ),
    }
}

/// Why a decided visit cannot be, for the one who decided it.
pub const fn impossible(why: &PlanError) -> &'static str {
    match why {
        PlanError::NeedTwice(_) => "its need is answered by other decided visits already",
        PlanError::TooManyVisits(_) => "it is one more visit than the visitor may make; see `visits`",
        PlanError::NoPlace(_) | PlanError::HostFull(_) => {
            "it is one more visit than the host can take; see `capacity`"
        }
        PlanError::SameOfferTwice(..) => "it is decided twice",
    }
}

/// How a plan comes about once each pair has its score, for people.
pub const fn plan_method(lang: Lang) -> &'static str {
    pick(
        lang,
        "Төлөвлөгөө эхлээд хамгийн олон хэрэгцээнд хариулж, дараа нь айлчлалыг зочлох хороодод хамгийн жигд хувааж, эцэст \
         нь оноонаас хүлээн авагчийн ачааллыг хассан нийлбэрийг хамгийн их болгоно.",
        "The plan first answers as many needs as can be, then spreads visits over visitors as evenly as can be, and then \
         has the highest sum of scores less what load of hosts costs.",
    )
}

/// How the way of a day comes about, for people.
pub const fn method(lang: Lang) -> &'static str {
    pick(
        lang,
        "Зорчих хугацаа: албан байр хоорондын шулуун зай × тойруу ÷ хурд, өвөл (11–3 сар) нэмэгдэл коэффициенттэй, \
         дээш нь бүтэн минут болгосон; оруулсан хугацаа байвал түүнийг авна. Боломжтой бүх дарааллаас хамгийн олон \
         айлчлал багтах, замд хамгийн бага хугацаа орохыг сонгоно.",
        "Travel time: straight distance between offices × detour ÷ speed, times a factor in winter (November to \
         March), rounded up to whole minutes; a time that was loaded wins. Of all possible orders the one with most \
         visits is taken, and of these the one with least time on the way.",
    )
}

/// Why a stop is left out of a day.
pub const fn left_out(why: Why, lang: Lang) -> &'static str {
    match why {
        Why::NotAlone => pick(
            lang,
            "ганцаараа ч багтахгүй: зам хол, эсвэл ажлын цаг хүрэлцэхгүй",
            "not even alone: it is too far, or open too briefly",
        ),
        Why::WayUnknown => pick(lang, "зорчих хугацаа тодорхойгүй", "how long the way takes is not known"),
        Why::NoTime => pick(
            lang,
            "бусадтай хамт амжих цаг хүрэлцэхгүй",
            "together with the others there is no time for it",
        ),
    }
}

/// Why every stop is left out on a weekend or holiday.
pub const fn closed(lang: Lang) -> &'static str {
    pick(lang, "тэр өдөр ажлын өдөр биш", "offices are shut that day")
}

/// A day in one sentence.
///
/// - `n_stops`: that were asked for.
pub fn day(itinerary: &Itinerary, n_stops: usize, is_working: bool, lang: Lang) -> String {
    let (made, minutes) = (itinerary.calls.len(), itinerary.travel_minutes);
    match (lang, is_working, made) {
        (Lang::Mn, false, _) => "Ажлын өдөр биш тул айлчлал төлөвлөөгүй.".into(),
        (Lang::En, false, _) => "Offices are shut that day, so no visit is planned.".into(),
        (Lang::Mn, true, 0) => "Энэ хугацаанд нэг ч айлчлал багтахгүй.".into(),
        (Lang::En, true, 0) => "No visit fits in this time.".into(),
        (Lang::Mn, true, _) => format!(
            "{n_stops} айлчлалаас {made} нь багтсан, замд нийт ойролцоогоор {minutes} минут зарцуулна."
        ),
        (Lang::En, true, _) => {
            format!("{made} of {n_stops} visits fit, with about {minutes} minutes on the way in all.")
        }
    }
}

/// Name of a calendar file.
pub fn calendar_name(date: Date, lang: Lang) -> String {
    match lang {
        Lang::Mn => format!("Туршлага судлах айлчлал, {date}"),
        Lang::En => format!("Learning visits, {date}"),
    }
}

/// Name of a visit in a calendar.
///
/// - `place`: khoroo and district in the language.
pub fn visit(place: &str, lang: Lang) -> String {
    match lang {
        Lang::Mn => format!("Туршлага судлах айлчлал: {place}"),
        Lang::En => format!("Learning visit: {place}"),
    }
}

/// What a calendar says besides: the practice, and the way to it.
pub fn visit_more(title: Option<&str>, travel_minutes: u16, lang: Lang) -> String {
    let way = match lang {
        Lang::Mn => format!("Өмнөх газраас ойролцоогоор {travel_minutes} минут."),
        Lang::En => format!("About {travel_minutes} minutes from the place before."),
    };
    match (title, lang) {
        (None, _) => way,
        (Some(title), Lang::Mn) => format!("Туршлага: «{title}».\n{way}"),
        (Some(title), Lang::En) => format!("Practice: “{title}”.\n{way}"),
    }
}

/// A number with its sign, 0 without.
fn signed(value: f64, digits: usize) -> String {
    let text = format!("{:.digits$}", value.abs());
    if text.chars().all(|char| matches!(char, '0' | '.')) {
        return "0".into();
    }
    format!("{}{text}", if value < 0.0 { '−' } else { '+' })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_an_estimate_over_the_journeys_whose_way_is_known() {
        let said = |journeys, known_ways, mean, lang| {
            let of = Comparison { journeys, known_ways, mean_minutes: Some(mean), ..Comparison::default() };
            plan(&of, &of, &of, lang)
        };
        for (text, part) in [
            (said(4, 4, 12.4, Lang::En), "4 on site (about 12 minutes one way on average), with"),
            (said(4, 4, 1.2, Lang::En), "(about 1 minute one way on average)"),
            (
                said(4, 3, 12.4, Lang::En),
                "(about 12 minutes one way on average, over the 3 whose way is known)",
            ),
            (said(4, 4, 12.4, Lang::Mn), "4 (нэг талдаа дунджаар ойролцоогоор 12 минут), "),
            (said(4, 3, 12.4, Lang::Mn), "(замын хугацаа нь мэдэгдэж буй 3 айлчлалд нэг талдаа "),
        ] {
            assert!(text.contains(part), "{text}");
        }
    }

    #[test]
    fn where_nobody_travels_nothing_is_said_of_minutes() {
        let online = Comparison { needs_served: 2, online: 2, highest_load: 1, ..Comparison::default() };
        let journeys = Comparison { journeys: 1, mean_minutes: Some(9.5), ..online };
        for lang in [Lang::Mn, Lang::En] {
            for (with, without) in [(&online, &online), (&journeys, &online)] {
                let said = effect(with, without, lang);
                assert!(
                    !["unknown", "тодорхойгүй", "minutes", "хугацаа"].iter().any(|word| said.contains(word)),
                    "{said}"
                );
            }
            let said = effect(&Comparison { mean_minutes: Some(11.0), ..journeys }, &journeys, lang);
            assert!(said.contains("+1.5"), "{said}");
        }
    }

    #[test]
    fn differences_have_their_sign_and_nothing_is_just_0() {
        for (value, digits, expected) in
            [(2.34, 1, "+2.3"), (-1.0, 0, "−1"), (0.0, 0, "0"), (-0.04, 1, "0"), (0.05001, 1, "+0.1")]
        {
            assert_eq!(signed(value, digits), expected);
        }
    }
}
