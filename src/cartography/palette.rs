//! Colours of classes, for a light and a dark ground.
//!
//! Ramps have the hues of the `ColorBrewer` ramps `GnBu`, `Purples`, `Oranges` and `Greens` in steps of lightness
//! that look equally wide; none stands where neither black nor white letters can be read well. Zero is a tint that
//! differs from the ground, no data a grey that no ramp has; the 3 × 3 scheme is made by hand.
//! Owns: which colour stands for which class. The tests hold every pair at a distance.

use serde::{Serialize, Serializer};

use super::query::MapMeasure;

/// `0xRRGGBB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub u32);

/// A colour on white and the one that stands for it on the dark theme's ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour {
    pub light: Rgb,
    pub dark: Rgb,
}

/// Most classes of a sequential ramp, zero not counted.
pub const CLASSES_MAX: usize = 5;

/// Drawn with a hatch where the map can: grey alone is too little.
pub const NO_DATA: Colour = colour(0xd0_cdca, 0x81_7e75);

struct Ramp {
    zero: Colour,
    classes: [Colour; CLASSES_MAX],
}

const fn colour(light: u32, dark: u32) -> Colour {
    Colour { light: Rgb(light), dark: Rgb(dark) }
}

const GREEN_BLUE: Ramp = Ramp {
    zero: colour(0xdb_f1df, 0x1d_3341),
    classes: [
        colour(0x9b_dab2, 0x26_5760),
        colour(0x44_b6d2, 0x2e_747e),
        colour(0x18_8fc4, 0x44_9da4),
        colour(0x19_60a3, 0x81_c9b9),
        colour(0x09_2e66, 0xd4_f3d8),
    ],
};

const PURPLE: Ramp = Ramp {
    zero: colour(0xe7_e3fa, 0x2b_2e4b),
    classes: [
        colour(0xc0_bde1, 0x52_4678),
        colour(0x9f_97cd, 0x72_5fa8),
        colour(0x85_70bb, 0x96_83c9),
        colour(0x63_429e, 0xbe_b1e6),
        colour(0x38_0a73, 0xeb_e5fa),
    ],
};

const ORANGE: Ramp = Ramp {
    zero: colour(0xfe_ebd6, 0x3c_2b1a),
    classes: [
        colour(0xfa_cc9b, 0x6e_441c),
        colour(0xf4_a460, 0x9a_5f27),
        colour(0xea_7527, 0xc5_8237),
        colour(0xc2_4707, 0xe9_ad66),
        colour(0x6d_2207, 0xfe_e5bf),
    ],
};

const GREEN: Ramp = Ramp {
    zero: colour(0xe3_f2dd, 0x1e_3526),
    classes: [
        colour(0xb2_ddac, 0x27_5a37),
        colour(0x76_be77, 0x39_7a4a),
        colour(0x3e_9a54, 0x59_a366),
        colour(0x16_6d33, 0x93_cc92),
        colour(0x00_3915, 0xd8_f2d0),
    ],
};

/// Rows by the second figure (purple), columns by the first (teal): none, fewer, more.
const TEAL_PURPLE: [[Colour; 3]; 3] = [
    [colour(0xe1_e3e7, 0x2f_353c), colour(0x84_c6b0, 0x3a_6b62), colour(0x12_8c7a, 0x4f_b39c)],
    [colour(0xe3_b5ef, 0x5d_3582), colour(0x8f_93b3, 0x7d_8299), colour(0x3a_5a73, 0xc3_d4ee)],
    [colour(0xa9_74dc, 0x94_60c9), colour(0x7a_48b4, 0xb9_97f0), colour(0x2f_1045, 0xf7_f2ea)],
];

/// The colour of zero.
pub fn zero(measure: MapMeasure) -> Colour {
    ramp(measure).map_or(TEAL_PURPLE[0][0], |ramp| ramp.zero)
}

/// Colours of `n` classes in rising order; `n` from 0 to [`CLASSES_MAX`].
///
/// For the bivariate map these are the columns of its first row.
pub fn sequence(measure: MapMeasure, n: usize) -> Vec<Colour> {
    let Some(ramp) = ramp(measure) else { return TEAL_PURPLE[0][1..].iter().copied().take(n).collect() };
    // Spread over the ramp, so that few classes differ as much as the ramp allows.
    let steps: &[usize] = match n {
        0 => &[],
        1 => &[2],
        2 => &[0, 3],
        3 => &[0, 2, 4],
        4 => &[0, 1, 3, 4],
        _ => &[0, 1, 2, 3, 4],
    };
    steps.iter().map(|&step| ramp.classes[step]).collect()
}

/// The colour of a pair of classes, each 0 (none), 1 (fewer) or 2 (more).
pub fn bivariate(first: usize, second: usize) -> Colour {
    TEAL_PURPLE[second][first]
}

/// Every colour that a unit can have.
pub fn all() -> impl Iterator<Item = Colour> {
    let ramps = [GREEN_BLUE, PURPLE, ORANGE, GREEN].into_iter();
    let sequential = ramps.flat_map(|ramp| std::iter::once(ramp.zero).chain(ramp.classes));
    sequential.chain(TEAL_PURPLE.into_iter().flatten()).chain([NO_DATA])
}

fn ramp(measure: MapMeasure) -> Option<&'static Ramp> {
    match measure {
        MapMeasure::Identifications => Some(&GREEN_BLUE),
        MapMeasure::Replications => Some(&PURPLE),
        MapMeasure::ReplicationsHosted => Some(&ORANGE),
        MapMeasure::Participation => Some(&GREEN),
        MapMeasure::Bivariate => None,
    }
}

/// `#a8ddb5`.
impl std::fmt::Display for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:06x}", self.0)
    }
}

impl Serialize for Rgb {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::colour::{Vision, difference, lightness};
    use crate::cartography::contrast::contrast;

    /// CIEDE2000 that keeps two areas apart at a glance, well above the just noticeable 1 to 2.
    const APART: f64 = 6.0;
    const NEIGHBOURS_APART: f64 = 8.5;
    const FROM_GROUND: f64 = 5.0;
    const PAPER: Rgb = Rgb(0xff_ffff);
    const DARK_GROUND: Rgb = Rgb(0x14_181d);

    fn assert_apart(name: &str, colours: &[Colour]) {
        for vision in Vision::ALL {
            for (idx, a) in colours.iter().enumerate() {
                for b in &colours[..idx] {
                    for (a, b) in [(a.light, b.light), (a.dark, b.dark)] {
                        let found = difference(a, b, vision);
                        assert!(found >= APART, "{name}: {a} and {b} differ by {found:.1} under {vision:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn classes_zero_and_no_data_stay_apart_for_every_kind_of_eye() {
        for measure in MapMeasure::ALL {
            for n in 1..=CLASSES_MAX {
                let mut colours = sequence(measure, n);
                colours.extend([zero(measure), NO_DATA]);
                assert_apart(measure.word(), &colours);
            }
        }
    }

    /// Neighbours in a ramp lie side by side on a map too, and are what is told apart most often.
    #[test]
    fn neighbouring_classes_differ_clearly_for_every_kind_of_eye() {
        for measure in MapMeasure::ALL.into_iter().filter(|&m| m != MapMeasure::Bivariate) {
            for n in 1..=CLASSES_MAX {
                let ramp: Vec<Colour> = std::iter::once(zero(measure)).chain(sequence(measure, n)).collect();
                for (pair, vision) in ramp.windows(2).flat_map(|pair| Vision::ALL.map(|v| (pair, v))) {
                    for (a, b) in [(pair[0].light, pair[1].light), (pair[0].dark, pair[1].dark)] {
                        let found = difference(a, b, vision);
                        assert!(
                            found >= NEIGHBOURS_APART,
                            "{measure:?}: {a} and {b} differ by {found:.1} under {vision:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn zero_is_not_taken_for_the_ground_around_the_city() {
        for (measure, vision) in MapMeasure::ALL.into_iter().flat_map(|m| Vision::ALL.map(|v| (m, v))) {
            for (zero, ground) in [(zero(measure).light, PAPER), (zero(measure).dark, DARK_GROUND)] {
                let found = difference(zero, ground, vision);
                assert!(
                    found >= FROM_GROUND,
                    "{measure:?}: {zero} and {ground} differ by {found:.1} under {vision:?}"
                );
            }
        }
    }

    #[test]
    fn the_nine_pairs_stay_apart_for_every_kind_of_eye() {
        let mut colours: Vec<Colour> = (0..9).map(|i| bivariate(i % 3, i / 3)).collect();
        assert_apart("bivariate", &colours);
        colours.push(NO_DATA);
        assert_apart("bivariate with no data", &colours);
    }

    #[test]
    fn more_is_darker_on_white_and_lighter_on_the_dark_ground() {
        for measure in MapMeasure::ALL {
            let ramp: Vec<Colour> =
                std::iter::once(zero(measure)).chain(sequence(measure, CLASSES_MAX)).collect();
            for pair in ramp.windows(2) {
                assert!(contrast(pair[1].light, PAPER) > contrast(pair[0].light, PAPER), "{measure:?}");
                assert!(contrast(pair[1].dark, Rgb(0)) > contrast(pair[0].dark, Rgb(0)), "{measure:?}");
            }
        }
    }

    /// On paper without colours: lightness is all that is left.
    #[test]
    fn neighbouring_classes_are_told_apart_in_shades_of_grey() {
        const STEP: f64 = 8.0;
        for measure in MapMeasure::ALL.into_iter().filter(|&m| m != MapMeasure::Bivariate) {
            for n in 1..=CLASSES_MAX {
                let ramp: Vec<Colour> = std::iter::once(zero(measure)).chain(sequence(measure, n)).collect();
                for pair in ramp.windows(2) {
                    let light = lightness(pair[0].light) - lightness(pair[1].light);
                    let dark = lightness(pair[1].dark) - lightness(pair[0].dark);
                    assert!(light >= STEP && dark >= STEP, "{measure:?}: {pair:?}: {light:.1}, {dark:.1}");
                }
            }
        }
    }

    #[test]
    fn a_colour_is_written_with_six_digits() {
        assert_eq!(Rgb(0x08_4081).to_string(), "#084081");
    }
}
