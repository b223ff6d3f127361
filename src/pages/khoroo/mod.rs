//! One khoroo: what it did, what came of it, where it comes from.

mod about_it;
mod exchange;
mod lineage;
mod partners;

use maud::{Markup, html};

use super::layout::{Page, Part};
use super::links::query;
use super::trend::{Place, comparison, trend};
use super::visits::Learning;
use super::words::fill;
use super::{Site, cards, names, pick, picture};
use crate::model::audience::Audience;
use crate::model::{KhorooCode, KhorooId, Practice};
use crate::snapshot::{Carrier, CycleChoice, Level, Measure, Snapshot, VintageView};
use crate::tracker::{self, AskError};

/// The khoroo that a page is about, with what its parts ask again and again.
struct Shown<'a> {
    site: &'a Site<'a>,
    snapshot: &'a Snapshot,
    view: &'a VintageView,
    /// Position of the vintage in the snapshot.
    at: usize,
    idx: usize,
    id: KhorooId,
    carrier: Carrier<'a>,
}

impl Shown<'_> {
    /// Whether this khoroo answers for another, of any vintage.
    fn is_answered_here(&self, khoroo: &KhorooId) -> bool {
        self.carrier.carry(khoroo, self.at) == Some(self.idx)
    }

    /// Whether a practice of any vintage is at home in this khoroo.
    fn is_home(&self, practice: &Practice) -> bool {
        self.snapshot.home(practice, self.at).is_some_and(|home| home.khoroo == self.idx)
    }
}

/// - `khoroo_idx`: in `view`, a vintage of `snapshot`.
/// - `learning`: whom it could learn from; `None` in boundaries of the past.
pub fn khoroo(
    site: &Site<'_>,
    snapshot: &Snapshot,
    view: &VintageView,
    khoroo_idx: usize,
    learning: Option<&Learning<'_>>,
) -> Result<String, AskError> {
    let words = site.words();
    let unit = &view.geography.khoroos[khoroo_idx];
    let code = KhorooCode { district: unit.district.clone(), number: unit.number };
    let at = snapshot.vintages.iter().position(|v| v.vintage.id == view.vintage.id).unwrap_or_default();
    let (id, carrier) = (code.at(&view.vintage.id), snapshot.carrier());
    let shown = Shown { site, snapshot, view, at, idx: khoroo_idx, id, carrier };
    let place = Place { snapshot, view, level: Level::Khoroo, idx: khoroo_idx };
    let question = place.question();
    let steps = tracker::steps(snapshot, &question, Audience::Public)?;
    let title = names::whole(site, view, khoroo_idx);
    let lead = lead(site, place);
    let body = html! {
        div.beside {
            div {
                p.lead { (lead) }
                (vintages(&shown))
                (comparison(site, place))
                p.small.quiet { (words.no_rank) }
                (trend(site, place))
            }
            (picture::map(site, place))
        }
        section {
            h2 { (words.six_steps) }
            p { span.screen data-served { (words.number_leads) " " } (words.n_explained) }
            (cards::steps(site, &question, &steps))
        }
        @if let Some(learning) = learning { (partners::partners(&shown, learning)) }
        (exchange::practices(&shown))
        (exchange::replicated(&shown))
        (exchange::copied_by(&shown))
        section {
            h2 { (words.about_khoroo) }
            div.split {
                (about_it::facts(&shown))
                div {
                    (lineage::lineage(&shown))
                    (about_it::neighbours(&shown))
                }
            }
            (about_it::by_year(&shown))
        }
        (about_it::downloads(&shown))
    };
    let district = &view.geography.districts[view.geography.district_of[khoroo_idx] as usize];
    let query = site.of_vintage(snapshot, &view.vintage.id);
    let theme = learning.and_then(|learning| learning.theme);
    let page = Page {
        query: query.clone(),
        view: theme.map_or(query, |theme| self::query(&[("theme", theme.to_owned())])),
        preview: Some(picture::preview(site, place)),
        cite_as: Some(format!("/id/khoroos/{}", shown.id)),
        description: format!("{title}: {lead}"),
        crumbs: vec![
            (words.city.to_owned(), site.page("")),
            (
                names::unit(site.lang, district).to_owned(),
                site.district(snapshot, &view.vintage.id, &district.district),
            ),
        ],
        ..Page::new(format!("khoroos/{}", shown.id.code), title, Part::Places, body)
    };
    Ok(page.set(site, Some(snapshot)))
}

/// The three figures in one sentence each.
fn lead(site: &Site<'_>, place: Place<'_>) -> String {
    let words = site.words();
    let shown =
        |measure| super::numbers::or_unknown(place.figure(measure, &CycleChoice::All), words, site.lang);
    fill(
        words.khoroo_lead,
        &[
            ("identified", &shown(Measure::Identifications)),
            ("replicated", &shown(Measure::Replications)),
            ("hosted", &shown(Measure::ReplicationsHosted)),
        ],
    )
}

/// Which boundaries these are, and the same code in others: the same number is not the same ground.
fn vintages(shown: &Shown<'_>) -> Markup {
    let Shown { site, snapshot, view, id, .. } = shown;
    let words = site.words();
    let others = snapshot.vintages_with(&id.code).into_iter().filter(|other| *other != view.vintage.id);
    let others: Vec<_> = others.filter_map(|other| snapshot.vintage(&other)).collect();
    let title =
        |view: &VintageView| pick(site.lang, &view.vintage.title_mn, &view.vintage.title_en).to_owned();
    html! {
        p.under {
            (words.boundaries) ": " (title(view)) "."
            @for other in others {
                " " (words.same_number_elsewhere) " "
                a href={ (site.page(&format!("khoroos/{}", id.code)))
                    (query(&[("vintage", other.vintage.id.to_string())])) } { (title(other)) } "."
            }
        }
    }
}
