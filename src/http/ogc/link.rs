//! Links of documents to each other.

use serde::Serialize;

use crate::model::Lang;

#[derive(Debug, Clone, Serialize)]
pub struct Link {
    pub href: String,
    pub rel: &'static str,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hreflang: Option<&'static str>,
}

impl Link {
    pub fn new(
        href: impl Into<String>,
        rel: &'static str,
        kind: &'static str,
        title: impl Into<String>,
    ) -> Self {
        Self { href: href.into(), rel, kind, title: title.into(), hreflang: None }
    }

    #[must_use]
    pub const fn in_language(mut self, lang: Lang) -> Self {
        self.hreflang = Some(lang.tag());
        self
    }
}

/// Relations that OGC and W3C register.
pub mod rel {
    pub const CATALOG: &str = "http://www.w3.org/ns/dcat#catalog";
    pub const TILESETS: &str = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";
    pub const TILING_SCHEMES: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes";
    pub const TILING_SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";
    pub const QUERYABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";
    pub const SORTABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/sortables";
    pub const SCHEMA: &str = "http://www.opengis.net/def/rel/ogc/1.0/schema";
}

impl From<&Link> for crate::pages::ogc::Reference {
    fn from(link: &Link) -> Self {
        Self {
            href: link.href.clone(),
            title: link.title.clone(),
            rel: link.rel.to_owned(),
            kind: link.kind.to_owned(),
            note: String::new(),
        }
    }
}
