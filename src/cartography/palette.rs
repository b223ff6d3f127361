//! Colours of classes, for a light and a dark ground.
//!
//! Light ramps are the `ColorBrewer` ramps `GnBu`, `Purples`, `Oranges` and `Greens`, with steps left out so
//! that classes stay apart for colour-blind eyes too; dark ramps and the 3 × 3 scheme are made by hand. Zero is a
//! pale tint of its own, no data a grey that no ramp has.
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
    zero: colour(0xf7_fcf0, 0x1b_2229),
    classes: [
        colour(0xa8_ddb5, 0x1d_4a55),
        colour(0x4e_b3d3, 0x2b_6f7b),
        colour(0x2b_8cbe, 0x41_97a0),
        colour(0x08_68ac, 0x7c_c3b5),
        colour(0x08_4081, 0xd0_f0d4),
    ],
};

const PURPLE: Ramp = Ramp {
    zero: colour(0xfc_fbfd, 0x20_1f2b),
    classes: [
        colour(0xbc_bddc, 0x3d_3163),
        colour(0x9e_9ac8, 0x5d_4c90),
        colour(0x6a_51a3, 0x83_71bb),
        colour(0x54_278f, 0xad_9fdb),
        colour(0x3f_007d, 0xe2_daf7),
    ],
};

const ORANGE: Ramp = Ramp {
    zero: colour(0xff_f5eb, 0x27_2019),
    classes: [
        colour(0xfd_d0a2, 0x57_330f),
        colour(0xfd_ae6b, 0x84_501d),
        colour(0xf1_6913, 0xb5_732b),
        colour(0xd9_4801, 0xdf_9f57),
        colour(0x7f_2704, 0xfc_dcb0),
    ],
};

const GREEN: Ramp = Ramp {
    zero: colour(0xf7_fcf5, 0x1c_241e),
    classes: [
        colour(0xc7_e9c0, 0x1d_4a2c),
        colour(0x74_c476, 0x2f_6e42),
        colour(0x23_8b45, 0x4b_955a),
        colour(0x00_6d2c, 0x82_c284),
        colour(0x00_441b, 0xcf_eec5),
    ],
};

/// Rows by the second figure (purple), columns by the first (teal): none, fewer, more.
const TEAL_PURPLE: [[Colour; 3]; 3] = [
    [colour(0xe8_e8e8, 0x2f_353c), colour(0x84_c6b0, 0x3a_6b62), colour(0x12_8c7a, 0x4f_b39c)],
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
    use crate::cartography::colour::{Vision, contrast, difference};

    /// CIEDE2000 that keeps two areas apart at a glance, well above the just noticeable 1 to 2.
    const APART: f64 = 6.0;
    const INK: Rgb = Rgb(0x1f_2933);
    const PAPER: Rgb = Rgb(0xff_ffff);

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

    /// Labels have a white halo on light fills and a dark one on dark fills; the letters lie on it.
    #[test]
    fn labels_stay_readable_on_their_halo() {
        assert!(contrast(INK, PAPER) >= 7.0);
    }

    #[test]
    fn a_colour_is_written_with_six_digits() {
        assert_eq!(Rgb(0x08_4081).to_string(), "#084081");
    }
}
