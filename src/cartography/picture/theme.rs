//! Colours of everything in a picture, for both grounds and for pages.
//!
//! A framed picture is light or dark. A bare one is part of a page that may be either: its colours are the
//! page's custom properties, each with the light colour where a page has none. Colours of classes are named
//! after what they are on white: `var(--a8ddb5,#a8ddb5)`. `web/src/css/picture.css` has them for dark pages.

use std::fmt::{self, Display};

use super::frame::Scheme;
use crate::cartography::contrast::contrast;
use crate::cartography::legend::Entry;
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
    pub notice: Paint,
    /// Lines over a ground of no data.
    pub hatch: Paint,
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

    pub const fn fill(self, entry: &Entry) -> Paint {
        self.class(Colour { light: entry.colour, dark: entry.colour_dark })
    }

    pub const fn class(self, colour: Colour) -> Paint {
        match self.scheme {
            Some(Scheme::Light) => Paint::Flat(colour.light),
            Some(Scheme::Dark) => Paint::Flat(colour.dark),
            None => Paint::Class(colour.light),
        }
    }

    /// Letters on the fill of a class.
    pub fn letters(self, entry: &Entry) -> Paint {
        let (light, dark) = (letters(entry.colour), letters(entry.colour_dark));
        match self.scheme {
            Some(Scheme::Light) => Paint::Flat(light),
            Some(Scheme::Dark) => Paint::Flat(dark),
            None if light.0 == dark.0 => Paint::Flat(light),
            None => Paint::On(entry.colour, light),
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
    use super::*;

    #[test]
    fn letters_can_be_read_on_every_fill_of_every_measure_in_both_schemes() {
        for fill in palette::all().flat_map(|Colour { light, dark }| [light, dark]) {
            let found = contrast(fill, letters(fill));
            assert!(found >= 4.5, "{} on {fill}: {found:.2}", letters(fill));
        }
    }
}
