//! PostGIS as the judge: distances, touching, common borders and whose ground a place on a border is.

use std::fmt::Write as _;

use hlp_tracker::geometry::coverage::Coverage;
use hlp_tracker::model::{GridPoint, MultiPolygon};
use hlp_tracker::neighbours::{self, Contiguity};
use hlp_tracker::snapshot::Geography;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

use super::vintages;
use crate::support::demo;
use crate::support::postgres::TestDatabase;

/// Our projection agrees with PROJ's to a hundredth of a millimetre, at either end.
const NEAR_M: f64 = 5e-5;
/// Our lengths are within a millionth of the geodesic's.
const NEAR_SHARE: f64 = 1e-6;
/// Vertices on borders that are asked for, in each vintage.
const N_PLACES: usize = 1500;

const PAIRS: &str = "
    select a.n as a, b.n as b, st_distance(a.plane, b.plane) as distance_m, st_touches(a.shape, b.shape) as touches,
      case when st_touches(a.shape, b.shape)
        then st_length(st_collectionextract(st_intersection(a.shape, b.shape), 2)::geography) else 0 end as border_m
    from khoroo a join khoroo b on a.n < b.n order by a.n, b.n";

const HOLDERS: &str = "
    select place.n, min(khoroo.n) as khoroo
    from place left join khoroo on st_intersects(khoroo.shape, place.at)
    group by place.n order by place.n";

fn degrees(at: GridPoint) -> String {
    format!("{} {}", at.lon(), at.lat())
}

fn wkt(shape: &MultiPolygon) -> String {
    let ring = |ring: &Vec<GridPoint>| {
        let places: Vec<String> = ring.iter().chain(ring.first()).map(|&at| degrees(at)).collect();
        format!("({})", places.join(","))
    };
    let polygons: Vec<String> = shape
        .0
        .iter()
        .map(|polygon| format!("({})", polygon.rings().map(ring).collect::<Vec<_>>().join(",")))
        .collect();
    format!("multipolygon({})", polygons.join(","))
}

fn script(geography: &Geography, places: &[GridPoint]) -> String {
    let mut script = String::from(
        "drop table if exists khoroo, place;
         create table khoroo (n integer primary key, shape geometry(multipolygon, 4326), plane geometry);
         create table place (n integer primary key, at geometry(point, 4326));\n",
    );
    for (n, shape) in geography.shapes.iter().enumerate() {
        let wkt = wkt(shape);
        let _ = writeln!(script, "insert into khoroo values ({n}, st_geomfromtext('{wkt}', 4326));");
    }
    for (n, &at) in places.iter().enumerate() {
        let at = degrees(at);
        let _ = writeln!(script, "insert into place values ({n}, st_geomfromtext('point({at})', 4326));");
    }
    script.push_str(
        "update khoroo set plane = st_transform(shape, 32648);
         create index on khoroo using gist (shape);
         analyze khoroo;",
    );
    script
}

/// Vertices of arcs, spread over the city, ends included.
fn border_places(coverage: &Coverage) -> Vec<GridPoint> {
    let all: Vec<GridPoint> = coverage.arcs().iter().flat_map(|arc| arc.points.iter().copied()).collect();
    all.iter().copied().step_by((all.len() / N_PLACES).max(1)).collect()
}

#[tokio::test]
async fn postgis_says_the_same_of_every_pair_of_khoroos() {
    let database = TestDatabase::create().await;
    let mut connection = PgConnection::connect(database.url()).await.expect("the test cluster answers");
    let snapshot = demo::snapshot(204);
    for geography in vintages(&snapshot) {
        let outlines = geography.outlines.as_ref().expect("lines");
        let places = border_places(geography.coverage.as_ref().expect("lines"));
        let script = script(geography, &places);
        sqlx::raw_sql(AssertSqlSafe(script)).execute(&mut connection).await.expect("khoroos go in");

        let n = geography.khoroos.len();
        let touching: Vec<Vec<neighbours::Neighbour>> =
            (0..n).map(|idx| neighbours::by_border(geography, idx, Contiguity::Queen)).collect();
        let pairs = sqlx::query(PAIRS).fetch_all(&mut connection).await.expect("all pairs");
        assert_eq!(pairs.len(), n * (n - 1) / 2);
        let mut n_touching = 0;
        for pair in &pairs {
            let khoroo = |column: &str| usize::try_from(pair.get::<i32, _>(column)).expect("an index");
            let (a, b) = (khoroo("a"), khoroo("b"));
            let expected_m: f64 = pair.get("distance_m");
            let ours_m = outlines.distance_m(a as u32, b as u32).expect("both have a place");
            assert!((ours_m - expected_m).abs() < NEAR_M, "{a} {b}: {ours_m} m, PostGIS {expected_m} m");
            let ours = touching[a].iter().find(|neighbour| neighbour.khoroo == b);
            assert_eq!(ours.is_some(), pair.get::<bool, _>("touches"), "{a} {b}");
            if let Some(ours) = ours {
                n_touching += 1;
                assert!(ours_m <= 0.0, "{a} {b} touch");
                let border_m: f64 = pair.get("border_m");
                let near_m = border_m * NEAR_SHARE + 1e-6;
                assert!((ours.border_m - border_m).abs() < near_m, "{a} {b}: {ours:?}, PostGIS {border_m} m");
            }
        }
        assert!(n_touching > n, "{n_touching} pairs touch");

        let holders = sqlx::query(HOLDERS).fetch_all(&mut connection).await.expect("all places");
        assert!(holders.len() >= N_PLACES);
        for (row, &at) in holders.iter().zip(&places) {
            let expected =
                row.get::<Option<i32>, _>("khoroo").map(|idx| usize::try_from(idx).expect("an index"));
            assert_eq!(geography.locate(at), expected, "{at:?}");
        }
    }
    connection.close().await.expect("closes");
    database.drop().await;
}
