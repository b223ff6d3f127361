//! Reference systems of coordinates, by the names that they have on the web.

use super::pick;
use crate::exports::System;
use crate::features::Axes;
use crate::geometry::projection::Crs;
use crate::http::error::Error;
use crate::http::params::not_listed;
use crate::model::Lang;

/// A reference system that is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    pub uri: &'static str,
    pub system: System,
}

const fn reference(uri: &'static str, crs: Crs, axes: Axes) -> Reference {
    Reference { uri, system: System { crs, axes } }
}

impl Reference {
    /// All collections have all of them, the one that is meant where none is named first.
    pub const ALL: [Self; 4] = [
        reference("http://www.opengis.net/def/crs/OGC/1.3/CRS84", Crs::Wgs84, Axes::EastFirst),
        reference("http://www.opengis.net/def/crs/EPSG/0/4326", Crs::Wgs84, Axes::NorthFirst),
        reference("http://www.opengis.net/def/crs/EPSG/0/3857", Crs::WebMercator, Axes::EastFirst),
        reference("http://www.opengis.net/def/crs/EPSG/0/32648", Crs::Utm(48), Axes::EastFirst),
    ];

    pub const DEFAULT: Self = Self::ALL[0];

    /// - `name`: of the parameter.
    /// - `asked`: as [`System::named`] reads it.
    pub fn read(name: &'static str, asked: Option<&str>) -> Result<Self, Error> {
        let Some(text) = asked else { return Ok(Self::DEFAULT) };
        let system = System::named(text);
        let found = Self::ALL.into_iter().find(|one| Some(one.system) == system);
        found.ok_or_else(|| Error::InvalidParameter {
            name,
            detail: not_listed(name, text),
            allowed: Self::ALL.map(|one| one.uri.to_owned()).to_vec(),
        })
    }

    /// The same with x before y, whatever its axes are.
    pub fn east_first(self) -> Self {
        let system = System { axes: Axes::EastFirst, ..self.system };
        Self::ALL.into_iter().find(|one| one.system == system).unwrap_or(self)
    }

    pub fn title(self, lang: Lang) -> &'static str {
        match (self.system.crs, self.system.axes) {
            (Crs::Wgs84, Axes::EastFirst) => pick(lang, "WGS 84, уртраг эхэндээ", "WGS 84, longitude first"),
            (Crs::Wgs84, Axes::NorthFirst) => {
                pick(lang, "WGS 84, өргөрөг эхэндээ (EPSG:4326)", "WGS 84, latitude first (EPSG:4326)")
            }
            (Crs::WebMercator, _) => {
                pick(lang, "Веб Меркатор, метр (EPSG:3857)", "Web Mercator, metres (EPSG:3857)")
            }
            (Crs::Utm(_), _) => pick(lang, "UTM 48N, метр (EPSG:32648)", "UTM 48N, metres (EPSG:32648)"),
        }
    }

    /// Numbers of a box in the order of the system's axes, turned to x before y.
    pub fn x_first(self, mut numbers: Vec<f64>) -> Vec<f64> {
        if self.system.axes == Axes::NorthFirst && matches!(numbers.len(), 4 | 6) {
            let half = numbers.len() / 2;
            numbers.swap(0, 1);
            numbers.swap(half, half + 1);
        }
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_read_in_the_order_of_the_axes() {
        let [_, lat_first, _, metres] = Reference::ALL;
        assert_eq!(lat_first.x_first(vec![47.0, 106.0, 48.0, 107.0]), [106.0, 47.0, 107.0, 48.0]);
        assert_eq!(
            lat_first.x_first(vec![47.0, 106.0, 0.0, 48.0, 107.0, 9.0]),
            [106.0, 47.0, 0.0, 107.0, 48.0, 9.0]
        );
        assert_eq!(metres.x_first(vec![1.0, 2.0, 3.0, 4.0]), [1.0, 2.0, 3.0, 4.0]);
    }

    #[test]
    fn every_system_has_one_with_x_before_y() {
        let [crs84, _, mercator, utm] = Reference::ALL;
        assert_eq!(Reference::ALL.map(Reference::east_first), [crs84, crs84, mercator, utm]);
    }

    #[test]
    fn a_system_has_several_names() {
        let [crs84, lat_first, mercator, utm] = Reference::ALL;
        for (names, expected) in [
            (["CRS84", "OGC:CRS84", "[OGC:CRS84]", "urn:ogc:def:crs:OGC:1.3:CRS84", crs84.uri], crs84),
            (["4326", "EPSG:4326", "[EPSG:4326]", "urn:ogc:def:crs:EPSG::4326", lat_first.uri], lat_first),
            (["3857", "epsg:3857", "[EPSG:3857]", "urn:ogc:def:crs:EPSG::3857", mercator.uri], mercator),
            (["32648", "EPSG:32648", "[EPSG:32648]", "urn:ogc:def:crs:EPSG::32648", utm.uri], utm),
        ] {
            for name in names {
                assert_eq!(Reference::read("crs", Some(name)).ok(), Some(expected), "{name}");
            }
        }
        for unknown in
            ["", "84", "+4326", "EPSG:", "[4326", "32647", "http://www.opengis.net/def/crs/EPSG/0/9999"]
        {
            assert!(Reference::read("crs", Some(unknown)).is_err(), "{unknown}");
        }
    }
}
