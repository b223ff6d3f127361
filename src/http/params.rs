//! Parameters in the query and parts of the path: read, and refused by name when unknown.
//!
//! A misspelt parameter that is silently ignored gives an answer to another question, so under
//! `/api`, `/tiles` and `/styles` it is an error that lists what there is. Pages ignore what they do
//! not know, because websites add parameters of their own.
//!
//! Owns: unknown, repeated and malformed parameters. Leaves to others: what a value means.
//! Design: the names come from the same declaration as the OpenAPI document, so they cannot differ.

use std::any::TypeId;
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{LazyLock, PoisonError, RwLock};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

use super::error::Error;

/// Query parameters of an endpoint; a struct of `Option<String>`, documented for OpenAPI.
pub struct Params<T>(pub T);

impl<T, S> FromRequestParts<S> for Params<T>
where
    T: DeserializeOwned + IntoParams + 'static,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        read(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

/// Parts of the path; what is not well-formed is refused in the same shape as everything else.
pub struct Path<T>(pub T);

impl<T, S> FromRequestParts<S> for Path<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let found = axum::extract::Path::from_request_parts(parts, state).await;
        let refused = |_| Error::InvalidPath { path: shortened(parts.uri.path()) };
        found.map(|axum::extract::Path(value)| Self(value)).map_err(refused)
    }
}

/// Parameters of two declarations in one query.
#[derive(serde::Deserialize)]
pub struct Both<A, B> {
    #[serde(flatten)]
    pub first: A,
    #[serde(flatten)]
    pub second: B,
}

impl<A: IntoParams, B: IntoParams> IntoParams for Both<A, B> {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let (first, second) = (A::into_params(&place), B::into_params(&place));
        first.into_iter().chain(second).collect()
    }
}

/// For an endpoint without parameters.
#[derive(serde::Deserialize, IntoParams)]
pub struct NoParams {}

/// Names of the parameters of `T`. Declarations carry their whole documentation, which took longer to make for each
/// request than to answer it.
fn names<T: IntoParams + 'static>() -> &'static [String] {
    static OF: LazyLock<RwLock<HashMap<TypeId, &'static [String]>>> = LazyLock::new(RwLock::default);
    let of = TypeId::of::<T>();
    if let Some(names) = OF.read().unwrap_or_else(PoisonError::into_inner).get(&of) {
        return names;
    }
    // Leaked once for each type, of which the program has a few dozen.
    let names = || Vec::leak(T::into_params(|| None).into_iter().map(|p| p.name).collect());
    OF.write().unwrap_or_else(PoisonError::into_inner).entry(of).or_insert_with(|| names())
}

fn read<T: DeserializeOwned + IntoParams + 'static>(query: &str) -> Result<T, Error> {
    let pairs: Vec<(String, String)> =
        form_urlencoded::parse(query.as_bytes()).map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
    if !pairs.is_empty() {
        let allowed = names::<T>();
        for (idx, (name, _)) in pairs.iter().enumerate() {
            if !allowed.contains(name) {
                return Err(Error::UnknownParameter { name: shortened(name), allowed: allowed.to_vec() });
            }
            if pairs[..idx].iter().any(|(earlier, _)| earlier == name) {
                return Err(Error::RepeatedParameter { name: name.clone() });
            }
        }
    }
    let object = pairs.into_iter().map(|(name, value)| (name, value.into())).collect();
    serde_json::from_value(serde_json::Value::Object(object)).map_err(Error::internal)
}

/// The value of a parameter, `None` where it is not given.
pub fn parsed<T>(name: &'static str, value: Option<&str>) -> Result<Option<T>, Error>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    value.map(|text| text.parse().map_err(|reason: T::Err| invalid(name, text, reason))).transpose()
}

/// A day, `None` where it is not given.
pub fn day(name: &'static str, value: Option<&str>) -> Result<Option<Date>, Error> {
    let read =
        |text: &str| text.parse().map_err(|_| invalid(name, text, "a day such as 2022-05-14 is needed"));
    value.map(read).transpose()
}

/// The value of a parameter that may be `all`, which is the same as not giving it.
pub fn unless_all(value: Option<&str>) -> Option<&str> {
    value.filter(|text| *text != "all")
}

/// A whole number between two bounds, both allowed.
pub fn number_within(
    name: &'static str,
    value: Option<&str>,
    default: usize,
    (min, max): (usize, usize),
) -> Result<usize, Error> {
    let Some(text) = value else { return Ok(default) };
    match text.parse::<usize>() {
        Ok(n) if (min..=max).contains(&n) => Ok(n),
        _ => Err(invalid(name, text, format!("a whole number from {min} to {max} is needed"))),
    }
}

/// One of a few words.
pub fn one_of<T: Copy>(
    name: &'static str,
    value: Option<&str>,
    default: T,
    words: &[(&'static str, T)],
) -> Result<T, Error> {
    let Some(text) = value else { return Ok(default) };
    words.iter().find(|(word, _)| *word == text).map(|&(_, value)| value).ok_or_else(|| {
        let allowed = words.iter().map(|(word, _)| (*word).to_owned()).collect();
        Error::InvalidParameter { name, detail: not_listed(name, text), allowed }
    })
}

/// Yes or no, `None` where it is not given.
pub fn boolean(name: &'static str, value: Option<&str>) -> Result<Option<bool>, Error> {
    const WORDS: [(&str, bool); 4] = [("true", true), ("false", false), ("1", true), ("0", false)];
    value.map(|_| one_of(name, value, false, &WORDS)).transpose()
}

pub fn invalid(name: &'static str, value: &str, reason: impl std::fmt::Display) -> Error {
    let detail = format!("`{}` is no value of parameter `{name}`: {reason}", shortened(value));
    Error::InvalidParameter { name, detail, allowed: Vec::new() }
}

/// The text for a value that none of a few words is.
pub fn not_listed(name: &str, value: &str) -> String {
    format!("`{}` is no value of parameter `{name}`", shortened(value))
}

/// What a client sent, short enough to say back.
pub fn shortened(text: &str) -> String {
    const CHARS_MAX: usize = 80;
    if text.chars().count() <= CHARS_MAX {
        text.to_owned()
    } else {
        text.chars().take(CHARS_MAX).chain(std::iter::once('…')).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize, IntoParams)]
    struct Sample {
        level: Option<String>,
        cycle: Option<String>,
    }

    #[test]
    fn a_parameter_that_is_not_declared_is_refused_with_the_list() {
        match read::<Sample>("level=khoroo&colour=red") {
            Err(Error::UnknownParameter { name, allowed }) => {
                assert_eq!((name.as_str(), allowed.join(" ").as_str()), ("colour", "level cycle"));
            }
            _ => panic!("accepted"),
        }
        assert!(matches!(read::<NoParams>("a="), Err(Error::UnknownParameter { .. })));
        assert!(matches!(read::<Sample>("level=a&level=a"), Err(Error::RepeatedParameter { .. })));
    }

    #[test]
    fn values_are_decoded() {
        let sample: Sample = read("cycle=2022%20%D1%85").expect("known parameters");
        assert_eq!((sample.level, sample.cycle.as_deref()), (None, Some("2022 х")));
    }

    #[test]
    fn yes_and_no_have_two_spellings_each() {
        let told = |text| boolean("bom", text).ok().flatten();
        let spelt = [Some("true"), Some("1"), Some("false"), Some("0"), None];
        assert_eq!(spelt.map(told), [Some(true), Some(true), Some(false), Some(false), None]);
        for text in ["", "yes", "TRUE", "01"] {
            let Err(Error::InvalidParameter { allowed, .. }) = boolean("bom", Some(text)) else {
                panic!("{text}")
            };
            assert_eq!(allowed, ["true", "false", "1", "0"]);
        }
    }

    #[test]
    fn a_number_outside_its_bounds_is_refused() {
        assert_eq!(number_within("limit", None, 10, (1, 20)).ok(), Some(10));
        assert_eq!(number_within("limit", Some("20"), 10, (1, 20)).ok(), Some(20));
        for text in ["0", "21", "-1", "", "x", "1e1"] {
            assert!(number_within("limit", Some(text), 10, (1, 20)).is_err(), "{text}");
        }
    }
}
