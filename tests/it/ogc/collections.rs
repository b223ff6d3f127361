//! OGC API – Features Part 1, core: what there is, and what is told of it.

use serde_json::Value;

use super::features::{bounds, days_of};
use super::site::{GEOJSON, HTML, JSON, array, extent_of, id, items_of, link, links, site, text, with};

#[test]
pub fn fc_md_op() {
    let href = format!("{}/collections", site().root());
    assert_eq!(array(&site().json(&href)["collections"]).len(), site().collections.len());
}

#[test]
pub fn fc_md_links() {
    let listed = site().json(&link(&site().landing, "data", JSON));
    link(&listed, "self", JSON);
    link(&listed, "alternate", HTML);
    for link in array(&listed["links"]) {
        assert!(link["rel"].is_string() && link["type"].is_string(), "{link}");
    }
}

#[test]
pub fn fc_md_success() {
    let listed = site().json(&link(&site().landing, "data", JSON));
    if let Some(first) = listed["crs"].get(0) {
        assert_eq!(first, super::site::CRS84);
    }
    assert!(!site().collections.is_empty());
}

#[test]
pub fn fc_md_items() {
    let mut ids = Vec::new();
    for collection in &site().collections {
        let id = text(&collection["id"]);
        assert_ne!(id, "dUmmYColLection", "the suite's own");
        assert!(
            !text(&collection["title"]).is_empty() && !text(&collection["description"]).is_empty(),
            "{id}"
        );
        assert!(collection["itemType"].is_null() || collection["itemType"] == "feature", "{id}");
        ids.push(id);
    }
    for expected in
        ["districts", "khoroos", "khoroo-versions", "lineage", "practices", "replications", "indicators"]
    {
        assert!(ids.contains(&expected), "{expected} in {ids:?}");
    }
}

#[test]
pub fn fc_md_items_links() {
    for collection in &site().collections {
        for media in [GEOJSON, HTML] {
            let href = link(collection, "items", media);
            assert_eq!(site().ask(&href, media).status, 200, "{href}");
        }
        for link in array(&collection["links"]) {
            assert!(link["rel"].is_string() && link["type"].is_string(), "{link}");
        }
    }
}

/// The day that a moment falls on in Ulaanbaatar.
fn civil_day(moment: &Value, open: &str) -> String {
    let Some(moment) = moment.as_str() else { return open.to_owned() };
    let moment: jiff::Timestamp = moment.parse().unwrap_or_else(|e| panic!("{moment}: {e}"));
    jiff::tz::Offset::constant(8).to_datetime(moment).date().to_string()
}

#[test]
pub fn fc_md_extent() {
    for collection in &site().collections {
        let features = site().all(&with(&items_of(collection), &[("limit", "1000")]));
        let extent = &collection["extent"];
        let mut has_ground = false;
        let mut days = Vec::new();
        for feature in &features {
            if let Some([west, south, east, north]) = bounds(&feature["geometry"]) {
                has_ground = true;
                let [w, s, e, n] = extent_of(collection);
                assert!(
                    w <= west && s <= south && e >= east && n >= north,
                    "{} of {}",
                    id(feature),
                    collection["id"]
                );
            }
            days.extend(days_of(collection, feature));
        }
        let has_time = !days.is_empty();
        if has_time {
            let interval = array(&extent["temporal"]["interval"][0]);
            let told = [civil_day(&interval[0], "0000"), civil_day(&interval[1], "9999")];
            let first = days.iter().map(|[from, _]| from.clone()).min();
            let last = days.iter().map(|[_, to]| to.clone()).max();
            assert_eq!(told.map(Some), [first, last], "{}", collection["id"]);
        }
        assert_eq!(extent["spatial"].is_object(), has_ground, "{}", collection["id"]);
        assert_eq!(extent["temporal"].is_object(), has_time, "{}", collection["id"]);
    }
}

/// Programs tell the kind of a layer by its first features.
#[test]
fn features_with_a_place_come_first() {
    for collection in site().spatial() {
        let features = site().all(&with(&items_of(collection), &[("limit", "1000")]));
        let is_placed = |feature: &Value| !feature["geometry"].is_null();
        let is_sorted = features.is_sorted_by_key(|feature| !is_placed(feature));
        assert!(is_placed(&features[0]) && is_sorted, "{}", collection["id"]);
    }
}

#[test]
pub fn fc_md_extent_multi() {
    for collection in &site().collections {
        for (kind, member) in [("spatial", "bbox"), ("temporal", "interval")] {
            if let Some(told) = collection["extent"][kind].as_object() {
                assert_eq!(array(&told[member]).len(), 1, "one holds all, parts are not told");
            }
        }
    }
}

#[test]
pub fn sfc_md_op() {
    for collection in &site().collections {
        let id = text(&collection["id"]);
        site().json(&format!("{}/collections/{id}", site().root()));
        site().json(&link(collection, "self", JSON));
    }
    assert_eq!(site().ask(&format!("{}/collections/none", site().root()), JSON).status, 404);
}

#[test]
pub fn sfc_md_success() {
    for listed in &site().collections {
        let alone = site().json(&link(listed, "self", JSON));
        for member in ["id", "title", "description", "extent", "itemType", "crs", "storageCrs"] {
            assert_eq!(alone[member], listed[member], "{member} of {}", listed["id"]);
        }
        for link in array(&listed["links"]) {
            let there = links(&alone, text(&link["rel"]));
            assert!(there.iter().any(|other| other["href"] == link["href"]), "{link}");
        }
    }
}
