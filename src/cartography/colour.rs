//! Whether two colours can be told apart, also by colour-blind eyes. Used by the palettes' tests.
//!
//! Sources: dichromacy at full severity, Machado, Oliveira and Fernandes 2009; difference, CIEDE2000 as in
//! Sharma, Wu and Dalal 2005.

use super::contrast::linear;
use super::palette::Rgb;

/// How somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vision {
    Normal,
    Protanopia,
    Deuteranopia,
    Tritanopia,
}

/// CIE L*a*b* under D65.
#[derive(Debug, Clone, Copy)]
pub struct Lab(pub f64, pub f64, pub f64);

impl Vision {
    pub const ALL: [Self; 4] = [Self::Normal, Self::Protanopia, Self::Deuteranopia, Self::Tritanopia];

    /// Acts on linear RGB.
    const fn matrix(self) -> [[f64; 3]; 3] {
        match self {
            Self::Normal => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Self::Protanopia => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Self::Deuteranopia => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Self::Tritanopia => [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        }
    }
}

/// CIEDE2000 between two colours as `vision` sees them; 1 is just noticeable, 100 black on white.
pub fn difference(a: Rgb, b: Rgb, vision: Vision) -> f64 {
    ciede2000(seen(a, vision), seen(b, vision))
}

/// L* of a colour: 0 black, 100 white.
pub fn lightness(colour: Rgb) -> f64 {
    seen(colour, Vision::Normal).0
}

fn seen(colour: Rgb, vision: Vision) -> Lab {
    let rgb = linear(colour);
    let [r, g, b] = vision
        .matrix()
        .map(|row| row.iter().zip(rgb).map(|(weight, c)| weight * c).sum::<f64>().clamp(0.0, 1.0));
    let x = 0.412_456_4 * r + 0.357_576_1 * g + 0.180_437_5 * b;
    let y = 0.212_672_9 * r + 0.715_152_2 * g + 0.072_175_0 * b;
    let z = 0.019_333_9 * r + 0.119_192_0 * g + 0.950_304_1 * b;
    let f = |t: f64| {
        if t > 216.0 / 24_389.0 { t.cbrt() } else { (24_389.0 / 27.0 * t + 16.0) / 116.0 }
    };
    let (x, y, z) = (f(x / 0.950_47), f(y), f(z / 1.088_83));
    Lab(116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z))
}

fn ciede2000(Lab(l1, a1, b1): Lab, Lab(l2, a2, b2): Lab) -> f64 {
    let chroma_weight = |c: f64| (c.powi(7) / (c.powi(7) + 25_f64.powi(7))).sqrt();
    let g = 0.5 * (1.0 - chroma_weight(f64::midpoint(a1.hypot(b1), a2.hypot(b2))));
    let (a1, a2) = (a1 * (1.0 + g), a2 * (1.0 + g));
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue =
        |a: f64, b: f64| if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).to_degrees().rem_euclid(360.0) };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let is_grey = c1 * c2 == 0.0;
    let turn = match h2 - h1 {
        _ if is_grey => 0.0,
        turn if turn > 180.0 => turn - 360.0,
        turn if turn < -180.0 => turn + 360.0,
        turn => turn,
    };
    let middle = f64::midpoint(h1, h2);
    let mean_hue = match middle {
        _ if is_grey => h1 + h2,
        _ if (h1 - h2).abs() <= 180.0 => middle,
        _ if middle < 180.0 => middle + 180.0,
        _ => middle - 180.0,
    };
    let (lightness, chroma) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(mean_hue - 30.0) + 0.24 * cos(2.0 * mean_hue) + 0.32 * cos(3.0 * mean_hue + 6.0)
        - 0.20 * cos(4.0 * mean_hue - 63.0);
    let from_grey = (lightness - 50.0).powi(2);
    let by_lightness = (l2 - l1) / (1.0 + 0.015 * from_grey / (20.0 + from_grey).sqrt());
    let by_chroma = (c2 - c1) / (1.0 + 0.045 * chroma);
    let by_hue = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin() / (1.0 + 0.015 * chroma * t);
    let blue = 60.0 * (-((mean_hue - 275.0) / 25.0).powi(2)).exp();
    let rotation = -2.0 * chroma_weight(chroma) * blue.to_radians().sin();
    (by_lightness.powi(2) + by_chroma.powi(2) + by_hue.powi(2) + rotation * by_chroma * by_hue).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_is_that_of_the_published_pairs() {
        let pairs = [
            ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
            ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
            ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
            ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
            ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
        ];
        for ((l1, a1, b1), (l2, a2, b2), expected) in pairs {
            let found = ciede2000(Lab(l1, a1, b1), Lab(l2, a2, b2));
            assert!((found - expected).abs() < 5e-5, "{found} for {expected}");
        }
    }

    #[test]
    fn red_and_green_come_close_for_colour_blind_eyes_only() {
        let (red, green) = (Rgb(0x00d7_3027), Rgb(0x006b_7a1a));
        assert!(difference(red, green, Vision::Normal) > 40.0);
        assert!(difference(red, green, Vision::Deuteranopia) < 20.0);
    }
}
