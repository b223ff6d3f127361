//! QLR: a layer definition of QGIS, which opens the features of the running service in the colours of a map.

use super::{Style, qml};
use crate::cartography::context::Ground;
use crate::cartography::query::{Error, Query};
use crate::snapshot::{Level, Snapshot};
use crate::text::xml;

/// A layer over OGC API – Features at `address`, the service's own.
///
/// Errors: those of [`qml`](super::qml()); districts of earlier boundaries, which no collection has.
pub fn qlr(snapshot: &Snapshot, query: &Query, ground: Ground, address: &str) -> Result<String, Error> {
    let Style { title, level, rules } = Style::of(snapshot, query, ground)?;
    let collection = match level {
        Level::Khoroo => format!("khoroos-{}", query.vintage),
        Level::District => {
            let newest = snapshot.newest().map(|view| view.vintage.id.to_string());
            if newest.as_deref() != Some(query.vintage.as_str()) {
                let (value, allowed) = (query.vintage.to_string(), newest.into_iter().collect());
                return Err(Error::Value { name: "vintage", value, allowed });
            }
            "districts".to_owned()
        }
    };
    let source = format!(
        " pagingEnabled='true' preferCoordinatesForWfsT11='false' restrictToRequestBBOX='1' srsname='OGC:CRS84' \
         typename='{collection}' url='{address}/ogc' version='OGC_API_FEATURES'"
    );
    let id = format!("hlp_{collection}_{}", query.measure.word()).replace('-', "_");
    let (source, title) = (xml(&source), xml(&title));
    Ok(format!(
        "<!DOCTYPE qgis-layer-definition>\n\
         <qlr>\n\
         <layer-tree-group name=\"\" checked=\"Qt::Checked\" expanded=\"1\">\n\
         <customproperties/>\n\
         <layer-tree-layer id=\"{id}\" name=\"{title}\" source=\"{source}\" providerKey=\"OAPIF\" \
         checked=\"Qt::Checked\" expanded=\"1\"><customproperties/></layer-tree-layer>\n\
         </layer-tree-group>\n\
         <maplayers>\n\
         <maplayer type=\"vector\" geometry=\"Polygon\" wkbType=\"MultiPolygon\" hasScaleBasedVisibilityFlag=\"0\">\n\
         <id>{id}</id>\n\
         <datasource>{source}</datasource>\n\
         <layername>{title}</layername>\n\
         <srs><spatialrefsys><authid>OGC:CRS84</authid></spatialrefsys></srs>\n\
         <provider encoding=\"UTF-8\">OAPIF</provider>\n\
         {}\
         </maplayer>\n\
         </maplayers>\n\
         </qlr>\n",
        qml::renderer(&rules),
    ))
}
