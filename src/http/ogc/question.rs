//! What is asked of the items of a collection.

use super::asked::Asked;
use super::reference::Reference;
use super::schema::GEOMETRY;
use crate::exports::Shown;
use crate::features::{Area, Filter, Interval, Query, SortKey, Table};
use crate::http::error::Error;
use crate::http::params::{boolean, invalid, not_listed, one_of};

/// Features of a page unless asked otherwise, and the most of them.
pub const LIMIT_DEFAULT: usize = 100;
pub const LIMIT_MAX: usize = 10_000;

/// Far beyond any collection.
pub const OFFSET_MAX: usize = 1 << 30;

/// Names that lists may be sorted by at once.
pub const SORT_KEYS_MAX: usize = 8;

/// Parameters of a list besides its fields.
pub const PARAMETERS: [&str; 14] = [
    "f",
    "lang",
    "limit",
    "offset",
    "bbox",
    "bbox-crs",
    "crs",
    "datetime",
    "filter",
    "filter-lang",
    "filter-crs",
    "sortby",
    "properties",
    "skipGeometry",
];

/// Parameters of one feature.
pub const PARAMETERS_OF_ONE: [&str; 5] = ["f", "lang", "crs", "properties", "skipGeometry"];

#[derive(Debug, Clone)]
pub struct Question {
    pub query: Query,
    pub limit: usize,
    pub offset: usize,
    pub shown: Shown,
}

impl Question {
    pub fn read(asked: &Asked, table: &Table) -> Result<Self, Error> {
        let fields = table.fields.iter().map(|field| field.name.as_str());
        asked.know(PARAMETERS.into_iter().chain(fields))?;
        let query = Query {
            area: area(asked)?,
            datetime: asked.parameter("datetime").map(datetime).transpose()?,
            filter: filter(asked, table)?,
            sort: asked.parameter("sortby").map_or_else(|| Ok(Vec::new()), |text| sort(table, text))?,
        };
        Ok(Self {
            query,
            limit: limit(asked.parameter("limit"))?,
            offset: number("offset", asked.parameter("offset"))?.unwrap_or(0).min(OFFSET_MAX),
            shown: shown(asked, table)?,
        })
    }
}

/// What of a feature is shown, and in which system.
pub fn shown(asked: &Asked, table: &Table) -> Result<Shown, Error> {
    let reference = Reference::read("crs", asked.parameter("crs"))?;
    let is_bare = boolean("skipGeometry", asked.parameter("skipGeometry"))?.unwrap_or_default();
    let Some(text) = asked.parameter("properties") else {
        return Ok(Shown { system: reference.system, fields: None, geometry: !is_bare });
    };
    let (mut chosen, mut geometry) = (vec![false; table.fields.len()], false);
    for name in text.split(',').filter(|name| !name.is_empty()) {
        match field(table, name) {
            Some(at) => chosen[at] = true,
            None if name == GEOMETRY => geometry = true,
            None => return Err(no_field("properties", name, table, true)),
        }
    }
    let fields = (0..chosen.len()).filter(|&at| chosen[at]).collect();
    Ok(Shown { system: reference.system, fields: Some(fields), geometry: geometry && !is_bare })
}

/// One larger than the largest counts as the largest, as Part 1 wants it.
fn limit(asked: Option<&str>) -> Result<usize, Error> {
    match number("limit", asked)? {
        None => Ok(LIMIT_DEFAULT),
        Some(0) => Err(invalid("limit", "0", "a whole number from 1 on is needed")),
        Some(n) => Ok(n.min(LIMIT_MAX)),
    }
}

/// A whole number; one with more digits than numbers have is the largest.
fn number(name: &'static str, asked: Option<&str>) -> Result<Option<usize>, Error> {
    let Some(text) = asked else { return Ok(None) };
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(invalid(name, text, "a whole number is needed"));
    }
    Ok(Some(text.parse().unwrap_or(usize::MAX)))
}

fn area(asked: &Asked) -> Result<Option<Area>, Error> {
    let reference = Reference::read("bbox-crs", asked.parameter("bbox-crs"))?;
    let Some(text) = asked.parameter("bbox") else { return Ok(None) };
    let numbers: Result<Vec<f64>, Error> = text
        .split(',')
        .map(|part| {
            part.trim()
                .parse()
                .map_err(|_| invalid("bbox", text, "four or six numbers with commas between are needed"))
        })
        .collect();
    let read = Area::of_box(&reference.x_first(numbers?), reference.system.crs);
    read.map(Some).map_err(|error| invalid("bbox", text, error))
}

fn datetime(text: &str) -> Result<Interval, Error> {
    // A plus that is not written as %2B arrives as a blank.
    Interval::read(&text.replace(' ', "+")).map_err(|error| invalid("datetime", text, error))
}

fn filter(asked: &Asked, table: &Table) -> Result<Option<Filter>, Error> {
    let reference = Reference::read("filter-crs", asked.parameter("filter-crs"))?;
    let languages = [("cql2-text", false), ("cql2-json", true)];
    let is_json = one_of("filter-lang", asked.parameter("filter-lang"), false, &languages)?;
    let read = if is_json { Filter::json } else { Filter::text };
    let mut all = match asked.parameter("filter") {
        None => None,
        Some(text) => {
            let filter = read(text, &table.fields, reference.system.crs, reference.system.axes);
            Some(filter.map_err(|error| invalid("filter", text, error))?)
        }
    };
    for (at, field) in table.fields.iter().enumerate() {
        let Some(text) = asked.parameter(&field.name) else { continue };
        let one = Filter::equals(&table.fields, at, text).map_err(|kind| Error::InvalidProperty {
            name: field.name.clone(),
            detail: format!("{}: {kind} is needed", not_listed(&field.name, text)),
        })?;
        all = Some(match all {
            Some(all) => all.and(one),
            None => one,
        });
    }
    Ok(all)
}

fn sort(table: &Table, text: &str) -> Result<Vec<SortKey>, Error> {
    let key = |part: &str| {
        // A plus that is not written as %2B arrives as a blank.
        let (name, descending) = match part.strip_prefix('-') {
            Some(name) => (name, true),
            None => (part.trim_start_matches(['+', ' ']), false),
        };
        let field = field(table, name).ok_or_else(|| no_field("sortby", name, table, false))?;
        Ok(SortKey { field, descending })
    };
    let keys: Vec<SortKey> = text.split(',').map(key).collect::<Result<_, Error>>()?;
    if keys.len() > SORT_KEYS_MAX {
        return Err(invalid("sortby", text, format!("at most {SORT_KEYS_MAX} names are sorted by")));
    }
    Ok(keys)
}

fn field(table: &Table, name: &str) -> Option<usize> {
    table.fields.iter().position(|field| field.name == name)
}

fn no_field(parameter: &'static str, name: &str, table: &Table, with_geometry: bool) -> Error {
    let names = table.fields.iter().map(|field| field.name.clone());
    let geometry = with_geometry.then(|| GEOMETRY.to_owned());
    Error::InvalidParameter {
        name: parameter,
        detail: not_listed(parameter, name),
        allowed: names.chain(geometry).collect(),
    }
}
