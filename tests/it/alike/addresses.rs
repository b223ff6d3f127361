//! What the twins are asked.

use std::collections::BTreeSet;

use serde_json::Value;

use super::get;
use crate::support::server::Answer;

/// What questions may name, as one of the twins tells it.
pub struct Places {
    districts: Vec<String>,
    /// Some of each vintage, spread over the city.
    khoroos: Vec<String>,
    cycles: Vec<String>,
    themes: Vec<String>,
    vintages: Vec<String>,
}

fn items(address: &str, path: &str, field: &str) -> Vec<String> {
    let page = get(address, path).json();
    let items = page["items"].as_array().unwrap_or_else(|| panic!("{path}: {page}")).iter();
    items.map(|item| item[field].as_str().expect("a text").to_owned()).collect()
}

impl Places {
    pub fn of(address: &str) -> Self {
        let vintages = items(address, "/api/v1/vintages", "id");
        let khoroos = vintages.iter().flat_map(|vintage| {
            let all = items(address, &format!("/api/v1/khoroos?vintage={vintage}&limit=1000"), "code");
            all.into_iter().skip(3).step_by(60)
        });
        let khoroos: BTreeSet<String> = khoroos.collect();
        let mut cycles = items(address, "/api/v1/cycles", "id");
        cycles.push("all".into());
        Self {
            districts: items(address, "/api/v1/districts", "code"),
            khoroos: khoroos.into_iter().collect(),
            themes: items(address, "/api/v1/themes", "code"),
            cycles,
            vintages,
        }
    }

    fn scopes(&self) -> Vec<String> {
        let districts = self.districts.iter().map(|code| format!("&district={code}"));
        let khoroos = self.khoroos.iter().map(|code| format!("&khoroo={code}"));
        std::iter::once(String::new()).chain(districts).chain(khoroos).collect()
    }
}

/// Every collection in the forms that do not tell when they were published, and what is said of it.
pub fn collections(address: &str) -> Vec<String> {
    let document = get(address, "/ogc/collections?f=json").json();
    let told = |collection: &Value| {
        let id = collection["id"].as_str().expect("a text");
        [
            format!("/exports/{id}.csv"),
            format!("/exports/{id}.geojsonl"),
            format!("/ogc/collections/{id}?f=json"),
            format!("/ogc/collections/{id}/schema?f=json"),
        ]
    };
    document["collections"].as_array().expect("collections").iter().flat_map(told).collect()
}

/// Every address of the description twice: bare, and with every parameter that it shows an example of.
pub fn described(document: &Value) -> Vec<String> {
    let mut addresses = Vec::new();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        // Tells the time of one store's last change.
        if path == "/api/v1/revision" || path == "/exports/{file}" {
            continue;
        }
        let (mut bare, mut query) = (path.clone(), form_urlencoded::Serializer::new(String::new()));
        let mut required = form_urlencoded::Serializer::new(String::new());
        for parameter in operations["get"]["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().expect("a name");
            let example = [&parameter["example"], &parameter["schema"]["example"]];
            let example = example.into_iter().find(|value| !value.is_null());
            let example =
                example.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            if parameter["in"] == "path" {
                bare =
                    bare.replace(&format!("{{{name}}}"), &example.expect("an example of a part of a path"));
            } else if let Some(example) = example {
                query.append_pair(name, &example);
                if parameter["required"] == true {
                    required.append_pair(name, &example);
                }
            }
        }
        addresses.push(format!("{bare}?{}", required.finish()));
        addresses.push(format!("{bare}?{}", query.finish()));
    }
    addresses.extend(["/mn/", "/en/", "/api/openapi.json"].map(str::to_owned));
    addresses
}

/// Values, legends and styles of every measure, level, rate, cycle and of some themes.
pub fn maps(address: &str, places: &Places) -> Vec<String> {
    let unknown = get(address, "/api/v1/values/none.json").json();
    let measures = unknown["allowed"].as_array().expect("the measures that there are").clone();
    let mut addresses = Vec::new();
    for measure in measures.iter().map(|measure| measure.as_str().expect("a word")) {
        for cycle in &places.cycles {
            for level in ["khoroo", "district"] {
                for rate in ["count", "per10000"] {
                    let query = format!("cycle={cycle}&level={level}&rate={rate}&lang=mn");
                    addresses.push(format!("/api/v1/values/{measure}.json?{query}"));
                }
                let theme = &places.themes[1];
                let query = format!("cycle={cycle}&level={level}&theme={theme}&method=quantile&lang=en");
                addresses.push(format!("/api/v1/values/{measure}.json?{query}"));
                addresses.push(format!("/legends/{measure}.json?{query}"));
                addresses.push(format!("/styles/{measure}.json?{query}"));
            }
        }
    }
    addresses
}

/// The tile over the middle of the city at each zoom, of each tileset.
pub fn tiles() -> Vec<String> {
    let (x, y, z_known) = (816_u32, 356_u32, 10_u32);
    let mut addresses = Vec::new();
    for vintage in ["2020", "2022"] {
        for kind in ["boundaries", "tracker"] {
            addresses.push(format!("/tiles/{kind}-{vintage}.json?lang=mn"));
            for z in 0..=14_u32 {
                let part = |n: u32| if z < z_known { n >> (z_known - z) } else { n << (z - z_known) };
                addresses.push(format!("/tiles/{kind}-{vintage}/{z}/{}/{}.mvt", part(x), part(y)));
            }
        }
    }
    addresses
}

/// Lists of units and of practices, and single units, page by page.
pub fn units(places: &Places) -> Vec<String> {
    let mut addresses = Vec::new();
    for vintage in &places.vintages {
        for cycle in &places.cycles {
            addresses.push(format!("/api/v1/khoroos?vintage={vintage}&cycle={cycle}&limit=1000"));
            addresses.push(format!("/api/v1/districts?vintage={vintage}&cycle={cycle}"));
        }
        for code in &places.khoroos {
            addresses.push(format!("/api/v1/khoroos/{code}?vintage={vintage}"));
        }
    }
    addresses.extend(
        ["limit=1000", "limit=7", "limit=7&offset=7"].map(|page| format!("/api/v1/practices?{page}")),
    );
    addresses.extend(places.themes.iter().map(|theme| format!("/api/v1/practices?theme={theme}")));
    addresses
}

/// Every place and cycle by vintage (carried where it is not the cycle's) and by day.
pub fn questions(places: &Places) -> Vec<String> {
    let mut addresses = Vec::new();
    for cycle in &places.cycles {
        for scope in places.scopes() {
            let mut ask = |rest: &str| addresses.push(format!("/api/v1/tracker?cycle={cycle}{scope}{rest}"));
            ask("&lang=en");
            for vintage in &places.vintages {
                ask(&format!("&vintage={vintage}&lang=mn"));
                ask(&format!("&vintage={vintage}&as_of=2022-06-30&lang=mn"));
            }
            ask(&format!("&theme={}&as_of=2020-08-31&lang=en", places.themes[0]));
        }
    }
    addresses
}

/// Every place and cycle by theme.
pub fn by_theme(places: &Places) -> Vec<String> {
    let mut addresses = Vec::new();
    for scope in places.scopes() {
        for cycle in &places.cycles {
            let query = format!("cycle={cycle}{scope}");
            let ask = |theme| format!("/api/v1/tracker?{query}&theme={theme}&lang=mn");
            addresses.extend(places.themes.iter().map(ask));
        }
    }
    addresses
}

/// The records behind every figure of the city's answers, and of every fifth of all others but those by
/// theme and by day: else there would be a hundred thousand.
pub fn records<'a>(answers: impl Iterator<Item = &'a Answer>, base: &str) -> Vec<String> {
    let mut addresses = BTreeSet::new();
    for answer in answers.map(Answer::json) {
        let is_plain = answer["theme"].is_null() && answer["as_of"].is_null();
        let step = match answer["scope"]["level"].as_str() {
            Some("city") => 1,
            _ if is_plain => 5,
            _ => continue,
        };
        let cards = ["steps", "more"].into_iter().flat_map(|part| answer[part].as_array().expect("cards"));
        let figures = cards.flat_map(|card| card["figures"].as_array().expect("figures"));
        for url in figures.filter_map(|figure| figure["records_url"].as_str()).step_by(step) {
            addresses.insert(format!("{}&limit=1000", url.strip_prefix(base).expect("an absolute address")));
        }
    }
    addresses.into_iter().collect()
}
