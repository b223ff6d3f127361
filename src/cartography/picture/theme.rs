//! Colours of everything in a picture, for both grounds and for pages.
//!
//! A framed picture is light or dark. A bare one is part of a page that may be either: its colours are the
//! page's custom properties, each with the light colour where a page has none. Colours of classes are named
//! after what they are on white: `var(--a8ddb5,#a8ddb5)`. `web/src/css/picture.css` has them for dark pages.

use std::fmt::{self, Display};

use super::frame::Scheme;
use crate::cartography::contrast::contrast;
use crate::cartography::palette::{self, Colour, Rgb};

/// A colour as it stands in the markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    Flat(Rgb),
    /// A custom property, and the colour where it is not set.
    Named(&'static str, Rgb),
    /// The property of a class's colour.
    Class(Rgb),
    /// That of letters on a class's colour, and the colour of the letters where it is not set.
    On(Rgb, Rgb),
}

/// Opacities are of `ink`.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    /// `None` in a page.
    scheme: Option<Scheme>,
    pub paper: Paint,
    pub ink: Paint,
    pub quiet: Paint,
    /// Ground of what is not in question.
    pub ground: Paint,
    /// Between units.
    pub hairline: Paint,
    /// Around units whose fill is hardly seen.
    pub edge: Paint,
    pub accent: Paint,
    /// Ground of what is in question.
    pub tint: Paint,
    pub notice: Paint,
    /// Lines over a ground of no data.
    pub hatch: Paint,
}

/// Letters on a map, and the halo that keeps them apart from what they run over.
#[derive(Debug, Clone, Copy)]
pub struct Lettering {
    pub ink: Paint,
    pub halo: Paint,
}

const INK: Rgb = Rgb(0x1f_2933);
const PAPER: Rgb = Rgb(0xff_ffff);
const BLACK: Rgb = Rgb(0);
const EDGE: Colour = Colour { light: Rgb(0xc3_ccd4), dark: Rgb(0x3f_4a56) };
const HATCH: Colour = Colour { light: Rgb(0x8b_8780), dark: Rgb(0xc0_bbb0) };

const LIGHT: Theme = Theme {
    scheme: Some(Scheme::Light),
    paper: Paint::Flat(PAPER),
    ink: Paint::Flat(INK),
    quiet: Paint::Flat(Rgb(0x52_606d)),
    ground: Paint::Flat(Rgb(0xf5_f7fa)),
    hairline: Paint::Flat(PAPER),
    edge: Paint::Flat(EDGE.light),
    accent: Paint::Flat(Rgb(0x1a_5fb4)),
    tint: Paint::Flat(Rgb(0xe8_f0fa)),
    notice: Paint::Flat(Rgb(0xfb_f3dc)),
    hatch: Paint::Flat(HATCH.light),
};

const DARK: Theme = Theme {
    scheme: Some(Scheme::Dark),
    paper: Paint::Flat(Rgb(0x14_181d)),
    ink: Paint::Flat(Rgb(0xe6_ebf0)),
    quiet: Paint::Flat(Rgb(0xa3_b0bd)),
    ground: Paint::Flat(Rgb(0x1c_2229)),
    hairline: Paint::Flat(Rgb(0x14_181d)),
    edge: Paint::Flat(EDGE.dark),
    accent: Paint::Flat(Rgb(0x8a_b8f0)),
    tint: Paint::Flat(Rgb(0x1e_2c3d)),
    notice: Paint::Flat(Rgb(0x35_2d16)),
    hatch: Paint::Flat(HATCH.dark),
};

/// The names are those of `web/src/tokens.css`.
const PAGE: Theme = Theme {
    scheme: None,
    paper: Paint::Named("paper", PAPER),
    ink: Paint::Named("ink", INK),
    quiet: Paint::Named("ink-quiet", Rgb(0x52_606d)),
    ground: Paint::Named("ground", Rgb(0xf5_f7fa)),
    hairline: Paint::Named("paper", PAPER),
    edge: Paint::Named("map-edge", EDGE.light),
    accent: Paint::Named("accent", Rgb(0x1a_5fb4)),
    tint: Paint::Named("accent-ground", Rgb(0xe8_f0fa)),
    notice: Paint::Named("notice", Rgb(0xfb_f3dc)),
    hatch: Paint::Named("map-hatch", HATCH.light),
};

impl Theme {
    pub const fn of(scheme: Scheme) -> Self {
        match scheme {
            Scheme::Light => LIGHT,
            Scheme::Dark => DARK,
        }
    }

    pub const fn page() -> Self {
        PAGE
    }

    /// The fill of a class.
    pub const fn class(self, colour: Colour) -> Paint {
        match self.scheme {
            Some(Scheme::Light) => Paint::Flat(colour.light),
            Some(Scheme::Dark) => Paint::Flat(colour.dark),
            None => Paint::Class(colour.light),
        }
    }

    /// Letters on the fill of one class.
    pub fn on(self, fill: Colour) -> Lettering {
        Lettering { ink: self.letters(fill), halo: self.class(fill) }
    }

    /// Letters over fills of several classes, or beside all.
    pub const fn over(self) -> Lettering {
        Lettering { ink: self.ink, halo: self.paper }
    }

    /// Letters on the fill of a class that they do not run over.
    pub fn letters(self, fill: Colour) -> Paint {
        let (light, dark) = (letters(fill.light), letters(fill.dark));
        match self.scheme {
            Some(Scheme::Light) => Paint::Flat(light),
            Some(Scheme::Dark) => Paint::Flat(dark),
            None if light.0 == dark.0 => Paint::Flat(light),
            None => Paint::On(fill.light, light),
        }
    }
}

/// Black or white, whichever stands out more on a fill: only these together reach 4.5 : 1 on every one.
fn letters(fill: Rgb) -> Rgb {
    if contrast(fill, BLACK) >= contrast(fill, PAPER) { BLACK } else { PAPER }
}

/// The custom properties that a dark page sets for bare pictures, with their colours.
pub fn dark_properties() -> Vec<(String, Rgb)> {
    let mut properties = vec![("map-edge".to_owned(), EDGE.dark), ("map-hatch".to_owned(), HATCH.dark)];
    for Colour { light, dark } in palette::all() {
        properties.push((format!("{:06x}", light.0), dark));
        if letters(light) != letters(dark) {
            properties.push((format!("on-{:06x}", light.0), letters(dark)));
        }
    }
    properties
}

impl Display for Paint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flat(rgb) => write!(f, "{rgb}"),
            Self::Named(name, rgb) => write!(f, "var(--{name},{rgb})"),
            Self::Class(rgb) => write!(f, "var(--{:06x},{rgb})", rgb.0),
            Self::On(fill, rgb) => write!(f, "var(--on-{:06x},{rgb})", fill.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use super::*;
    use crate::cartography::palette::{CLASSES_MAX, NO_DATA};
    use crate::cartography::query::MapMeasure;

    /// What is seen of a paint; `dark` are the properties of a dark page.
    fn seen(paint: Paint, dark: Option<&BTreeMap<String, Rgb>>) -> Rgb {
        let (name, light) = match paint {
            Paint::Flat(rgb) => return rgb,
            Paint::Named(name, light) => (name.to_owned(), light),
            Paint::Class(rgb) => (format!("{:06x}", rgb.0), rgb),
            Paint::On(fill, letters) => (format!("on-{:06x}", fill.0), letters),
        };
        dark.and_then(|properties| properties.get(&name).copied()).unwrap_or(light)
    }

    /// With zero and no data, for every number of classes.
    fn fills(measure: MapMeasure) -> Vec<Colour> {
        let ramps = (1..=CLASSES_MAX).flat_map(|n| palette::sequence(measure, n));
        let pairs = (0..9).map(|pair| palette::bivariate(pair % 3, pair / 3));
        ramps.chain(pairs).chain([palette::zero(measure), NO_DATA]).collect()
    }

    #[test]
    fn letters_can_be_read_on_every_class_of_every_measure_in_every_theme() {
        let dark = dark_properties().into_iter().collect();
        let dresses = [(LIGHT, None), (DARK, None), (PAGE, None), (PAGE, Some(&dark))];
        for (measure, (theme, dark)) in MapMeasure::ALL.into_iter().flat_map(|m| dresses.map(|d| (m, d))) {
            for fill in fills(measure) {
                let Lettering { ink, halo } = theme.on(fill);
                assert_eq!(halo, theme.class(fill));
                let (ink, ground) = (seen(ink, dark), seen(halo, dark));
                let found = contrast(ground, ink);
                assert!(found >= 4.5, "{measure:?}, {:?}: {ink} on {ground}: {found:.2}", theme.scheme);
            }
        }
    }

    /// Those of a dark page are held by a test of its style sheet.
    #[test]
    fn letters_over_several_classes_can_be_read_on_their_halo() {
        for theme in [LIGHT, DARK, PAGE] {
            let Lettering { ink, halo } = theme.over();
            let found = contrast(seen(ink, None), seen(halo, None));
            assert!(found >= 4.5, "{:?}: {found:.2}", theme.scheme);
        }
    }

    /// Hatched ground is of two colours, and letters run over both.
    #[test]
    fn letters_can_be_read_on_the_hatch() {
        for (fill, hatch) in [(NO_DATA.light, HATCH.light), (NO_DATA.dark, HATCH.dark)] {
            let found = contrast(letters(fill), hatch);
            assert!(found >= 4.5, "{} on {hatch}: {found:.2}", letters(fill));
        }
    }

    #[test]
    fn a_class_of_a_page_has_one_dark_colour() {
        let mut dark: HashMap<Rgb, Rgb> = HashMap::new();
        for fill in palette::all() {
            assert_eq!(*dark.entry(fill.light).or_insert(fill.dark), fill.dark, "{}", fill.light);
        }
    }
}
