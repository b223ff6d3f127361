//! Mongolian alphabetical order, numbers by value.

/// Sorts text as a Mongolian reader expects: Ө after О, Ү after У, `9` before `10`, case ignored.
///
/// Cyrillic comes before Latin; other characters keep the order of their code points, after spaces and
/// digits. Equal keys of different texts are told apart by the text itself, so that sorting is total.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    parts: Vec<Part>,
    text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Space,
    Number(u64),
    Letter(u32),
    Latin(char),
    Other(char),
}

const ALPHABET: &str = "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя";

impl SortKey {
    pub fn new(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut number: Option<u64> = None;
        for c in text.chars().flat_map(char::to_lowercase) {
            if let Some(digit) = c.to_digit(10) {
                let so_far = number.unwrap_or(0);
                number = Some(so_far.saturating_mul(10).saturating_add(u64::from(digit)));
                continue;
            }
            parts.extend(number.take().map(Part::Number));
            parts.push(Part::of(c));
        }
        parts.extend(number.map(Part::Number));
        Self { parts, text: text.to_owned() }
    }
}

impl Part {
    fn of(c: char) -> Self {
        if c.is_whitespace() || c == '-' {
            return Self::Space;
        }
        match (0_u32..).zip(ALPHABET.chars()).find(|(_, letter)| *letter == c) {
            Some((position, _)) => Self::Letter(position),
            None if c.is_ascii_alphabetic() => Self::Latin(c),
            None => Self::Other(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mongolian_letters_and_numbers_take_their_places() {
        let expected =
            ["2-р хороо", "10-р хороо", "Налайх", "Номин", "Нөмрөг", "Нур", "Нүхт", "Хан-Уул", "Baganuur"];
        let mut sorted = expected;
        sorted.reverse();
        sorted.sort_by_key(|text| SortKey::new(text));
        assert_eq!(sorted, expected);
    }
}
