//! OGC API – Features Part 1, core: pages of features and how they are chosen.

use geo::Intersects as _;
use serde_json::Value;

use super::features::{days_of, geometry};
use super::site::{GEOJSON, HTML, array, extent_of, id, ids, items_of, link, site, with};

/// Boxes that the executable suite asks every collection for: the meridian, the equator, 180°, the poles.
const FAR_BOXES: [&str; 5] = [
    "-1.5000000,50.0000000,1.5000000,53.0000000",
    "-80.0000000,-5.0000000,-70.0000000,5.0000000",
    "177.0000000,65.0000000,-177.0000000,70.0000000",
    "-180.0000000,85.0000000,180.0000000,90.0000000",
    "-180.0000000,-90.0000000,180.0000000,-85.0000000",
];

/// The smallest and a usual page, as the suite asks for.
const LIMITS: [&str; 2] = ["1", "100"];

pub fn all_of(collection: &Value) -> Vec<Value> {
    site().all(&with(&items_of(collection), &[("limit", "1000")]))
}

/// The features of these that touch a box or have no place.
pub fn in_box(features: &[Value], [west, south, east, north]: [f64; 4]) -> Vec<String> {
    let rect = geo_types::Rect::new((west, south), (east, north));
    let touches =
        |feature: &&Value| geometry(&feature["geometry"]).is_none_or(|ground| ground.intersects(&rect));
    features.iter().filter(touches).map(id).collect()
}

/// A box of a collection's middle, half as wide and high.
pub fn middle([west, south, east, north]: [f64; 4]) -> [f64; 4] {
    let [width, height] = [(east - west) / 4.0, (north - south) / 4.0];
    [west + width, south + height, east - width, north - height]
}

pub fn box_text(numbers: [f64; 4]) -> String {
    numbers.map(|number| format!("{number:.7}")).join(",")
}

#[test]
pub fn fc_op() {
    for collection in site().spatial() {
        let features = all_of(collection);
        let bbox = middle(extent_of(collection));
        let inside = in_box(&features, bbox);
        let asked = [("bbox", &*box_text(bbox)), ("datetime", "../2021-06-30"), ("limit", "1000")];
        let expected: Vec<_> = features
            .iter()
            .filter(|feature| days_of(collection, feature).is_none_or(|[from, _]| *from <= *"2021-06-30"))
            .map(id)
            .filter(|id| inside.contains(id))
            .collect();
        assert_eq!(site().ids(&with(&items_of(collection), &asked)), expected, "{}", collection["id"]);
    }
}

#[test]
pub fn fc_response() {
    for collection in &site().collections {
        for limit in LIMITS {
            let page = site().items(&with(&items_of(collection), &[("limit", limit)]));
            assert_eq!(page["type"], "FeatureCollection");
            assert!(!array(&page["features"]).is_empty(), "{}", collection["id"]);
            assert!(array(&page["features"]).iter().all(|feature| feature["type"] == "Feature"));
        }
    }
}

#[test]
pub fn fc_links() {
    for collection in &site().collections {
        let asked = with(&items_of(collection), &[("limit", "2")]);
        let page = site().items(&asked);
        let again = site().items(&link(&page, "self", GEOJSON));
        assert_eq!(again["features"], page["features"]);
        assert_eq!(site().ask(&link(&page, "alternate", HTML), HTML).status, 200);
        for link in array(&page["links"]) {
            assert!(link["rel"].is_string() && link["type"].is_string(), "{link}");
        }
        let next = link(&page, "next", GEOJSON);
        // The suite takes the query apart at `&` and `=` and asks for longer pages.
        let query = next.split_once('?').expect("a query").1;
        assert!(query.split('&').all(|pair| pair.contains('=')), "{next}");
        assert!(
            next.bytes().all(|byte| byte.is_ascii_graphic() && !b"{}|<>\"\\^`".contains(&byte)),
            "{next}"
        );
        let second = site().items(&next);
        let back = site().items(&link(&second, "prev", GEOJSON));
        assert_eq!(back["features"], page["features"]);
        let longer: String = query
            .split('&')
            .map(|pair| if pair.starts_with("limit=") { "limit=1000".into() } else { pair.to_owned() })
            .collect::<Vec<_>>()
            .join("&");
        let rest = site().all(&format!("{}?{longer}", next.split('?').next().expect("a path")));
        let total = array(&page["features"]).len() + rest.len();
        assert_eq!(page["numberMatched"], total, "{}", collection["id"]);
    }
}

/// Equal pages have equal bytes, so they tell of their revision and not of the moment.
#[test]
fn pages_tell_their_revision() {
    for collection in &site().collections {
        let href = with(&items_of(collection), &[("limit", "1")]);
        let page = site().items(&href);
        assert!(page["timeStamp"].is_null() && page["revision"].is_i64(), "{href}");
        let told = super::site::text(&page["published_at"]);
        let told: jiff::Timestamp = told.parse().unwrap_or_else(|e| panic!("{told}: {e}"));
        assert!(told <= jiff::Timestamp::now(), "{told}");
        let tag = |media| site().ask(&href, media).header("etag").map(str::to_owned);
        let first = tag(GEOJSON);
        assert!(first.as_ref().is_some_and(|tag| tag.starts_with('"')), "{first:?}");
        assert_eq!(first, tag(GEOJSON));
    }
}

#[test]
pub fn fc_number_matched() {
    for collection in &site().collections {
        let n_features = all_of(collection).len();
        for limit in LIMITS {
            let asked = with(&items_of(collection), &[("limit", limit)]);
            assert_eq!(site().items(&asked)["numberMatched"], n_features, "{}", collection["id"]);
        }
        let asked = with(&items_of(collection), &[("limit", "7")]);
        let found = site().ids(&asked);
        assert_eq!(found, ids(&all_of(collection)), "pages leave nothing out: {}", collection["id"]);
    }
}

#[test]
pub fn fc_number_returned() {
    for collection in &site().collections {
        for limit in LIMITS {
            let page = site().items(&with(&items_of(collection), &[("limit", limit)]));
            assert_eq!(page["numberReturned"], array(&page["features"]).len());
        }
    }
}

#[test]
pub fn fc_limit_response() {
    let limit = super::parameters::of_items("limit")["schema"].clone();
    let [least, most] = ["minimum", "maximum"].map(|bound| limit[bound].as_u64().expect("a number"));
    for collection in &site().collections {
        for asked in [least, (least + (most - least) / 2).min(100), most, most + 1, 100 * most] {
            let page = site().items(&with(&items_of(collection), &[("limit", &asked.to_string())]));
            assert!(array(&page["features"]).len() as u64 <= asked.min(most), "{asked}");
        }
        for wrong in ["0", "-1", "1.5", "unlimited", ""] {
            site().refuses(&with(&items_of(collection), &[("limit", wrong)]));
        }
    }
}

#[test]
pub fn fc_bbox_response() {
    for collection in site().spatial() {
        let features = all_of(collection);
        let extent = extent_of(collection);
        for bbox in [extent, middle(extent), middle(middle(extent))] {
            let [west, south, east, north] = bbox;
            let expected = in_box(&features, bbox);
            let solid = format!("{west:.7},{south:.7},-100,{east:.7},{north:.7},9000");
            for bbox in [box_text(bbox), solid] {
                let asked = with(&items_of(collection), &[("bbox", &bbox), ("limit", "1000")]);
                assert_eq!(site().ids(&asked), expected, "{bbox} of {}", collection["id"]);
            }
        }
        // Beyond the world there is nothing, not even what has no place.
        let turned = box_text([extent[1], extent[0], extent[3], extent[2]]);
        let asked = with(&items_of(collection), &[("bbox", &turned)]);
        assert_eq!(site().ids(&asked), Vec::<String>::new(), "{turned} of {}", collection["id"]);
        let placeless: Vec<_> = features.iter().filter(|f| f["geometry"].is_null()).map(id).collect();
        for bbox in FAR_BOXES {
            let asked = with(&items_of(collection), &[("bbox", bbox), ("limit", "1000")]);
            assert_eq!(site().ids(&asked), placeless, "{bbox} of {}", collection["id"]);
        }
        let around = format!("100,40,-100,{}", extent[3]);
        assert_eq!(site().ids(&with(&items_of(collection), &[("bbox", &around)])).len(), features.len());
    }
}

#[test]
pub fn fc_time_response() {
    // Days are those of Ulaanbaatar, eight hours ahead of UTC.
    let asked: [(&str, [&str; 2]); 13] = [
        ("2020-06-15", ["2020-06-15", "2020-06-15"]),
        ("2021-03-01T12:00:00Z", ["2021-03-01", "2021-03-01"]),
        ("2021-12-31T15:59:59Z", ["2021-12-31", "2021-12-31"]),
        ("2021-12-31T16:00:00Z", ["2022-01-01", "2022-01-01"]),
        ("2022-01-01T00:00:00+08:00", ["2022-01-01", "2022-01-01"]),
        ("2020-01-01/2021-12-31", ["2020-01-01", "2021-12-31"]),
        ("2020-01-01T12:00:00Z/2021-12-31T12:00:00Z", ["2020-01-01", "2021-12-31"]),
        ("2019-12-31T23:59:59Z/2021-12-31T23:59:59Z", ["2020-01-01", "2022-01-01"]),
        ("../2020-12-31", ["0000", "2020-12-31"]),
        ("/2020-12-31", ["0000", "2020-12-31"]),
        ("2022-01-01/..", ["2022-01-01", "9999"]),
        ("2022-01-01/", ["2022-01-01", "9999"]),
        ("1900-01-01", ["1900-01-01", "1900-01-01"]),
    ];
    for collection in &site().collections {
        let features = all_of(collection);
        let days: Vec<_> =
            features.iter().map(|feature| (id(feature), days_of(collection, feature))).collect();
        for (datetime, [first, last]) in asked {
            let meets = |days: &Option<[String; 2]>| {
                days.as_ref().is_none_or(|[from, to]| from.as_str() <= last && to.as_str() >= first)
            };
            let expected: Vec<_> =
                days.iter().filter(|(_, days)| meets(days)).map(|(id, _)| id.clone()).collect();
            let asked = with(&items_of(collection), &[("datetime", datetime), ("limit", "1000")]);
            assert_eq!(site().ids(&asked), expected, "{datetime} of {}", collection["id"]);
        }
    }
}

#[test]
pub fn query_param_invalid() {
    for collection in site().spatial() {
        for (name, wrong) in [
            ("limit", "unlimited"),
            ("bbox", "106,47,107"),
            ("bbox", "106,47,107,48,49"),
            ("bbox", "106,48,107,47"),
            ("bbox", "NaN,47,107,48"),
            ("bbox", "inf,47,107,48"),
            ("bbox", "106,47,107,x"),
            ("bbox", "106,47,500,107,48,0"),
            ("datetime", "yesterday"),
            ("datetime", "2022-13-01"),
            ("datetime", "2022-02-01/2022-01-01"),
            ("datetime", "2022-01-01/2022-02-01/2022-03-01"),
        ] {
            site().refuses(&with(&items_of(collection), &[(name, wrong)]));
        }
    }
}

#[test]
pub fn query_param_unknown() {
    for collection in &site().collections {
        site().refuses(&with(&items_of(collection), &[("unknownQueryParameter12345", "1")]));
    }
    for href in ["", "/conformance", "/collections"] {
        let answer = site().ask(&format!("{}{href}?unknownQueryParameter12345=1", site().root()), "*/*");
        assert_eq!(answer.status, 400, "{href}");
    }
}
