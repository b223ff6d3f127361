//! Colours of everything in a picture that is no class, for both grounds.

use super::frame::Scheme;
use crate::cartography::legend::Entry;
use crate::cartography::palette::Rgb;

/// Opacities are of `ink`.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    pub scheme: Scheme,
    pub paper: Rgb,
    pub ink: Rgb,
    pub quiet: Rgb,
    /// Ground of what is not in question.
    pub ground: Rgb,
    /// Between units.
    pub hairline: Rgb,
    /// Around units whose fill is hardly seen.
    pub edge: Rgb,
    pub accent: Rgb,
    pub notice: Rgb,
    /// Lines over a ground of no data.
    pub hatch: Rgb,
}

const LIGHT: Theme = Theme {
    scheme: Scheme::Light,
    paper: Rgb(0xff_ffff),
    ink: Rgb(0x1f_2933),
    quiet: Rgb(0x52_606d),
    ground: Rgb(0xf5_f7fa),
    hairline: Rgb(0xff_ffff),
    edge: Rgb(0xc3_ccd4),
    accent: Rgb(0x1a_5fb4),
    notice: Rgb(0xfb_f3dc),
    hatch: Rgb(0x8b_8780),
};

const DARK: Theme = Theme {
    scheme: Scheme::Dark,
    paper: Rgb(0x14_181d),
    ink: Rgb(0xe6_ebf0),
    quiet: Rgb(0xa3_b0bd),
    ground: Rgb(0x1c_2229),
    hairline: Rgb(0x14_181d),
    edge: Rgb(0x3f_4a56),
    accent: Rgb(0x8a_b8f0),
    notice: Rgb(0x35_2d16),
    hatch: Rgb(0xc0_bbb0),
};

impl Theme {
    pub const fn of(scheme: Scheme) -> Self {
        match scheme {
            Scheme::Light => LIGHT,
            Scheme::Dark => DARK,
        }
    }

    pub const fn fill(self, entry: &Entry) -> Rgb {
        match self.scheme {
            Scheme::Light => entry.colour,
            Scheme::Dark => entry.colour_dark,
        }
    }

    /// Letters on a fill: dark or light, whichever stands out more.
    pub const fn letters(fill: Rgb) -> Rgb {
        let [_, r, g, b] = fill.0.to_be_bytes();
        // Luma, ITU-R BT.601, in thousandths; the middle between both inks as the eye has it.
        let luma = 299 * r as u32 + 587 * g as u32 + 114 * b as u32;
        if luma > 130_000 { LIGHT.ink } else { LIGHT.paper }
    }
}
