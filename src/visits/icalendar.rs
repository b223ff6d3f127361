//! Visits as a calendar file (RFC 5545), in the zone Asia/Ulaanbaatar.
//!
//! Owns: the text of the file, and of which years it tells the time. What a visit is called and where it is, callers say in the reader's language.
//! Design: a page of text here instead of a crate, because those at hand bring a second date library; a test
//! has the file read back by Python's `icalendar`.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::DateTime;

/// Octets of a line without its end, RFC 5545 §3.1.
const LINE_MAX_BYTES: usize = 75;

/// The first year of which the file tells the time; see [`ZONE`].
pub const FIRST_YEAR: i16 = 2007;

/// Eight hours before UTC, nine in the summers of 2015 and 2016 (IANA). It begins with the end of an earlier summer
/// time, in 2006.
const ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Asia/Ulaanbaatar\r\n\
                    BEGIN:STANDARD\r\nDTSTART:20060930T020000\r\nRDATE:20150926T000000,20160924T000000\r\n\
                    TZOFFSETFROM:+0900\r\nTZOFFSETTO:+0800\r\nTZNAME:+08\r\nEND:STANDARD\r\n\
                    BEGIN:DAYLIGHT\r\nDTSTART:20150328T020000\r\nRDATE:20160326T020000\r\n\
                    TZOFFSETFROM:+0800\r\nTZOFFSETTO:+0900\r\nTZNAME:+09\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";

/// Times are civil times in Ulaanbaatar.
#[derive(Debug, Clone)]
pub struct Event {
    /// Unique in the world and the same whenever the same event is written.
    pub uid: String,
    pub begins: DateTime,
    pub ends: DateTime,
    pub summary: String,
    pub location: Option<String>,
    pub description: Option<String>,
    /// Longitude and latitude, degrees.
    pub position: Option<[f64; 2]>,
    pub url: Option<String>,
}

/// A calendar file with these events; `made_at` is written into each as the time of its making, `notice` holds for all.
pub fn calendar(
    name: &str,
    notice: Option<&str>,
    language: &str,
    made_at: Timestamp,
    events: &[Event],
) -> String {
    let mut file = Lines(String::new());
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line("PRODID:-//HLP Tracker//visits//EN");
    file.line("CALSCALE:GREGORIAN");
    file.text(&format!("X-WR-CALNAME;LANGUAGE={language}"), name);
    if let Some(notice) = notice {
        file.text(&format!("X-WR-CALDESC;LANGUAGE={language}"), notice);
    }
    file.0.push_str(ZONE);
    for event in events {
        file.line("BEGIN:VEVENT");
        file.text("UID", &event.uid);
        file.line(&format!("DTSTAMP:{}", made_at.strftime("%Y%m%dT%H%M%SZ")));
        for (key, at) in [("DTSTART", event.begins), ("DTEND", event.ends)] {
            file.line(&format!("{key};TZID=Asia/Ulaanbaatar:{}", at.strftime("%Y%m%dT%H%M%S")));
        }
        file.text(&format!("SUMMARY;LANGUAGE={language}"), &event.summary);
        let said =
            [event.description.as_deref(), notice].into_iter().flatten().collect::<Vec<_>>().join("\n");
        for (key, text) in [("LOCATION", event.location.as_deref()), ("DESCRIPTION", Some(&*said))] {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                file.text(&format!("{key};LANGUAGE={language}"), text);
            }
        }
        if let Some([lon, lat]) = event.position {
            file.line(&format!("GEO:{lat:.6};{lon:.6}"));
        }
        if let Some(url) = &event.url {
            file.line(&format!("URL:{url}"));
        }
        file.line("END:VEVENT");
    }
    file.line("END:VCALENDAR");
    file.0
}

struct Lines(String);

impl Lines {
    /// Escaped as text values are, RFC 5545 §3.3.11.
    fn text(&mut self, key: &str, value: &str) {
        let mut line = format!("{key}:");
        for char in value.chars() {
            match char {
                '\\' | ';' | ',' => {
                    let _ = write!(line, "\\{char}");
                }
                '\n' => line.push_str("\\n"),
                char if char.is_control() => {}
                char => line.push(char),
            }
        }
        self.line(&line);
    }

    /// Folded between characters, never inside one.
    fn line(&mut self, line: &str) {
        let mut used = 0;
        for char in line.chars() {
            if used + char.len_utf8() > LINE_MAX_BYTES {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(char);
            used += char.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn written(summary: &str) -> String {
        let event = Event {
            uid: "2026-11-23-bzd-26@example".to_owned(),
            begins: date(2026, 11, 23).at(9, 30, 0, 0),
            ends: date(2026, 11, 23).at(10, 45, 0, 0),
            summary: summary.to_owned(),
            location: Some("Баянзүрх дүүрэг, 26 дугаар хороо".to_owned()),
            description: None,
            position: Some([106.95, 47.92]),
            url: None,
        };
        calendar("Аялал", None, "mn", Timestamp::UNIX_EPOCH, &[event])
    }

    #[test]
    fn lines_are_folded_between_characters_and_unfold_to_what_was_said() {
        let summary = "Хорооны танхимд хичээлийн дараах өрөө; хоёр, гурав\\дөрөв\nмөр ".repeat(4);
        let file = written(&summary);
        assert!(file.split("\r\n").all(|line| line.len() <= LINE_MAX_BYTES), "{file}");
        let unfolded = file.replace("\r\n ", "");
        let line =
            unfolded.lines().find_map(|line| line.strip_prefix("SUMMARY;LANGUAGE=mn:")).expect("a summary");
        let said = line.replace("\\n", "\n").replace("\\;", ";").replace("\\,", ",").replace("\\\\", "\\");
        assert_eq!(said, summary);
    }

    #[test]
    fn times_are_civil_times_of_the_zone() {
        let file = written("a");
        assert!(file.contains("DTSTART;TZID=Asia/Ulaanbaatar:20261123T093000\r\n"), "{file}");
        assert!(file.contains("DTSTAMP:19700101T000000Z\r\n"), "{file}");
        assert!(file.contains("GEO:47.920000;106.950000\r\n"), "{file}");
    }
}
