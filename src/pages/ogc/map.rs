//! The map of what a document shows, with what cannot be seen on it.

use maud::{Markup, PreEscaped, html};

use crate::cartography::picture::{Feature, Look, Place, TooMuch, features};
use crate::model::Lang;
use crate::pages::Site;
use crate::pages::numbers::count;
use crate::pages::words::fill;
use crate::snapshot::Snapshot;

pub struct Map {
    pub features: Vec<Feature>,
    /// Those that have no place.
    pub n_without_place: usize,
}

struct Words {
    map: &'static str,
    skip: &'static str,
    linked: &'static str,
    unlinked: &'static str,
    dots: &'static str,
    too_much: &'static str,
    /// With `{n}`.
    without_place: &'static str,
}

const fn words(lang: Lang) -> Words {
    match lang {
        Lang::Mn => Words {
            map: "Газрын зураг",
            skip: "Зургийг алгасах",
            linked: "Зураг дээрх бүрээс өөрийнх нь хуудас руу очно.",
            unlinked: "Нэг дор олныг зурсан тул холбоосгүй.",
            dots: "Нэг дор хэт олон тул байршлыг нь зөвхөн цэгээр тэмдэглэв.",
            too_much: "Нэг дор хэт олон тул газрын зураг зураагүй.",
            without_place: "Байршилгүй тул зураагүй: {n}.",
        },
        Lang::En => Words {
            map: "Map",
            skip: "Skip the map",
            linked: "Everything on the map leads to its own page.",
            unlinked: "So many are drawn at once that they are no links.",
            dots: "There are too many at once for their shapes: dots tell where they are.",
            too_much: "There are too many at once for a map.",
            without_place: "Without a known place, so not drawn: {n}.",
        },
    }
}

/// Nothing where there is nothing to draw.
pub(super) fn map(site: &Site<'_>, snapshot: &Snapshot, title: &str, map: &Map) -> Markup {
    let words = words(site.lang);
    let title = format!("{}: {title}", words.map);
    let drawn = features(snapshot, &map.features, &title, site.lang);
    let is_alone = map.features.len() == 1;
    let are_points = matches!(map.features.first().map(|one| one.place), Some(Place::Point(_)));
    let without_place = (map.n_without_place > 0)
        .then(|| fill(words.without_place, &[("n", &count(map.n_without_place as i64, site.lang))]));
    let drawn = match drawn {
        Ok(Some(drawn)) => drawn,
        Ok(None) => return html! { @if let Some(told) = without_place { p.under { (told) } } },
        Err(TooMuch) => {
            return html! { p.under { (words.too_much) @if let Some(told) = without_place { " " (told) } } };
        }
    };
    let are_links = map.features.iter().any(|one| one.href.is_some());
    let told = match drawn.look {
        Look::Links => are_links.then_some(words.linked),
        Look::Shapes => Some(words.unlinked),
        // Points are dots anyway.
        Look::Dots => Some(if are_points { words.unlinked } else { words.dots }),
    };
    let is_linked = drawn.look == Look::Links && are_links;
    let are_dots = are_points || drawn.look == Look::Dots;
    html! {
        section {
            @if is_linked { a.skip href="#below-map" { (words.skip) } }
            figure.picture.features.several[!is_alone].dots[are_dots] {
                (PreEscaped(drawn.svg))
                @if told.is_some() || without_place.is_some() {
                    figcaption #below-map tabindex="-1" {
                        @if let Some(told) = told { span.screen { (told) } }
                        @if let Some(told) = without_place { " " (told) }
                    }
                }
            }
        }
    }
}
