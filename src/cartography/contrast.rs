//! Whether letters can be read on a ground.
//!
//! Sources: sRGB, IEC 61966-2-1; contrast, WCAG 2.2.

use super::palette::Rgb;

/// Contrast of text on a ground, 1 to 21.
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let luminance = |c: Rgb| {
        let [r, g, b] = linear(c);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Channels as light, each from 0 to 1.
pub fn linear(colour: Rgb) -> [f64; 3] {
    let [_, r, g, b] = colour.0.to_be_bytes();
    [r, g, b].map(|channel| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_is_the_most_there_is() {
        assert!((contrast(Rgb(0), Rgb(0x00ff_ffff)) - 21.0).abs() < 1e-9);
        assert!((contrast(Rgb(0x77_7777), Rgb(0x77_7777)) - 1.0).abs() < 1e-9);
    }
}
