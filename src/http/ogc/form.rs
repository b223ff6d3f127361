//! The form of a page of items, with what was asked filled in.
//!
//! Browsers send every field, also those that nobody filled in: on the way to a page these are taken out of the
//! address ([`filled`]), so that it says what was asked and its other forms answer it too. A program that sends an
//! empty parameter is still told so.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::asked::{Asked, Form as Encoding};
use super::question::{LIMIT_DEFAULT, PARAMETERS};
use super::reference::Reference;
use super::schema::Kind as SchemaKind;
use crate::features::{Collection, Kind, Table, Value};
use crate::http::answer::Freshness;
use crate::http::error::Error;
use crate::pages::ogc::{Control, Example, Form, FormField};

const LIMITS: [usize; 4] = [10, LIMIT_DEFAULT, 1_000, 10_000];

/// To the same page without the fields that were left empty; `None` where none was.
pub fn filled(asked: &Asked) -> Option<Result<Response, Error>> {
    let empty: Vec<&str> =
        asked.given().filter(|(_, value)| value.trim().is_empty()).map(|(name, _)| name).collect();
    if empty.is_empty() {
        return None;
    }
    let to = HeaderValue::try_from(asked.here_without(Encoding::Html, &empty));
    let kept = HeaderValue::from_static(Freshness::Revalidate.header());
    let vary = HeaderValue::from_static("Accept");
    let answer = to.map_err(Error::internal).map(|to| {
        let headers = [(header::LOCATION, to), (header::CACHE_CONTROL, kept), (header::VARY, vary)];
        (StatusCode::FOUND, headers).into_response()
    });
    Some(answer)
}

/// - `faulty`: the parameter that was not understood.
pub fn form(asked: &Asked, collection: &Collection, table: &Table, faulty: Option<&str>) -> Form {
    let path = format!("/collections/{}/items", collection.id);
    let field = |name: &str, label: &str, hint: String, control| FormField {
        name: name.to_owned(),
        label: label.to_owned(),
        hint,
        fault: (faulty == Some(name))
            .then(|| asked.pick("Үүнийг ойлгосонгүй.", "This was not understood.").to_owned()),
        control,
    };
    let given = |name| asked.parameter(name).unwrap_or_default().to_owned();
    let mut fields = Vec::new();
    if let Some(bounds) = table.extent().bbox() {
        let example = bounds.map(|number| number.to_string()).join(",");
        let order = asked.pick("Баруун, өмнөд, зүүн, хойд зах", "West, south, east, north");
        let label = asked.pick("Хүрээ (bbox)", "Area (bbox)");
        fields.push(field("bbox", label, format!("{order}: {example}"), Control::Line(given("bbox"))));
    }
    if let Some(days) = table.extent().days {
        let day = days.from.or(days.to).map(|day| day.to_string()).unwrap_or_default();
        let words =
            asked.pick("Өдөр, эсвэл зураасаар зааглан хоёр өдөр", "A day, or two with a slash between");
        let label = asked.pick("Огноо (datetime)", "Time (datetime)");
        fields.push(field("datetime", label, format!("{words}: {day}/.."), Control::Line(given("datetime"))));
    }
    let label = asked.pick("Нөхцөл (filter, CQL2)", "Condition (filter, CQL2)");
    fields.push(field("filter", label, String::new(), Control::Text(given("filter"))));
    let label = asked.pick("Эрэмбэ (sortby)", "Order (sortby)");
    fields.push(field("sortby", label, String::new(), order(asked, table)));
    let label = asked.pick("Нэг хуудсанд (limit)", "On a page (limit)");
    fields.push(field("limit", label, String::new(), limit(asked)));
    if table.extent().ground.is_some() {
        let label = asked.pick("Файл дахь солбицол (crs)", "Coordinates in files (crs)");
        fields.push(field("crs", label, String::new(), system(asked)));
    }
    // What else was asked of a property is seen, so that it can be taken away.
    let of_property = |(name, value): (&str, &str)| {
        let property = table.fields.iter().find(|field| field.name == name)?;
        let label = format!("{} ({name})", property.title(asked.lang));
        Some(field(name, &label, String::new(), Control::Line(value.to_owned())))
    };
    fields.extend(asked.given().filter_map(of_property));
    // What has no field stays as it was asked, but for what would be refused again; a page that was turned begins
    // again.
    let shown: Vec<&str> = fields.iter().map(|field| &*field.name).collect();
    let stays = |(name, _): &(&str, &str)| {
        !shown.contains(name)
            && !["f", "offset"].contains(name)
            && PARAMETERS.contains(name)
            && faulty != Some(name)
    };
    let kept = asked.given().filter(stays).map(|(name, value)| (name.to_owned(), value.to_owned()));
    let hidden = kept.chain([("f".to_owned(), Encoding::Html.word().to_owned())]).collect();
    Form {
        title: asked.pick("Шүүлт", "Filter").to_owned(),
        action: asked.place(&path),
        fields,
        hidden,
        submit: asked.pick("Шүүх", "Show").to_owned(),
        names: {
            let kind = SchemaKind::Queryables;
            (asked.to(&kind.path(&collection.id), Encoding::Html), kind.title(asked.lang).to_owned())
        },
        example: condition(collection, table).map(|condition| Example {
            label: asked.pick("Нөхцөлийн жишээ", "A condition, for example").to_owned(),
            href: {
                let query = form_urlencoded::Serializer::new(String::new())
                    .append_pair("filter", &condition)
                    .finish();
                format!("{}&{query}", asked.to(&path, Encoding::Html))
            },
            condition,
        }),
    }
}

/// What is chosen, among what may be; something else that was asked is a choice too.
///
/// - `given`: as the options spell it.
/// - `default`: what counts where nothing is asked.
fn choice(given: Option<String>, default: &str, mut options: Vec<(String, String)>) -> Control {
    let chosen = given.filter(|value| value != default).unwrap_or_default();
    if options.iter().all(|(value, _)| *value != chosen) {
        options.push((chosen.clone(), chosen.clone()));
    }
    Control::Choice { chosen, options }
}

fn order(asked: &Asked, table: &Table) -> Control {
    let none = (String::new(), asked.pick("Өгөгдлийн дараалал", "As in the data").to_owned());
    let [up, down] =
        [asked.pick("өсөх", "ascending"), asked.pick("буурах", "descending")].map(|word| format!(", {word}"));
    let both = table.fields.iter().flat_map(|field| {
        let title = field.title(asked.lang);
        [(field.name.clone(), format!("{title}{up}")), (format!("-{}", field.name), format!("{title}{down}"))]
    });
    choice(asked.parameter("sortby").map(str::to_owned), "", std::iter::once(none).chain(both).collect())
}

fn limit(asked: &Asked) -> Control {
    let option = |limit: usize| {
        let value = if limit == LIMIT_DEFAULT { String::new() } else { limit.to_string() };
        (value, crate::model::written::count(limit as i64, asked.lang))
    };
    let spelt =
        |given: &str| given.parse().map_or_else(|_| given.to_owned(), |limit: usize| limit.to_string());
    choice(asked.parameter("limit").map(spelt), &LIMIT_DEFAULT.to_string(), LIMITS.map(option).to_vec())
}

fn system(asked: &Asked) -> Control {
    let option = |reference: Reference| {
        let value = if reference == Reference::DEFAULT { "" } else { reference.uri };
        (value.to_owned(), reference.title(asked.lang).to_owned())
    };
    let spelt = |given: &str| {
        Reference::read("crs", Some(given)).map_or_else(|_| given.to_owned(), |one| one.uri.to_owned())
    };
    choice(asked.parameter("crs").map(spelt), Reference::DEFAULT.uri, Reference::ALL.map(option).to_vec())
}

/// A condition that the first row meets, on fields that tell most of its kind.
fn condition(collection: &Collection, table: &Table) -> Option<String> {
    let names: &[&str] = match collection.kind {
        Kind::Districts => &["population"],
        Kind::Khoroos | Kind::KhorooVersions => &["district", "population"],
        Kind::Lineage => &["kind", "area_share"],
        Kind::Practices => &["theme", "district"],
        Kind::Replications => &["theme", "status"],
        Kind::Indicators => &["level", "cycle", "identifications"],
    };
    let mut values = Vec::new();
    if table.is_empty() {
        return None;
    }
    table.values(0, &mut values);
    let one = |name: &&str| {
        let at = table.fields.iter().position(|field| field.name == *name)?;
        match &values[at] {
            Value::Text(text) => Some(format!("{name} = '{}'", text.replace('\'', "''"))),
            Value::Integer(number) => Some(format!("{name} >= {}", rounded_down(*number))),
            Value::Number(number) => Some(format!("{name} >= {}", (number * 10.0).floor() / 10.0)),
            Value::Null | Value::Boolean(_) | Value::Date(_) => None,
        }
    };
    let all: Vec<String> = names.iter().filter_map(one).collect();
    (!all.is_empty()).then(|| all.join(" AND "))
}

/// To one digit and zeros.
fn rounded_down(number: i64) -> i64 {
    let unit = 10_i64.pow(number.unsigned_abs().checked_ilog10().unwrap_or(0));
    number.div_euclid(unit) * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_has_round_numbers_that_are_not_above_its_own() {
        for (number, expected) in [(0, 0), (7, 7), (4_285, 4_000), (29_341, 20_000), (-15, -20)] {
            assert_eq!(rounded_down(number), expected);
        }
    }
}
