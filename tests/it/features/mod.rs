//! Which features a question finds, beside PostGIS.

use std::fmt::Write as _;
use std::sync::Arc;

use hlp_tracker::features::{Axes, Collection, Filter, Query, Shape, Table, Value};
use hlp_tracker::geometry::projection::Crs;
use hlp_tracker::model::{MultiPolygon, Ring};
use hlp_tracker::store::Location;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Row as _};

use crate::support::demo;
use crate::support::postgres::TestDatabase;

/// Columns that the judge gets, with their types there; their words are sorted by code point.
const COLUMNS: [(&str, &str); 8] = [
    ("code", "text collate \"C\""),
    ("district", "text collate \"C\""),
    ("number", "integer"),
    ("name_mn", "text collate \"C\""),
    ("nso_code", "text collate \"C\""),
    ("population", "bigint"),
    ("valid_from", "date"),
    ("valid_to", "date"),
];

const IN_CITY: &str = "POLYGON((106.7 47.8,107 47.85,106.95 48,106.8 48.1,106.7 47.8))";

fn cases() -> Vec<(String, String)> {
    let mut cases: Vec<(String, String)> = [
        ("district = 'bzd' AND number > 20", "district = 'bzd' and number > 20"),
        ("NOT (population > 8000)", "not (population > 8000)"),
        ("population > 8000 OR number = 1", "population > 8000 or number = 1"),
        (
            "NOT (valid_to < DATE('2022-01-01') AND number < 9)",
            "not (valid_to < '2022-01-01' and number < 9)",
        ),
        ("NOT (valid_to < DATE('2022-01-01') OR number < 9)", "not (valid_to < '2022-01-01' or number < 9)"),
        ("population IS NULL OR valid_to IS NOT NULL", "population is null or valid_to is not null"),
        ("NOT nso_code IN ('1', '2')", "not nso_code in ('1', '2')"),
        ("population NOT BETWEEN number AND number * 500", "population not between number and number * 500"),
        ("population / number > 400.5", "population::float8 / number > 400.5"),
        ("number % 7 = 3 OR number div 7 = 2", "number % 7 = 3 or number / 7 = 2"),
        ("name_mn LIKE '%1_-%'", "name_mn like '%1_-%'"),
        ("name_mn LIKE '%\\_%' OR code LIKE 's%d-1%'", "name_mn like '%\\_%' or code like 's%d-1%'"),
        ("code NOT LIKE '%d-_'", "code not like '%d-_'"),
        ("CASEI(code) LIKE CASEI('BZD-%')", "code ilike 'BZD-%'"),
        ("code > 'ch' AND code <= 'nd-3'", "code > 'ch' and code <= 'nd-3'"),
        ("valid_from >= DATE('2022-01-01')", "valid_from >= '2022-01-01'"),
        ("T_AFTER(valid_from, DATE('2020-06-01'))", "valid_from > '2020-06-01'"),
        (
            "T_INTERSECTS(INTERVAL(valid_from, valid_to), INTERVAL('2021-06-01', '2021-07-01'))",
            "daterange(valid_from, valid_to, '[]') && daterange('2021-06-01', '2021-07-01', '[]')",
        ),
        (
            "T_DURING(INTERVAL(valid_from, valid_to), INTERVAL('2019-01-01', '2023-01-01'))",
            "valid_from > '2019-01-01' and coalesce(valid_to, 'infinity') < '2023-01-01'",
        ),
        (
            "S_INTERSECTS(geometry, BBOX(106.9, 47.9, 107.05, 48))",
            "st_intersects(geom, st_makeenvelope(106.9, 47.9, 107.05, 48, 4326))",
        ),
        (
            "NOT S_DISJOINT(geometry, POINT(106.917 47.918))",
            "not st_disjoint(geom, st_point(106.917, 47.918, 4326))",
        ),
        ("geometry IS NULL", "geom is null"),
    ]
    .map(|(cql2, sql)| (cql2.to_owned(), sql.to_owned()))
    .into();
    let shapes = [
        IN_CITY,
        "LINESTRING(106.7 47.8,106.9 47.95,107.2 47.9)",
        "MULTIPOINT((106.917 47.918),(107 47.9))",
        "MULTIPOLYGON(((106.8 47.8,106.9 47.8,106.9 47.9,106.8 47.8)),((107 48,107.3 48,107.3 48.3,107 48)))",
    ];
    for name in ["intersects", "disjoint", "within", "contains", "touches", "crosses", "overlaps", "equals"] {
        for shape in shapes {
            let judge = |a: &str, b: &str| format!("st_{name}({a}, {b})");
            let literal = format!("st_geomfromtext('{shape}', 4326)");
            cases.push((format!("S_{name}(geometry, {shape})"), judge("geom", &literal)));
            cases.push((
                format!("NOT S_{name}({shape}, geometry)"),
                format!("not {}", judge(&literal, "geom")),
            ));
        }
    }
    cases
}

fn told(value: &Value<'_>) -> String {
    match value {
        Value::Null => "null".to_owned(),
        value => format!("'{}'", value.to_string().replace('\'', "''")),
    }
}

fn wkt(ground: &MultiPolygon) -> String {
    let ring = |ring: &Ring| {
        let points = ring.iter().chain(ring.first()).map(|p| format!("{} {}", p.lon(), p.lat()));
        format!("({})", points.collect::<Vec<_>>().join(","))
    };
    let polygons = ground.0.iter().map(|one| one.rings().map(ring).collect::<Vec<_>>().join(","));
    let polygons: Vec<String> = polygons.map(|rings| format!("({rings})")).collect();
    format!("MULTIPOLYGON({})", polygons.join(","))
}

/// The table as SQL.
fn as_sql(table: &Table) -> String {
    let types: Vec<String> = COLUMNS.map(|(name, kind)| format!("{name} {kind}")).into();
    let mut sql = format!("create table judged (row integer, {}, geom geometry);\n", types.join(", "));
    let places = COLUMNS.map(|(name, _)| table.fields.iter().position(|f| f.name == name).expect("a field"));
    let mut values = Vec::new();
    for row in 0..table.len() {
        table.values(row, &mut values);
        let cells: Vec<String> = places.map(|place| told(&values[place])).into();
        let geometry = match table.shape(row) {
            Shape::MultiPolygon(ground) => format!("st_geomfromtext('{}', 4326)", wkt(ground)),
            _ => "null".to_owned(),
        };
        writeln!(sql, "insert into judged values ({row}, {}, {geometry});", cells.join(", "))
            .expect("memory");
    }
    sql
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn filters_find_what_postgis_finds() {
    let snapshot = Arc::new(demo::snapshot(204));
    let table = Collection::find(&snapshot, "khoroo-versions").expect("a collection").open(&snapshot);
    let database = TestDatabase::create().await;
    let Location::Postgis(options) = Location::parse(database.url()).expect("an address") else {
        panic!("a database")
    };
    let mut connection = options.connect().await.expect("the test cluster answers");
    sqlx::raw_sql(AssertSqlSafe(as_sql(&table))).execute(&mut connection).await.expect("the table is made");
    let mut n_decided = 0;
    let mut faults = Vec::new();
    for (cql2, condition) in cases() {
        let sql = format!("select row from judged where {condition} order by row");
        let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut connection).await;
        let rows = rows.unwrap_or_else(|error| panic!("{condition}: {error}"));
        let expected: Vec<u32> = rows.iter().map(|row| row.get::<i32, _>("row") as u32).collect();
        let filter = Filter::text(&cql2, &table.fields, Crs::Wgs84, Axes::EastFirst);
        let filter = filter.unwrap_or_else(|error| panic!("{cql2}: {error}"));
        let found = table.select(&Query { filter: Some(filter), ..Query::default() }).expect("cheap");
        n_decided += usize::from(!found.is_empty() && found.len() < table.len());
        if found != expected {
            faults.push(format!("{cql2}: found {}, PostGIS {}", found.len(), expected.len()));
        }
    }
    connection.close().await.expect("closes");
    database.drop().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(n_decided > 30, "{n_decided}");
}
