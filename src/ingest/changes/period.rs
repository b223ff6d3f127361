//! When the vintage is valid, and what that does to the vintages beside it.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::ingest::Stage;
use crate::ingest::cause::Cause;
use crate::ingest::read::name_of;
use crate::ingest::request::Request;
use crate::model::succession::Order;
use crate::model::{Vintage, VintageId};

/// When the vintage is valid.
pub struct Period {
    pub vintage: VintageId,
    /// Rows to put: the vintage itself, after the earlier one if that is closed by it.
    pub rows: Vec<Vintage>,
    pub notes: Vec<String>,
}

/// Errors: a new vintage without a first day, or with another vintage's.
pub fn settle<'v>(request: &Request, vintages: impl Iterator<Item = &'v Vintage>) -> Stage<Period> {
    let id = &request.vintage;
    let (mut known, mut others) = (None, Vec::new());
    for vintage in vintages {
        if vintage.id == *id {
            known = Some(vintage);
        } else {
            others.push(vintage);
        }
    }
    others.sort_by_key(|vintage| vintage.valid_from);
    let first_day = request
        .valid_from
        .or(known.map(|vintage| vintage.valid_from))
        .or_else(|| first_of_year(id))
        .ok_or_else(|| vec![Cause::NoFirstDay { vintage: id.clone() }])?;
    if let Some(other) = others.iter().find(|other| other.valid_from == first_day) {
        let day = first_day.to_string();
        return Err(vec![Cause::SameFirstDay { vintage: id.clone(), other: other.id.clone(), day }]);
    }
    let previous = others.iter().rfind(|other| other.valid_from < first_day).copied();
    let next = others.iter().find(|other| other.valid_from > first_day).copied();

    let mut period = Period { vintage: id.clone(), rows: Vec::new(), notes: Vec::new() };
    match known {
        None if request.valid_from.is_none() => period.notes.push(format!(
            "vintage `{id}` starts on {first_day}, after its name; --valid-from says another day"
        )),
        Some(known) if known.valid_from != first_day => {
            let before = known.valid_from;
            period.notes.push(format!("vintage `{id}` now starts on {first_day}, before on {before}"));
        }
        _ => {}
    }
    let day_before = |day: Date| day.saturating_sub(1.day());
    if let Some(previous) = previous
        && closes(previous, known, first_day)
    {
        let last_day = day_before(first_day);
        period.notes.push(format!("vintage `{}` ends on {last_day}", previous.id));
        period.rows.push(Vintage { valid_to: Some(last_day), ..previous.clone() });
    }
    let until_next = next.map(|next| day_before(next.valid_from));
    let said_end = known.and_then(|vintage| vintage.valid_to);
    let valid_to = match (said_end, until_next) {
        (Some(said), Some(until)) => Some(said.min(until)),
        (said, until) => said.or(until),
    };
    period.rows.push(Vintage {
        id: id.clone(),
        valid_from: first_day,
        valid_to: valid_to.filter(|end| *end >= first_day).or(until_next),
        title_mn: known.map_or_else(|| format!("{id} оны хил"), |vintage| vintage.title_mn.clone()),
        title_en: known.map_or_else(|| format!("Boundaries of {id}"), |vintage| vintage.title_en.clone()),
        source: request.source.clone().or_else(|| said_source(known)).unwrap_or_else(|| file_names(request)),
        illustrative: false,
    });
    Ok(period)
}

/// What the store says already: a name of files is no reason to forget it.
fn said_source(known: Option<&Vintage>) -> Option<String> {
    known.map(|vintage| vintage.source.clone()).filter(|source| !source.trim().is_empty())
}

/// True when the earlier vintage still reaches into the new one, or ended on the eve of its former
/// first day.
fn closes(previous: &Vintage, known: Option<&Vintage>, first_day: Date) -> bool {
    let reaches_in = previous.valid_to.is_none_or(|end| end >= first_day);
    let followed = known.is_some_and(|known| {
        known.valid_from != first_day && previous.valid_to == known.valid_from.yesterday().ok()
    });
    reaches_in || followed
}

/// 1 January for a vintage that is named by a year.
fn first_of_year(id: &VintageId) -> Option<Date> {
    let text = id.as_str();
    let year: i16 = (text.len() == 4).then(|| text.parse().ok()).flatten()?;
    Date::new(year, 1, 1).ok()
}

/// Names of the files without folders, as a last resort for an attribution.
fn file_names(request: &Request) -> String {
    const SHOWN: usize = 3;
    let names: Vec<String> = request
        .files
        .iter()
        .take(SHOWN)
        .map(|file| {
            file.file_name().map_or_else(|| name_of(file), |name| name.to_string_lossy().into_owned())
        })
        .collect();
    let more = request.files.len().saturating_sub(SHOWN);
    if more > 0 { format!("{} + {more}", names.join(", ")) } else { names.join(", ") }
}

impl Period {
    /// All vintages that have khoroos, once the rows are put.
    pub fn order<'v>(
        &'v self,
        stored: impl Iterator<Item = &'v Vintage>,
        has_khoroos: impl Fn(&VintageId) -> bool,
    ) -> Order {
        let mut vintages: BTreeMap<&VintageId, &Vintage> = stored.map(|v| (&v.id, v)).collect();
        vintages.extend(self.rows.iter().map(|vintage| (&vintage.id, vintage)));
        Order::new(vintages.into_values(), has_khoroos)
    }
}
