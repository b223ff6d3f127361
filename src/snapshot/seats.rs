//! Which khoroo versions share a cell in the equal-cell form of the map, and where the cells are.
//!
//! A seat is a place in the layout. Every khoroo of the newest vintage has one; an earlier khoroo sits
//! where the khoroo of its district sits that answers for it today (see [`Carrier`]), and has a seat of
//! its own where another has taken that one. So there is one layout, and a khoroo keeps its cell
//! from cycle to cycle and from vintage to vintage.
//!
//! Owns: who sits where. Leaves to others: arranging the cells ([`crate::geometry::cells`]).
//! Design: the layout is made when it is first asked for, and shared by all revisions with the same seats:
//! it takes a tenth of a second for a city, and most revisions change records only.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use super::carry::Carrier;
use super::{Geography, Unit, VintageView};
use crate::geometry::cells::{self, Cell, Layout, SITES_MAX, Site, Sites};
use crate::geometry::simplify::WorldPoint;
use crate::model::{DistrictCode, GridBox, GridPoint, KhorooCode};

/// Seats of all khoroo versions.
#[derive(Debug, Default)]
pub struct Seats {
    /// By vintage in the snapshot's order, then by khoroo.
    of: Vec<Vec<u32>>,
    /// By the groups of `sites`.
    districts: Vec<DistrictCode>,
    sites: Sites,
    /// By district, as [`cells::apart`] says.
    apart: Vec<bool>,
    layout: OnceLock<Layout>,
}

impl PartialEq for Seats {
    /// The layout follows from the rest.
    fn eq(&self, other: &Self) -> bool {
        self.of == other.of && self.districts == other.districts && self.sites == other.sites
    }
}

impl Seats {
    /// The cells; made by the first who asks. `None` where there are too many khoroos for cells.
    pub fn layout(&self) -> Option<&Layout> {
        let fits = self.sites.sites.len() <= SITES_MAX;
        fits.then(|| self.layout.get_or_init(|| Layout::of(&self.sites)))
    }

    /// The neighbourhood that the layout keeps as far as it can.
    pub fn sites(&self) -> &Sites {
        &self.sites
    }

    /// True for a district whose ground does not touch that of the city's largest piece.
    pub fn is_apart(&self, district: &DistrictCode) -> bool {
        let group = self.districts.iter().position(|code| code == district);
        group.is_some_and(|group| self.apart[group])
    }

    /// The seat of each khoroo of the vintage at `vintage_idx`: an index into the layout's cells.
    pub fn of_vintage(&self, vintage_idx: usize) -> &[u32] {
        &self.of[vintage_idx]
    }

    /// Rings of corners around all cells of a district, also those free in some vintage.
    pub fn outline(&self, district: &DistrictCode) -> Vec<Vec<Cell>> {
        cells::outline(&self.cells_of(district))
    }

    /// All cells of a district, also those free in some vintage.
    pub fn cells_of(&self, district: &DistrictCode) -> Vec<Cell> {
        let Some(group) = self.districts.iter().position(|code| code == district) else { return Vec::new() };
        let Some(layout) = self.layout() else { return Vec::new() };
        let members = self.sites.sites.iter().zip(&layout.cells);
        members.filter(|(site, _)| site.group as usize == group).map(|(_, &cell)| cell).collect()
    }

    /// - `vintages`: in order of validity, as the carrier has them.
    pub(super) fn of(vintages: &[VintageView], carrier: &Carrier) -> Self {
        let mut seating = Seating::default();
        let mut of = vec![Vec::new(); vintages.len()];
        for (idx, view) in vintages.iter().enumerate().rev() {
            of[idx] = seating.seat(view, |khoroo| {
                let newest = vintages.len() - 1;
                let heir = carrier.carry(&khoroo.at(&view.vintage.id), newest)?;
                vintages[newest].geography.khoroos.get(heir).map(code_of)
            });
        }
        let geographies = vintages.iter().map(|view| view.geography.as_ref()).zip(&of).rev();
        let sites = Survey::of(&seating).finish(geographies);
        let apart = cells::apart(&sites);
        Self { of, districts: seating.districts, sites, apart, layout: OnceLock::new() }
    }
}

/// Seats given so far, newest vintage first.
#[derive(Default)]
struct Seating {
    /// Codes that have sat in each seat; the first is the newest.
    codes: Vec<Vec<KhorooCode>>,
    groups: Vec<u32>,
    districts: Vec<DistrictCode>,
    /// The newest seat of a code.
    seat_of: HashMap<KhorooCode, u32>,
}

impl Seating {
    /// Seats of a vintage's khoroos; `heir` is the khoroo of the newest vintage that answers for one.
    fn seat(&mut self, view: &VintageView, heir: impl Fn(&KhorooCode) -> Option<KhorooCode>) -> Vec<u32> {
        let codes: Vec<KhorooCode> = view.geography.khoroos.iter().map(code_of).collect();
        let heirs: Vec<Option<KhorooCode>> =
            codes.iter().map(|code| heir(code).filter(|heir| heir.district == code.district)).collect();
        let mut seats: Vec<Option<u32>> = vec![None; codes.len()];
        let mut taken = BTreeSet::new();
        let known = &self.seat_of;
        // An heir of the same code first, then other heirs, then the bare code.
        let wishes: [&dyn Fn(usize) -> Option<u32>; 3] = [
            &|idx| known.get(heirs[idx].as_ref().filter(|heir| **heir == codes[idx])?).copied(),
            &|idx| known.get(heirs[idx].as_ref()?).copied(),
            &|idx| known.get(&codes[idx]).copied(),
        ];
        for wish in wishes {
            for (idx, seat) in seats.iter_mut().enumerate() {
                if seat.is_none() {
                    *seat = wish(idx).filter(|&wished| taken.insert(wished));
                }
            }
        }
        let given = codes.into_iter().zip(seats).map(|(code, seat)| self.give(code, seat));
        given.collect()
    }

    /// Notes who sits there, on a new seat where there is none.
    fn give(&mut self, code: KhorooCode, seat: Option<u32>) -> u32 {
        let seat = seat.unwrap_or_else(|| {
            let known = self.districts.iter().position(|district| *district == code.district);
            let group = known.unwrap_or_else(|| {
                self.districts.push(code.district.clone());
                self.districts.len() - 1
            });
            self.groups.push(group as u32);
            self.codes.push(Vec::new());
            self.codes.len() as u32 - 1
        });
        self.seat_of.entry(code.clone()).or_insert(seat);
        self.codes[seat as usize].push(code);
        seat
    }
}

/// Where the seats are in truth, and which lie beside each other.
struct Survey {
    groups: Vec<u32>,
    n_groups: usize,
    places: Vec<Option<[f64; 2]>>,
    borders: BTreeSet<[u32; 2]>,
}

impl Survey {
    fn of(seating: &Seating) -> Self {
        Self {
            groups: seating.groups.clone(),
            n_groups: seating.districts.len(),
            places: vec![None; seating.groups.len()],
            borders: BTreeSet::new(),
        }
    }

    /// - `vintages`: geographies with the seats of their khoroos, the newest first: it has the say
    ///   wherever it knows a place.
    fn finish<'a>(mut self, vintages: impl Iterator<Item = (&'a Geography, &'a Vec<u32>)> + Clone) -> Sites {
        for (geography, seats) in vintages.clone() {
            self.take_lines(geography, seats);
        }
        for (geography, seats) in vintages {
            self.take_districts(geography, seats);
        }
        let sites = self.groups.iter().zip(&self.places);
        let site = |(&group, place): (&u32, &Option<_>)| Site { group, place: place.unwrap_or_default() };
        Sites {
            sites: sites.map(site).collect(),
            n_groups: self.n_groups,
            borders: self.borders.into_iter().collect(),
        }
    }

    /// Takes places and borders of khoroos that have lines.
    fn take_lines(&mut self, geography: &Geography, seats: &[u32]) {
        let new: Vec<bool> = seats.iter().map(|&seat| self.places[seat as usize].is_none()).collect();
        for ((unit, &seat), &is_new) in geography.khoroos.iter().zip(seats).zip(&new) {
            if let Some(label) = unit.label.filter(|_| is_new) {
                self.places[seat as usize] = Some(on_plane(label));
            }
        }
        for (idx, &seat) in seats.iter().enumerate() {
            for neighbour in geography.neighbours(idx) {
                let other = neighbour.unit as usize;
                if neighbour.border_m > 0.0 && (new[idx] || new[other]) {
                    self.join(seat, seats[other]);
                }
            }
        }
    }

    /// Spreads khoroos without lines over their district, number after number in lines of reading; one
    /// that others around it have lines for stands in their middle.
    fn take_districts(&mut self, geography: &Geography, seats: &[u32]) {
        let all = geography.bounds();
        for (district_idx, district) in geography.districts.iter().enumerate() {
            let members = &seats[geography.khoroos_of(district_idx)];
            let bare: Vec<u32> =
                members.iter().copied().filter(|&seat| self.places[seat as usize].is_none()).collect();
            let placed: Vec<[f64; 2]> =
                members.iter().filter_map(|&seat| self.places[seat as usize]).collect();
            let Some(&first) = bare.first() else { continue };
            let [west, north, width, height] = if placed.is_empty() {
                ground_of(district, district_idx, all)
            } else {
                let middle = |axis: usize| placed.iter().map(|p| p[axis]).sum::<f64>() / placed.len() as f64;
                [middle(0), middle(1), 0.0, 0.0]
            };
            let n_columns = (bare.len() as f64).sqrt().ceil();
            for (idx, &seat) in bare.iter().enumerate() {
                let (column, row) = (idx as f64 % n_columns, (idx as f64 / n_columns).floor());
                let across = (column + 0.5) / n_columns * width;
                self.places[seat as usize] = Some([west + across, north - (row + 0.5) / n_columns * height]);
            }
            if placed.is_empty() {
                bare.windows(2).for_each(|pair| self.join(pair[0], pair[1]));
                self.join_districts(geography, seats, district_idx, first);
            }
        }
    }

    /// Joins a district without khoroo lines to those that it borders on, so that what lies apart is seen.
    fn join_districts(&mut self, geography: &Geography, seats: &[u32], district_idx: usize, first: u32) {
        let Some(coverage) = &geography.district_coverage else { return };
        for neighbour in coverage.neighbours(district_idx as u32) {
            let other = seats[geography.khoroos_of(neighbour.unit as usize)].first();
            if let Some(&other) = other.filter(|_| neighbour.border_m > 0.0) {
                self.join(first, other);
            }
        }
    }

    fn join(&mut self, a: u32, b: u32) {
        if a != b {
            self.borders.insert([a.min(b), a.max(b)]);
        }
    }
}

/// West, north, width and height of a district; without lines a square of a list three wide.
fn ground_of(district: &Unit, district_idx: usize, all: Option<GridBox>) -> [f64; 4] {
    let plane = |bounds: GridBox| {
        let [west, north] = on_plane(GridPoint::new(bounds.west, bounds.north));
        let [east, south] = on_plane(GridPoint::new(bounds.east, bounds.south));
        [west, north, east - west, north - south]
    };
    match (district.bounds, all) {
        (Some(own), _) => plane(own),
        (None, Some(all)) => plane(all),
        (None, None) => [(district_idx % 3) as f64, -((district_idx / 3) as f64), 1.0, 1.0],
    }
}

fn code_of(unit: &Unit) -> KhorooCode {
    KhorooCode { district: unit.district.clone(), number: unit.number }
}

/// East and north on the world square, where directions are true.
fn on_plane(at: GridPoint) -> [f64; 2] {
    let at = WorldPoint::of(at);
    [f64::from(at.x), -f64::from(at.y)]
}
