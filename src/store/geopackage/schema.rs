//! Making the file and bringing its schema up to date.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use rusqlite::{Connection, TransactionBehavior, params};

use super::{Access, connect, folder, sqlite};
use crate::gpkg::SRS_WGS84;
use crate::gpkg::container::{self, FeatureLayer};
use crate::store::schema::{GEOPACKAGE_MIGRATIONS, SCHEMA_VERSION};
use crate::store::{Mode, StoreError};

/// First bytes of every SQLite file.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Checks what stands at `path`, makes it if asked, and applies the missing steps of the schema.
///
/// Two programs that start at once wait for each other: checking and changing is one transaction.
pub(super) fn prepare(path: &Path, mode: Mode) -> Result<(), StoreError> {
    let missing = || StoreError::Missing { location: path.display().to_string() };
    let not_geopackage =
        |reason: &str| StoreError::NotGeoPackage { path: path.into(), reason: reason.into() };
    let created = match fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(not_geopackage("it is a folder")),
        Ok(found) if found.len() == 0 && mode == Mode::MustExist => {
            return Err(not_geopackage("the file is empty"));
        }
        // What a killed creation leaves behind.
        Ok(found) if found.len() == 0 => true,
        Ok(_) => {
            check_magic(path)?;
            false
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && mode == Mode::MustExist => {
            return Err(missing());
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            fs::create_dir_all(folder(path))
                .map_err(|source| StoreError::Unwritable { path: path.into(), source })?;
            true
        }
        Err(source) => return Err(StoreError::Unwritable { path: path.into(), source }),
    };
    if created {
        // SQLite's own message would not say why.
        File::options()
            .append(true)
            .create(true)
            .open(path)
            .map_err(|source| StoreError::Unwritable { path: path.into(), source })?;
    } else if version(&connect(path, Access::Read)?, path)? == SCHEMA_VERSION {
        return Ok(());
    }
    bring_up_to_date(path, if created { Access::Create } else { Access::Write })
}

/// False where no store stands, be it no file or what a killed creation leaves behind.
///
/// - Errors: as [`prepare`], which refuses the same files.
pub(super) fn is_there(path: &Path) -> Result<bool, StoreError> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => {
            Err(StoreError::NotGeoPackage { path: path.into(), reason: "it is a folder".into() })
        }
        Ok(found) if found.len() == 0 => Ok(false),
        Ok(_) => {
            check_magic(path)?;
            Ok(version(&connect(path, Access::Read)?, path)? > 0)
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(source) => Err(StoreError::Unwritable { path: path.into(), source }),
    }
}

fn check_magic(path: &Path) -> Result<(), StoreError> {
    let mut start = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read(&mut start));
    match read {
        Ok(n) if &start[..n] == MAGIC => Ok(()),
        Ok(_) => Err(StoreError::NotGeoPackage { path: path.into(), reason: "it is no SQLite file".into() }),
        Err(source) => Err(StoreError::Unwritable { path: path.into(), source }),
    }
}

/// The version of the schema, 0 for a database without a single table.
///
/// - Errors: `NotGeoPackage`, `NotOurs`, `SchemaNewer`.
fn version(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    let failed = |e| sqlite(path, "reading the schema's version", e);
    let n_objects: i64 =
        connection.query_row("select count(*) from sqlite_master", [], |row| row.get(0)).map_err(failed)?;
    if n_objects == 0 {
        return Ok(0);
    }
    if !container::is_geopackage(connection).map_err(failed)? {
        let reason = "it is an SQLite file without a GeoPackage's identity and tables".into();
        return Err(StoreError::NotGeoPackage { path: path.into(), reason });
    }
    let location = path.display().to_string();
    let n_ours: i64 = connection
        .query_row(
            "select count(*) from sqlite_master \
             where type = 'table' and name in ('schema_version', 'khoroo', 'change')",
            [],
            |row| row.get(0),
        )
        .map_err(failed)?;
    if n_ours != 3 {
        return Err(StoreError::NotOurs { location });
    }
    let found: i64 = connection
        .query_row("select coalesce(max(version), 0) from schema_version", [], |row| row.get(0))
        .map_err(failed)?;
    if found > SCHEMA_VERSION {
        return Err(StoreError::SchemaNewer { location, found, known: SCHEMA_VERSION });
    }
    Ok(found)
}

fn bring_up_to_date(path: &Path, access: Access) -> Result<(), StoreError> {
    let failed = |e| sqlite(path, "bringing the schema up to date", e);
    let mut connection = connect(path, access)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(|e| {
        match failed(e) {
            StoreError::ReadOnly { location } => StoreError::SchemaOlder {
                location,
                found: 0,
                known: SCHEMA_VERSION,
                reason: "the file can only be read".into(),
            },
            other => other,
        }
    })?;
    let found = version(&transaction, path)?;
    let steps = || {
        if found == 0 {
            container::initialise(&transaction)?;
        }
        for (idx, (name, sql)) in GEOPACKAGE_MIGRATIONS.iter().enumerate().skip(found as usize) {
            transaction.execute_batch(sql)?;
            register(&transaction, name)?;
            transaction.execute(
                "insert into schema_version (version, name) values (?1, ?2)",
                params![idx as i64 + 1, name],
            )?;
        }
        Ok(())
    };
    steps().map_err(failed)?;
    transaction.commit().map_err(failed)
}

/// Lists in the container what a step of the schema made, so that QGIS shows it.
fn register(connection: &Connection, step: &str) -> rusqlite::Result<()> {
    match step {
        "0001_tables" => {
            for (table, column, kind, description) in [
                ("khoroo", "shape", "MULTIPOLYGON", "Khoroos of every vintage"),
                ("district_version", "shape", "MULTIPOLYGON", "Districts of every vintage"),
                ("context_line", "line", "LINESTRING", "Rivers and roads drawn for orientation"),
                ("practice", "location", "POINT", "Good practices"),
            ] {
                feature(connection, table, column, kind, description, true)?;
            }
            for (table, description) in [
                ("district", "Districts as institutions"),
                ("district_alias", "Other spellings of districts"),
                ("vintage", "Sets of boundaries and their validity"),
                ("lineage", "How ground passed from one vintage's khoroos to another's"),
                ("cycle", "Rounds of the process"),
                ("theme", "Subjects of practices"),
                ("replication_status", "States of a replication, and which count"),
                ("identification", "Practices entered in a cycle"),
                ("replication", "Practices copied by another khoroo"),
            ] {
                container::register_attributes(connection, table, description)?;
            }
            Ok(())
        }
        "0007_records" => {
            feature(
                connection,
                "khoroo_fact",
                "office",
                "POINT",
                "What was known of khoroos in a year",
                true,
            )?;
            for (table, description) in [
                ("setting", "How people live where a practice works"),
                ("funding_source", "Who pays for a replication"),
                ("rating", "Verdicts of a peer review, the best one first"),
                ("trainer", "The resource pool of trainers; no person is named"),
                ("practice_status_change", "Days on which practices took a status"),
                ("identification_stage", "What was decided about an entry at each stage"),
                ("workshop", "Network workshops, where hosts present practices to peers"),
                ("workshop_practice", "Practices presented at workshops"),
                ("visit", "Learning visits of khoroos to the host of a practice"),
                ("visit_visitor", "Khoroos that came to a visit"),
                ("visit_practice", "Practices shown on a visit"),
                ("vote", "How khoroos rank practices for replication"),
                ("replication_status_change", "Days on which replications took a status"),
                ("budget_line", "Money set aside for replications, by source"),
                ("review", "Peers' verdicts on completed replications"),
                ("review_reviewer", "Khoroos that reviewed"),
                ("training", "Trainings of any organisation; no person is named"),
                ("need", "What khoroos want to learn"),
                ("offer", "Practices that their khoroos are ready to show"),
                ("travel_time", "How long the way from one khoroo's office to another's takes"),
            ] {
                container::register_attributes(connection, table, description)?;
            }
            Ok(())
        }
        "0009_steps" => {
            container::register_attributes(connection, "step", "Steps of the process, as the cards show them")
        }
        "0003_views" => {
            for (view, description) in [
                ("khoroo_counts", "Identifications and replications by khoroo and cycle"),
                ("district_counts", "Identifications and replications by district and cycle"),
            ] {
                feature(connection, view, "shape", "MULTIPOLYGON", description, false)?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn feature(
    connection: &Connection,
    table: &str,
    geometry_column: &str,
    geometry_type: &str,
    description: &str,
    indexed: bool,
) -> rusqlite::Result<()> {
    container::register_features(
        connection,
        &FeatureLayer {
            table,
            id_column: "fid",
            geometry_column,
            geometry_type,
            srs_id: SRS_WGS84,
            description,
            indexed,
        },
    )
}
