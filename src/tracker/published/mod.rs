//! What others have published, word for word, kept apart from what is computed here.
//!
//! A figure from somebody's slides cannot be traced to records, so it never stands on a card and nothing is
//! computed from it. It is served with its unit, its base (or that none was told), its date and its source,
//! so that whoever sets it beside a computed one sees what is compared.
//!
//! Owns: the figures, the events of the timeline, their sources. One file a subject.
//! Invariant: no other module of this room uses it. No person is named.

mod city;
mod elsewhere;
mod process;
mod sources;
mod timeline;
mod trainings;

use crate::model::place::words;

/// A figure, a group of figures that belong together, or an event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Published {
    pub id: &'static str,
    pub topic: Topic,
    pub name_mn: &'static str,
    pub name_en: &'static str,
    /// Empty for an event without a number.
    pub values: &'static [Part],
    /// What is counted; `None` where nothing is.
    pub base: Option<Counted>,
    /// Over how many people or events a share or mean is taken, where that was published.
    pub n: Option<i64>,
    /// ISO 8601 as exact as it was told: a day, a month or a year.
    pub as_of: &'static str,
    pub note_mn: Option<&'static str>,
    pub note_en: Option<&'static str>,
    pub sources: &'static [Source],
}

/// One number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Unique among the values of its figure.
    pub id: &'static str,
    pub name_mn: &'static str,
    pub name_en: &'static str,
    pub value: f64,
    /// `trainings`, `%`, `percentage points` …
    pub unit: &'static str,
}

/// What is counted, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    pub mn: &'static str,
    pub en: &'static str,
    /// False where the source does not say, and the words say what it could be.
    pub is_told: bool,
}

/// Where a figure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    pub id: &'static str,
    pub title_mn: &'static str,
    pub title_en: &'static str,
    pub publisher_mn: &'static str,
    pub publisher_en: &'static str,
    /// Of publication: a month or a year.
    pub date: &'static str,
    /// `None` for what has no public address.
    pub url: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Of the Human Resources Development Center.
    Trainings,
    /// Khoroos taking part, practices and replications.
    Process,
    /// What happened in which year.
    Timeline,
    City,
    /// Other programmes and countries, for comparison only.
    Elsewhere,
}

words!(Topic {
    Trainings = "trainings",
    Process = "process",
    Timeline = "timeline",
    City = "city",
    Elsewhere = "elsewhere",
});

/// Everything published, by topic.
pub fn published() -> impl Iterator<Item = &'static Published> {
    let process = trainings::TRAININGS.iter().chain(&process::PROCESS);
    process.chain(&timeline::TIMELINE).chain(&city::CITY).chain(&elsewhere::ELSEWHERE)
}

/// What most figures have: one source, nothing more to say.
const fn figure(
    topic: Topic,
    id: &'static str,
    [name_mn, name_en]: [&'static str; 2],
    values: &'static [Part],
    as_of: &'static str,
    sources: &'static [Source],
) -> Published {
    Published {
        id,
        topic,
        name_mn,
        name_en,
        values,
        base: None,
        n: None,
        as_of,
        note_mn: None,
        note_en: None,
        sources,
    }
}

impl Published {
    const fn of(mut self, mn: &'static str, en: &'static str) -> Self {
        self.base = Some(Counted { mn, en, is_told: true });
        self
    }

    /// The source does not tell what is counted; it could be what the words say.
    const fn of_untold(mut self, mn: &'static str, en: &'static str) -> Self {
        self.base = Some(Counted { mn, en, is_told: false });
        self
    }

    const fn over(mut self, n: i64) -> Self {
        self.n = Some(n);
        self
    }

    const fn noting(mut self, mn: &'static str, en: &'static str) -> Self {
        (self.note_mn, self.note_en) = (Some(mn), Some(en));
        self
    }
}

const fn part(
    id: &'static str,
    [name_mn, name_en]: [&'static str; 2],
    value: f64,
    unit: &'static str,
) -> Part {
    Part { id, name_mn, name_en, value, unit }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn value(id: &str, part: &str) -> f64 {
        let figure = published().find(|p| p.id == id).unwrap_or_else(|| panic!("no figure {id}"));
        figure.values.iter().find(|v| v.id == part).unwrap_or_else(|| panic!("{id} has no {part}")).value
    }

    fn check(sum: f64, expected: f64) {
        assert!((sum - expected).abs() < 1e-9, "{sum} {expected}");
    }

    #[test]
    fn parts_add_up_to_what_was_published() {
        check(value("identifications", "2020") + value("identifications", "2022"), 392.0);
        check(value("identifications", "total"), 392.0);
        check(value("hrdc_gender", "women") + value("hrdc_gender", "men"), 100.0);
        check(value("hrdc_form", "online") + value("hrdc_form", "classroom"), 100.0);
        check(value("hrdc_scores", "after") - value("hrdc_scores", "before"), value("hrdc_scores", "gain"));
        let hr =
            100.0 * value("undp_hr_specialists", "trained") / value("undp_hr_specialists", "specialists");
        check(hr, value("undp_hr_specialists", "share"));
    }

    #[test]
    fn replications_are_fewer_than_the_practices_of_their_cycle() {
        check((1000.0 * value("replications", "2022") / value("identifications", "total")).round(), 242.0);
        assert!(value("replications", "2022") < value("identifications", "2022"));
        assert!(value("khoroos", "2020") < value("khoroos", "2022"));
        check(value("khoroos", "2022") - value("khoroos", "2020"), 33.0);
    }

    #[test]
    fn a_gain_in_scores_is_in_points_and_shares_say_over_how_many() {
        let find = |id: &str| published().find(|p| p.id == id).expect("published");
        let gain = find("hrdc_scores").values.iter().find(|v| v.id == "gain").expect("a gain");
        assert_eq!(gain.unit, "percentage points");
        assert_eq!(find("hrdc_satisfaction").n, Some(2_480));
        assert!(!find("hrdc_form").base.expect("words").is_told);
    }

    #[test]
    fn everything_published_has_a_source_a_date_and_both_languages() {
        let is_cyrillic = |text: &str| text.chars().any(|c| ('а'..='я').contains(&c));
        let both = |mn: &str, en: &str, id: &str| {
            assert!(is_cyrillic(mn) && !is_cyrillic(en) && !en.is_empty(), "{id}: {mn} / {en}");
            assert!(!mn.contains("  ") && !en.contains("  "), "{id}: {mn} / {en}");
        };
        let ids: BTreeSet<&str> = published().map(|p| p.id).collect();
        assert_eq!(ids.len(), published().count());
        for p in published() {
            both(p.name_mn, p.name_en, p.id);
            assert!(!p.sources.is_empty(), "{}", p.id);
            assert!(p.as_of.starts_with("20") && matches!(p.as_of.len(), 4 | 7 | 10), "{}", p.id);
            assert_eq!(p.note_mn.is_some(), p.note_en.is_some(), "{}", p.id);
            if let Some((mn, en)) = p.note_mn.zip(p.note_en) {
                both(mn, en, p.id);
            }
            if let Some(base) = p.base {
                both(base.mn, base.en, p.id);
            }
            let parts: BTreeSet<&str> = p.values.iter().map(|v| v.id).collect();
            assert_eq!(parts.len(), p.values.len(), "{}", p.id);
            for value in p.values {
                both(value.name_mn, value.name_en, p.id);
                assert!(value.value.is_finite() && value.value > 0.0, "{}", p.id);
            }
            assert_eq!(p.base.is_none(), p.values.is_empty(), "{}: a number without base", p.id);
            for source in p.sources {
                both(source.title_mn, source.title_en, source.id);
                both(source.publisher_mn, source.publisher_en, source.id);
                assert!(source.url.is_none_or(|url| url.starts_with("https://")), "{}", source.id);
            }
            let is_after = |source: &Source| source.date >= p.as_of.get(..4).expect("a year");
            assert!(p.sources.iter().any(is_after), "{}: told before it happened", p.id);
        }
    }

    #[test]
    fn a_publisher_whose_mongolian_name_is_not_verified_is_told_as_translated() {
        let of_slides =
            published().flat_map(|p| p.sources).find(|source| source.id == "hrdc_2023").expect("slides");
        assert!(
            of_slides.publisher_mn.ends_with("(HRDC; нэрийг англиас орчуулав)"),
            "{}",
            of_slides.publisher_mn
        );
    }

    #[test]
    fn no_mailbox_or_number_to_call_is_published() {
        let texts = published().flat_map(|p| {
            [Some(p.name_mn), Some(p.name_en), p.note_mn, p.note_en].into_iter().flatten().collect::<Vec<_>>()
        });
        for text in texts {
            assert!(!text.contains('@') && !text.contains("+976"), "{text}");
        }
    }
}
