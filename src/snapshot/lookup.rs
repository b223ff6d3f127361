//! Finding units by what people ask for, with an answer that helps when there is none.
//!
//! Owns: the alternatives named by an error: a code may well exist in another vintage.

use jiff::civil::Date;

use super::{Snapshot, VintageView};
use crate::model::{Cycle, DistrictCode, GridPoint, KhorooCode, VintageId};

/// Why nothing was found, and what there is instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    #[error("the store holds no vintage")]
    NoVintage,
    #[error("vintage `{asked}` is unknown; known are {}", list(.known))]
    Vintage { asked: String, known: Vec<VintageId> },
    #[error(
        "khoroo `{code}` is not in vintage `{vintage}`; {}",
        elsewhere(.in_vintages, .numbers.as_ref())
    )]
    Khoroo {
        code: KhorooCode,
        vintage: VintageId,
        /// Vintages that have the code.
        in_vintages: Vec<VintageId>,
        /// Lowest and highest khoroo number of the district in the asked vintage.
        numbers: Option<(u32, u32)>,
    },
    #[error("district `{code}` is not in vintage `{vintage}`; districts there are {}", list(.known))]
    District { code: DistrictCode, vintage: VintageId, known: Vec<DistrictCode> },
}

impl Snapshot {
    /// The vintage called `asked`.
    pub fn named(&self, asked: &str) -> Result<&VintageView, LookupError> {
        self.vintages.iter().find(|v| v.vintage.id.as_str() == asked).ok_or_else(|| LookupError::Vintage {
            asked: asked.to_owned(),
            known: self.vintages.iter().map(|v| v.vintage.id.clone()).collect(),
        })
    }

    /// The vintage valid on `today`, a civil day in Asia/Ulaanbaatar.
    pub fn current(&self, today: Date) -> Option<&VintageView> {
        self.vintages.iter().rev().find(|v| v.vintage.holds(today))
    }

    /// What is meant by a place today: the last vintage that has begun, or the first if none has. Boundaries
    /// that are decided but not in force yet are shown to whoever asks for them.
    pub fn in_force(&self, today: Date) -> Option<&VintageView> {
        let begun = self.vintages.iter().rfind(|v| v.vintage.valid_from <= today);
        begun.or_else(|| self.vintages.first())
    }

    /// What maps open with: the vintage of the newest cycle, or the newest where nothing was counted. New
    /// boundaries are there before their first cycle, and show nothing until then.
    pub fn counted_last(&self) -> Option<&VintageView> {
        let mut cycles: Vec<&Cycle> = self.records.cycles.iter().collect();
        cycles.sort_by_key(|cycle| (cycle.starts_on, &cycle.id));
        cycles.iter().rev().find_map(|cycle| self.vintage(&cycle.vintage)).or_else(|| self.newest())
    }

    /// Vintages that have a khoroo of this code, oldest first. The same code is not the same ground.
    pub fn vintages_with(&self, code: &KhorooCode) -> Vec<VintageId> {
        let has = |v: &&VintageView| v.geography.khoroo_idx(code).is_some();
        self.vintages.iter().filter(has).map(|v| v.vintage.id.clone()).collect()
    }
}

impl VintageView {
    /// Index of the khoroo `code`; an error names the vintages of `snapshot` that have it.
    pub fn khoroo(&self, snapshot: &Snapshot, code: &KhorooCode) -> Result<usize, LookupError> {
        self.geography.khoroo_idx(code).ok_or_else(|| LookupError::Khoroo {
            code: code.clone(),
            vintage: self.vintage.id.clone(),
            in_vintages: snapshot.vintages_with(code),
            numbers: self.geography.district_idx(&code.district).and_then(|d| {
                let khoroos = &self.geography.khoroos[self.geography.khoroos_of(d)];
                Some((khoroos.first()?.number, khoroos.last()?.number))
            }),
        })
    }

    pub fn district(&self, code: &DistrictCode) -> Result<usize, LookupError> {
        self.geography.district_idx(code).ok_or_else(|| LookupError::District {
            code: code.clone(),
            vintage: self.vintage.id.clone(),
            known: self.geography.districts.iter().map(|d| d.district.clone()).collect(),
        })
    }

    /// Index of the khoroo at a place in degrees; `None` outside the city or off the world.
    pub fn khoroo_at(&self, lon: f64, lat: f64) -> Option<usize> {
        self.geography.locate(GridPoint::from_degrees(lon, lat)?)
    }
}

fn list<T: std::fmt::Display>(items: &[T]) -> String {
    if items.is_empty() {
        return "none".into();
    }
    items.iter().map(|item| format!("`{item}`")).collect::<Vec<_>>().join(", ")
}

fn elsewhere(in_vintages: &[VintageId], numbers: Option<&(u32, u32)>) -> String {
    match (in_vintages, numbers) {
        ([], Some((low, high))) => format!("its district has numbers {low} to {high} there"),
        ([], None) => "no vintage has it".into(),
        (vintages, _) => format!("it is in {}", list(vintages)),
    }
}
