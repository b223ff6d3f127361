//! The viewer's fonts, as a MapLibre style names them.
//!
//! Style and viewer draw labels with the same files; which characters each holds stands here for the
//! style and in `web/src/viewer.css` for the page.

use super::assets::Assets;
use crate::cartography::{FONT_REGULAR, FONT_SEMIBOLD, FontFace, FontFaces};

/// Subset of Noto Sans, and the characters taken from it. Ө and Ү are in the extended one, № in the plain.
const SUBSETS: [(&str, &[&str]); 3] = [
    ("latin", &["U+0000-00FF", "U+2000-206F", "U+2190-2193", "U+2212"]),
    ("cyrillic", &["U+0400-045F", "U+0490-0491", "U+04B0-04B1", "U+2116"]),
    ("cyrillic-ext", &["U+0460-048F", "U+0492-04AF", "U+04B2-052F"]),
];

const WEIGHTS: [(&str, &str); 2] = [(FONT_REGULAR, "400"), (FONT_SEMIBOLD, "600")];

/// Files by font name; `address` is the service's, without a slash at its end.
///
/// A subset that the build does not hold is left out: clients then draw it in a font of their own.
pub fn faces(assets: &Assets, address: &str) -> FontFaces {
    let face = |weight: &str, (subset, ranges): (&str, &[&str])| {
        let file = assets.built_from(&format!("noto-sans-{subset}-{weight}-normal.woff2"))?;
        let unicode_range = ranges.iter().map(|range| (*range).to_owned()).collect();
        Some(FontFace { url: format!("{address}/{file}"), unicode_range })
    };
    let font = |(name, weight): (&str, &str)| {
        let faces = SUBSETS.into_iter().filter_map(|subset| face(weight, subset)).collect();
        (name.to_owned(), faces)
    };
    WEIGHTS.into_iter().map(font).collect()
}
