//! The reference systems that boundary files of Mongolia come in, to and from degrees.
//!
//! WGS 84 (EPSG:4326), Web Mercator (EPSG:3857) and the northern UTM zones 46–49
//! (EPSG:32646–32649), which cover the country.
//!
//! Owns: the formulae. Leaves to others: finding out which system a file is in, and the grid.
//! Design: six systems with closed formulae do not justify linking PROJ; the answers are held
//! against PROJ's in the tests.

use std::f64::consts::FRAC_PI_2;

/// Semi-major axis of WGS 84 in metres.
pub const SEMI_MAJOR_M: f64 = 6_378_137.0;
/// Flattening of WGS 84.
pub const FLATTENING: f64 = 1.0 / 298.257_223_563;

/// Latitude where the square world of Web Mercator ends, in degrees.
const MERCATOR_LIMIT_DEG: f64 = 85.051_128_779_806_6;

const UTM_SCALE: f64 = 0.9996;
const UTM_FALSE_EASTING_M: f64 = 500_000.0;
/// EPSG code of UTM zone 0 north, so to speak.
const UTM_EPSG_BASE: u32 = 32_600;

/// A reference system with its axes in the order x (east), y (north).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Crs {
    /// EPSG:4326, degrees, longitude first as in RFC 7946.
    Wgs84,
    /// EPSG:3857, metres.
    WebMercator,
    /// EPSG:32646–32649, metres: the zone number, 46 to 49, northern half.
    Utm(u8),
}

impl Crs {
    pub const ALL: [Self; 6] =
        [Self::Wgs84, Self::WebMercator, Self::Utm(46), Self::Utm(47), Self::Utm(48), Self::Utm(49)];

    /// `None` for systems that no boundary file of Mongolia is expected in.
    pub const fn from_epsg(code: u32) -> Option<Self> {
        match code {
            4326 => Some(Self::Wgs84),
            3857 => Some(Self::WebMercator),
            32_646..=32_649 => Some(Self::Utm((code - UTM_EPSG_BASE) as u8)),
            _ => None,
        }
    }

    pub const fn epsg(self) -> u32 {
        match self {
            Self::Wgs84 => 4326,
            Self::WebMercator => 3857,
            Self::Utm(zone) => UTM_EPSG_BASE + zone as u32,
        }
    }

    /// WKT 1 as Esri writes it, which other programs know too.
    pub fn wkt(self) -> String {
        const DEGREES: &str = "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],\
            PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";
        let projected = |name: &str, projection: &str, parameters: &[(&str, f64)]| {
            let parameters: Vec<String> =
                parameters.iter().map(|(name, value)| format!("PARAMETER[\"{name}\",{value:?}],")).collect();
            let parameters = parameters.concat();
            format!(
                "PROJCS[\"{name}\",{DEGREES},PROJECTION[\"{projection}\"],{parameters}UNIT[\"Meter\",1.0]]"
            )
        };
        match self {
            Self::Wgs84 => DEGREES.to_owned(),
            Self::WebMercator => projected(
                "WGS_1984_Web_Mercator_Auxiliary_Sphere",
                "Mercator_Auxiliary_Sphere",
                &[
                    ("False_Easting", 0.0),
                    ("False_Northing", 0.0),
                    ("Central_Meridian", 0.0),
                    ("Standard_Parallel_1", 0.0),
                    ("Auxiliary_Sphere_Type", 0.0),
                ],
            ),
            Self::Utm(zone) => projected(
                &format!("WGS_1984_UTM_Zone_{zone}N"),
                "Transverse_Mercator",
                &[
                    ("False_Easting", 500_000.0),
                    ("False_Northing", 0.0),
                    ("Central_Meridian", f64::from(zone) * 6.0 - 183.0),
                    ("Scale_Factor", 0.9996),
                    ("Latitude_Of_Origin", 0.0),
                ],
            ),
        }
    }

    /// Brings a place in this system to degrees.
    ///
    /// - In: `x`, `y` in the system's unit.
    /// - Out: `(lon_deg, lat_deg)`; not finite where the input is not.
    ///
    /// Source: EPSG Guidance Note 7-2, method 1024 (Web Mercator); for UTM see [`utm_to_degrees`].
    pub fn to_degrees(self, x: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Wgs84 => (x, y),
            Self::WebMercator => {
                let lat = FRAC_PI_2 - 2.0 * (-y / SEMI_MAJOR_M).exp().atan();
                ((x / SEMI_MAJOR_M).to_degrees(), lat.to_degrees())
            }
            Self::Utm(zone) => utm_to_degrees(zone, x, y),
        }
    }

    /// Projects degrees into this system.
    ///
    /// - In: longitude and latitude in degrees; for Web Mercator a latitude beyond ±85.05° is
    ///   clamped, because the square world ends there.
    /// - Out: `(x, y)` in the system's unit; not finite where the input is not.
    pub fn from_degrees(self, lon: f64, lat: f64) -> (f64, f64) {
        match self {
            Self::Wgs84 => (lon, lat),
            Self::WebMercator => {
                let lat = lat.clamp(-MERCATOR_LIMIT_DEG, MERCATOR_LIMIT_DEG).to_radians();
                (SEMI_MAJOR_M * lon.to_radians(), SEMI_MAJOR_M * lat.tan().asinh())
            }
            Self::Utm(zone) => utm_from_degrees(zone, lon, lat),
        }
    }
}

/// Third flattening.
const N: f64 = FLATTENING / (2.0 - FLATTENING);
const N2: f64 = N * N;
const N3: f64 = N2 * N;
const N4: f64 = N3 * N;
/// Radius of the circle as long as the meridian, in metres.
const RECTIFYING_RADIUS_M: f64 = SEMI_MAJOR_M / (1.0 + N) * (1.0 + N2 / 4.0 + N4 / 64.0);
/// Forward coefficients, conformal sphere to ellipsoid.
const ALPHA: [f64; 4] = [
    N / 2.0 - 2.0 / 3.0 * N2 + 5.0 / 16.0 * N3 + 41.0 / 180.0 * N4,
    13.0 / 48.0 * N2 - 3.0 / 5.0 * N3 + 557.0 / 1440.0 * N4,
    61.0 / 240.0 * N3 - 103.0 / 140.0 * N4,
    49_561.0 / 161_280.0 * N4,
];
/// Backward coefficients, ellipsoid to conformal sphere.
const BETA: [f64; 4] = [
    N / 2.0 - 2.0 / 3.0 * N2 + 37.0 / 96.0 * N3 - N4 / 360.0,
    N2 / 48.0 + N3 / 15.0 - 437.0 / 1440.0 * N4,
    17.0 / 480.0 * N3 - 37.0 / 840.0 * N4,
    4397.0 / 161_280.0 * N4,
];

fn central_meridian_deg(zone: u8) -> f64 {
    f64::from(zone) * 6.0 - 183.0
}

fn eccentricity() -> f64 {
    (FLATTENING * (2.0 - FLATTENING)).sqrt()
}

/// Transverse Mercator by Krüger's series to the fourth order in the third flattening.
///
/// - In: degrees, within about 20° of the zone's meridian.
/// - Out: `(easting_m, northing_m)`; truncation error under a micrometre.
///
/// Source: C. Karney, "Transverse Mercator with an accuracy of a few nanometers", J. Geodesy 85
/// (2011), equations 7–11 and 35.
fn utm_from_degrees(zone: u8, lon: f64, lat: f64) -> (f64, f64) {
    let e = eccentricity();
    let lambda = (lon - central_meridian_deg(zone)).to_radians();
    let tau = conformal_tan(e, lat.to_radians().tan());
    let xi = tau.atan2(lambda.cos());
    let eta = (lambda.sin() / tau.hypot(lambda.cos())).asinh();
    let (mut xi_sum, mut eta_sum) = (xi, eta);
    for (k, a) in (1_u8..).zip(ALPHA) {
        let k = 2.0 * f64::from(k);
        xi_sum += a * (k * xi).sin() * (k * eta).cosh();
        eta_sum += a * (k * xi).cos() * (k * eta).sinh();
    }
    let scale = UTM_SCALE * RECTIFYING_RADIUS_M;
    (UTM_FALSE_EASTING_M + scale * eta_sum, scale * xi_sum)
}

/// The inverse of [`utm_from_degrees`], with the same range, error and source.
fn utm_to_degrees(zone: u8, x: f64, y: f64) -> (f64, f64) {
    let scale = UTM_SCALE * RECTIFYING_RADIUS_M;
    let (xi, eta) = (y / scale, (x - UTM_FALSE_EASTING_M) / scale);
    let (mut xi_sum, mut eta_sum) = (xi, eta);
    for (k, b) in (1_u8..).zip(BETA) {
        let k = 2.0 * f64::from(k);
        xi_sum -= b * (k * xi).sin() * (k * eta).cosh();
        eta_sum -= b * (k * xi).cos() * (k * eta).sinh();
    }
    let lambda = eta_sum.sinh().atan2(xi_sum.cos());
    let tau = geodetic_tan(eccentricity(), xi_sum.sin() / eta_sum.sinh().hypot(xi_sum.cos()));
    (central_meridian_deg(zone) + lambda.to_degrees(), tau.atan().to_degrees())
}

/// Tangent of the conformal latitude from the tangent of the geodetic one (Karney 2011, eq. 7–9).
fn conformal_tan(e: f64, tau: f64) -> f64 {
    let root = tau.hypot(1.0);
    let sigma = (e * (e * tau / root).atanh()).sinh();
    tau * sigma.hypot(1.0) - sigma * root
}

/// The inverse of [`conformal_tan`] by Newton's method (Karney 2011, eq. 19–21); two steps reach
/// the last bit on the earth's ellipsoid, the third is for certainty.
fn geodetic_tan(e: f64, target: f64) -> f64 {
    let e2 = e * e;
    let mut tau = target / (1.0 - e2);
    for _ in 0..3 {
        let here = conformal_tan(e, tau);
        tau += (target - here) / here.hypot(1.0) * (1.0 + (1.0 - e2) * tau * tau)
            / ((1.0 - e2) * tau.hypot(1.0));
    }
    tau
}

#[cfg(test)]
mod tests {
    use super::*;

    /// EPSG code, longitude, latitude, x, y: answers of PROJ 9.5.
    const PROJ: [(u32, f64, f64, f64, f64); 12] = [
        (3857, 106.917_701, 47.918_729, 11_902_024.032_107, 6_093_344.870_394),
        (3857, -179.9, -60.25, -20_026_376.393_710, -8_455_609.203_428),
        (32646, 93.1, 47.9, 507_473.954_480, 5_305_190.576_396),
        (32646, 90.2, 42.1, 268_464.607_885, 4_664_673.727_924),
        (32647, 99.0, 47.9, 500_000.0, 5_305_185.737_038),
        (32647, 104.5, 50.0, 894_063.598_294, 5_553_139.869_654),
        (32648, 106.917_701, 47.918_729, 643_273.715_219, 5_309_047.232_201),
        (32648, 105.0, 0.0, 500_000.0, 0.0),
        (32648, 102.3, 49.9, 306_109.986_467, 5_531_008.017_563),
        (32648, 108.6, 47.1, 773_167.986_126, 5_222_567.408_561),
        (32649, 111.0, 45.5, 500_000.0, 5_038_496.504_433),
        (32649, 116.2, 46.3, 900_441.590_948, 5_140_535.545_336),
    ];

    #[test]
    fn every_system_agrees_with_proj_to_a_hundredth_of_a_millimetre() {
        for (epsg, lon, lat, x, y) in PROJ {
            let crs = Crs::from_epsg(epsg).expect("a supported system");
            let (got_x, got_y) = crs.from_degrees(lon, lat);
            assert!((got_x - x).abs() < 1e-5 && (got_y - y).abs() < 1e-5, "{epsg}: {got_x} {got_y}");
            let (got_lon, got_lat) = crs.to_degrees(x, y);
            assert!((got_lon - lon).abs() < 1e-10 && (got_lat - lat).abs() < 1e-10, "{epsg} back");
        }
    }

    #[test]
    fn codes_name_exactly_the_six_systems() {
        for code in [4326, 3857, 32646, 32647, 32648, 32649] {
            assert_eq!(Crs::from_epsg(code).map(Crs::epsg), Some(code));
        }
        for code in [0, 4258, 32645, 32650, 32748] {
            assert_eq!(Crs::from_epsg(code), None, "{code}");
        }
    }

    #[test]
    fn nan_stays_nan() {
        for crs in [Crs::Wgs84, Crs::WebMercator, Crs::Utm(48)] {
            assert!(crs.to_degrees(f64::NAN, 0.0).0.is_nan());
            assert!(crs.from_degrees(105.0, f64::NAN).1.is_nan());
        }
    }

    proptest::proptest! {
        #[test]
        fn there_and_back_is_the_same_place(zone in 46_u8..=49, dlon in -6.0..6.0_f64, lat in 40.0..53.0_f64) {
            let lon = central_meridian_deg(zone) + dlon;
            for crs in [Crs::Wgs84, Crs::WebMercator, Crs::Utm(zone)] {
                let (x, y) = crs.from_degrees(lon, lat);
                let (lon_back, lat_back) = crs.to_degrees(x, y);
                proptest::prop_assert!((lon_back - lon).abs() < 1e-11 && (lat_back - lat).abs() < 1e-11);
            }
        }
    }
}
