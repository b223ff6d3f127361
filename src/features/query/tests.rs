//! Rows of a table made for tests, found by box, time, value and order.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use geo::{Intersects as _, Rect as GeoRect};
use jiff::civil::{Date, date};

use super::*;
use crate::features::{Field, FieldKind, Rows, Shape, Value};
use crate::geometry::projection::Crs;
use crate::model::{GridPoint, Loaded, MultiPolygon, Polygon};
use crate::snapshot::Snapshot;

enum Ground {
    None,
    Point(GridPoint),
    Line([GridPoint; 2]),
    Shape(MultiPolygon),
}

struct Row {
    id: String,
    name: Option<&'static str>,
    n: Option<i64>,
    x: Option<f64>,
    flag: Option<bool>,
    days: Days,
    ground: Ground,
}

struct Made(Vec<Row>);

impl Rows for Made {
    fn len(&self, _: &Snapshot) -> usize {
        self.0.len()
    }

    fn id<'a>(&'a self, _: &'a Snapshot, row: usize) -> Cow<'a, str> {
        self.0[row].id.as_str().into()
    }

    fn shape<'a>(&'a self, _: &'a Snapshot, row: usize) -> Shape<'a> {
        match &self.0[row].ground {
            Ground::None => Shape::None,
            Ground::Point(at) => Shape::Point(*at),
            Ground::Line(ends) => Shape::Line(*ends),
            Ground::Shape(shape) => Shape::MultiPolygon(shape),
        }
    }

    fn days(&self, _: &Snapshot, row: usize) -> Option<Days> {
        let days = self.0[row].days;
        days.from.map(|_| days)
    }

    fn values<'a>(&'a self, _: &'a Snapshot, row: usize, into: &mut Vec<Value<'a>>) {
        let Row { name, n, x, flag, days, .. } = &self.0[row];
        into.extend([(*name).into(), (*n).into(), (*x).into(), (*flag).into()]);
        into.extend([Value::from(days.from), days.to.into()]);
    }
}

fn made(rows: Vec<Row>) -> Table {
    static EMPTY: LazyLock<Arc<Snapshot>> =
        LazyLock::new(|| Arc::new(Snapshot::build(Loaded::default(), None, 0.0).expect("an empty world")));
    use FieldKind::{Boolean, Date, Integer, Number, Text};
    let kinds =
        [("name", Text), ("n", Integer), ("x", Number), ("flag", Boolean), ("since", Date), ("until", Date)];
    let fields = kinds.map(|(name, kind)| Field::new(name, kind, name, name)).to_vec();
    Table::new(fields, EMPTY.clone(), Box::new(Made(rows)))
}

fn at(lon: f64, lat: f64) -> GridPoint {
    GridPoint::from_degrees(lon, lat).expect("a place")
}

fn square(west: f64, south: f64, east: f64, north: f64) -> MultiPolygon {
    let exterior = vec![at(west, south), at(east, south), at(east, north), at(west, north)];
    MultiPolygon(vec![Polygon { exterior, interiors: Vec::new() }])
}

/// Six rows `a` to `f`: a square, its neighbour, a line across it, a point in it, a square at the antimeridian, and
/// one without a place.
pub fn table() -> Table {
    let row = |id: &str, name, n, x, flag, from: Option<Date>, to, ground| Row {
        id: id.to_owned(),
        name,
        n,
        x,
        flag,
        days: Days { from, to },
        ground,
    };
    let (first, second) = (Some(date(2020, 1, 1)), Some(date(2021, 1, 1)));
    let third = Some(date(2022, 1, 1));
    let line = [at(106.25, 47.5), at(106.75, 47.5)];
    made(vec![
        row(
            "a",
            Some("Баянгол"),
            Some(1),
            Some(1.0),
            Some(false),
            first,
            Some(date(2021, 12, 31)),
            Ground::Shape(square(106.0, 47.0, 107.0, 48.0)),
        ),
        row(
            "b",
            Some("БАЯНгол"),
            Some(2),
            Some(1.5),
            Some(false),
            second,
            None,
            Ground::Shape(square(107.0, 48.0, 108.0, 49.0)),
        ),
        row("c", Some("100%"), Some(3), Some(0.5), Some(true), third, None, Ground::Line(line)),
        row("d", Some("it's"), None, None, None, None, None, Ground::Point(at(106.75, 47.75))),
        row(
            "e",
            Some("10"),
            Some(5),
            Some(9.0),
            None,
            None,
            None,
            Ground::Shape(square(179.0, 0.0, 180.0, 1.0)),
        ),
        row("f", None, Some(6), None, None, None, None, Ground::None),
    ])
}

/// Squares that all hold one point.
pub fn table_of(n_rows: usize) -> Table {
    let row = |idx: usize| Row {
        id: idx.to_string(),
        name: None,
        n: Some(idx as i64),
        x: None,
        flag: None,
        days: Days { from: None, to: None },
        ground: Ground::Shape(square(106.0, 47.0, 107.0, 48.0)),
    };
    made((0..n_rows).map(row).collect())
}

pub fn ids(table: &Table) -> Vec<String> {
    (0..table.len()).map(|row| table.id(row).into_owned()).collect()
}

fn asked(table: &Table, query: &Query) -> Vec<String> {
    let rows = table.select(query).expect("cheap");
    rows.iter().map(|&row| table.id(row as usize).into_owned()).collect()
}

pub fn select(table: &Table, filter: Filter) -> Vec<String> {
    asked(table, &Query { filter: Some(filter), ..Query::default() })
}

#[test]
fn a_box_takes_what_has_ground_in_it_or_no_place_at_all() {
    let table = table();
    // `f` has no place.
    for (numbers, expected) in [
        (&[106.9, 47.9, 107.1, 48.1][..], "a b f"),
        (&[107.0, 48.0, 107.0, 48.0], "a b f"),
        (&[106.1, 47.1, 106.2, 47.2], "a f"),
        (&[106.6, 47.4, 106.8, 47.8], "a c d f"),
        (&[0.0, 0.0, -900.0, 1.0, 1.0, 900.0], "f"),
        (&[106.75, 47.75, 106.75, 47.75], "a d f"),
        (&[179.5, -1.0, -179.0, 1.0], "e f"),
        (&[-180.0, -90.0, 180.0, 90.0], "a b c d e f"),
        // Beyond the world there is nothing.
        (&[47.0, 106.0, 48.0, 107.0], ""),
        (&[107.5, -500.0, 1e300, 500.0], "b e f"),
        (&[106.9, 48.05, 1e300, 1e300], "b f"),
        (&[500.0, 0.0, -500.0, 1.0], ""),
    ] {
        let area = Area::of_box(numbers, Crs::Wgs84).expect("a box");
        let found = asked(&table, &Query { area: Some(area), ..Query::default() });
        assert_eq!(found.join(" "), expected, "{numbers:?}");
    }
    let world = [-3e7, -3e7, 3e7, 3e7];
    let area = Area::of_box(&world, Crs::WebMercator).expect("a box");
    assert_eq!(asked(&table, &Query { area: Some(area), ..Query::default() }).join(" "), "a b c d e f");
}

#[test]
fn numbers_that_are_no_box_are_told() {
    for (numbers, crs, expected) in [
        (&[1.0, 2.0, 3.0][..], Crs::Wgs84, "a box has 4 numbers, or 6 with heights, not 3"),
        (&[1.0, f64::NAN, 3.0, 4.0], Crs::Wgs84, "number 2 of the box, `NaN`, is not finite"),
        (&[1.0, 2.0, f64::INFINITY, 4.0], Crs::Utm(48), "number 3 of the box, `inf`, is not finite"),
        (&[1.0, 5.0, 3.0, 4.0], Crs::Wgs84, "the box is reversed: south `5` is beyond north `4`"),
        (&[7.0, 2.0, 3.0, 4.0], Crs::WebMercator, "the box is reversed: west `7` is beyond east `3`"),
        (
            &[1.0, 2.0, 9.0, 3.0, 4.0, 8.0],
            Crs::Wgs84,
            "the box is reversed: the lowest `9` is beyond the highest `8`",
        ),
    ] {
        assert_eq!(Area::of_box(numbers, crs).expect_err("no box").to_string(), expected);
    }
}

#[test]
fn a_time_takes_what_was_so_at_some_moment_of_it() {
    let table = table();
    // `d`, `e` and `f` have no time of their own.
    for (text, expected) in [
        ("2020-06-01", "a d e f"),
        ("2019-12-31T15:59:59Z", "d e f"),
        ("2019-12-31T16:00:00Z", "a d e f"),
        ("2021-12-31T23:59:59+08:00", "a b d e f"),
        ("2022-01-01T00:00:00+08:00", "b c d e f"),
        ("../2020-12-31", "a d e f"),
        ("2022-01-01/..", "b c d e f"),
        ("2021-01-01T00:00:00Z/", "a b c d e f"),
        ("2020-12-31/2021-01-01", "a b d e f"),
        ("9999-12-31", "b c d e f"),
    ] {
        let datetime = Interval::read(text).unwrap_or_else(|error| panic!("{error}"));
        let found = asked(&table, &Query { datetime: Some(datetime), ..Query::default() });
        assert_eq!(found.join(" "), expected, "{text}");
    }
    for text in [
        "",
        "yesterday",
        "2022",
        "2022-13-01",
        "2022-01-01T00:00",
        "2022-01-01 00:00:00Z",
        "2022-01-01T00:00:00",
        "..",
        "/",
        "../..",
        "2022-01-01/2021-01-01",
        "2020-01-01/2021-01-01/2022-01-01",
        "2022-01-01T00:00:00.Z",
        "2022-01-01T25:00:00Z",
        "2022-01-01T00:00:00+8",
        "２０２２-01-01",
        "x/..",
    ] {
        assert!(Interval::read(text).is_err(), "{text}");
    }
}

#[test]
fn rows_stand_in_the_order_asked() {
    let table = table();
    let sorted = |sort: Vec<SortKey>| asked(&table, &Query { sort, ..Query::default() }).join(" ");
    let by = |field, descending| SortKey { field, descending };
    assert_eq!(sorted(vec![by(1, false)]), "a b c e f d");
    assert_eq!(sorted(vec![by(1, true)]), "f e c b a d");
    assert_eq!(sorted(vec![by(3, false), by(1, true)]), "b a c f e d");
    assert_eq!(sorted(vec![by(0, false)]), "e c b a d f");
}

#[test]
fn a_value_is_read_as_its_field_is() {
    let table = table();
    for (field, text, expected) in [
        (0, "100%", "c"),
        (1, "5", "e"),
        (2, "0.5", "c"),
        (3, "true", "c"),
        (4, "2020-01-01", "a"),
        (0, "x", ""),
    ] {
        let filter = Filter::equals(&table.fields, field, text).expect("a value");
        assert_eq!(select(&table, filter).join(" "), expected, "{text}");
    }
    for (field, text, expected) in [
        (1, "1.5", "a whole number"),
        (1, "x", "a whole number"),
        (2, "NaN", "a number"),
        (3, "yes", "`true` or `false`"),
        (4, "2020-1-1", "a date like 2022-01-31"),
    ] {
        assert_eq!(Filter::equals(&table.fields, field, text).expect_err("no value"), expected, "{text}");
    }
}

#[test]
fn a_row_is_found_by_its_id_and_all_by_their_extent() {
    let table = table();
    assert_eq!((table.find("c"), table.find("x")), (Some(2), None));
    let extent = table.extent();
    assert_eq!(extent.ground.map(crate::model::GridBox::degrees), Some([106.0, 0.0, 180.0, 49.0]));
    assert_eq!(extent.days, Some(Days { from: Some(date(2020, 1, 1)), to: None }));
}

proptest::proptest! {
    /// A triangle is cut by a box or not, as another implementation says.
    #[test]
    fn a_box_finds_what_a_look_at_every_row_finds(
        corners in proptest::collection::vec((1060_u32..1070, 470_u32..480), 3),
        (west, south, width, height) in (1060_u32..1070, 470_u32..480, 0_u32..6, 0_u32..6),
    ) {
        let corner = |(x, y): (u32, u32)| at(f64::from(x) / 10.0, f64::from(y) / 10.0);
        let exterior: Vec<GridPoint> = corners.into_iter().map(corner).collect();
        let degrees = |v: u32| f64::from(v) / 10.0;
        let [west, south, east, north] = [west, south, west + width, south + height].map(degrees);
        let triangle = geo::Triangle::from(<[geo::Coord; 3]>::try_from(
            exterior.iter().map(|p| geo::Coord { x: p.lon(), y: p.lat() }).collect::<Vec<_>>(),
        ).expect("three"));
        let rect = GeoRect::new(geo::Coord { x: west, y: south }, geo::Coord { x: east, y: north });
        let expected = triangle.to_polygon().intersects(&rect.to_polygon());
        let shape = MultiPolygon(vec![Polygon { exterior, interiors: Vec::new() }]);
        let days = Days { from: None, to: None };
        let row = Row { id: String::new(), name: None, n: None, x: None, flag: None, days, ground: Ground::Shape(shape) };
        let table = made(vec![row]);
        let area = Area::of_box(&[west, south, east, north], Crs::Wgs84).expect("a box");
        let found = table.select(&Query { area: Some(area), ..Query::default() }).expect("cheap");
        proptest::prop_assert_eq!(found.len() == 1, expected);
    }
}
