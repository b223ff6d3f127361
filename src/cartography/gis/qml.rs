//! QML: the style file of QGIS, from version 3.

use super::{Condition, Product, Rule, Style};
use crate::cartography::context::Ground;
use crate::cartography::palette::Rgb;
use crate::cartography::query::{Error, Query};
use crate::snapshot::Snapshot;
use crate::text::xml;

/// Width of the line around a unit, in millimetres.
const LINE_MM: f64 = 0.1;
const LINE: Rgb = Rgb(0xff_ffff);

/// A style that colours an export of the query's vintage and level as its map is.
///
/// Errors: what cannot be told from the fields of a file: one theme, participation of districts.
pub fn qml(snapshot: &Snapshot, query: &Query, ground: Ground) -> Result<String, Error> {
    let Style { title, rules, .. } = Style::of(snapshot, query, ground)?;
    Ok(format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n\
         <qgis version=\"3.22\" styleCategories=\"Symbology|Metadata\">\n\
         {}\
         <resourceMetadata><title>{}</title></resourceMetadata>\n</qgis>\n",
        renderer(&rules),
        xml(&title),
    ))
}

/// The rules and the symbols that they name.
pub(super) fn renderer(rules: &[Rule]) -> String {
    let element = |(idx, rule): (usize, &Rule)| {
        format!(
            "    <rule key=\"rule-{idx}\" symbol=\"{idx}\" label=\"{}\" filter=\"{}\"/>\n",
            xml(&rule.label),
            xml(&expression(rule)),
        )
    };
    let entries = rules.iter().enumerate().map(element).collect::<Vec<_>>().concat();
    let symbols = rules.iter().enumerate().map(|(idx, rule)| symbol(idx, rule)).collect::<Vec<_>>().concat();
    format!(
        "<renderer-v2 type=\"RuleRenderer\" forceraster=\"0\" symbollevels=\"0\" enableorderby=\"0\">\n\
         <rules key=\"root\">\n{entries}</rules>\n<symbols>\n{symbols}</symbols>\n</renderer-v2>\n"
    )
}

fn symbol(idx: usize, rule: &Rule) -> String {
    let colour = |Rgb(rgb): Rgb| format!("{},{},{},255", rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
    let (style, outline) = if rule.is_no_data { ("b_diag", rule.colour) } else { ("solid", LINE) };
    let options = [
        ("color", colour(rule.colour)),
        ("style", style.to_owned()),
        ("outline_color", colour(outline)),
        ("outline_style", "solid".to_owned()),
        ("outline_width", LINE_MM.to_string()),
        ("outline_width_unit", "MM".to_owned()),
    ];
    // Versions before 3.20 read `prop`, those since `Option`.
    let told = |element: fn(&str, &str) -> String| {
        options.iter().map(|(key, value)| element(key, value)).collect::<Vec<_>>().concat()
    };
    let old = told(|key, value| format!("<prop k=\"{key}\" v=\"{value}\"/>"));
    let new = told(|key, value| format!("<Option name=\"{key}\" type=\"QString\" value=\"{value}\"/>"));
    format!(
        "    <symbol name=\"{idx}\" type=\"fill\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\
         <layer class=\"SimpleFill\" enabled=\"1\" locked=\"0\" pass=\"0\">\
         <Option type=\"Map\">{new}</Option>{old}</layer></symbol>\n"
    )
}

fn expression(rule: &Rule) -> String {
    let one = |condition: &Condition| match condition {
        Condition::IsUnknown { field } => format!("{} is null", name(field)),
        Condition::IsZero { field } => format!("{} = 0", name(field)),
        Condition::Below(left, right) => format!("{} < {}", product(left), product(right)),
        Condition::AtLeast(left, right) => format!("{} >= {}", product(left), product(right)),
    };
    let join = if rule.is_no_data { " or " } else { " and " };
    rule.conditions.iter().map(one).collect::<Vec<_>>().join(join)
}

fn product(of: &Product) -> String {
    match of {
        Product { times, field: None } => times.to_string(),
        Product { times: 1, field: Some(field) } => name(field),
        Product { times, field: Some(field) } => format!("{times} * {}", name(field)),
    }
}

fn name(field: &str) -> String {
    format!("\"{}\"", field.replace('"', "\"\""))
}
