//! Numbers as text, straight from the grid.

use crate::model::grid::STEPS_PER_DEGREE;

const ONE: u32 = STEPS_PER_DEGREE as u32;
const FRACTION_DIGITS: usize = STEPS_PER_DEGREE.ilog10() as usize;

/// `00000000`
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// Whole degrees with the point after them, and how many bytes that is. At most 214 go into 32 bits.
static WHOLE: [([u8; 4], usize); 215] = {
    let mut whole = [([0; 4], 0); 215];
    let mut number = 0;
    while number < whole.len() {
        let [a, b, c] = [number / 100, number / 10 % 10, number % 10];
        let [a, b, c] = [b'0' + a as u8, b'0' + b as u8, b'0' + c as u8];
        whole[number] = match number {
            0..10 => ([c, b'.', 0, 0], 2),
            10..100 => ([b, c, b'.', 0], 3),
            _ => ([a, b, c, b'.'], 4),
        };
        number += 1;
    }
    whole
};

/// Appends grid steps as degrees: exact, up to 7 decimals, no zeros at the end.
#[inline]
pub fn push_degrees(steps: i32, into: &mut Vec<u8>) {
    if steps < 0 {
        into.push(b'-');
    }
    let size = steps.unsigned_abs();
    let (whole, n_bytes) = WHOLE[(size / ONE) as usize];
    let fraction = fraction_digits(size % ONE);
    let n_decimals = FRACTION_DIGITS + 1 - fraction.leading_zeros() as usize / 8;
    push_first(n_bytes - usize::from(n_decimals == 0), whole, into);
    push_first(n_decimals, (fraction | ZEROS).to_le_bytes(), into);
}

/// Appends the first `n` of some bytes. All are written and the rest is taken back: a copy of a known length is a
/// single move.
fn push_first<const N: usize>(n: usize, bytes: [u8; N], into: &mut Vec<u8>) {
    let end = into.len() + n;
    into.extend_from_slice(&bytes);
    into.truncate(end);
}

/// The seven digits of a fraction, a byte each, the first lowest; above them a zero.
///
/// Fours, twos, then single digits are parted all at once, by multiplications with inverses rounded up, which are
/// exact for so few digits.
const fn fraction_digits(rest: u32) -> u64 {
    // An eighth digit, 0, fills the register.
    let (high, low) = (rest / 1_000, rest % 1_000 * 10);
    let fours = high as u64 | (low as u64) << 32;
    let hundreds = ((fours * 10_486) >> 20) & 0x7f_0000_007f;
    let twos = hundreds | (fours - hundreds * 100) << 16;
    let tens = ((twos * 103) >> 10) & 0x0f_000f_000f_000f;
    tens | (twos - tens * 10) << 8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(steps: i32) -> String {
        let mut bytes = Vec::new();
        push_degrees(steps, &mut bytes);
        String::from_utf8(bytes).expect("digits")
    }

    #[test]
    fn degrees_are_told_as_they_are() {
        let check = |steps, text| assert_eq!(told(steps), text);
        check(0, "0");
        check(1, "0.0000001");
        check(-1, "-0.0000001");
        check(1_069_123_400, "106.91234");
        check(479_000_000, "47.9");
        check(-1_800_000_000, "-180");
        check(i32::MIN, "-214.7483648");
    }

    #[test]
    fn every_four_and_every_three_digits_are_parted() {
        for rest in (0..ONE).step_by(1_000).chain(0..1_000) {
            let digits = fraction_digits(rest).to_le_bytes().map(|digit| digit + b'0');
            assert_eq!(digits, format!("{rest:07}0").as_bytes());
        }
    }

    proptest! {
        #[test]
        fn what_is_told_is_read_back_to_the_same_step(steps in any::<i32>()) {
            let degrees: f64 = told(steps).parse().expect("a number");
            prop_assert_eq!((degrees * f64::from(STEPS_PER_DEGREE)).round() as i64, i64::from(steps));
        }
    }
}
