//! Names of places and of coded things in the page's language; what lacks it is marked as another's.

use maud::{Markup, html};

use super::words::Words;
use super::{Site, pick};
use crate::model::{KhorooId, Lang, Practice, naming};
use crate::snapshot::{Snapshot, Unit, VintageView};

/// Text with the language it is in.
pub(super) type Said<'a> = (&'a str, Lang);

/// The text of the page's language, else the other one's.
pub(super) fn said<'a>(lang: Lang, mn: Option<&'a str>, en: Option<&'a str>) -> Option<Said<'a>> {
    let (mn, en) = (mn.map(|text| (text, Lang::Mn)), en.map(|text| (text, Lang::En)));
    match lang {
        Lang::Mn => mn.or(en),
        Lang::En => en.or(mn),
    }
}

/// `lang` of an element whose text is in another language than its page.
pub(super) fn foreign(page: Lang, text: Lang) -> Option<&'static str> {
    (page != text).then(|| text.tag())
}

pub(super) fn text(lang: Lang, (text, of): Said<'_>) -> Markup {
    html! { @if let Some(tag) = foreign(lang, of) { span lang=(tag) { (text) } } @else { (text) } }
}

pub(super) fn title(lang: Lang, practice: &Practice) -> Said<'_> {
    let en = practice.title_en.as_deref();
    said(lang, Some(&practice.title_mn), en).unwrap_or((&practice.title_mn, Lang::Mn))
}

/// A title within a sentence of the page's language.
pub(super) fn quoted(lang: Lang, title: &str) -> String {
    match lang {
        Lang::Mn => format!("«{title}»"),
        Lang::En => format!("“{title}”"),
    }
}

pub(super) fn unit(lang: Lang, unit: &Unit) -> &str {
    pick(lang, &unit.name_mn, &unit.name_en)
}

/// Where the lines of a vintage come from; invented ones say it in both languages.
pub(super) fn source(lang: Lang, view: &VintageView) -> &str {
    invented(lang, &view.vintage.source, view.vintage.illustrative)
}

/// A text of a row that may be invented, in the page's language.
pub(super) fn invented(lang: Lang, text: &str, is_invented: bool) -> &str {
    if is_invented { naming::in_one_language(text, lang) } else { text }
}

/// `Баянзүрх дүүргийн 26 дугаар хороо`, `Khoroo 26, Bayanzurkh`.
pub(super) fn whole(site: &Site<'_>, view: &VintageView, khoroo_idx: usize) -> String {
    let geography = &view.geography;
    let khoroo = &geography.khoroos[khoroo_idx];
    let district = &geography.districts[geography.district_of[khoroo_idx] as usize];
    let places = [("district", unit(site.lang, district)), ("khoroo", unit(site.lang, khoroo))];
    super::words::fill(site.words().khoroo_of_district, &places)
}

/// A khoroo of any vintage by its whole name; its code where the vintage no longer has it.
pub(super) fn khoroo(site: &Site<'_>, snapshot: &Snapshot, id: &KhorooId) -> String {
    let view = snapshot.vintage(&id.vintage);
    let found = view.and_then(|view| Some((view, view.geography.khoroo_idx(&id.code)?)));
    found.map_or_else(
        || format!("{} ({})", naming::khoroo_name(id.code.number, site.lang), id.code.district),
        |(view, idx)| whole(site, view, idx),
    )
}

/// A link to a khoroo's page; with the name of its vintage where that is not in force.
pub(super) fn khoroo_link(site: &Site<'_>, snapshot: &Snapshot, id: &KhorooId) -> Markup {
    let is_old = !site.of_vintage(snapshot, &id.vintage).is_empty();
    let is_known =
        snapshot.vintage(&id.vintage).is_some_and(|view| view.geography.khoroo_idx(&id.code).is_some());
    html! {
        @if is_known {
            a href=(site.khoroo(snapshot, id)) { (khoroo(site, snapshot, id)) }
        } @else { (khoroo(site, snapshot, id)) }
        @if is_old { " (" (id.vintage) ")" }
    }
}

pub(super) fn practice_link(site: &Site<'_>, practice: &Practice) -> Markup {
    let (words, of) = title(site.lang, practice);
    html! { a href=(site.practice(&practice.id)) lang=[foreign(site.lang, of)] { (words) } }
}

/// Name of a row of one of the lists that people extend; the code where the row is gone.
macro_rules! listed {
    ($($name:ident: $list:ident),+) => {$(
        pub(super) fn $name<'a>(lang: Lang, snapshot: &'a Snapshot, code: &'a str) -> &'a str {
            let row = snapshot.records.$list.iter().find(|row| row.code == code);
            row.map_or(code, |row| pick(lang, &row.name_mn, &row.name_en))
        }
    )+};
}
listed!(
    theme: themes,
    setting: settings,
    replication_status: replication_statuses,
    funding_source: funding_sources
);

/// Name of a cycle.
pub(super) fn cycle<'a>(lang: Lang, snapshot: &'a Snapshot, id: &'a str) -> &'a str {
    snapshot.cycle(id).map_or(id, |cycle| pick(lang, &cycle.title_mn, &cycle.title_en))
}

/// Words that records use for fixed choices: modes, stages, routes, statuses of practices.
pub(super) fn choice(words: &Words, word: &str) -> &'static str {
    match word {
        "face_to_face" => words.face_to_face,
        "virtual" | "online" => words.online,
        "hybrid" => words.hybrid,
        "classroom" => words.classroom,
        "khoroo" => words.stage_khoroo,
        "district" => words.stage_district,
        "city" => words.stage_city,
        "visit" => words.route_visit,
        "workshop" => words.route_workshop,
        "tracker_only" => words.route_tracker,
        "identified" => words.status_identified,
        "shared" => words.status_shared,
        "archived" => words.status_archived,
        "easy" => words.easy,
        "medium" => words.medium,
        "hard" => words.hard,
        "promising" => words.promising,
        "demonstrated" => words.demonstrated,
        "replicated" => words.replicated_widely,
        _ => words.other,
    }
}
