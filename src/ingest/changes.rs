//! What the store holds before, and the rows that take the new boundaries in.

mod demo;
mod neighbours;
mod period;

use std::collections::{BTreeMap, BTreeSet};

use neighbours::NewUnits;

use super::cause::Cause;
use super::columns::Facts;
use super::locate::Ground;
use super::report::Report;
use super::request::{Level, Request};
use super::topology::Cleaned;
use super::{Stage, UnitKey};
use crate::geometry::coverage::Coverage;
use crate::model::naming::{CITY_BOUNDS, CityDistrict, DistrictNames, nso_khoroo_code};
use crate::model::{
    Change, ChangeSet, Dataset, District, DistrictCode, DistrictVersion, GridBox, Key, Khoroo, KhorooCode,
    KhorooId, Lineage, Loaded, MultiPolygon, Records, Row, Vintage, VintageId,
    rules::{self, Fault},
};

/// The store before the ingest, as far as it stays.
pub(super) struct Before<'a> {
    /// Without invented rows where these are to be replaced.
    kept: std::borrow::Cow<'a, Loaded>,
    replaces_demo: bool,
    districts: Vec<District>,
    creates_districts: bool,
    names: DistrictNames,
    expected: Ground,
}

/// A known box is widened by this part of its sides, so that a new vintage may reach a little further.
const MARGIN: f64 = 0.25;

/// Up to one in this many of a vintage's khoroos may go unasked: a reform merges a few, a wrong file drops most.
const REMOVED_ONE_IN: usize = 5;

impl<'a> Before<'a> {
    /// Errors: the store holds invented data that the request does not replace.
    pub fn new(request: &Request, existing: &'a Loaded) -> Stage<Self> {
        let invented = demo::describe(existing);
        let kept = match invented {
            None => std::borrow::Cow::Borrowed(existing),
            Some(_) if request.replace_demo => std::borrow::Cow::Owned(demo::without_invented(existing)),
            Some(detail) => return Err(vec![Cause::Illustrative { detail }]),
        };
        let creates_districts = kept.districts.is_empty();
        let districts = if creates_districts { CityDistrict::rows(false) } else { kept.districts.clone() };
        Ok(Self {
            names: DistrictNames::new(&districts),
            expected: expected_ground(&kept),
            replaces_demo: existing != kept.as_ref(),
            districts,
            creates_districts,
            kept,
        })
    }

    pub fn districts(&self) -> &DistrictNames {
        &self.names
    }

    /// Where every vertex is expected: around what the store holds, or around the city.
    pub fn expected_ground(&self) -> Ground {
        self.expected
    }

    /// What a wrong count is about: numbers left out, and khoroos that the vintage had.
    pub fn count_detail<'k>(&self, vintage: &VintageId, keys: impl Iterator<Item = &'k UnitKey>) -> String {
        let mut numbers: BTreeMap<&DistrictCode, BTreeSet<u32>> = BTreeMap::new();
        for key in keys {
            if let UnitKey::Khoroo(code) = key {
                numbers.entry(&code.district).or_default().insert(code.number);
            }
        }
        let had = self.dataset(vintage).map(|dataset| dataset.khoroos.as_slice()).unwrap_or_default();
        let mut missing: BTreeSet<KhorooCode> = had
            .iter()
            .map(|khoroo| khoroo.id.code.clone())
            .filter(|code| !numbers.get(&code.district).is_some_and(|known| known.contains(&code.number)))
            .collect();
        for (district, known) in numbers {
            let last = known.last().copied().unwrap_or(0);
            let skipped = (1..last).filter(|number| !known.contains(number));
            missing.extend(skipped.take(20).filter_map(|n| KhorooCode::new(district.clone(), n).ok()));
        }
        if missing.is_empty() {
            return String::new();
        }
        let listed: Vec<String> = missing.iter().take(20).map(ToString::to_string).collect();
        format!("; missing perhaps: {}", listed.join(", "))
    }

    /// The changes of the whole ingest, in an order that keeps references whole.
    pub fn changes(&self, request: &Request, cleaned: Cleaned, report: &mut Report) -> Stage<ChangeSet> {
        let period = period::settle(request, self.vintages())?;
        let mut set = ChangeSet::default();
        if self.replaces_demo {
            set.changes.push(Change::DeleteIllustrative);
            report.notes.push("invented data is removed".into());
        }
        if self.creates_districts {
            self.districts.iter().cloned().for_each(|district| set.put(Row::District(district)));
        }
        report.notes.extend(period.notes.iter().cloned());
        period.rows.iter().cloned().for_each(|vintage| set.put(Row::Vintage(vintage)));
        match request.level {
            Level::Khoroo => self.khoroo_changes(request, cleaned, &period, &mut set, report)?,
            Level::District => {
                let lineage = self.lineage_after(&period, None, report);
                self.refuse_broken_rules(&period, &[], &BTreeSet::new(), &lineage)?;
                self.district_changes(request, cleaned, &mut set, report);
                self.put_lineage(lineage, &mut set);
            }
        }
        Ok(set)
    }

    fn khoroo_changes(
        &self,
        request: &Request,
        cleaned: Cleaned,
        period: &period::Period,
        set: &mut ChangeSet,
        report: &mut Report,
    ) -> Stage<()> {
        let vintage = &request.vintage;
        let Cleaned { units, coverage } = cleaned;
        let ids: Vec<KhorooId> = units.iter().map(|unit| unit.identified.key.khoroo().at(vintage)).collect();
        let removed = self.removed(vintage, &ids);
        report.removed = removed.iter().map(|id| id.code.to_string()).collect();
        self.refuse_orphans(&removed)?;
        self.refuse_many_removed(request, ids.len(), &report.removed)?;

        let mut derived_codes = 0_usize;
        let mut khoroos = Vec::with_capacity(units.len());
        for (unit, id) in units.into_iter().zip(&ids) {
            let old = self.khoroo(id);
            let code = id.code.to_string();
            match old.and_then(|old| old.shape.as_ref()) {
                None => report.added.push(code),
                Some(shape) if *shape == unit.shape => report.unchanged += 1,
                Some(_) => report.reshaped.push(code),
            }
            let mut khoroo = khoroo_row(id, unit.identified.facts, unit.shape, old);
            if khoroo.nso_code.is_none() {
                khoroo.nso_code = self.derived_nso_code(&id.code);
                derived_codes += usize::from(khoroo.nso_code.is_some());
            }
            khoroos.push(khoroo);
        }
        if derived_codes > 0 {
            report.notes.push(format!("{derived_codes} statistics codes follow from district and number"));
        }
        let new = NewUnits { coverage: &coverage, khoroos: &khoroos };
        let lineage = self.lineage_after(period, Some(&new), report);
        self.refuse_broken_rules(period, &khoroos, &removed, &lineage)?;

        set.changes.extend(removed.iter().map(|id| Change::Delete(Key::Khoroo(id.clone()))));
        let district_of: Vec<DistrictCode> = ids.iter().map(|id| id.code.district.clone()).collect();
        for khoroo in khoroos {
            set.put(Row::Khoroo(khoroo));
        }
        self.put_districts(vintage, &coverage, &district_of, set);
        self.put_lineage(lineage, set);
        Ok(())
    }

    /// Districts as unions of khoroos, except those that a file of districts gave.
    fn put_districts(
        &self,
        vintage: &VintageId,
        coverage: &Coverage,
        district_of: &[DistrictCode],
        set: &mut ChangeSet,
    ) {
        let present: Vec<&DistrictCode> = district_of.iter().collect::<BTreeSet<_>>().into_iter().collect();
        let group =
            |code: &DistrictCode| present.binary_search(&code).expect("collected from this list") as u32;
        let group_of: Vec<u32> = district_of.iter().map(group).collect();
        for (district, shape) in present.iter().zip(coverage.dissolve(&group_of)) {
            let old = self.district_version(vintage, district);
            if old.is_some_and(|old| !old.dissolved && old.shape.is_some()) {
                continue;
            }
            set.put(Row::DistrictVersion(DistrictVersion {
                vintage: vintage.clone(),
                district: (*district).clone(),
                population: old.and_then(|old| old.population),
                population_year: old.and_then(|old| old.population_year),
                shape: Some(shape),
                dissolved: true,
                illustrative: false,
            }));
        }
        for old in self.dataset(vintage).into_iter().flat_map(|dataset| &dataset.district_versions) {
            if old.dissolved && !present.contains(&&old.district) {
                set.changes.push(Change::Delete(Key::DistrictVersion(vintage.clone(), old.district.clone())));
            }
        }
    }

    fn district_changes(
        &self,
        request: &Request,
        cleaned: Cleaned,
        set: &mut ChangeSet,
        report: &mut Report,
    ) {
        for unit in cleaned.units {
            let district = unit.identified.key.district().clone();
            let old = self.district_version(&request.vintage, &district);
            match old.and_then(|old| old.shape.as_ref()) {
                None => report.added.push(district.to_string()),
                Some(shape) if *shape == unit.shape => report.unchanged += 1,
                Some(_) => report.reshaped.push(district.to_string()),
            }
            let facts = unit.identified.facts;
            let population = facts.population.or(old.and_then(|old| old.population));
            let old_year = old.and_then(|old| old.population_year);
            set.put(Row::DistrictVersion(DistrictVersion {
                vintage: request.vintage.clone(),
                district,
                population,
                population_year: if facts.population.is_some() { facts.population_year } else { old_year },
                shape: Some(unit.shape),
                dissolved: false,
                illustrative: false,
            }));
        }
    }

    fn removed(&self, vintage: &VintageId, ids: &[KhorooId]) -> BTreeSet<KhorooId> {
        let stays: BTreeSet<&KhorooId> = ids.iter().collect();
        let had = self.dataset(vintage).into_iter().flat_map(|dataset| &dataset.khoroos);
        had.map(|khoroo| khoroo.id.clone()).filter(|id| !stays.contains(id)).collect()
    }

    /// Errors: khoroos that would disappear although records speak of them.
    fn refuse_orphans(&self, removed: &BTreeSet<KhorooId>) -> Stage<()> {
        let causes: Vec<Cause> = removed
            .iter()
            .map(|id| (id, n_records(&self.kept.records, id)))
            .filter(|(_, n_records)| *n_records > 0)
            .map(|(id, n_records)| Cause::RecordsWithoutKhoroo { khoroo: id.code.clone(), n_records })
            .collect();
        if causes.is_empty() { Ok(()) } else { Err(causes) }
    }

    /// Errors: a large part of the vintage would go without anybody having said how many shall be left,
    /// as when a file holds one district only.
    fn refuse_many_removed(&self, request: &Request, left: usize, removed: &[String]) -> Stage<()> {
        let had = self.dataset(&request.vintage).map_or(0, |dataset| dataset.khoroos.len());
        let is_agreed = request.expect == Some(left);
        if is_agreed || removed.len() * REMOVED_ONE_IN <= had {
            return Ok(());
        }
        let vintage = request.vintage.clone();
        let listed = removed.join(", ");
        Err(vec![Cause::ManyRemoved { vintage, removed: removed.len(), had, left, listed }])
    }

    /// Errors: rules between rows that hold now and would not hold afterwards. Points that new lines leave outside
    /// their khoroos are no reason: `hlp check` lists them, and their practices keep counting.
    ///
    /// - `new`: khoroos as they will be.
    fn refuse_broken_rules(
        &self,
        period: &period::Period,
        new: &[Khoroo],
        removed: &BTreeSet<KhorooId>,
        lineage: &[Lineage],
    ) -> Stage<()> {
        let before = rules::check_loaded(&self.kept).faults;
        let mut vintages: BTreeMap<&VintageId, &Vintage> = self.vintages().map(|v| (&v.id, v)).collect();
        vintages.extend(period.rows.iter().map(|vintage| (&vintage.id, vintage)));
        let vintages: Vec<Vintage> = vintages.into_values().cloned().collect();
        let stored = self.kept.datasets.values().flat_map(|dataset| &dataset.khoroos);
        let mut khoroos: BTreeMap<&KhorooId, &Khoroo> =
            stored.map(|khoroo| (&khoroo.id, khoroo)).filter(|(id, _)| !removed.contains(*id)).collect();
        khoroos.extend(new.iter().map(|khoroo| (&khoroo.id, khoroo)));
        let ground = rules::Ground {
            vintages: &vintages,
            khoroos: &khoroos.keys().copied().cloned().collect(),
            lineage,
            shapes: khoroos.iter().filter_map(|(id, khoroo)| Some((*id, khoroo.shape.as_ref()?))).collect(),
        };
        let after = rules::check(&ground, &self.kept.records).faults;
        let was_known = |fault: &Fault| before.iter().any(|old| old.is_about_same(fault));
        let causes: Vec<Cause> = after
            .iter()
            // Lineage of khoroos that are not there cannot be stored at all.
            .filter(|fault| matches!(fault, Fault::LineageKhoroo { .. }) || !was_known(fault))
            .filter(|fault| !matches!(fault, Fault::PracticeAstray { .. }))
            .map(|fault| match fault.lineage() {
                Some(_) => Cause::StatedLineage { fault: fault.to_string() },
                None => Cause::BrokenRule { fault: fault.to_string() },
            })
            .collect();
        if causes.is_empty() { Ok(()) } else { Err(causes) }
    }

    fn derived_nso_code(&self, code: &KhorooCode) -> Option<String> {
        let district = self.districts.iter().find(|district| district.code == code.district)?;
        nso_khoroo_code(district.nso_code.as_deref()?, code.number)
    }

    fn vintages(&self) -> impl Iterator<Item = &Vintage> {
        self.kept.vintages.iter()
    }

    fn dataset(&self, vintage: &VintageId) -> Option<&Dataset> {
        self.kept.datasets.get(vintage)
    }

    fn khoroo(&self, id: &KhorooId) -> Option<&Khoroo> {
        let khoroos = &self.dataset(&id.vintage)?.khoroos;
        // A load sorts by key.
        khoroos.binary_search_by(|khoroo| khoroo.id.cmp(id)).ok().map(|index| &khoroos[index])
    }

    fn district_version(&self, vintage: &VintageId, district: &DistrictCode) -> Option<&DistrictVersion> {
        self.dataset(vintage)?.district_versions.iter().find(|version| version.district == *district)
    }
}

/// The row of a khoroo: what the file says, else what was known before.
fn khoroo_row(id: &KhorooId, facts: Facts, shape: MultiPolygon, old: Option<&Khoroo>) -> Khoroo {
    let text =
        |said: Option<String>, known: fn(&Khoroo) -> &Option<String>| said.or_else(|| known(old?).clone());
    let counted_anew = facts.population.is_some();
    Khoroo {
        id: id.clone(),
        name_mn: text(facts.name_mn, |k| &k.name_mn),
        name_en: text(facts.name_en, |k| &k.name_en),
        nso_code: text(facts.nso_code, |k| &k.nso_code),
        land_code: text(facts.land_code, |k| &k.land_code),
        ebarilga_code: text(facts.ebarilga_code, |k| &k.ebarilga_code),
        population: facts.population.or_else(|| old?.population),
        population_year: if counted_anew {
            facts.population_year
        } else {
            old.and_then(|old| old.population_year)
        },
        households: facts.households.or_else(|| old?.households),
        shape: Some(shape),
        illustrative: false,
    }
}

fn n_records(records: &Records, id: &KhorooId) -> usize {
    records.practices.iter().filter(|row| row.host == *id).count()
        + records.identifications.iter().filter(|row| row.khoroo == *id).count()
        + records.replications.iter().filter(|row| row.khoroo == *id).count()
}

fn expected_ground(kept: &Loaded) -> Ground {
    let shapes = kept.datasets.values().flat_map(|dataset| &dataset.khoroos).filter_map(|k| k.shape.as_ref());
    let known = shapes.filter_map(MultiPolygon::bounds).reduce(GridBox::union);
    let what = match known {
        Some(_) => "Ulaanbaatar and the boundaries of this store lie",
        None => "Ulaanbaatar lies",
    };
    let [west, south, east, north] = known.map_or(CITY_BOUNDS, GridBox::degrees);
    // A store with a single small district must still take the rest of the city.
    let [west, south, east, north] = [
        west.min(CITY_BOUNDS[0]),
        south.min(CITY_BOUNDS[1]),
        east.max(CITY_BOUNDS[2]),
        north.max(CITY_BOUNDS[3]),
    ];
    let (dx, dy) = ((east - west) * MARGIN, (north - south) * MARGIN);
    Ground { bounds: [west - dx, south - dy, east + dx, north + dy], what }
}

impl UnitKey {
    pub(super) fn district(&self) -> &DistrictCode {
        match self {
            Self::District(code) => code,
            Self::Khoroo(code) => &code.district,
        }
    }

    fn khoroo(&self) -> &KhorooCode {
        match self {
            Self::Khoroo(code) => code,
            Self::District(code) => unreachable!("district {code} where the level is khoroo"),
        }
    }
}
