//! Place, size and units of a refusal, as fields for programs that follow them.

use super::{Cause, Spot};

/// What of a cause can be looked up or sorted; left out of the report where a cause has none of it.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Facts {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_m2: Option<f64>,
    /// The units that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
    /// Who claims the ground of an overlap.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claimants: Vec<String>,
    /// Who lies around a gap, the longest border first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<String>,
    /// Lines in the file of decisions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<usize>,
}

impl Cause {
    pub fn facts(&self) -> Facts {
        let none = Facts::default();
        match self {
            Self::Overlap { claimants, area_m2, spot } => {
                let facts = Facts { claimants: claimants.clone(), units: claimants.clone(), ..none };
                facts.sized(*area_m2).at(*spot)
            }
            Self::Gap { beside, area_m2, spot } => {
                let facts = Facts { beside: beside.clone(), units: beside.clone(), ..none };
                facts.sized(*area_m2).at(*spot)
            }
            Self::StrayInterior { unit, area_m2, spot } | Self::CrossesItself { unit, area_m2, spot, .. } => {
                Facts { units: vec![unit.clone()], ..none }.sized(*area_m2).at(*spot)
            }
            Self::Lost { unit, spot, .. } | Self::TooThin { unit, spot } => {
                let facts = Facts { units: vec![unit.clone()], ..none };
                spot.map_or(facts.clone(), |spot| facts.at(spot))
            }
            Self::UnknownWinner { line, spot, .. } => Facts { lines: vec![*line], ..none }.at(*spot),
            Self::StrangeWinner { line, spot, able: units, .. }
            | Self::UndisputedGround { line, spot, holders: units, .. } => {
                Facts { lines: vec![*line], units: units.clone(), ..none }.at(*spot)
            }
            Self::ContradictingDecisions { first_line, second_line, area_m2, spot, .. } => {
                Facts { lines: vec![*first_line, *second_line], ..none }.sized(*area_m2).at(*spot)
            }
            Self::WrongPlace { spot, .. } => none.at(*spot),
            Self::RecordsWithoutKhoroo { khoroo, .. } => Facts { units: vec![khoroo.to_string()], ..none },
            Self::Duplicate { unit, .. } => Facts { units: vec![unit.clone()], ..none },
            _ => none,
        }
    }
}

impl Facts {
    fn at(self, spot: Spot) -> Self {
        // A wrong place may be no number at all, which JSON cannot hold.
        let number = |v: f64| v.is_finite().then_some(v);
        Self { lon: number(spot.lon), lat: number(spot.lat), ..self }
    }

    fn sized(self, area_m2: f64) -> Self {
        Self { area_m2: Some(area_m2), ..self }
    }
}
