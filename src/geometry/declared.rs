//! Which reference system a file says its coordinates are in.
//!
//! GeoJSON's old `crs` member and GeoPackages name a code; a Shapefile's `.prj` spells the system out,
//! often without a code, so it is recognised by its parameters.

use geojson::JsonValue;

use super::projection::Crs;

#[derive(Debug, Clone, PartialEq)]
pub enum DeclaredCrs {
    /// Nothing said: longitude and latitude, as RFC 7946 and KML have it.
    Unsaid,
    Known(Crs),
    /// A name for messages.
    Unknown(String),
}

impl DeclaredCrs {
    /// A row of a GeoPackage's reference systems: by code where the authority is known, else by the definition.
    pub fn of_srs(id: i32, organization: &str, code: i32, definition: &str) -> Self {
        if matches!(id, 0 | -1) {
            return Self::Unsaid;
        }
        match u32::try_from(code).map(|code| Self::of_code(organization, code)) {
            Ok(Self::Known(crs)) => Self::Known(crs),
            _ => Self::of_wkt(definition),
        }
    }

    /// An authority's code, such as `EPSG`, 32648.
    pub fn of_code(authority: &str, code: u32) -> Self {
        let known = match (authority.to_ascii_uppercase().as_str(), code) {
            ("EPSG" | "ESRI", 900_913 | 102_100 | 102_113) => Some(Crs::WebMercator),
            ("EPSG", code) => Crs::from_epsg(code),
            ("OGC" | "CRS", 84) => Some(Crs::Wgs84),
            _ => None,
        };
        known.map_or_else(|| Self::Unknown(format!("{authority}:{code}")), Self::Known)
    }

    /// The `crs` member of GeoJSON before RFC 7946: `EPSG:32648`, `urn:ogc:def:crs:OGC:1.3:CRS84`.
    ///
    /// Files that name EPSG:4326 there write longitude first all the same; the check against the expected
    /// box finds the others.
    pub fn of_geojson(crs: &JsonValue) -> Self {
        if crs.is_null() {
            return Self::Unsaid;
        }
        let Some(name) = crs.pointer("/properties/name").and_then(JsonValue::as_str) else {
            return Self::Unknown(crs.to_string());
        };
        let upper = name.to_ascii_uppercase();
        if upper.ends_with("CRS84") {
            return Self::Known(Crs::Wgs84);
        }
        let parts: Vec<&str> = upper.split([':', '/', '#']).filter(|part| !part.is_empty()).collect();
        match parts.last().and_then(|code| code.parse().ok()) {
            Some(code) if parts.contains(&"EPSG") => match Self::of_code("EPSG", code) {
                Self::Unknown(_) => Self::Unknown(name.to_owned()),
                known => known,
            },
            _ => Self::Unknown(name.to_owned()),
        }
    }

    /// Well-known text as in a `.prj`: by code if it has one, otherwise by parameters.
    ///
    /// Taken: longitude and latitude on WGS 84, ITRF or MONREF97 (which agree within a metre or so),
    /// UTM 46–49 north on these, and Web Mercator. A datum on another ellipsoid, such as the Pulkovo
    /// systems, lies a hundred metres off and is refused by name.
    pub fn of_wkt(text: &str) -> Self {
        let Some(root) = Node::parse(text) else {
            return Self::Unknown(format!("text {:?}", text.chars().take(60).collect::<String>()));
        };
        if let Some(code) = root.authority_code()
            && let Self::Known(crs) = Self::of_code("EPSG", code)
        {
            return Self::Known(crs);
        }
        root.recognise().map_or_else(|| Self::Unknown(format!("`{}`", root.name())), Self::Known)
    }
}

/// A keyword of well-known text with its arguments.
#[derive(Debug)]
struct Node {
    keyword: String,
    arguments: Vec<Argument>,
}

#[derive(Debug)]
enum Argument {
    /// A quoted text, a number or a bare word.
    Value(String),
    Node(Node),
}

/// Nesting of honest well-known text stays far below this.
const DEPTH_MAX: usize = 16;

impl Node {
    fn parse(text: &str) -> Option<Self> {
        let mut rest = text.trim_start_matches('\u{feff}').trim();
        match Argument::parse(&mut rest, 0)? {
            Argument::Node(node) => Some(node),
            Argument::Value(_) => None,
        }
    }

    fn name(&self) -> &str {
        self.values().next().unwrap_or(&self.keyword)
    }

    fn values(&self) -> impl Iterator<Item = &str> {
        self.arguments.iter().filter_map(|argument| match argument {
            Argument::Value(value) => Some(value.as_str()),
            Argument::Node(_) => None,
        })
    }

    fn children<'a>(&'a self, keywords: &'a [&str]) -> impl Iterator<Item = &'a Self> {
        self.arguments.iter().filter_map(move |argument| match argument {
            Argument::Node(node) if keywords.contains(&node.keyword.as_str()) => Some(node),
            _ => None,
        })
    }

    fn child<'a>(&'a self, keywords: &'a [&str]) -> Option<&'a Self> {
        self.children(keywords).next()
    }

    fn number(&self, position: usize) -> Option<f64> {
        self.values().nth(position)?.parse().ok()
    }

    /// The EPSG code of the whole system, not of a part.
    fn authority_code(&self) -> Option<u32> {
        let authority = self.child(&["AUTHORITY", "ID"])?;
        let mut values = authority.values();
        (values.next()? == "EPSG").then_some(())?;
        values.next()?.parse().ok()
    }

    fn recognise(&self) -> Option<Crs> {
        const GEOGRAPHIC: [&str; 4] = ["GEOGCS", "GEOGCRS", "BASEGEOGCRS", "BASEGEODCRS"];
        if GEOGRAPHIC.contains(&self.keyword.as_str()) {
            return (self.is_like_wgs84() && self.unit_factor()? < 0.02).then_some(Crs::Wgs84);
        }
        if !["PROJCS", "PROJCRS"].contains(&self.keyword.as_str())
            || !self.child(&GEOGRAPHIC)?.is_like_wgs84()
        {
            return None;
        }
        let conversion = self.child(&["CONVERSION"]).unwrap_or(self);
        let method = folded(conversion.child(&["PROJECTION", "METHOD"])?.name());
        let parameter = |name: &str| {
            let found = conversion.children(&["PARAMETER"]).find(|p| folded(p.name()) == name)?;
            found.number(1)
        };
        let is = |name: &str, expected: f64| (parameter(name).unwrap_or(0.0) - expected).abs() < 1e-6;
        let named = folded(self.name());
        let is_web_mercator = method == "mercatorauxiliarysphere"
            || method == "popularvisualisationpseudomercator"
            || (method == "mercator1sp"
                && (named.contains("pseudomercator") || named.contains("webmercator")));
        if is_web_mercator && is("falseeasting", 0.0) && is("falsenorthing", 0.0) {
            return Some(Crs::WebMercator);
        }
        let origin = parameter("latitudeoforigin").or(parameter("latitudeofnaturalorigin")).unwrap_or(0.0);
        let meridian = parameter("centralmeridian").or(parameter("longitudeofnaturalorigin"))?;
        let scale = parameter("scalefactor").or(parameter("scalefactoratnaturalorigin"))?;
        let is_utm = method == "transversemercator"
            && is("falseeasting", 500_000.0)
            && is("falsenorthing", 0.0)
            && origin.abs() < 1e-9
            && (scale - 0.9996).abs() < 1e-9
            && (self.unit_factor().unwrap_or(1.0) - 1.0).abs() < 1e-9;
        let zone = (meridian + 183.0) / 6.0;
        (is_utm && zone.fract().abs() < 1e-9 && (46.0..=49.0).contains(&zone)).then_some(Crs::Utm(zone as u8))
    }

    /// True on the ellipsoids of WGS 84 and GRS 80 (they differ by 0.1 mm), unless the datum is known to
    /// be moved.
    fn is_like_wgs84(&self) -> bool {
        const MODERN: [&str; 5] = ["wgs", "worldgeodeticsystem1984", "itrf", "monref", "mongolia"];
        let datum = self.child(&["DATUM", "GEODETICDATUM", "ENSEMBLE"]);
        let Some(datum) = datum else { return false };
        let ellipsoid = datum.child(&["SPHEROID", "ELLIPSOID"]);
        let fits = ellipsoid.is_some_and(|e| {
            let near =
                |value: Option<f64>, expected: f64, by: f64| value.is_some_and(|v| (v - expected).abs() < by);
            near(e.number(1), 6_378_137.0, 0.01) && near(e.number(2), 298.257_223, 1e-4)
        });
        let name = folded(datum.name());
        fits && MODERN.iter().any(|modern| name.trim_start_matches('d').contains(modern))
    }

    /// Metres or radians in one unit of the coordinates.
    fn unit_factor(&self) -> Option<f64> {
        let unit = self
            .child(&["UNIT", "LENGTHUNIT", "ANGLEUNIT"])
            .or_else(|| self.child(&["CS"]).and_then(|cs| cs.child(&["UNIT", "LENGTHUNIT", "ANGLEUNIT"])));
        unit?.number(1)
    }
}

impl Argument {
    fn parse(rest: &mut &str, depth: usize) -> Option<Self> {
        if depth > DEPTH_MAX {
            return None;
        }
        *rest = rest.trim_start();
        if let Some(quoted) = rest.strip_prefix('"') {
            let (value, after) = quoted.split_once('"')?;
            *rest = after;
            return Some(Self::Value(value.to_owned()));
        }
        let end = rest.find([',', '[', ']', '(', ')']).unwrap_or(rest.len());
        let word = rest[..end].trim().to_owned();
        *rest = &rest[end..];
        if !rest.starts_with(['[', '(']) {
            return Some(Self::Value(word));
        }
        *rest = &rest[1..];
        let mut arguments = Vec::new();
        loop {
            arguments.push(Self::parse(rest, depth + 1)?);
            *rest = rest.trim_start();
            let separator = rest.chars().next()?;
            *rest = &rest[1..];
            match separator {
                ',' => {}
                ']' | ')' => break,
                _ => return None,
            }
        }
        Some(Self::Node(Node { keyword: word.to_ascii_uppercase(), arguments }))
    }
}

/// Lower case without `_`, `-`, `/` and spaces: names are written in every way.
fn folded(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utm(datum: &str, spheroid: &str, meridian: u32) -> String {
        format!(
            r#"PROJCS["x",GEOGCS["y",DATUM["{datum}",SPHEROID["{spheroid}",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],
            UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],
            PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{meridian}.0],PARAMETER["Scale_Factor",0.9996],
            PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#
        )
    }

    #[test]
    fn utm_is_recognised_by_its_parameters_on_three_datums() {
        for datum in [
            "D_WGS_1984",
            "D_ITRF_2000",
            "D_MONREF_1997",
            "International Terrestrial Reference Frame 2000 (ITRF2000)",
        ] {
            for (zone, meridian) in [(46, 93), (47, 99), (48, 105), (49, 111)] {
                let prj = utm(datum, "GRS_1980", meridian);
                assert_eq!(DeclaredCrs::of_wkt(&prj), DeclaredCrs::Known(Crs::Utm(zone)), "{datum} {zone}");
            }
        }
        for prj in [
            utm("D_WGS_1984", "WGS_1984", 117),
            utm("D_WGS_1984", "WGS_1984", 105).replace("0.9996", "1.0"),
            utm("D_WGS_1984", "WGS_1984", 105).replace("500000", "18500000"),
            utm("D_Pulkovo_1942", "Krasovsky_1940", 105)
                .replace("6378137.0,298.257223563", "6378245.0,298.3"),
            utm("D_Pulkovo_1942", "Krasovsky_1940", 105),
        ] {
            assert_eq!(DeclaredCrs::of_wkt(&prj), DeclaredCrs::Unknown("`x`".into()), "{prj}");
        }
    }

    #[test]
    fn degrees_and_web_mercator_are_recognised() {
        let degrees = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]]"#;
        assert_eq!(DeclaredCrs::of_wkt(degrees), DeclaredCrs::Known(Crs::Wgs84));
        let mercator = format!(
            r#"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",{degrees},PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]"#
        );
        assert_eq!(DeclaredCrs::of_wkt(&mercator), DeclaredCrs::Known(Crs::WebMercator));
        let coded = r#"PROJCS["anything",AUTHORITY["EPSG","32648"]]"#;
        assert_eq!(DeclaredCrs::of_wkt(coded), DeclaredCrs::Known(Crs::Utm(48)));
    }

    #[test]
    fn broken_text_is_unknown_and_deep_text_does_not_overflow() {
        for text in ["", "]", "PROJCS[", "PROJCS[\"x", &"A[".repeat(100_000)] {
            assert!(matches!(DeclaredCrs::of_wkt(text), DeclaredCrs::Unknown(_)));
        }
    }

    #[test]
    fn the_crs_member_is_read_in_its_spellings() {
        let check = |name: &str, expected| {
            let crs = serde_json::json!({"type": "name", "properties": {"name": name}});
            assert_eq!(DeclaredCrs::of_geojson(&crs), expected, "{name}");
        };
        check("urn:ogc:def:crs:OGC:1.3:CRS84", DeclaredCrs::Known(Crs::Wgs84));
        check("urn:ogc:def:crs:EPSG::32648", DeclaredCrs::Known(Crs::Utm(48)));
        check("EPSG:3857", DeclaredCrs::Known(Crs::WebMercator));
        check("http://www.opengis.net/def/crs/EPSG/0/4326", DeclaredCrs::Known(Crs::Wgs84));
        check("EPSG:28418", DeclaredCrs::Unknown("EPSG:28418".into()));
        assert_eq!(DeclaredCrs::of_geojson(&JsonValue::Null), DeclaredCrs::Unsaid);
    }
}
