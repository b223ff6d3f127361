//! What pages say of themselves where they are files that no service stands behind.
//!
//! What only a service can keep of what other pages say is marked `data-served` there, and left out of a file.

use maud::{DOCTYPE, Markup, html};

use super::layout::published_on;
use super::numbers::{count, day};
use super::words::{fill, of};
use crate::model::Lang;
use crate::snapshot::Snapshot;

struct Words {
    /// With `{day}` and `{revision}`.
    copy: &'static str,
    live: &'static str,
}

const fn words(lang: Lang) -> Words {
    match lang {
        Lang::Mn => Words {
            copy: "Энэ бол {day} нийтэлсэн өгөгдлийн хуулбар ({revision}-р хувилбар): шинэчлэгдэхгүй. Айлчлалын төлөвлөгөө, жагсаалтын шүүлт, өгөгдлийн файл энд байхгүй.",
            live: "Үндсэн сайт",
        },
        Lang::En => Words {
            copy: "This is a copy of the data as published on {day} (revision {revision}); it does not change. Plans of visits, filters of lists and files of data are not part of it.",
            live: "The live site",
        },
    }
}

/// The note in the head of a page, as HTML.
///
/// - `live`: address of the same page of the service.
/// - `is_city`: the viewer takes it over there.
pub fn note(lang: Lang, snapshot: &Snapshot, live: Option<&str>, is_city: bool) -> String {
    let said = said(lang, snapshot, live);
    let note = if is_city {
        html! { p.notice role="note" data-copy { (said) } }
    } else {
        html! { div.notice role="note" data-copy { div.inner { p { (said) } } } }
    };
    note.into_string()
}

fn said(lang: Lang, snapshot: &Snapshot, live: Option<&str>) -> Markup {
    let Words { copy, live: name } = words(lang);
    let when = published_on(snapshot).map(|date| day(date, lang)).unwrap_or_default();
    let revision = count(snapshot.revision.seq, lang);
    html! {
        span { (fill(copy, &[("day", &when), ("revision", &revision)])) }
        @if let Some(live) = live { " " a href=(live) { (name) } }
    }
}

/// The page at the root of the folder, which leads on to the first language and names both.
///
/// - `live`: address of the service, without a slash at its end.
pub fn entrance(snapshot: &Snapshot, live: Option<&str>) -> String {
    let live = |lang: Lang| live.map(|live| format!("{live}/{}/", lang.tag()));
    let page = html! {
        (DOCTYPE)
        html lang=(Lang::Mn.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="refresh" content="0; url=mn/index.html";
                title { (of(Lang::Mn).site) }
                link rel="icon" href="icon.svg" type="image/svg+xml";
            }
            body { main {
                h1 { (of(Lang::Mn).site) }
                @for lang in Lang::ALL {
                    p lang=(lang.tag()) {
                        a href={ (lang.tag()) "/index.html" } { (of(lang).title) } ". " (said(lang, snapshot, live(lang).as_deref()))
                    }
                }
            } }
        }
    };
    page.into_string()
}
