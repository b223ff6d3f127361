//! One record of a sheet, field by field.

use jiff::civil::Date;

use super::world::World;
use crate::import::fault::{Faults, Problem};
use crate::import::kinds::{Holds, Parsed, Record, Value};
use crate::import::read::Cell;
use crate::model::{DistrictCode, GridPoint, Key, KhorooId, Occasion, VintageId};

/// Reads the fields of a whole record; faults that it meets spoil the record.
pub struct Reader<'a> {
    sheet: &'a Parsed,
    record: &'a Record,
    pub world: &'a World,
    faults: &'a mut Faults,
    is_broken: bool,
}

/// A type that a value can be.
pub trait FromValue: Sized {
    fn from_value(value: &Value) -> Option<Self>;
}

impl<'a> Reader<'a> {
    pub const fn new(
        sheet: &'a Parsed,
        record: &'a Record,
        world: &'a World,
        faults: &'a mut Faults,
    ) -> Self {
        Self { sheet, record, world, faults, is_broken: false }
    }

    pub const fn is_broken(&self) -> bool {
        self.is_broken
    }

    fn position(&self, field: &str) -> usize {
        self.sheet.kind.position(field).expect("makers ask for columns of their kind")
    }

    pub fn has(&self, field: &str) -> bool {
        self.sheet.sources.has(self.position(field))
    }

    fn get<T: FromValue>(&self, field: &str) -> Option<T> {
        let value = self.record.values[self.position(field)].as_ref()?;
        Some(T::from_value(value).expect("a column holds what its maker asks for"))
    }

    /// A field that every whole record has.
    pub fn must<T: FromValue>(&self, field: &str) -> T {
        self.get(field).expect("records without a required field are broken")
    }

    /// A field that may be empty; `before` where the sheet does not have the column.
    pub fn may<T: FromValue>(&self, field: &str, before: Option<T>) -> Option<T> {
        if self.has(field) { self.get(field) } else { before }
    }

    pub fn fault(&mut self, field: &str, problem: Problem) {
        let position = self.position(field);
        let place = self.sheet.sources.cell(self.record.row_no, position);
        let place = match &self.record.values[position] {
            Some(Value::Text(text)) => place.value(text),
            Some(Value::List(parts)) => place.value(parts.join("; ")),
            _ => place,
        };
        self.faults.push(place.fault(problem));
        self.is_broken = true;
    }

    /// True for a row that says of itself that it is invented.
    pub fn is_invented(&self) -> bool {
        self.get("illustrative").unwrap_or(false)
    }

    /// The key that a field refers to.
    pub fn refer(&mut self, field: &str) -> Option<String> {
        let text: String = self.get(field)?;
        self.find(field, &text)
    }

    /// As [`Self::refer`] for a field that may be empty.
    pub fn refer_may(&mut self, field: &str, before: Option<String>) -> Option<String> {
        if self.has(field) { self.refer(field) } else { before }
    }

    /// All keys that a field refers to, once each; `None` where the sheet does not have the column.
    pub fn refer_all(&mut self, field: &str) -> Option<Vec<String>> {
        if !self.has(field) {
            return None;
        }
        let parts: Vec<String> = self.get(field).unwrap_or_default();
        let mut found: Vec<String> = parts.iter().filter_map(|part| self.find(field, part)).collect();
        found.sort();
        found.dedup();
        Some(found)
    }

    fn find(&mut self, field: &str, text: &str) -> Option<String> {
        let (Holds::Ref(kind) | Holds::Refs(kind)) = self.sheet.kind.columns[self.position(field)].holds
        else {
            unreachable!("makers follow references of columns that hold some")
        };
        match self.world.find(kind, text) {
            Ok(key) => Some(key),
            Err(allowed) => {
                self.fault(field, Problem::Unknown { allowed });
                None
            }
        }
    }

    /// The khoroo of a field, in the vintage of a day.
    pub fn khoroo_on(&mut self, field: &str, day: Date) -> Option<KhorooId> {
        let text: String = self.get(field)?;
        let found = self.world.khoroos.on(&Cell::Text(text.into()), day);
        self.settle(field, found)
    }

    /// The khoroo of a field in a vintage, or in the one that the cell names.
    pub fn khoroo_within(&mut self, field: &str, vintage: Option<&VintageId>) -> Option<KhorooId> {
        let text: String = self.get(field)?;
        let found = match vintage.or_else(|| self.world.khoroos.latest_vintage()) {
            Some(vintage) => self.world.khoroos.within(&Cell::Text(text.into()), vintage),
            // Without vintages this says so.
            None => self.world.khoroos.on(&Cell::Text(text.into()), Date::MIN),
        };
        self.settle(field, found)
    }

    /// All khoroos of a field in the vintage of a day, with the number of people in brackets.
    pub fn khoroos_on(&mut self, field: &str, day: Date) -> Option<Vec<(KhorooId, Option<i64>)>> {
        if !self.has(field) {
            return None;
        }
        let parts: Vec<String> = self.get(field).unwrap_or_default();
        let mut found = Vec::new();
        for part in parts {
            let (name, people) = without_people(&part);
            let khoroo = self.world.khoroos.on(&Cell::Text(name.into()), day);
            if let Some(khoroo) = self.settle(field, khoroo) {
                if found.iter().any(|(other, _)| *other == khoroo) {
                    let detail = format!("names khoroo {} twice", khoroo.code);
                    self.fault(field, Problem::BrokenRule { detail });
                }
                found.push((khoroo, people));
            }
        }
        Some(found)
    }

    pub fn settle<T>(&mut self, field: &str, found: Result<T, Problem>) -> Option<T> {
        found.map_err(|problem| self.fault(field, problem)).ok()
    }

    /// The vintage that a field names.
    pub fn vintage(&mut self, field: &str) -> Option<VintageId> {
        let text: String = self.get(field)?;
        let known = text.to_lowercase().parse().ok().filter(|id| self.world.khoroos.has_vintage(id));
        if known.is_none() {
            let ids: Vec<String> = self.world.khoroos.vintages().iter().map(|v| v.id.to_string()).collect();
            self.fault(field, Problem::Unknown { allowed: ids.join(", ") });
        }
        known
    }

    pub fn district(&mut self, field: &str) -> Option<DistrictCode> {
        let text: String = self.get(field)?;
        let names = self.world.khoroos.districts();
        let found = names.find(&text).or_else(|| names.find(&text.to_lowercase())).cloned();
        if found.is_none() {
            let allowed = names.listed();
            self.fault(field, Problem::Unknown { allowed });
        }
        found
    }

    /// The point of columns `lon` and `lat`; one without the other is a fault.
    pub fn point(&mut self, before: Option<GridPoint>) -> Option<GridPoint> {
        if !self.has("lon") && !self.has("lat") {
            return before;
        }
        match (self.get::<f64>("lon"), self.get::<f64>("lat")) {
            (Some(lon), Some(lat)) => GridPoint::from_degrees(lon, lat),
            (None, None) => None,
            (None, Some(_)) => {
                self.fault("lon", Problem::Required { allowed: "both degrees of a point, or none".into() });
                None
            }
            (Some(_), None) => {
                self.fault("lat", Problem::Required { allowed: "both degrees of a point, or none".into() });
                None
            }
        }
    }

    /// Mode, cost and people of an event.
    pub fn occasion(&self, before: Occasion) -> Occasion {
        Occasion {
            mode: self.may("mode", before.mode),
            cost: self.may("cost", before.cost),
            invited: self.may("invited", before.invited),
            attended: self.may("attended", before.attended),
        }
    }

    /// Of the rows that hang on `parent`, those of one kind that are not among `kept`.
    pub fn no_longer(&self, parent: &Key, kept: &[Key], is_kind: fn(&Key) -> bool) -> Vec<Key> {
        let children = self.world.children(parent).iter();
        children.filter(|key| is_kind(key) && !kept.contains(key)).cloned().collect()
    }
}

/// `БЗД-26 (4)` without the number of people, and that number.
fn without_people(text: &str) -> (&str, Option<i64>) {
    let people = text.trim().strip_suffix(')').and_then(|rest| {
        let (name, number) = rest.rsplit_once('(')?;
        let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
        Some((name.trim(), digits.parse().ok()?))
    });
    people.map_or((text, None), |(name, people)| (name, Some(people)))
}

macro_rules! plain {
    ($($type:ty: $pattern:pat => $value:expr;)+) => {
        $(impl FromValue for $type {
            fn from_value(value: &Value) -> Option<Self> {
                match value { $pattern => Some($value), _ => None }
            }
        })+
    };
}

plain! {
    String: Value::Text(text) => text.to_string();
    Date: Value::Date(day) => *day;
    bool: Value::Bool(value) => *value;
    f64: Value::Real(number) => *number;
    i64: Value::Int(number) => *number;
    Vec<String>: Value::List(parts) => parts.iter().map(ToString::to_string).collect();
}

macro_rules! narrow {
    ($($type:ty),+) => {
        $(impl FromValue for $type {
            fn from_value(value: &Value) -> Option<Self> {
                i64::from_value(value)?.try_into().ok()
            }
        })+
    };
}

narrow!(i32, i16);

macro_rules! of_words {
    ($($type:ty),+ $(,)?) => {
        $(impl FromValue for $type {
            fn from_value(value: &Value) -> Option<Self> {
                match value { Value::Word(word) => Self::of_word(word), _ => None }
            }
        })+
    };
}

crate::import::values::choice::word_types!(of_words);

/// The row of the store with a key, as its type.
macro_rules! before {
    ($reader:expr, $Kind:ident($($part:expr),+)) => {
        match $reader.world.existing.get(&crate::model::Key::$Kind($($part.clone()),+)) {
            Some(crate::model::Row::$Kind(row)) => Some(row),
            _ => None,
        }
    };
}
pub(super) use before;
