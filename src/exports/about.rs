//! What every file says of itself, and its words for readers who are people.

use serde_json::{Map, Value as Json, json};

use super::Export;
use crate::model::Lang;
use crate::snapshot::Snapshot;

/// The licence, or words that nobody stated one, instead of leaving it out.
pub const fn licence_told(licence: Option<&str>, lang: Lang) -> &str {
    match (licence, lang) {
        (Some(licence), _) => licence,
        (None, Lang::Mn) => "заагаагүй",
        (None, Lang::En) => "not stated",
    }
}

pub struct About<'a> {
    pub title: String,
    pub vintage: Option<&'a str>,
    /// Cycles that its figures are of.
    pub cycles: Vec<&'a str>,
    pub source: Option<&'a str>,
    pub licence: &'a str,
    /// RFC 3339, UTC.
    pub published_at: String,
    pub revision: i64,
    pub illustrative: bool,
}

impl<'a> About<'a> {
    pub fn of(export: &'a Export<'_>) -> Self {
        let view = export.collection.view(export.snapshot);
        let Snapshot { revision, records, .. } = &**export.snapshot;
        let published_at = jiff::Timestamp::from_second(revision.published_at).unwrap_or_default();
        Self {
            title: export.collection.title(export.snapshot, export.options.lang),
            vintage: view.map(|view| view.vintage.id.as_str()),
            cycles: match view {
                Some(view) => view.counts.cycles.iter().map(String::as_str).collect(),
                None => records.cycles.iter().map(|cycle| cycle.id.as_str()).collect(),
            },
            source: view.map(|view| view.vintage.source.as_str()),
            licence: licence_told(export.licence, export.options.lang),
            published_at: published_at.to_string(),
            revision: revision.seq,
            illustrative: export.snapshot.illustrative,
        }
    }

    /// For programs.
    pub fn json(&self) -> Json {
        json!({
            "title": self.title,
            "vintage": self.vintage,
            "cycles": self.cycles,
            "source": self.source,
            "licence": self.licence,
            "published_at": self.published_at,
            "revision": self.revision,
            "illustrative": self.illustrative,
        })
    }

    /// [`Self::json`] as text alone, without what is unknown: GDAL keeps no other metadata of a FlatGeobuf.
    pub fn texts(&self) -> Map<String, Json> {
        let json = self.json();
        let known = json.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
        let text = |value: &Json| match value {
            Json::String(text) => text.clone(),
            Json::Array(_) => self.cycles.join(", "),
            other => other.to_string(),
        };
        known.map(|(name, value)| (name.clone(), text(value).into())).collect()
    }

    /// A label and what it says, a line each.
    pub fn lines(&self, lang: Lang) -> Vec<(&'static str, String)> {
        let pick = |mn, en| match lang {
            Lang::Mn => mn,
            Lang::En => en,
        };
        let mut lines = vec![(pick("Гарчиг", "Title"), self.title.clone())];
        if self.illustrative {
            let words = pick(
                "Зохиомол өгөгдөл: бодит хороодын мэдээ биш",
                "Illustrative: invented, and no figure of a real khoroo",
            );
            lines.push((pick("Анхаар", "Note"), words.to_owned()));
        }
        if let Some(vintage) = self.vintage {
            lines.push((pick("Хилийн он", "Vintage of the boundaries"), vintage.to_owned()));
        }
        lines.push((pick("Мөчлөгүүд", "Cycles"), self.cycles.join(", ")));
        if let Some(source) = self.source {
            lines.push((pick("Хилийн эх сурвалж", "Source of the boundaries"), source.to_owned()));
        }
        lines.extend([
            (pick("Лиценз", "Licence"), self.licence.to_owned()),
            (pick("Нийтэлсэн", "Published"), self.published_at.clone()),
            (pick("Хувилбар", "Revision"), self.revision.to_string()),
        ]);
        lines
    }
}
