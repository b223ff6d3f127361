//! An empty store in either home, and another program beside it.

use std::time::Duration;

use hlp_tracker::gpkg::blob;
use hlp_tracker::store::{AnyStore, Location, Mode, Store, open};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row};
use tempfile::TempDir;

use crate::support::postgres::TestDatabase;

/// How long a change may take to be seen; far above what it takes, so that only a lost one fails.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub struct Home {
    pub store: AnyStore,
    pub location: Location,
    place: Place,
}

enum Place {
    GeoPackage(TempDir),
    Postgis(TestDatabase),
}

impl Home {
    pub async fn geopackage() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("store.gpkg");
        Self::at(Location::GeoPackage(path), Place::GeoPackage(folder)).await
    }

    pub async fn postgis() -> Self {
        let database = TestDatabase::create().await;
        let location = Location::parse(database.url()).expect("an address");
        Self::at(location, Place::Postgis(database)).await
    }

    async fn at(location: Location, place: Place) -> Self {
        let store = open(&location, Mode::CreateEmpty).await.expect("an empty store");
        Self { store, location, place }
    }

    pub const fn is_postgis(&self) -> bool {
        matches!(self.place, Place::Postgis(_))
    }

    /// Ends with the test's database; a file goes with its folder.
    pub async fn drop(self) {
        if let (AnyStore::Postgis(store), Place::Postgis(database)) = (self.store, self.place) {
            store.close().await;
            database.drop().await;
        }
    }

    /// Runs SQL as a program that is not ours, and gives the rows of one text column.
    pub async fn sql(&self, sql: &str) -> Result<Vec<Option<String>>, String> {
        match &self.location {
            Location::GeoPackage(path) => {
                let connection = rusqlite::Connection::open(path).map_err(|e| e.to_string())?;
                connection.busy_timeout(PATIENCE).map_err(|e| e.to_string())?;
                blob::register_functions(&connection).map_err(|e| e.to_string())?;
                let mut statement = connection.prepare(sql).map_err(|e| e.to_string())?;
                let rows = statement.query_map([], |row| row.get::<_, rusqlite::types::Value>(0));
                let text = |value| match value {
                    rusqlite::types::Value::Null => None,
                    rusqlite::types::Value::Text(text) => Some(text),
                    rusqlite::types::Value::Integer(n) => Some(n.to_string()),
                    other => Some(format!("{other:?}")),
                };
                let rows: Result<Vec<_>, _> = rows.map_err(|e| e.to_string())?.collect();
                Ok(rows.map_err(|e| e.to_string())?.into_iter().map(text).collect())
            }
            Location::Postgis(options) => {
                let options = options.clone().options([("search_path", "hlp,public")]);
                let mut connection = options.connect().await.map_err(|e| e.to_string())?;
                let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(&mut connection).await;
                connection.close().await.map_err(|e| e.to_string())?;
                let rows = rows.map_err(|e| e.to_string())?;
                rows.iter()
                    .map(|row| row.try_get_unchecked::<Option<String>, _>(0).map_err(|e| e.to_string()))
                    .collect()
            }
        }
    }

    /// Waits until the waiter wakes.
    pub async fn woken(&self) {
        tokio::time::timeout(PATIENCE, self.store.wait_for_change()).await.expect("the waiter wakes");
    }
}
