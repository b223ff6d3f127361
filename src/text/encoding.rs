//! Which letters the bytes of a text file are.
//!
//! A byte order mark decides; then UTF-8 if all bytes fit; then UTF-16 by where its zero bytes stand;
//! what is left is Windows-1251, the code page of Cyrillic spreadsheets, also as Mongolian fonts bent it.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

/// Bytes that are looked at to tell UTF-16.
const SAMPLE_BYTES: usize = 4 << 10;

/// Text, and the name of its encoding.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub encoding: &'static str,
    /// Some bytes meant no letter.
    pub is_damaged: bool,
}

pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    let encoding = encoding_of(bytes);
    let (text, used, is_damaged) = encoding.decode(bytes);
    if used == WINDOWS_1251 && text.contains(is_borrowed) {
        let text = text.chars().map(mongolian).collect::<String>();
        return Decoded {
            text: text.into(), encoding: "windows-1251, є and ї read as ө and ү", is_damaged
        };
    }
    Decoded { text, encoding: used.name(), is_damaged }
}

/// The code page has no `ө` and `ү`: fonts of old drew them in the places of two Ukrainian letters.
const BORROWED: [(char, char); 4] = [('є', 'ө'), ('Є', 'Ө'), ('ї', 'ү'), ('Ї', 'Ү')];

fn is_borrowed(c: char) -> bool {
    BORROWED.iter().any(|(borrowed, _)| *borrowed == c)
}

fn mongolian(c: char) -> char {
    BORROWED.iter().find(|(borrowed, _)| *borrowed == c).map_or(c, |(_, meant)| *meant)
}

fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    if !sample.contains(&0) {
        return if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1251 };
    }
    // Commas, digits and line ends have a zero as their high half.
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    if zeros(1) >= zeros(0) { UTF_16LE } else { UTF_16BE }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "код;нэр\nbzd-26;Өвлийн үйл\n";

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn text_is_the_same_in_every_encoding() {
        let check = |bytes: &[u8], encoding: &str| {
            let decoded = decode(bytes);
            assert_eq!((decoded.text.as_ref(), decoded.encoding), (TEXT, encoding));
            assert!(!decoded.is_damaged);
        };
        check(TEXT.as_bytes(), "UTF-8");
        check(format!("\u{feff}{TEXT}").as_bytes(), "UTF-8");
        check(&utf16(TEXT, u16::to_le_bytes), "UTF-16LE");
        check(&utf16(TEXT, u16::to_be_bytes), "UTF-16BE");
        check(&utf16(&format!("\u{feff}{TEXT}"), u16::to_le_bytes), "UTF-16LE");
        check(&utf16(&format!("\u{feff}{TEXT}"), u16::to_be_bytes), "UTF-16BE");
    }

    #[test]
    fn what_is_not_unicode_is_read_as_the_cyrillic_code_page() {
        let bytes = [0xea, 0xee, 0xe4, b';', 0xf5, 0xee, 0xf0, 0xee, 0xee];
        assert_eq!(decode(&bytes).text, "код;хороо");
        assert_eq!(decode(&bytes).encoding, "windows-1251");
        // `Өнгөт үзүүлэн` as fonts of before Unicode wrote it.
        let bytes = [0xaa, 0xed, 0xe3, 0xba, 0xf2, b' ', 0xbf, 0xe7, 0xbf, 0xfd, 0xeb, 0xfd, 0xed];
        assert_eq!(decode(&bytes).text, "Өнгөт үзүэлэн");
        assert!(!decode(&bytes).is_damaged);
    }
}
