//! What the twin holds: which pages are followed, and what the viewer asks for beside them.
//!
//! A link leads to what is held here or to nothing. Lists that are filtered, records behind figures, plans, suggestions
//! by query and exports are without end or need a service; they are not held.

use super::names::Address;
use crate::http::maps::measures;
use crate::model::Lang;
use crate::snapshot::Snapshot;

/// Items of a page of copies, as the viewer asks for them (`web/src/api.ts`).
const PAGE_ITEMS: &str = "1000";

const LEVELS: [&str; 2] = ["khoroo", "district"];
const RATES: [Option<&str>; 2] = [None, Some("per10000")];
const SCHEMES: [&str; 2] = ["light", "dark"];
const FORMS: [&str; 2] = ["map", "cells"];

/// What the tracker's page is followed by: not themes and days, which multiply each other.
const OF_TRACKER: [&str; 3] = ["cycle", "district", "print"];

/// Answers without a parameter.
const LISTS: [&str; 8] = [
    "/api/v1/cycles",
    "/api/v1/definitions",
    "/api/v1/districts",
    "/api/v1/replication-statuses",
    "/api/v1/revision",
    "/api/v1/steps",
    "/api/v1/themes",
    "/api/v1/vintages",
];

/// What lies behind an address that pages link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// The city's page, whose query is the viewer's to read.
    City,
    Page,
    /// A file of the viewer, or the sign of the service.
    Asset,
    /// Written whether it is linked or not.
    Data,
}

/// `None` for what is not held.
pub fn held(address: &Address<'_>) -> Option<Held> {
    let names: Vec<_> = form_urlencoded::parse(address.query.as_bytes()).map(|(name, _)| name).collect();
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    let mut parts = address.path.trim_start_matches('/').split('/');
    let parts: [Option<&str>; 5] = std::array::from_fn(|_| parts.next());
    match (parts, &names[..]) {
        ([Some("mn" | "en"), Some(""), None, ..], _) => Some(Held::City),
        ([Some("mn" | "en"), parts @ ..], names) if is_page(&parts, names) => Some(Held::Page),
        ([Some("favicon.ico" | "icon.svg"), None, ..], []) | ([Some("assets"), Some(_), None, ..], _) => {
            Some(Held::Asset)
        }
        ([Some("api"), Some("v1"), Some("khoroos" | "districts"), Some(_), None], ["vintage"]) => {
            Some(Held::Data)
        }
        (_, []) if LISTS.contains(&address.path) => Some(Held::Data),
        _ => None,
    }
}

/// - `parts`: of the path, behind the language.
fn is_page(parts: &[Option<&str>], names: &[&str]) -> bool {
    let may_have: &[&str] = match parts {
        [Some("about"), None, ..] | [Some("practices"), Some(_), None, ..] => &[],
        [Some("practices"), None, ..] => &["page"],
        [Some("tracker"), None, ..] => &OF_TRACKER,
        [Some("khoroos" | "districts"), Some(_), None, ..] => &["vintage"],
        _ => return false,
    };
    names.iter().all(|name| may_have.contains(name))
}

/// Pages from which all others are reached.
pub fn first_pages() -> impl Iterator<Item = String> {
    Lang::ALL.into_iter().map(|lang| format!("/{}/", lang.tag()))
}

/// What the viewer may ask for, in an order of its own; some of it is refused by the service too, as rates of what
/// has none, and then it is not there.
pub fn data(snapshot: &Snapshot) -> Vec<String> {
    let mut all: Vec<String> = LISTS.map(str::to_owned).into();
    let langs = Lang::ALL.map(Lang::tag);
    let themes =
        || [None].into_iter().chain(snapshot.records.themes.iter().map(|row| Some(row.code.as_str())));
    for view in &snapshot.vintages {
        let vintage = Some(view.vintage.id.as_str());
        all.push(with("/api/v1/cells", &[("vintage", vintage)]));
        for measure in measures() {
            for level in LEVELS.map(Some) {
                for rate in RATES {
                    let of = [("vintage", vintage), ("level", level), ("rate", rate)];
                    let [a, b, c] = of;
                    let values = format!("/api/v1/values/{measure}.json");
                    all.extend(themes().map(|theme| with(&values, &[a, b, c, ("theme", theme)])));
                    let legend = format!("/legends/{measure}.json");
                    all.extend(langs.map(|lang| with(&legend, &[a, b, c, ("lang", Some(lang))])));
                }
            }
        }
        let cycles = || snapshot.records.cycles.iter().filter(|cycle| cycle.vintage == view.vintage.id);
        for (level, units) in LEVELS.into_iter().zip([&view.geography.khoroos, &view.geography.districts]) {
            for unit in units {
                let code = Some(unit.code.as_str());
                all.push(with(&format!("/api/v1/{level}s/{}", unit.code), &[("vintage", vintage)]));
                for cycle in cycles() {
                    let of = |lang| [(level, code), ("cycle", Some(cycle.id.as_str())), ("lang", Some(lang))];
                    all.extend(langs.map(|lang| with("/api/v1/tracker", &of(lang))));
                }
            }
        }
    }
    let counting: Vec<&str> = counting(snapshot);
    let status = counting.join(",");
    for cycle in snapshot.records.cycles.iter().filter(|_| !counting.is_empty()) {
        let (cycle, status) = (Some(cycle.id.as_str()), Some(status.as_str()));
        let of = [("cycle", cycle), ("status", status), ("limit", Some(PAGE_ITEMS))];
        let [a, b, c] = of;
        all.extend(themes().map(|theme| with("/api/v1/replications", &[a, b, c, ("theme", theme)])));
    }
    all.extend(pictures(snapshot));
    for lang in langs {
        let of = |scheme| [("lang", Some(lang)), ("scheme", Some(scheme))];
        all.extend(SCHEMES.map(|scheme| with("/styles/context.json", &of(scheme))));
    }
    all
}

/// Still pictures of the whole city by counts, as the viewer offers them (`web/src/twin/names.ts`).
fn pictures(snapshot: &Snapshot) -> Vec<String> {
    let cycles = snapshot.records.cycles.iter().map(|cycle| cycle.id.as_str());
    let cycles: Vec<&str> = ["all"].into_iter().chain(cycles).collect();
    let mut all = Vec::new();
    for measure in measures() {
        let path = format!("/maps/{measure}.svg");
        for (lang, cycle) in Lang::ALL.iter().flat_map(|lang| cycles.iter().map(move |cycle| (lang, cycle))) {
            for (level, form) in LEVELS.iter().flat_map(|level| FORMS.map(|form| (level, form))) {
                let of = [
                    ("lang", lang.tag()),
                    ("cycle", cycle),
                    ("level", level),
                    ("rate", "count"),
                    ("form", form),
                ];
                all.push(with(&path, &of.map(|(name, value)| (name, Some(value)))));
            }
        }
    }
    all
}

/// In the order in which the service lists them.
fn counting(snapshot: &Snapshot) -> Vec<&str> {
    let statuses = snapshot.records.replication_statuses.iter();
    statuses.filter(|status| status.counts).map(|status| status.code.as_str()).collect()
}

fn with(path: &str, parameters: &[(&str, Option<&str>)]) -> String {
    let given = parameters.iter().filter_map(|(name, value)| Some((name, (*value)?)));
    let mut out = form_urlencoded::Serializer::for_suffix(format!("{path}?"), path.len() + 1);
    out.extend_pairs(given).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_what_a_file_can_answer() {
        for (address, expected) in [
            ("/mn/", Some(Held::City)),
            ("/en/?cycle=2020", Some(Held::City)),
            ("/mn/khoroos/bzd-26?vintage=2020#partners", Some(Held::Page)),
            ("/mn/practices?page=2", Some(Held::Page)),
            ("/mn/practices/p-1", Some(Held::Page)),
            ("/mn/tracker?cycle=all&district=bzd&print=1", Some(Held::Page)),
            ("/mn/tracker?theme=waste", None),
            ("/icon.svg", Some(Held::Asset)),
            ("/assets/main.js", Some(Held::Asset)),
            ("/api/v1/khoroos/bzd-26?vintage=2022", Some(Held::Data)),
            ("/api/v1/definitions", Some(Held::Data)),
            ("/mn/visits", None),
            ("/mn/practices?theme=waste", None),
            ("/mn/tracker/records?card=identify", None),
            ("/api/v1/khoroos/bzd-26/partners", None),
            ("/exports/khoroos.gpkg", None),
            ("/ogc?f=html", None),
        ] {
            assert_eq!(held(&Address::of(address)), expected, "{address}");
        }
    }
}
