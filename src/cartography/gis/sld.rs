//! SLD 1.0.0, which `GeoServer`, QGIS and `ArcGIS` read.

use super::{Condition, Product, Rule, Style};
use crate::cartography::context::Ground;
use crate::cartography::query::{Error, Query};
use crate::snapshot::Snapshot;
use crate::text::xml;

/// Width of the line around a unit, in pixels.
const LINE_PX: f64 = 0.4;

/// As [`qml`](super::qml()), for other programs.
pub fn sld(snapshot: &Snapshot, query: &Query, ground: Ground) -> Result<String, Error> {
    let Style { title, rules, .. } = Style::of(snapshot, query, ground)?;
    let rules: String = rules.iter().map(rule_element).collect();
    let name = query.measure.word();
    Ok(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <StyledLayerDescriptor version=\"1.0.0\" xmlns=\"http://www.opengis.net/sld\" \
         xmlns:ogc=\"http://www.opengis.net/ogc\">\n\
         <NamedLayer><Name>{name}</Name><UserStyle><Title>{}</Title><FeatureTypeStyle>\n{rules}\
         </FeatureTypeStyle></UserStyle></NamedLayer>\n</StyledLayerDescriptor>\n",
        xml(&title),
    ))
}

fn rule_element(rule: &Rule) -> String {
    let colour = rule.colour;
    let fill = if rule.is_no_data {
        format!(
            "<GraphicFill><Graphic><Mark><WellKnownName>shape://slash</WellKnownName>\
             <Stroke><CssParameter name=\"stroke\">{colour}</CssParameter></Stroke></Mark><Size>8</Size></Graphic>\
             </GraphicFill>"
        )
    } else {
        format!("<CssParameter name=\"fill\">{colour}</CssParameter>")
    };
    format!(
        "<Rule><Title>{}</Title>{}<PolygonSymbolizer><Fill>{fill}</Fill>\
         <Stroke><CssParameter name=\"stroke\">#ffffff</CssParameter>\
         <CssParameter name=\"stroke-width\">{LINE_PX}</CssParameter></Stroke></PolygonSymbolizer></Rule>\n",
        xml(&rule.label),
        filter(rule),
    )
}

fn filter(rule: &Rule) -> String {
    let element = |name: &str, inner: String| format!("<ogc:{name}>{inner}</ogc:{name}>");
    let one = |condition: &Condition| match condition {
        Condition::IsUnknown { field } => element("PropertyIsNull", name(field)),
        Condition::IsZero { field } => element("PropertyIsEqualTo", name(field) + &literal(0)),
        Condition::Below(left, right) => element("PropertyIsLessThan", product(left) + &product(right)),
        Condition::AtLeast(left, right) => {
            element("PropertyIsGreaterThanOrEqualTo", product(left) + &product(right))
        }
    };
    let parts: Vec<String> = rule.conditions.iter().map(one).collect();
    let all = match (parts.as_slice(), rule.is_no_data) {
        ([one], _) => one.clone(),
        (many, true) => element("Or", many.concat()),
        (many, false) => element("And", many.concat()),
    };
    element("Filter", all)
}

fn product(of: &Product) -> String {
    match of {
        Product { times, field: None } => literal(*times),
        Product { times: 1, field: Some(field) } => name(field),
        Product { times, field: Some(field) } => {
            format!("<ogc:Mul>{}{}</ogc:Mul>", literal(*times), name(field))
        }
    }
}

fn name(field: &str) -> String {
    format!("<ogc:PropertyName>{}</ogc:PropertyName>", xml(field))
}

fn literal(number: i64) -> String {
    format!("<ogc:Literal>{number}</ogc:Literal>")
}
