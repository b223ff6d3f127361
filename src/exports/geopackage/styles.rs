//! Styles in the table where QGIS looks for them: a layer opens in the colours of its map.

use rusqlite::{Connection, params};

use super::{About, Export, GEOMETRY};
use crate::cartography::{Asked, Ground, MapMeasure, Query, gis};
use crate::features::Kind;
use crate::gpkg::container;
use crate::snapshot::Level;

const TABLE: &str = "layer_styles";

/// As QGIS makes it.
const CREATE: &str = "create table layer_styles (\
    id integer primary key autoincrement, f_table_catalog text(256), f_table_schema text(256), \
    f_table_name text(256), f_geometry_column text(256), styleName text(30), styleQML text, styleSLD text, \
    useAsDefault boolean, description text, owner text(30), ui text(30), \
    update_time datetime default current_timestamp)";

/// The measure in whose colours a layer opens.
const FIRST: MapMeasure = MapMeasure::Identifications;

/// One style for each measure that can be told from the fields; of the vintage's newest cycle.
pub fn write(connection: &Connection, exports: &[Export<'_>]) -> rusqlite::Result<()> {
    let coloured: Vec<(&Export<'_>, Level)> =
        exports.iter().filter_map(|export| Some((export, level(export)?))).collect();
    if coloured.is_empty() {
        return Ok(());
    }
    connection.execute_batch(CREATE)?;
    container::register_attributes(connection, TABLE, "")?;
    for (export, level) in coloured {
        for measure in MapMeasure::ALL {
            let Some((qml, sld)) = style(export, level, measure) else { continue };
            connection.execute(
                "insert into layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, \
                 styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time) \
                 values ('', '', ?1, ?2, ?3, ?4, ?5, ?6, '', '', strftime('%Y-%m-%dT%H:%M:%fZ', ?7))",
                params![
                    export.collection.id,
                    GEOMETRY,
                    measure.word(),
                    qml,
                    sld,
                    measure == FIRST,
                    About::of(export).published_at,
                ],
            )?;
        }
    }
    Ok(())
}

const fn level(export: &Export<'_>) -> Option<Level> {
    match export.collection.kind {
        Kind::Districts => Some(Level::District),
        Kind::Khoroos => Some(Level::Khoroo),
        Kind::KhorooVersions | Kind::Lineage | Kind::Practices | Kind::Replications | Kind::Indicators => {
            None
        }
    }
}

/// `None` where a map of the collection cannot be told from its fields, or there is nothing to colour.
fn style(export: &Export<'_>, level: Level, measure: MapMeasure) -> Option<(String, String)> {
    let Export { collection, snapshot, options, .. } = export;
    if !collection.has_ground(snapshot) {
        return None;
    }
    let asked = Asked {
        vintage: collection.view(snapshot).map(|view| view.vintage.id.as_str()),
        level: Some(level.word()),
        ..Asked::default()
    };
    let query = Query::read(snapshot, measure.word(), &asked, options.lang).ok()?;
    let qml = gis::qml(snapshot, &query, Ground::Light).ok()?;
    Some((qml, gis::sld(snapshot, &query, Ground::Light).ok()?))
}
