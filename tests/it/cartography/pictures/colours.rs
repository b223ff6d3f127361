//! Colours of pictures on light and dark grounds.

use std::collections::{BTreeMap, BTreeSet};

use hlp_tracker::cartography::Asked;
use hlp_tracker::cartography::picture::{Area, Form, dark_properties};

use super::{bare, drawn, read};
use crate::support::demo;

/// A bare picture stands with its light colours, and the style sheet of pages has a dark one for each.
#[test]
fn dark_pages_have_a_colour_for_each_of_a_bare_picture() {
    let sheet = include_str!("../../../../web/src/css/picture.css");
    let (_, dark) = sheet.split_once("(prefers-color-scheme: dark) {").expect("a dark part");
    let declared =
        dark.split([';', '{', '}']).filter_map(|rule| rule.trim().strip_prefix("--")?.split_once(": "));
    let declared: BTreeMap<&str, &str> = declared.collect();
    let expected: BTreeMap<String, String> =
        dark_properties().into_iter().map(|(name, colour)| (name, colour.to_string())).collect();
    let expected: BTreeMap<&str, &str> = expected.iter().map(|(name, colour)| (&**name, &**colour)).collect();
    assert_eq!(declared, expected);

    let tokens = include_str!("../../../../web/src/tokens.css");
    let snapshot = demo::snapshot(204);
    for measure in ["identifications", "bivariate"] {
        let query = read(&snapshot, measure, &Asked::default());
        for form in Form::ALL {
            let svg = drawn(&snapshot, &query, &bare(form, Area::City));
            let named = svg.split("var(--").skip(1).map(|rest| rest.split_once(',').expect("a colour").0);
            for name in named.collect::<BTreeSet<_>>() {
                let is_set = declared.contains_key(name) || tokens.contains(&format!("--{name}:"));
                assert!(is_set, "{measure} {form:?}: --{name}");
            }
        }
    }
}
