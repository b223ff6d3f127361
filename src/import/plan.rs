//! From files to one change set: read, understand, bind, compare, check.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use super::bind::{Bound, World, bind};
use super::fault::{Faults, Place, Problem};
use super::kinds::{Kind, Parsed, Value, parse};
use super::read::{Budget, Cell, read};
use super::report::{Cleared, Report, SheetReport};
use super::values::khoroo::Khoroos;
use super::{Plan, Progress, Refused, Request, hosts, rules};
use crate::model::naming::CityDistrict;
use crate::model::succession::Order;
use crate::model::{
    Change, ChangeSet, Dataset, District, Key, Keyed as _, Khoroo, KhorooCode, Lineage, Loaded, Records, Row,
    Vintage, VintageId,
};

/// Rows between two looks at how far the work is.
const ROWS_PER_TELLING: usize = 1 << 12;

/// Turns files into the changes that take their records into a store holding `existing`.
///
/// - `existing` must bring every vintage with its datasets.
/// - Reads the named files and nothing else; writes nothing.
///
/// Errors: [`Refused`], with every fault that was found up to a limit.
pub fn plan(
    request: &Request,
    existing: &Loaded,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Plan, Refused> {
    let (mut report, mut faults) = (Report::default(), Faults::default());
    let changes = stages(request, existing, progress, &mut report, &mut faults);
    if faults.is_empty() {
        return Ok(Plan { changes, report });
    }
    report.refuse(&faults);
    Err(Refused { report: Box::new(report), faults })
}

fn stages(
    request: &Request,
    existing: &Loaded,
    progress: &mut dyn FnMut(Progress<'_>),
    report: &mut Report,
    faults: &mut Faults,
) -> ChangeSet {
    let mut changes = ChangeSet::default();
    let sheets = sheets(request, progress, report, faults);
    let invented = invented(existing);
    // Invented records may join invented ones; real ones take their place or stay away.
    if let Some(detail) = invented.clone().filter(|_| !request.replace_demo && !are_invented(&sheets)) {
        let files = request.files.first().map(|path| name_of(path)).unwrap_or_default();
        faults.push(Place::of_file(&files).fault(Problem::Illustrative { detail }));
        return changes;
    }
    let mut before = existing.clone();
    if invented.is_some() && request.replace_demo {
        before = without_invented(existing);
        changes.changes.push(Change::DeleteIllustrative);
        report.demo_removed = invented;
    }
    if before.districts.is_empty() {
        before.districts = CityDistrict::rows(false);
        changes.changes.extend(before.districts.iter().cloned().map(|row| Change::Put(Row::District(row))));
    }

    let n_rows = sheets.iter().map(|sheet| sheet.records.len()).sum();
    let khoroos = khoroos(&before, &sheets);
    let mut world = World::new(&before, khoroos, &sheets);
    world.today = request.today;
    let mut bound = bind(&sheets, &mut world, faults, &mut |row| {
        if row % ROWS_PER_TELLING == 0 {
            progress(Progress::Checking { n_done: row, n_rows });
        }
    });
    // Rules between rows mean something only where all rows are there.
    if !faults.is_empty() {
        return ChangeSet::default();
    }
    progress(Progress::Comparing);
    let mut after = after(&before, &world, &bound);
    // A vintage that comes between two others parts them; what was computed of their ground is void.
    let has_khoroos =
        |id: &VintageId| after.datasets.get(id).is_some_and(|dataset| !dataset.khoroos.is_empty());
    let order = Order::new(&after.vintages, has_khoroos);
    let (kept, apart): (Vec<Lineage>, Vec<Lineage>) =
        std::mem::take(&mut after.lineage).into_iter().partition(|row| row.stated || order.joins(row));
    after.lineage = kept;
    hosts::derive(&mut after, &mut bound, &world, &sheets, report);
    rules::check(&before, &after, &bound, &sheets, faults);
    report.notes.append(&mut bound.notes);
    report.cleared = std::mem::take(&mut bound.cleared)
        .into_iter()
        .map(|((kind, field), values)| Cleared { kind, field, values })
        .collect();
    rules::note(&before, &after, report);
    bound.changes.extend(apart.iter().map(|row| Change::Delete(row.key())));
    changes.changes.extend(differing(bound, &world, report));
    // Districts alone are no reason to write.
    if report.changes_nothing() { ChangeSet::default() } else { changes }
}

/// Reads all files into records.
fn sheets(
    request: &Request,
    progress: &mut dyn FnMut(Progress<'_>),
    report: &mut Report,
    faults: &mut Faults,
) -> Vec<Parsed> {
    if request.files.is_empty() {
        faults.push(Place::default().fault(Problem::NoFile));
    }
    let sizes = request.files.iter().map(|path| path.metadata().map_or(0, |metadata| metadata.len()));
    let sizes: Vec<u64> = sizes.collect();
    let all_bytes = sizes.iter().sum();
    let mut budget = Budget::new(request.limits);
    let mut parsed = Vec::new();
    for (index, path) in request.files.iter().enumerate() {
        let (name, passed_bytes) = (name_among(path, &request.files), sizes[..index].iter().sum::<u64>());
        let mut on_bytes =
            |bytes| progress(Progress::Reading { file: path, read_bytes: passed_bytes + bytes, all_bytes });
        on_bytes(0);
        match read(path, &name, &mut budget, faults, &mut on_bytes) {
            Ok(book) => parsed.extend(understood(request, &name, &book, report, faults)),
            Err(fault) => faults.push(fault),
        }
    }
    parsed
}

/// The sheets of a file that hold records.
fn understood(
    request: &Request,
    file: &str,
    book: &super::read::Book,
    report: &mut Report,
    faults: &mut Faults,
) -> Vec<Parsed> {
    let is_text = book.text_as.is_some();
    let place = Place::of_file(file);
    report
        .passed_over
        .extend(book.hidden.iter().map(|sheet| format!("`{file}` sheet `{sheet}`: it is hidden")));
    let (mut parsed, mut has_known) = (Vec::new(), false);
    for sheet in &book.sheets {
        let named = if is_text { Kind::of_file(&sheet.name) } else { Kind::named(&sheet.name) };
        let Some(kind) = named.or(request.kind) else {
            if is_text {
                faults.push(place.fault(Problem::UnknownSheet { known: Kind::listed() }));
            } else {
                let why = "its name is no kind of record";
                report.passed_over.push(format!("`{file}` sheet `{}`: {why}", sheet.name));
            }
            continue;
        };
        has_known = true;
        let is_filled = sheet.rows.iter().any(|line| line.cells.iter().any(|cell| *cell != Cell::Empty));
        if !is_filled {
            report.passed_over.push(format!("`{file}` sheet `{}`: it is empty", sheet.name));
            continue;
        }
        let at = if is_text { place.clone() } else { place.sheet(&sheet.name) };
        let Some(records) = parse(kind, sheet, at, faults) else { continue };
        report.sheets.push(SheetReport {
            file: file.to_owned(),
            sheet: sheet.name.clone(),
            format: sheet.format,
            text_as: book.text_as.clone(),
            kind: kind.name,
            records: records.records.len(),
            formulas: sheet.n_formulas,
            unknown_columns: records.unknown.clone(),
        });
        parsed.push(records);
    }
    if !has_known && !is_text {
        faults.push(place.fault(Problem::NoKnownSheet { known: Kind::listed() }));
    }
    parsed
}

/// Khoroos of the store and of the sheets together; records of one file may stand in khoroos of the same.
fn khoroos(before: &Loaded, sheets: &[Parsed]) -> Khoroos {
    let mut vintages: BTreeMap<VintageId, Vintage> =
        before.vintages.iter().map(|vintage| (vintage.id.clone(), vintage.clone())).collect();
    let mut listed: Vec<Khoroo> = Vec::new();
    for sheet in sheets.iter().filter(|sheet| sheet.kind.name == "vintages") {
        for vintage in sheet.records.iter().filter_map(|record| early_vintage(sheet, &record.values)) {
            vintages.insert(vintage.id.clone(), vintage);
        }
    }
    let districts = Khoroos::new(&before.districts, &[], []);
    for sheet in sheets.iter().filter(|sheet| sheet.kind.name == "khoroos") {
        listed.extend(
            sheet.records.iter().filter_map(|record| early_khoroo(sheet, &record.values, &districts)),
        );
    }
    let vintages: Vec<Vintage> = vintages.into_values().collect();
    let stored = before.datasets.values().flat_map(|dataset| &dataset.khoroos);
    Khoroos::new(&before.districts, &vintages, stored.chain(&listed))
}

fn text<'a>(sheet: &Parsed, values: &'a [Option<Value>], field: &str) -> Option<&'a str> {
    match values[sheet.kind.position(field)?].as_ref()? {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// As much of a vintage as finding khoroos needs.
fn early_vintage(sheet: &Parsed, values: &[Option<Value>]) -> Option<Vintage> {
    let day = |field: &str| match values[sheet.kind.position(field)?] {
        Some(Value::Date(day)) => Some(day),
        _ => None,
    };
    Some(Vintage {
        id: text(sheet, values, "id")?.to_lowercase().parse().ok()?,
        valid_from: day("valid_from")?,
        valid_to: day("valid_to"),
        title_mn: String::new(),
        title_en: String::new(),
        source: String::new(),
        illustrative: false,
    })
}

/// As much of a khoroo as finding it needs.
fn early_khoroo(sheet: &Parsed, values: &[Option<Value>], districts: &Khoroos) -> Option<Khoroo> {
    let vintage: VintageId = text(sheet, values, "vintage")?.to_lowercase().parse().ok()?;
    let code: KhorooCode = districts.code(&Cell::Text(text(sheet, values, "khoroo")?.into())).ok()?;
    Some(Khoroo {
        id: code.at(&vintage),
        name_mn: text(sheet, values, "name_mn").map(str::to_owned),
        name_en: text(sheet, values, "name_en").map(str::to_owned),
        nso_code: None,
        land_code: None,
        ebarilga_code: None,
        population: None,
        population_year: None,
        households: None,
        shape: None,
        illustrative: false,
    })
}

/// The store as it would be.
fn after(before: &Loaded, world: &World, bound: &Bound) -> Loaded {
    let mut rows: BTreeMap<Key, Row> = world.existing.clone();
    for change in &bound.changes {
        match change {
            Change::Put(row) => drop(rows.insert(row.key(), row.clone())),
            Change::Delete(key) => drop(rows.remove(key)),
            Change::DeleteIllustrative => {}
        }
    }
    let mut after =
        Loaded { districts: before.districts.clone(), lineage: before.lineage.clone(), ..Loaded::default() };
    let mut records = Records::default();
    for row in rows.into_values() {
        match records.add(row) {
            Some(Row::Vintage(vintage)) => {
                after.datasets.entry(vintage.id.clone()).or_default();
                after.vintages.push(vintage);
            }
            Some(Row::Khoroo(khoroo)) => {
                let dataset: &mut Dataset = after.datasets.entry(khoroo.id.vintage.clone()).or_default();
                dataset.khoroos.push(khoroo);
            }
            _ => {}
        }
    }
    records.sort();
    after.records = records;
    after
}

/// The changes that change something, counted by table.
fn differing(bound: Bound, world: &World, report: &mut Report) -> Vec<Change> {
    let mut differing = Vec::with_capacity(bound.changes.len());
    for change in bound.changes {
        let (key, is_put) = match &change {
            Change::Put(row) => (row.key(), true),
            Change::Delete(key) => (key.clone(), false),
            Change::DeleteIllustrative => continue,
        };
        let counts = report.changes.entry(key.table().name()).or_default();
        let is_same = match (&change, world.existing.get(&key)) {
            (Change::Put(row), Some(known)) => row == known,
            _ => false,
        };
        match (is_put, world.existing.contains_key(&key)) {
            (true, _) if is_same => counts.unchanged += 1,
            (true, true) => counts.updated += 1,
            (true, false) => counts.added += 1,
            (false, _) => counts.removed += 1,
        }
        if !is_same {
            differing.push(change);
        }
    }
    differing
}

/// What of the store is invented, in words; `None` if nothing is.
fn invented(loaded: &Loaded) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut count = |table: &'static str, n: usize| {
        if n > 0 {
            *counts.entry(table).or_default() += n;
        }
    };
    count("vintages", loaded.vintages.iter().filter(|row| row.illustrative).count());
    let khoroos = loaded.datasets.values().flat_map(|dataset| &dataset.khoroos);
    count("khoroos", khoroos.filter(|row| row.illustrative).count());
    count("records", loaded.records.clone().into_rows().filter(Row::is_illustrative).count());
    let found: Vec<String> = counts.iter().map(|(table, n)| format!("{n} {table}")).collect();
    (!found.is_empty()).then(|| found.join(", "))
}

/// True if the sheets hold records, and each that is no code of a list says that it is invented.
fn are_invented(sheets: &[Parsed]) -> bool {
    let mut flags = sheets
        .iter()
        .filter_map(|sheet| Some((sheet, sheet.kind.position("illustrative")?)))
        .flat_map(|(sheet, at)| {
            sheet.records.iter().map(move |record| record.values[at] == Some(Value::Bool(true)))
        });
    flags.next().is_some_and(|first| first && flags.all(|is_invented| is_invented))
}

/// The store as it is once its invented rows are deleted.
fn without_invented(loaded: &Loaded) -> Loaded {
    let mut kept = loaded.clone();
    kept.districts.retain(|row: &District| !row.illustrative);
    kept.vintages.retain(|row| !row.illustrative);
    let vintages: HashSet<VintageId> = kept.vintages.iter().map(|vintage| vintage.id.clone()).collect();
    kept.datasets.retain(|id, _| vintages.contains(id));
    for dataset in kept.datasets.values_mut() {
        dataset.khoroos.retain(|row| !row.illustrative);
        dataset.district_versions.retain(|row| !row.illustrative);
    }
    kept.lineage.retain(|row| !row.illustrative);
    let mut records = Records::default();
    for row in loaded.records.clone().into_rows().filter(|row| !row.is_illustrative()) {
        let place = records.add(row);
        debug_assert!(place.is_none(), "records are no places");
    }
    records.sort();
    kept.records = records;
    kept
}

/// What a file is called in messages: its name, or the whole path where another file has the same one.
fn name_among(path: &Path, files: &[PathBuf]) -> String {
    let name = name_of(path);
    let n_alike = files.iter().filter(|other| name_of(other) == name).count();
    if n_alike > 1 { path.display().to_string() } else { name }
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
