//! The address of a day's route, which holds all of it.
//!
//! Invariant: fields stand in one order and only those that were given; links to data name the same.

use std::fmt::Write as _;

/// Fields as they were given, empty ones left out. The names are those of `/api/v1/day-routes`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    pub from: Option<String>,
    pub theme: Option<String>,
    pub stops: Option<String>,
    pub date: Option<String>,
    pub start: Option<String>,
    pub end: Option<String>,
    pub visit_minutes: Option<String>,
    pub open: Option<String>,
    pub lunch: Option<String>,
    pub lunch_minutes: Option<String>,
    pub vintage: Option<String>,
}

impl Asked {
    /// - `parameter`: of the request; `None` where it is empty or missing.
    pub fn read<'a>(parameter: impl Fn(&str) -> Option<&'a str>) -> Self {
        let text = |name| parameter(name).map(|text| text.trim().to_owned());
        Self {
            from: text("from"),
            theme: text("theme"),
            stops: text("stops"),
            date: text("date"),
            start: text("start"),
            end: text("end"),
            visit_minutes: text("visit_minutes"),
            open: text("open"),
            lunch: text("lunch"),
            lunch_minutes: text("lunch_minutes"),
            vintage: text("vintage"),
        }
    }

    /// Everything in the order of the address.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let Self { from, theme, stops, date, start, end, visit_minutes, open, lunch, lunch_minutes, vintage } =
            self;
        [
            ("from", from),
            ("theme", theme),
            ("stops", stops),
            ("date", date),
            ("start", start),
            ("end", end),
            ("visit_minutes", visit_minutes),
            ("open", open),
            ("lunch", lunch),
            ("lunch_minutes", lunch_minutes),
            ("vintage", vintage),
        ]
        .into_iter()
        .filter_map(|(name, text)| Some((name, text.as_deref()?)))
    }

    /// `?from=bzd-26&stops=bzd-1,bzd-12`, or nothing.
    pub fn query(&self) -> String {
        written(self.pairs())
    }

    /// That of the same route's data, in a form of `/api/v1/day-routes`.
    ///
    /// - `date`: which day it is, even where none was given.
    pub fn data(&self, date: &str, form: &str, lang: Option<&str>) -> String {
        let own = self.pairs().filter(|(name, _)| !matches!(*name, "theme" | "date"));
        let more = [("date", Some(date)), ("f", Some(form)), ("lang", lang)];
        written(own.chain(more.into_iter().filter_map(|(name, text)| Some((name, text?)))))
    }

    #[must_use]
    pub fn with_stops(&self, stops: Option<String>) -> Self {
        Self { stops, ..self.clone() }
    }

    /// The same with one stop more.
    #[must_use]
    pub fn and_stop(&self, stop: &str) -> Self {
        let stops = self.stops.as_ref().map_or_else(|| stop.to_owned(), |before| format!("{before},{stop}"));
        self.with_stops(Some(stops))
    }
}

/// A query whose lists can be read: commas and colons stay as they are.
fn written<'n, 'a>(pairs: impl Iterator<Item = (&'n str, &'a str)>) -> String {
    let mut out = String::new();
    for (name, text) in pairs {
        out.push(if out.is_empty() { '?' } else { '&' });
        out.push_str(name);
        out.push('=');
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.~,:".contains(&byte) {
                out.push(char::from(byte));
            } else {
                write!(out, "%{byte:02X}").expect("a string takes everything");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_what_was_given_in_one_order_and_reads_the_same_again() {
        let query = "lunch=none&stops=bzd-1%3Ap%2F1,bzd-2&from=bzd-26&date=&theme=a+b&utm_source=x";
        let read = |query: &str| {
            let given: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .filter(|(_, text)| !text.is_empty())
                .collect();
            Asked::read(|name| given.iter().find(|(own, _)| own == name).map(|(_, text)| text.as_str()))
        };
        let asked = read(query);
        let address = asked.query();
        assert_eq!(address, "?from=bzd-26&theme=a%20b&stops=bzd-1:p%2F1,bzd-2&lunch=none");
        assert_eq!(read(&address[1..]), asked);
        assert_eq!(Asked::default().query(), "");
    }

    #[test]
    fn data_have_the_day_and_no_theme() {
        let asked = Asked { from: Some("bzd-1".into()), theme: Some("waste".into()), ..Asked::default() };
        let data = asked.and_stop("bzd-2").and_stop("bzd-3").data("2026-12-01", "ics", Some("mn"));
        assert_eq!(data, "?from=bzd-1&stops=bzd-2,bzd-3&date=2026-12-01&f=ics&lang=mn");
    }
}
