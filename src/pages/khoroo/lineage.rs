//! How the khoroo's ground became what it is, and what became of it, in words.

use std::cmp::Ordering;

use jiff::civil::Date;
use maud::{Markup, html};

use super::Shown;
use crate::model::{KhorooId, Lineage, LineageKind};
use crate::pages::names::khoroo_link;
use crate::pages::numbers::decimal;
use crate::pages::words::fill;

pub(super) fn lineage(shown: &Shown<'_>) -> Markup {
    let words = shown.site.words();
    let (before, after) = (before(shown), after(shown));
    html! {
        h3 { (words.lineage) }
        @if before.is_empty() && after.is_empty() { p.quiet { (words.lineage_unknown) } }
        @for sentence in before.iter().chain(&after) { p { (sentence) } }
    }
}

/// Pairs in which `of` names the khoroo, with the vintage beside it, the largest piece first.
fn pairs<'a>(
    shown: &'a Shown<'_>,
    khoroo: &KhorooId,
    of: fn(&Lineage) -> &KhorooId,
    beside: fn(&Lineage) -> &KhorooId,
    vintage: Option<usize>,
) -> Vec<&'a Lineage> {
    let Some(view) = vintage.and_then(|at| shown.snapshot.vintages.get(at)) else { return Vec::new() };
    let lineage = shown.snapshot.lineage.iter();
    let mut found: Vec<&Lineage> = lineage
        .filter(|pair| of(pair) == khoroo && beside(pair).vintage == view.vintage.id)
        .filter(|pair| is_told(shown, pair))
        .collect();
    found.sort_by(|a, b| {
        let larger = b.area_share.partial_cmp(&a.area_share).unwrap_or(Ordering::Equal);
        larger.then_with(|| beside(a).code.cmp(&beside(b).code))
    });
    found
}

/// Part of either khoroo's area from which a piece is told of: less is how two drawings of one line differ.
const PIECE_TOLD_FROM: f64 = 0.02;

fn is_told(shown: &Shown<'_>, pair: &Lineage) -> bool {
    let area = |id: &KhorooId| {
        let geography = &shown.snapshot.vintage(&id.vintage)?.geography;
        geography.khoroos[geography.khoroo_idx(&id.code)?].area_km2
    };
    let of_later = area(&pair.from).zip(area(&pair.to)).filter(|(_, to)| *to > 0.0);
    let of_later = of_later.map_or(0.0, |(from, to)| pair.area_share * from / to);
    pair.stated || pair.area_share.max(of_later) >= PIECE_TOLD_FROM
}

/// From the vintage before.
fn before(shown: &Shown<'_>) -> Vec<Markup> {
    let words = shown.site.words();
    let earlier = shown.at.checked_sub(1);
    let parents = pairs(shown, &shown.id, |p| &p.to, |p| &p.from, earlier);
    let year = year(Some(shown.view.vintage.valid_from));
    let last = year_before(shown);
    let own = parents.iter().find(|pair| pair.from.code == shown.id.code);
    if parents.is_empty() {
        return Vec::new();
    }
    if parents.iter().any(|pair| pair.kind == LineageKind::Unchanged && pair.from.code == shown.id.code) {
        return vec![html! { (fill(words.lineage_unchanged, &[("year", &year)])) }];
    }
    let mut sentences = Vec::new();
    match own {
        None => {
            let renamed =
                parents.iter().all(|p| matches!(p.kind, LineageKind::Renumber | LineageKind::Unchanged));
            let said = if renamed { words.lineage_renumbered } else { words.lineage_part_of };
            sentences.push(listed(shown, &fill(said, &[("year", &last)]), &parents, |p| &p.from));
        }
        Some(own) => {
            let gained: Vec<&Lineage> =
                parents.iter().copied().filter(|pair| pair.from != own.from).collect();
            if !gained.is_empty() {
                let said = fill(words.lineage_gained, &[("year", &year)]);
                sentences.push(listed(shown, &said, &gained, |p| &p.from));
            }
            let pieces = pairs(shown, &own.from, |p| &p.from, |p| &p.to, Some(shown.at));
            let cut: Vec<&Lineage> = pieces.into_iter().filter(|pair| pair.to != shown.id).collect();
            if !cut.is_empty() {
                let said = fill(words.lineage_cut_out, &[("year", &year)]);
                sentences.push(listed(shown, &said, &cut, |p| &p.to));
            }
        }
    }
    sentences
}

/// In the vintage after.
fn after(shown: &Shown<'_>) -> Vec<Markup> {
    let words = shown.site.words();
    let next = shown.at + 1;
    let children = pairs(shown, &shown.id, |p| &p.from, |p| &p.to, Some(next));
    let Some(view) = shown.snapshot.vintages.get(next).filter(|_| !children.is_empty()) else {
        return Vec::new();
    };
    let said = fill(words.lineage_since, &[("year", &year(Some(view.vintage.valid_from)))]);
    vec![listed(shown, &said, &children, |p| &p.to)]
}

/// A sentence that ends in a list of khoroos with their part of the older one's area.
fn listed(shown: &Shown<'_>, said: &str, pairs: &[&Lineage], of: fn(&Lineage) -> &KhorooId) -> Markup {
    let Shown { site, snapshot, .. } = shown;
    let percent = |share: f64| match (100.0 * share).round() {
        0.0 => "<\u{a0}1\u{a0}%".to_owned(),
        percent => format!("{}\u{a0}%", decimal(percent, 0, site.lang)),
    };
    // A long tail of slivers says less than their number.
    let is_sliver = |pair: &&&Lineage| !pair.stated && pair.area_share < 0.005;
    let n_slivers = pairs.iter().filter(is_sliver).count();
    let folds = n_slivers > 1 && n_slivers < pairs.len();
    let named = pairs.iter().filter(|pair| !(folds && is_sliver(pair)));
    html! {
        (said) " "
        @for (nth, pair) in named.enumerate() {
            @if nth > 0 { ", " }
            (khoroo_link(site, snapshot, of(pair)))
            @if pair.kind != LineageKind::Unchanged && pair.area_share < 0.995 {
                " (" (fill(site.words().part_of_area, &[("percent", &percent(pair.area_share))])) ")"
            }
        }
        @if folds {
            ", " (fill(site.words().pieces_below_one_percent, &[("n", &n_slivers.to_string())]))
        }
        "."
    }
}

fn year(day: Option<Date>) -> String {
    day.map(|day| day.year().to_string()).unwrap_or_default()
}

/// The last year of the vintage before.
fn year_before(shown: &Shown<'_>) -> String {
    year(shown.view.vintage.valid_from.yesterday().ok())
}
