//! Numbers as text, straight from the grid.

use crate::model::grid::STEPS_PER_DEGREE;

const FRACTION_DIGITS: usize = STEPS_PER_DEGREE.ilog10() as usize;

/// Appends grid steps as degrees: exact, up to 7 decimals, no zeros at the end.
pub fn push_degrees(steps: i32, into: &mut Vec<u8>) {
    const ONE: u32 = STEPS_PER_DEGREE as u32;
    let size = steps.unsigned_abs();
    let (whole, mut rest) = (size / ONE, size % ONE);
    if steps < 0 {
        into.push(b'-');
    }
    // At most 214 degrees go into 32 bits.
    if whole >= 100 {
        into.push(digit(whole / 100));
    }
    if whole >= 10 {
        into.push(digit(whole / 10));
    }
    into.push(digit(whole));
    if rest == 0 {
        return;
    }
    let mut digits = [b'.'; FRACTION_DIGITS + 1];
    for place in digits[1..].iter_mut().rev() {
        *place = digit(rest);
        rest /= 10;
    }
    let end = digits.iter().rposition(|&digit| digit != b'0').unwrap_or(0);
    into.extend_from_slice(&digits[..=end]);
}

const fn digit(number: u32) -> u8 {
    b'0' + (number % 10) as u8
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

    proptest! {
        #[test]
        fn what_is_told_is_read_back_to_the_same_step(steps in any::<i32>()) {
            let degrees: f64 = told(steps).parse().expect("a number");
            prop_assert_eq!((degrees * f64::from(STEPS_PER_DEGREE)).round() as i64, i64::from(steps));
        }
    }
}
