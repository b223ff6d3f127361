//! Where a store is: a file, or a PostgreSQL database.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;

/// Why a text names no store. The text is not repeated where it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LocationError {
    #[error("a store is a path, `gpkg:PATH` or `postgres://…`; this is empty")]
    Empty,
    #[error("a store is a path, `gpkg:PATH` or `postgres://…`, not `{scheme}:`")]
    Scheme { scheme: String },
    #[error("the `postgres://` address of the store cannot be understood: {reason}")]
    Address { reason: String },
}

/// An address of a store. `Display` and `Debug` never show a password.
#[derive(Clone)]
pub enum Location {
    GeoPackage(PathBuf),
    Postgis(Box<PgConnectOptions>),
}

impl Location {
    /// Reads `PATH`, `gpkg:PATH` or `postgres://…`.
    pub fn parse(text: &str) -> Result<Self, LocationError> {
        if let Some(path) = text.strip_prefix("gpkg:") {
            return Self::file(path);
        }
        if text.starts_with("postgres:") || text.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(text)
                .map_err(|e| LocationError::Address { reason: without_address(&e, text) })?;
            return Ok(Self::Postgis(Box::new(options.application_name("hlp"))));
        }
        // A scheme has at least two letters: `C:\data` is a path.
        match text.split_once("://") {
            Some((scheme, _)) if scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric()) => {
                Err(LocationError::Scheme { scheme: scheme.to_owned() })
            }
            _ => Self::file(text),
        }
    }

    fn file(path: &str) -> Result<Self, LocationError> {
        if path.is_empty() { Err(LocationError::Empty) } else { Ok(Self::GeoPackage(path.into())) }
    }
}

/// What is wrong, in words that do not repeat the address.
fn without_address(error: &sqlx::Error, text: &str) -> String {
    let message = match error {
        sqlx::Error::Configuration(source) => source.to_string(),
        other => other.to_string(),
    };
    if message.contains(text) { "it is no address".into() } else { message }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::GeoPackage(path) => write!(f, "{}", path.display()),
            Self::Postgis(options) => {
                let host = match options.get_socket() {
                    Some(socket) => socket.display().to_string(),
                    None => options.get_host().to_owned(),
                };
                let database = options.get_database().unwrap_or(options.get_username());
                write!(f, "postgres://{host}:{}/{database}", options.get_port())
            }
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_addresses_are_told_apart() {
        for (text, shown) in [
            ("data/hlp.gpkg", "data/hlp.gpkg"),
            ("gpkg:postgres://odd", "postgres://odd"),
            ("C:\\data\\hlp.gpkg", "C:\\data\\hlp.gpkg"),
            ("postgresql://u:secret@db.example:5433/hlp", "postgres://db.example:5433/hlp"),
        ] {
            assert_eq!(Location::parse(text).map(|l| l.to_string()), Ok(shown.to_owned()));
        }
        assert!(matches!(Location::parse(""), Err(LocationError::Empty)));
        assert!(matches!(Location::parse("gpkg:"), Err(LocationError::Empty)));
        assert!(matches!(Location::parse("http://x/y"), Err(LocationError::Scheme { .. })));
    }

    #[test]
    fn a_password_is_never_shown() {
        let location = Location::parse("postgres://u:s3cret@db/hlp").expect("an address");
        assert!(!format!("{location} {location:?}").contains("s3cret"));
        for bad in ["postgres://u:s3cret@db:port/hlp", "postgres://u:s3cret@[db/hlp", "postgres:u:s3cret"] {
            if let Err(error) = Location::parse(bad) {
                assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
            }
        }
    }
}
