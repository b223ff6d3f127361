//! The map of what a document shows, with what cannot be seen on it.

use maud::{Markup, PreEscaped, html};

use crate::cartography::picture::{Feature, LINKS_MAX, Place, features};
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
    /// With `{n}`.
    unlinked: &'static str,
    /// With `{n}`.
    without_place: &'static str,
}

const fn words(lang: Lang) -> Words {
    match lang {
        Lang::Mn => Words {
            map: "Газрын зураг",
            skip: "Зургийг алгасах",
            linked: "Зураг дээрх бүрээс өөрийнх нь хуудас руу очно.",
            unlinked: "Нэг дор {n}-аас олныг зурвал холбоосгүй.",
            without_place: "Байршилгүй тул зураагүй: {n}.",
        },
        Lang::En => Words {
            map: "Map",
            skip: "Skip the map",
            linked: "Everything on the map leads to its own page.",
            unlinked: "Where more than {n} are drawn at once, they are no links.",
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
    let are_dots = matches!(map.features.first().map(|one| one.place), Some(Place::Point(_)));
    let number = |n: usize| count(n as i64, site.lang);
    html! {
        @if let Some(drawn) = drawn {
            @let is_linked = drawn.is_linked && map.features.iter().any(|one| one.href.is_some());
            section {
                @if is_linked { a.skip href="#below-map" { (words.skip) } }
                figure.picture.features.several[!is_alone].dots[are_dots] {
                    (PreEscaped(drawn.svg))
                    figcaption #below-map tabindex="-1" {
                        @if is_linked { span.screen { (words.linked) } }
                        @if !drawn.is_linked {
                            span.screen { (fill(words.unlinked, &[("n", &number(LINKS_MAX))])) }
                        }
                        @if map.n_without_place > 0 {
                            " " (fill(words.without_place, &[("n", &number(map.n_without_place))]))
                        }
                    }
                }
            }
        } @else if map.n_without_place > 0 {
            p.under { (fill(words.without_place, &[("n", &number(map.n_without_place))])) }
        }
    }
}
