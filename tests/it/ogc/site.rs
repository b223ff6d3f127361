//! A served demo and what a client does with it: asks, follows links, turns pages.

use std::process::Stdio;
use std::sync::{LazyLock, Mutex};

use serde_json::Value;

use crate::support::server::{Answer, PATIENCE, Process, hlp};

pub const JSON: &str = "application/json";
pub const GEOJSON: &str = "application/geo+json";
pub const SCHEMA: &str = "application/schema+json";
pub const HTML: &str = "text/html";
pub const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";
pub const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// Starts what follows it and ends it when its own input ends, which is when the tests are over, however they end.
const LEASH: &str = r#""$@" & read -r _; kill $!; wait $!; rm -r "$HOME""#;

/// The demo of 204 khoroos as `hlp` serves it.
pub struct Site {
    _process: Mutex<Process>,
    address: String,
    agent: ureq::Agent,
    pub landing: Value,
    /// As listed, all of them.
    pub collections: Vec<Value>,
}

pub fn site() -> &'static Site {
    static SITE: LazyLock<Site> = LazyLock::new(Site::start);
    &SITE
}

impl Site {
    fn start() -> Self {
        let home = tempfile::tempdir().expect("a folder").keep();
        let program = hlp(&home);
        let mut command = std::process::Command::new("/bin/sh");
        command.env_clear().env("PATH", "/usr/bin:/bin");
        command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.args(["-c", LEASH, "sh"]).arg(program.get_program());
        command.args(["serve", "--demo", "--listen", "127.0.0.1:0", "--store"]).arg(home.join("demo.gpkg"));
        // `Process` keeps the other end.
        let process = Process::start(command.stdin(Stdio::piped()));
        let line = process.line();
        let address = line.strip_prefix("http://").unwrap_or_else(|| panic!("no address: {line}"));
        let address = address.trim_end_matches('/').to_owned();
        let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE));
        let agent = config.build().new_agent();
        let mut site = Self {
            _process: Mutex::new(process),
            address,
            agent,
            landing: Value::Null,
            collections: Vec::new(),
        };
        site.landing = site.json("/ogc");
        let listed = site.json(&link(&site.landing, "data", JSON));
        site.collections = array(&listed["collections"]).to_vec();
        site
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn root(&self) -> String {
        format!("http://{}/ogc", self.address)
    }

    pub fn url(&self, href: &str) -> String {
        if href.starts_with('/') { format!("http://{}{href}", self.address) } else { href.to_owned() }
    }

    pub fn ask(&self, href: &str, accept: &str) -> Answer {
        let answer = self.agent.get(self.url(href)).header("accept", accept).call();
        let mut answer = answer.unwrap_or_else(|e| panic!("GET {href}: {e}"));
        let headers = answer.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), text_of(value.as_bytes()))).collect();
        let status = answer.status().as_u16();
        let body = answer.body_mut().with_config().limit(1 << 30).read_to_vec();
        Answer { status, headers, body: body.unwrap_or_else(|e| panic!("GET {href}: {e}")) }
    }

    /// The document of this media type at an address.
    pub fn document(&self, href: &str, media: &str) -> Value {
        let answer = self.ask(href, media);
        assert_eq!(answer.status, 200, "{href}: {}", text_of(&answer.body));
        assert!(is_media(answer.header("content-type").unwrap_or_default(), media), "{href}: {answer:?}");
        answer.json()
    }

    pub fn json(&self, href: &str) -> Value {
        self.document(href, JSON)
    }

    pub fn items(&self, href: &str) -> Value {
        self.document(href, GEOJSON)
    }

    #[track_caller]
    pub fn refuses(&self, href: &str) {
        let answer = self.ask(href, GEOJSON);
        assert_eq!(answer.status, 400, "{href}: {}", text_of(&answer.body));
        let media = answer.header("content-type").unwrap_or_default();
        assert!(is_media(media, "application/problem+json"), "{href}: {media}");
    }

    /// All features of all pages.
    pub fn all(&self, href: &str) -> Vec<Value> {
        let mut features = Vec::new();
        let mut next = Some(href.to_owned());
        while let Some(href) = next {
            let page = self.items(&href);
            features.extend_from_slice(array(&page["features"]));
            next = links(&page, "next").first().map(|link| text(&link["href"]).to_owned());
        }
        features
    }

    /// Their ids, in order.
    pub fn ids(&self, href: &str) -> Vec<String> {
        ids(&self.all(href))
    }

    pub fn collection(&self, id: &str) -> &Value {
        let found = self.collections.iter().find(|collection| collection["id"] == id);
        found.unwrap_or_else(|| panic!("no collection `{id}`"))
    }

    /// Those with a spatial extent.
    pub fn spatial(&self) -> impl Iterator<Item = &Value> {
        self.collections.iter().filter(|collection| collection["extent"]["spatial"].is_object())
    }

    pub fn conforms_to(&self) -> Vec<String> {
        let declared = self.json(&link(&self.landing, "conformance", JSON));
        array(&declared["conformsTo"]).iter().map(|uri| text(uri).to_owned()).collect()
    }

    pub fn openapi(&self) -> Value {
        self.document(&link(&self.landing, "service-desc", OPENAPI), OPENAPI)
    }
}

/// Address of a collection's features.
pub fn items_of(collection: &Value) -> String {
    link(collection, "items", GEOJSON)
}

/// Bounds that a collection tells: west, south, east, north.
pub fn extent_of(collection: &Value) -> [f64; 4] {
    let bounds = array(&collection["extent"]["spatial"]["bbox"][0]);
    let bounds: Vec<f64> = bounds.iter().map(|v| v.as_f64().expect("a number")).collect();
    bounds.try_into().expect("four numbers")
}

pub fn with(href: &str, parameters: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    format!("{href}{}{query}", if href.contains('?') { '&' } else { '?' })
}

pub fn links<'a>(document: &'a Value, rel: &str) -> Vec<&'a Value> {
    array(&document["links"]).iter().filter(|link| link["rel"] == rel).collect()
}

/// Address that a link of this relation and media type leads to.
#[track_caller]
pub fn link(document: &Value, rel: &str, media: &str) -> String {
    let found = links(document, rel).into_iter().find(|link| link["type"] == media);
    let found = found.unwrap_or_else(|| panic!("no `{rel}` of {media} in {}", document["links"]));
    text(&found["href"]).to_owned()
}

#[track_caller]
pub fn array(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no array: {value}"))
}

#[track_caller]
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

pub fn ids(features: &[Value]) -> Vec<String> {
    features.iter().map(id).collect()
}

/// As in the address of the feature.
pub fn id(feature: &Value) -> String {
    feature["id"].as_str().map_or_else(|| feature["id"].to_string(), str::to_owned)
}

pub fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// True if they are the same media type; parameters that `media` has not got do not count.
pub fn is_media(told: &str, media: &str) -> bool {
    let plain = |media: &str| media.replace(' ', "").to_lowercase();
    let (told, media) = (plain(told), plain(media));
    told == media || told.strip_prefix(&media).is_some_and(|rest| rest.starts_with(';'))
}
