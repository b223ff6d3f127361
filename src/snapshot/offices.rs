//! Where the khoroos of a vintage have their offices, as the newest facts say.
//!
//! Owns: which office counts, and the R-tree over them in the plane of distances.

use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::counting::sound_facts;
use super::geography::{Geography, PLANE};
use crate::geometry::distance::Place;
use crate::model::rules::Verdict;
use crate::model::{GridPoint, Records, Vintage};

/// Offices of one vintage, by the index of their khoroos.
pub struct Offices {
    places: Vec<Option<GridPoint>>,
    /// The same in metres.
    plane: Vec<Option<Place>>,
    tree: RTree<GeomWithData<Place, u32>>,
}

/// The tree follows from the places.
impl PartialEq for Offices {
    fn eq(&self, other: &Self) -> bool {
        self.places == other.places
    }
}

impl Offices {
    /// Of several years the last one in which an office is known.
    pub(super) fn of(vintage: &Vintage, geography: &Geography, records: &Records, verdict: &Verdict) -> Self {
        let mut newest: Vec<Option<(i16, GridPoint)>> = vec![None; geography.khoroos.len()];
        for fact in sound_facts(records, verdict).filter(|fact| fact.khoroo.vintage == vintage.id) {
            if let (Some(office), Some(idx)) = (fact.office, geography.khoroo_idx(&fact.khoroo.code))
                && newest[idx].is_none_or(|(year, _)| year < fact.year)
            {
                newest[idx] = Some((fact.year, office));
            }
        }
        let places: Vec<Option<GridPoint>> =
            newest.iter().map(|fact| fact.map(|(_, office)| office)).collect();
        let metres = |at: GridPoint| {
            let (x, y) = PLANE.from_degrees(at.lon(), at.lat());
            [x, y]
        };
        let plane: Vec<Option<Place>> = places.iter().map(|place| place.map(metres)).collect();
        let numbered = |(idx, place): (usize, &Option<Place>)| Some(GeomWithData::new((*place)?, idx as u32));
        let tree = RTree::bulk_load(plane.iter().enumerate().filter_map(numbered).collect());
        Self { places, plane, tree }
    }

    pub fn place(&self, khoroo: usize) -> Option<GridPoint> {
        self.places[khoroo]
    }

    /// East and north in metres of the plane.
    pub fn metres(&self, khoroo: usize) -> Option<Place> {
        self.plane[khoroo]
    }

    /// Offices with their khoroos and squared distances in m², the nearest first; equally far ones in any order.
    pub fn outward(&self, from: Place) -> impl Iterator<Item = (usize, f64)> {
        self.tree
            .nearest_neighbor_iter_with_distance_2(from)
            .map(|(office, gap_2)| (office.data as usize, gap_2))
    }
}
