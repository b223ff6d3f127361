//! What is known of the khoroo itself: people, office, neighbours, and where the data are.

use maud::{Markup, html};

use super::Shown;
use crate::model::{KhorooCode, KhorooFact};
use crate::pages::layout::scroll;
use crate::pages::numbers::{AREA_DECIMALS, count, decimal, or_unknown, year};
use crate::pages::words::{Words, fill};
use crate::pages::{names, pick};
use crate::snapshot::sound_facts;

/// Facts of the khoroo, the newest first.
fn sorted<'a>(shown: &'a Shown<'_>) -> Vec<&'a KhorooFact> {
    let facts = sound_facts(&shown.snapshot.records, &shown.snapshot.verdict);
    let mut facts: Vec<_> = facts.filter(|fact| fact.khoroo == shown.id).collect();
    facts.sort_by_key(|fact| std::cmp::Reverse(fact.year));
    facts
}

pub(super) fn facts(shown: &Shown<'_>) -> Markup {
    let Shown { site, snapshot, view, idx, .. } = shown;
    let (lang, words) = (site.lang, site.words());
    let unit = &view.geography.khoroos[*idx];
    let facts = sorted(shown);
    // The newest year that tells each of them.
    let newest = |of: fn(&KhorooFact) -> Option<&String>| facts.iter().find_map(|fact| of(fact));
    let setting = facts.iter().find_map(|fact| fact.setting.as_deref());
    let density = unit.population.zip(unit.area_km2).filter(|(_, area)| *area > 0.0);
    let counted_in = unit.population_year.map(|year| year.to_string());
    html! {
        div {
            h3 { (words.key_facts) }
            dl.facts {
                div { dt { (words.residents) } dd {
                    (or_unknown(unit.population, words, lang))
                    @if let Some(counted_in) = counted_in.filter(|_| unit.population.is_some()) {
                        span.of { (year(&counted_in, lang)) }
                    }
                } }
                div { dt { (words.households) } dd { (or_unknown(unit.households, words, lang)) } }
                @if let Some(area) = unit.area_km2 {
                    div { dt { (words.area) } dd { (decimal(area, AREA_DECIMALS, lang)) "\u{a0}" (words.km2) } }
                }
                @if let Some((people, area)) = density {
                    div { dt { (words.density) } dd {
                        (decimal(people as f64 / area, 0, lang)) "\u{a0}" (words.people_per_km2)
                    } }
                }
                @if let Some(setting) = setting {
                    div { dt { (words.setting) } dd { (names::setting(lang, snapshot, setting)) } }
                }
                @if let Some(address) = newest(|fact| fact.office_address.as_ref()) {
                    div { dt { (words.office) } dd lang=[names::foreign(lang, crate::model::Lang::Mn)] { (address) } }
                }
                @if let Some(phone) = newest(|fact| fact.phone.as_ref()) {
                    div { dt { (words.phone) } dd { (telephone(phone)) } }
                }
                @if let Some(hours) = newest(|fact| fact.opening_hours.as_ref()) {
                    div { dt { (words.opening_hours) } dd { (in_words(words, hours)) } }
                }
                @if let Some(code) = &unit.nso_code { div { dt { (words.nso_code) } dd { (code) } } }
            }
        }
    }
}

/// A number to call, where the text is one.
fn telephone(text: &str) -> Markup {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let is_number = digits.len() >= 6 && text.chars().all(|c| c.is_ascii_digit() || "+-() ".contains(c));
    html! { @if is_number { a href={ "tel:" (digits) } { (text) } } @else { (text) } }
}

/// Opening hours as OpenStreetMap writes them, with the days in words; any other text as it is.
fn in_words(words: &Words, hours: &str) -> String {
    let days = [
        ("Mo", words.monday),
        ("Tu", words.tuesday),
        ("We", words.wednesday),
        ("Th", words.thursday),
        ("Fr", words.friday),
        ("Sa", words.saturday),
        ("Su", words.sunday),
    ];
    let mut out = String::with_capacity(hours.len() * 2);
    for part in hours.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphabetic());
        let day = days.iter().find(|(code, _)| *code == word).map(|(_, day)| *day);
        out.push_str(day.unwrap_or(word));
        out.push_str(&part[word.len()..].replace('-', "–"));
    }
    out
}

pub(super) fn by_year(shown: &Shown<'_>) -> Markup {
    let (lang, words) = (shown.site.lang, shown.site.words());
    let facts = sorted(shown);
    html! {
        @if !facts.is_empty() {
            (scroll(words.facts_by_year, html! {
                table {
                    caption { (words.facts_by_year) }
                    thead { tr {
                        th scope="col" { (words.year) }
                        th.n scope="col" { (words.residents) }
                        th.n scope="col" { (words.households) }
                        th scope="col" { (words.source_of_facts) }
                    } }
                    tbody { @for fact in &facts {
                        tr {
                            th scope="row" { (fact.year) }
                            td.n { (or_unknown(fact.population, words, lang)) }
                            td.n { (or_unknown(fact.households, words, lang)) }
                            td { (names::invented(lang, &fact.source, fact.illustrative)) }
                        }
                    } }
                }
            }))
        }
    }
}

/// Across a border, the longest common one first.
pub(super) fn neighbours(shown: &Shown<'_>) -> Markup {
    let Shown { site, snapshot, view, idx, id, .. } = shown;
    let words = site.words();
    let beside: Vec<_> = view.geography.neighbours(*idx).iter().filter(|n| n.border_m > 0.0).collect();
    let khoroo = |unit: u32| {
        let unit = &view.geography.khoroos[unit as usize];
        KhorooCode { district: unit.district.clone(), number: unit.number }.at(&id.vintage)
    };
    let metres = |border_m: f64| count(border_m.round() as i64, site.lang);
    html! {
        h3 { (words.neighbours) }
        @if beside.is_empty() { p.quiet { (words.neighbours_unknown) } } @else {
            ul.tags { @for neighbour in beside {
                li {
                    (names::khoroo_link(site, snapshot, &khoroo(neighbour.unit)))
                    " " (fill(words.common_border, &[("metres", &metres(neighbour.border_m))]))
                }
            } }
        }
    }
}

pub(super) fn downloads(shown: &Shown<'_>) -> Markup {
    let Shown { site, id, .. } = shown;
    let words = site.words();
    let (code, vintage) = (&id.code, &id.vintage);
    let link = |path: String, name: &str| html! { li { a href=(site.data(&path)) { (name) } } };
    html! {
        section {
            h2 { (words.data) }
            p { (words.data_of_khoroo) }
            ul.links {
                (link(format!("khoroos/{code}?vintage={vintage}"), words.data_unit))
                (link(format!("tracker?khoroo={code}&vintage={vintage}"), words.data_figures))
                (link(format!("practices?khoroo={vintage}:{code}"), words.data_practices))
                (link(format!("replications?khoroo={vintage}:{code}"), words.data_replications))
                (link(format!("replications?host_khoroo={vintage}:{code}"), words.data_hosted))
                (link(format!("khoroo-facts?khoroo={vintage}:{code}"), words.data_facts))
                li { a href={ (site.prefix) "/id/khoroos/" (id) } {
                    (pick(site.lang, "Байнгын хаяг", "Permanent address"))
                } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;
    use crate::pages::words::of;

    #[test]
    fn days_of_opening_hours_are_words() {
        let check = |hours, lang, expected: &str| assert_eq!(in_words(of(lang), hours), expected);
        check("Mo-Fr 08:00-17:00", Lang::En, "Monday–Friday 08:00–17:00");
        check("Mo-Fr 08:00-17:00; Sa 10:00-12:00", Lang::Mn, "Даваа–Баасан 08:00–17:00; Бямба 10:00–12:00");
        check("Ажлын өдөр", Lang::Mn, "Ажлын өдөр");
    }

    #[test]
    fn only_a_number_can_be_called() {
        assert!(telephone("+976 7000-0000").into_string().contains("tel:+97670000000"));
        for text in ["7000-0000, 9900-0000 (<b>)", "1800", "алга"] {
            assert!(!telephone(text).into_string().contains("tel:"), "{text}");
        }
    }
}
