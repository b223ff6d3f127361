//! Makes the code of a map for another site: choose, look at it, copy.
//!
//! A form that asks for the same page again; a script asks without leaving it and copies. The code is
//! made here alone, so that what is copied is what was seen.

use maud::{Markup, html};

use super::{Area, EmbedChoice, code_of, title};
use crate::cartography::picture::Form;
use crate::cartography::{self, MapMeasure, Rate};
use crate::model::Lang;
use crate::pages::choices::select;
use crate::pages::layout::{Page, Part};
use crate::pages::links::query;
use crate::pages::{Site, choices, names};
use crate::snapshot::{Level, Snapshot};

/// Height of a frame for which none is given, pixels. Too low: at 640 pixels across or more, the last lines of a
/// rate or a theme, whose remarks are longest, lie below its edge.
const HEIGHT_PX: u32 = 800;

/// The page's own part.
#[derive(Debug, Clone, Copy)]
pub struct Builder<'a> {
    pub choice: &'a EmbedChoice,
    /// Language of the map; that of the page is the site's.
    pub lang: Lang,
    /// Sites that may show the map besides this one.
    pub hosts: &'a [String],
    /// Path below the prefix.
    pub script: &'a str,
}

pub fn builder(
    site: &Site<'_>,
    snapshot: &Snapshot,
    page: Builder<'_>,
) -> Result<String, cartography::Error> {
    let words = site.words();
    let body = html! {
        script type="module" src={ (site.prefix) "/" (page.script) } {}
        p.lead { (words.embed_lead) }
        (form(site, snapshot, page))
        div #embed-result { (result(site, snapshot, page)?) }
        section #hosts {
            h2 { (words.embed_who) }
            @if page.hosts.is_empty() { p { (words.embed_hosts_none) } }
            @else {
                p { (words.embed_hosts_some) }
                ul { @for host in page.hosts { li { code { (host) } } } }
            }
            p { (words.embed_privacy) }
        }
        p.visually-hidden #embed-status role="status" data-copied=(words.embed_copied) {}
    };
    let page = Page {
        view: query(&pairs(page)),
        description: words.embed_lead.to_owned(),
        crumbs: vec![(words.city.to_owned(), site.page("")), (words.about.to_owned(), site.page("about"))],
        ..Page::new("embed", words.embed_title, Part::About, body)
    };
    Ok(page.set(site, Some(snapshot)))
}

/// Preview and code: all that another choice changes.
fn result(site: &Site<'_>, snapshot: &Snapshot, page: Builder<'_>) -> Result<Markup, cartography::Error> {
    let words = site.words();
    let Builder { choice, lang, .. } = page;
    let title = title(&Site { lang, ..*site }, snapshot, choice)?;
    let height = choice.height_px.unwrap_or(HEIGHT_PX);
    let path = format!("{}/embed{}", site.prefix, query(&of_frame(page)));
    Ok(html! {
        section {
            h2 { (words.embed_preview) }
            iframe.preview src=(path) title={ (words.embed_preview) ": " (title) } loading="lazy"
                width=[choice.width_px] height=(height) {}
        }
        section {
            h2 { (words.embed_code) }
            (code(site, "code-frame", words.embed_code_frame, &frame_code(site, page, &title)))
            (code(site, "code-element", words.embed_code_element, &element_code(site, page, &title)))
        }
    })
}

fn code(site: &Site<'_>, id: &str, label: &str, code: &str) -> Markup {
    html! {
        div.code {
            label for=(id) { (label) }
            textarea #(id) readonly rows="5" spellcheck="false" { (code) }
            button type="button" data-copy=(id) hidden { (site.words().embed_copy) }
        }
    }
}

/// Parameters of `/embed`.
fn of_frame(page: Builder<'_>) -> Vec<(&'static str, String)> {
    let mut pairs = vec![("lang", page.lang.tag().to_owned())];
    pairs.extend(page.choice.pairs());
    if page.choice.still {
        pairs.push(("still", "1".to_owned()));
    }
    pairs
}

/// Parameters of this page.
fn pairs(page: Builder<'_>) -> Vec<(&'static str, String)> {
    let mut pairs = of_frame(page);
    let sizes = [("width", page.choice.width_px), ("height", page.choice.height_px)];
    pairs.extend(sizes.into_iter().filter_map(|(name, px)| Some((name, px?.to_string()))));
    pairs
}

fn frame_code(site: &Site<'_>, page: Builder<'_>, title: &str) -> String {
    let address = site.absolute(&format!("{}/embed{}", site.prefix, query(&of_frame(page))));
    let width = page.choice.width_px.map_or_else(|| "100%".to_owned(), |px| px.to_string());
    let height = page.choice.height_px.unwrap_or(HEIGHT_PX);
    let code = html! {
        iframe src=(address) title=(title) width=(width) height=(height) loading="lazy"
            style="border:0;max-width:100%" {}
    };
    code.into_string()
}

fn element_code(site: &Site<'_>, page: Builder<'_>, title: &str) -> String {
    let script = site.absolute(&format!("{}/embed.js", site.prefix));
    let pairs = of_frame(page).into_iter().filter(|(name, _)| *name != "still");
    let attributes = pairs.chain(page.choice.height_px.map(|px| ("height", px.to_string())));
    let attributes: Vec<String> =
        attributes.map(|(name, value)| format!(" {name}=\"{}\"", escaped(&value))).collect();
    let still = if page.choice.still { " still" } else { "" };
    let in_its_language = Site { lang: page.lang, ..*site };
    let home = site.absolute(&super::home(&in_its_language, page.choice));
    let script = html! { script src=(script) async {} }.into_string();
    let link = html! { a href=(home) { (title) } }.into_string();
    format!("{script}\n<hlp-map{}{still}>{link}</hlp-map>", attributes.concat())
}

fn escaped(text: &str) -> String {
    html! { (text) }.into_string()
}

fn form(site: &Site<'_>, snapshot: &Snapshot, page: Builder<'_>) -> Markup {
    let words = site.words();
    let choice = page.choice;
    let (measure, rate) = (choice.measure.map(MapMeasure::word), choice.rate.map(Rate::word));
    let (cycles, themes) =
        (choices::cycles(site, snapshot), choices::themes_of_map(site, snapshot, choice.theme.as_deref()));
    let forms = [(Form::Map.word(), words.map), (Form::Cells.word(), words.embed_cells)];
    let langs = [("mn", "Монгол"), ("en", "English")];
    let free = words.embed_free;
    html! {
        form.choices #embed-form method="get" action=(site.page("embed")) {
            (area(site, snapshot, choice))
            (select("measure", words.embed_measure, free, measure, choices::measures(site)))
            (select("cycle", words.cycle, words.embed_newest, choice.cycle.as_deref(), cycles))
            (select("theme", words.theme, words.all_themes, choice.theme.as_deref(), themes))
            (select("rate", words.embed_rate, free, rate, choices::rates(site)))
            (select("level", words.embed_level, free, choice.level.map(Level::word), choices::levels(site)))
            (select("form", words.embed_form, words.embed_by_width, choice.form.map(Form::word), forms))
            (select("lang", words.embed_language, "", Some(page.lang.tag()), langs))
            (select("still", words.embed_kind, words.embed_live, choice.still.then_some("1"), [("1", words.embed_still)]))
            (size("width", words.embed_width, choice.width_px))
            (size("height", words.embed_height, choice.height_px))
            div { button { (words.show) } }
        }
    }
}

fn area(site: &Site<'_>, snapshot: &Snapshot, choice: &EmbedChoice) -> Markup {
    let words = site.words();
    let chosen = code_of(&choice.area);
    let Some(view) = snapshot.vintage(&choice.map.vintage) else { return html! {} };
    let geography = &view.geography;
    html! {
        div {
            label for="area" { (words.embed_area) }
            select #area name="area" {
                option value="" { (words.city) }
                @for (idx, district) in geography.districts.iter().enumerate() {
                    @let name = names::unit(site.lang, district);
                    @let code = code_of(&Area::District(district.district.clone()));
                    optgroup label=(name) {
                        option value=(code) selected[chosen == code] { (name) ", " (words.whole_district.to_lowercase()) }
                        @for khoroo in &geography.khoroos[geography.khoroos_of(idx)] {
                            option value=(khoroo.code) selected[chosen == khoroo.code] { (names::unit(site.lang, khoroo)) }
                        }
                    }
                }
            }
        }
    }
}

fn size(name: &str, label: &str, px: Option<u32>) -> Markup {
    html! {
        div {
            label for=(name) { (label) }
            input #(name) name=(name) type="number" min="200" max="2000" step="1" inputmode="numeric" value=[px];
        }
    }
}
