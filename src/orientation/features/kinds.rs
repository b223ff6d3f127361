//! What layers, columns and classes of context files are called.
//!
//! Owns: the words, of OpenStreetMap and of city offices, in Mongolian and English.

use crate::model::orientation::Weight;

/// What is recognised, in words for messages.
pub const RECOGNISED: &str = "recognised are layers named after roads (зам, road, highway, street), water (гол, ус, \
     river, water, waterway), built-up areas (барилга, built, building, landuse) and places (газрын нэр, place), \
     and columns `highway`, `waterway`, `natural`, `building`, `landuse`, `place`";

/// What a feature is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Road,
    Water,
    BuiltUp,
    Place,
}

/// Words that begin a word of a layer's name. Places come last: `road names` are roads.
const LAYER_WORDS: [(Subject, &[&str]); 4] = [
    (Subject::Road, &["road", "highway", "street", "transportation", "зам", "гудамж"]),
    (
        Subject::Water,
        &["river", "water", "stream", "lake", "hydro", "canal", "гол", "горхи", "нуур", "ус", "усан"],
    ),
    (
        Subject::BuiltUp,
        &["built", "builtup", "building", "landuse", "urban", "residential", "барилга", "суурьшил", "суурин"],
    ),
    (Subject::Place, &["place", "name", "label", "settlement", "locality", "нэр", "нэрс", "газрын"]),
];

/// Columns that say of a row what it is, first those that say most.
const SUBJECT_COLUMNS: [(&str, Subject); 6] = [
    ("highway", Subject::Road),
    ("waterway", Subject::Water),
    ("natural", Subject::Water),
    ("building", Subject::BuiltUp),
    ("landuse", Subject::BuiltUp),
    ("place", Subject::Place),
];

/// Columns with the class of a feature, as `primary` of a road.
const CLASS_COLUMNS: [&str; 11] = [
    "fclass",
    "class",
    "kind",
    "type",
    "highway",
    "waterway",
    "natural",
    "landuse",
    "place",
    "ангилал",
    "төрөл",
];
const MN_COLUMNS: [&str; 5] = ["name_mn", "name:mn", "нэр", "name", "ner"];
const EN_COLUMNS: [&str; 5] = ["name_en", "name:en", "int_name", "english", "нэр_англи"];

/// Where a layer's columns stand.
#[derive(Debug)]
pub struct Columns {
    subjects: Vec<(usize, Subject)>,
    classes: Vec<usize>,
    names_mn: Vec<usize>,
    names_en: Vec<usize>,
}

/// What a row is.
#[derive(Debug, PartialEq, Eq)]
pub struct Row<'r> {
    pub subject: Subject,
    pub weight: Weight,
    pub name_mn: Option<&'r str>,
    pub name_en: Option<&'r str>,
}

impl Subject {
    /// The subject that a layer is named after.
    pub fn of_name(layer: &str) -> Option<Self> {
        let lower = layer.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
        let begins = |word: &str| words.iter().any(|own| is_of(own, word));
        LAYER_WORDS
            .iter()
            .find(|(_, names)| names.iter().any(|name| begins(name)))
            .map(|(subject, _)| *subject)
    }
}

/// A word, or one with an ending: `roads`, `замын`. Short words must stand alone.
fn is_of(own: &str, word: &str) -> bool {
    own == word || word.chars().count() > 2 && own.starts_with(word)
}

impl Columns {
    pub fn of(columns: &[String]) -> Self {
        let at = |wanted: &str| columns.iter().position(|column| column.to_lowercase() == wanted);
        let all = |wanted: &[&str]| wanted.iter().filter_map(|name| at(name)).collect();
        Self {
            subjects: SUBJECT_COLUMNS.iter().filter_map(|(name, of)| Some((at(name)?, *of))).collect(),
            classes: all(&CLASS_COLUMNS),
            names_mn: all(&MN_COLUMNS),
            names_en: all(&EN_COLUMNS),
        }
    }

    /// True if rows say by themselves what they are.
    pub fn tell_subject(&self) -> bool {
        !self.subjects.is_empty()
    }
}

impl<'r> Row<'r> {
    /// - `subject`: of the layer, if its name tells.
    /// - `cell`: text of a column.
    pub fn of(
        subject: Option<Subject>,
        columns: &Columns,
        cell: &dyn Fn(usize) -> Option<&'r str>,
    ) -> Option<Self> {
        let first = |all: &[usize]| all.iter().find_map(|at| cell(*at));
        let of_row = || columns.subjects.iter().find_map(|(at, of)| Some((cell(*at)?, *of)));
        let (class, subject) = match subject {
            Some(subject) => (first(&columns.classes), subject),
            None => of_row().map(|(class, subject)| (Some(class), subject))?,
        };
        let class = class.map(str::to_lowercase);
        let weight = weight(subject, class.as_deref())?;
        Some(Self { subject, weight, name_mn: first(&columns.names_mn), name_en: first(&columns.names_en) })
    }
}

/// How much of its kind something is; `None` for what is not drawn at all.
fn weight(subject: Subject, class: Option<&str>) -> Option<Weight> {
    use Weight::{Major, Middle, Minor};
    let class = class.unwrap_or_default();
    let is =
        |words: &[&str]| words.iter().any(|word| class == *word || class.strip_suffix("_link") == Some(word));
    let weight = match subject {
        Subject::Road if is(&["motorway", "trunk", "primary", "major", "highway", "major_road"]) => Major,
        Subject::Road if is(&["", "secondary", "tertiary", "main", "medium"]) => Middle,
        Subject::Road if is(&["rail", "proposed", "construction", "abandoned", "ferry"]) => return None,
        Subject::Water
            if is(&["", "river", "water", "lake", "reservoir", "riverbank", "sea", "гол", "нуур"]) =>
        {
            Major
        }
        Subject::Water if is(&["canal", "stream", "pond", "basin", "dock", "горхи"]) => Middle,
        // `natural` also says trees and peaks.
        Subject::Water if is(&["ditch", "drain", "wetland", "brook"]) => Minor,
        Subject::Water => return None,
        Subject::BuiltUp
            if is(&[
                "forest",
                "grass",
                "meadow",
                "farmland",
                "farm",
                "orchard",
                "vineyard",
                "cemetery",
                "scrub",
                "park",
                "recreation_ground",
                "nature_reserve",
                "heath",
                "quarry",
                "military",
                "allotments",
                "reservoir",
                "basin",
                "greenfield",
                "village_green",
                "no",
            ]) =>
        {
            return None;
        }
        Subject::BuiltUp => Major,
        Subject::Place if is(&["country", "state", "province", "region", "county", "island", "ocean"]) => {
            return None;
        }
        Subject::Place if is(&["city", "town", "capital", "хот"]) => Major,
        Subject::Place if is(&["", "suburb", "district", "borough", "village", "сум", "тосгон"]) => {
            Middle
        }
        Subject::Road | Subject::Place => Minor,
    };
    Some(weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_known_by_their_names_in_both_languages() {
        use Subject::{BuiltUp, Place, Road, Water};
        for (name, expected) in [
            ("roads", Some(Road)),
            ("gis_osm_roads_free_1", Some(Road)),
            ("Авто зам", Some(Road)),
            ("замын_сүлжээ", Some(Road)),
            ("waterways", Some(Water)),
            ("гол_мөрөн", Some(Water)),
            ("Ус", Some(Water)),
            ("усны эх", None),
            ("gis_osm_buildings_a_free_1", Some(BuiltUp)),
            ("built-up areas", Some(BuiltUp)),
            ("landuse", Some(BuiltUp)),
            ("Газрын нэр", Some(Place)),
            ("gis_osm_places_free_1", Some(Place)),
            ("trees", None),
            ("", None),
        ] {
            assert_eq!(Subject::of_name(name), expected, "{name}");
        }
    }

    #[test]
    fn a_row_says_what_it_is_where_its_layer_does_not() {
        let columns = Columns::of(&["osm_id", "name", "highway", "waterway", "name:en"].map(str::to_owned));
        let row = |cells: [Option<&'static str>; 5]| {
            Row::of(None, &columns, &|at| cells[at])
                .map(|row| (row.subject, row.weight, row.name_mn, row.name_en))
        };
        assert_eq!(
            row([None, Some("Энхтайваны өргөн чөлөө"), Some("primary"), None, Some("Peace Avenue")]),
            Some((Subject::Road, Weight::Major, Some("Энхтайваны өргөн чөлөө"), Some("Peace Avenue")))
        );
        assert_eq!(row([None, None, Some("primary_link"), None, None]).expect("a road").1, Weight::Major);
        assert_eq!(row([None, None, None, Some("stream"), None]).expect("water").1, Weight::Middle);
        assert_eq!(row([Some("1"), None, None, None, None]), None);
    }

    #[test]
    fn what_is_of_the_layer_but_not_drawn_is_told_by_its_class() {
        assert_eq!(weight(Subject::BuiltUp, Some("forest")), None);
        assert_eq!(weight(Subject::BuiltUp, Some("residential")), Some(Weight::Major));
        assert_eq!(weight(Subject::Water, Some("tree")), None);
        assert_eq!(weight(Subject::Road, None), Some(Weight::Middle));
        assert_eq!(weight(Subject::Place, Some("country")), None);
    }
}
