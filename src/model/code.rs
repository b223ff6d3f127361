//! Identifiers: districts, khoroos, vintages.
//!
//! A khoroo's number alone names nothing: numbers restart in every district, and after a split the
//! parent keeps its number with a smaller area. So a khoroo version is `(vintage, code)`, written
//! `2022:bzd-26`. Official schemes disagree with each other and are attributes, never keys.

use std::fmt;
use std::str::FromStr;

/// Why a text is not a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    #[error("`{0}` is not a district code (2 to 8 letters a-z, then digits at most, such as `bzd`)")]
    District(String),
    #[error("`{0}` is not a khoroo code (district code, hyphen, number from 1 to 999999, such as `bzd-26`)")]
    Khoroo(String),
    #[error("`{0}` is not a vintage (1 to 16 of a-z, 0-9, `_`, such as `2022`)")]
    Vintage(String),
    #[error("`{0}` is not a khoroo version (vintage, colon, khoroo code, such as `2022:bzd-26`)")]
    KhorooId(String),
}

/// Abbreviation of a district, lower case: `bzd`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DistrictCode(Box<str>);

/// A khoroo within any vintage: district and number, written `bzd-26`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KhorooCode {
    pub district: DistrictCode,
    /// From 1 to 999 999, as MVT ids are district number × 1 000 000 + khoroo number.
    pub number: u32,
}

/// Name of a set of boundaries valid in one period: `2022`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VintageId(Box<str>);

/// One khoroo in one vintage, written `2022:bzd-26`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KhorooId {
    pub vintage: VintageId,
    pub code: KhorooCode,
}

/// Numbers of khoroos lie below this, so that MVT feature ids of districts do not overlap.
pub const KHOROO_NUMBER_LIMIT: u32 = 1_000_000;

impl DistrictCode {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl VintageId {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl KhorooCode {
    /// Errors: `Khoroo` if the number is 0 or above 999 999.
    pub fn new(district: DistrictCode, number: u32) -> Result<Self, CodeError> {
        if number == 0 || number >= KHOROO_NUMBER_LIMIT {
            return Err(CodeError::Khoroo(format!("{district}-{number}")));
        }
        Ok(Self { district, number })
    }

    pub fn at(&self, vintage: &VintageId) -> KhorooId {
        KhorooId { vintage: vintage.clone(), code: self.clone() }
    }
}

impl FromStr for DistrictCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let letters = text.bytes().take_while(u8::is_ascii_lowercase).count();
        let digits = text.len() - letters;
        let ends_in_digits = text.bytes().skip(letters).all(|b| b.is_ascii_digit());
        if (2..=8).contains(&letters) && digits <= 4 && ends_in_digits {
            Ok(Self(text.into()))
        } else {
            Err(CodeError::District(text.into()))
        }
    }
}

impl FromStr for KhorooCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let refused = || CodeError::Khoroo(text.into());
        let (district, number) = text.split_once('-').ok_or_else(refused)?;
        if number.starts_with('0') || !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(refused());
        }
        let number = number.parse().map_err(|_| refused())?;
        Self::new(district.parse().map_err(|_| refused())?, number).map_err(|_| refused())
    }
}

impl FromStr for VintageId {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if plain && (1..=16).contains(&text.len()) {
            Ok(Self(text.into()))
        } else {
            Err(CodeError::Vintage(text.into()))
        }
    }
}

impl FromStr for KhorooId {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let refused = || CodeError::KhorooId(text.into());
        let (vintage, code) = text.split_once(':').ok_or_else(refused)?;
        Ok(Self {
            vintage: vintage.parse().map_err(|_| refused())?,
            code: code.parse().map_err(|_| refused())?,
        })
    }
}

impl fmt::Display for DistrictCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for VintageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for KhorooCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.district, self.number)
    }
}

impl fmt::Display for KhorooId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.vintage, self.code)
    }
}

/// Debug and serde speak the same text as `Display` and `FromStr`.
macro_rules! spoken_as_text {
    ($($name:ty),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}
spoken_as_text!(DistrictCode, KhorooCode, VintageId, KhorooId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_as_they_are_written() {
        for text in ["2022:bzd-26", "2020:bn-1", "draft_3:skhd-43"] {
            assert_eq!(text.parse::<KhorooId>().map(|id| id.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_is_not_a_code_is_refused_with_its_text() {
        for text in ["", "bzd", "bzd-0", "bzd-026", "bzd-1000000", "БЗД-26", "bzd-26 ", "bzd--26", "bzd-+2"]
        {
            assert_eq!(text.parse::<KhorooCode>(), Err(CodeError::Khoroo(text.into())), "{text:?}");
        }
        assert!("2022".parse::<KhorooId>().is_err());
        assert!("20 22".parse::<VintageId>().is_err());
    }

    #[test]
    fn khoroos_sort_by_district_then_number_not_by_text() {
        let mut codes: Vec<KhorooCode> =
            ["bzd-10", "bzd-9", "bgd-34"].iter().map(|t| t.parse().expect("a code")).collect();
        codes.sort();
        assert_eq!(codes.iter().map(ToString::to_string).collect::<Vec<_>>(), ["bgd-34", "bzd-9", "bzd-10"]);
    }
}
