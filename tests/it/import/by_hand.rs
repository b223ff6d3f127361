//! Sheets as people really fill them: totals beside their parts, separators within values, letters of old
//! fonts, cells that became empty.

use hlp_tracker::import::{self, Request};
use hlp_tracker::model::{Change, GridPoint, Loaded, MultiPolygon, Polygon, Row};

use super::support::{
    RECORDS, accepted, applied, book_of, ground, messages, plan_into, put, scratch, spoiled,
};

/// A store that holds the ground and one record of every kind.
fn filled() -> Loaded {
    applied(&ground(), &accepted(plan_into(&ground(), "a.xlsx", book_of(RECORDS))))
}

#[test]
fn a_total_beside_women_and_men_is_not_counted_again() {
    let training = |headers: &str, cells: &str| {
        let csv =
            format!("id,org,title_mn,held_on,form,{headers}\nt-9,HRDC,Сургалт,2022-03-01,online,{cells}\n");
        plan_into(&ground(), "trainings.csv", csv)
    };
    let people = |headers: &str, cells: &str| {
        let plan = accepted(training(headers, cells));
        let Some(Change::Put(Row::Training(row))) = plan.changes.changes.last().cloned() else {
            panic!("one training")
        };
        ([row.participants_f, row.participants_m, row.participants_unknown], row.participants())
    };
    assert_eq!(people("participants,women,men", "30,20,10"), ([Some(20), Some(10), None], Some(30)));
    assert_eq!(people("participants,women", "30,20"), ([Some(20), None, Some(10)], Some(30)));
    assert_eq!(people("participants", "30"), ([None, None, Some(30)], Some(30)));
    assert_eq!(people("Эмэгтэй,Эрэгтэй,Оролцогч", "20,4,30"), ([Some(20), Some(4), Some(6)], Some(30)));
    assert_eq!(
        people("participants,women,men,participants_unknown", "33,20,10,3"),
        ([Some(20), Some(10), Some(3)], Some(33))
    );
    assert_eq!(people("women,men", "20,10"), ([Some(20), Some(10), None], Some(30)));
    for (headers, cells) in
        [("participants,women,men", "25,20,10"), ("participants,women,participants_unknown", "30,20,3")]
    {
        let found = messages(training(headers, cells));
        assert!(found[0].contains("column F \"participants\"") && found[0].contains("all are "), "{found:?}");
    }

    let csv = "id,cycle,scope,held_on,mode,invited,Ирсэн,Ирсэн эмэгтэй,Ирсэн эрэгтэй\n\
               w-9,2022,city,2022-04-01,virtual,40,30,20,10\n";
    let plan = accepted(plan_into(&ground(), "workshops.csv", csv));
    let Some(Change::Put(Row::Workshop(row))) = plan.changes.changes.last() else { panic!("one workshop") };
    assert_eq!(row.attended(), Some(30));
}

#[test]
fn a_value_that_a_separator_cut_in_two_is_refused() {
    let csv = "id,title_mn,theme,host,status,cost_setup\np-9,Зардал,waste,bzd-26,identified,100,200\n";
    assert_eq!(
        messages(plan_into(&ground(), "practices.csv", csv)),
        [
            "`practices.csv` row 2: the row is not whole: 7 cells under 6 headers; a value with a separator in it \
          stands in quotation marks"
        ]
    );
    let whole = csv.replace("100,200", "\"100,200\",");
    let plan = accepted(plan_into(&ground(), "practices.csv", whole));
    let [Change::Put(Row::Practice(row))] = &plan.changes.changes[..] else { panic!("one practice") };
    assert_eq!(row.details.cost_setup, Some(100_200), "an empty cell at the end is none");
}

#[test]
fn a_quotation_mark_that_takes_in_the_next_row_is_named() {
    let csv =
        "id,title_mn,theme,host,status\np-8,\"open,waste,bzd-26,identified\np-9,b,waste,bzd-26,identified\n";
    let found = messages(plan_into(&ground(), "practices.csv", csv));
    let expected = "`practices.csv` row 2: the row is not whole: a quotation mark is opened and never closed";
    assert!(found.iter().any(|message| message == expected), "{found:#?}");
}

#[test]
fn letters_of_fonts_of_before_unicode_are_read_as_they_were_meant() {
    let header = b"id,title_mn,theme,host,status\n".to_vec();
    // `Өнгөт` in the bent code page.
    let row = [b"p-9,".to_vec(), vec![0xaa, 0xed, 0xe3, 0xba, 0xf2], b",waste,bzd-26,identified\n".to_vec()];
    let plan = accepted(plan_into(&ground(), "practices.csv", [header, row.concat()].concat()));
    let [Change::Put(Row::Practice(practice))] = &plan.changes.changes[..] else { panic!("one practice") };
    assert_eq!(practice.title_mn, "Өнгөт");
    assert!(plan.report.to_string().contains("є and ї read as ө and ү"), "{}", plan.report);
}

#[test]
fn values_that_empty_cells_take_away_are_counted() {
    let csv =
        "id,title_mn,theme,host,status,cost_setup,lon,lat\np-1,Хог ангилах цэг,waste,bzd-26,shared,,,\n";
    let plan = accepted(plan_into(&filled(), "practices.csv", csv));
    let told: Vec<String> =
        plan.report.to_string().lines().filter(|line| line.contains("cleared")).map(str::to_owned).collect();
    assert_eq!(
        told,
        [
            "practices: 1 value cleared, as the cell of `cost_setup` is empty now",
            "practices: 1 value cleared, as the cell of `lon` is empty now",
        ]
    );
}

#[test]
fn the_source_of_a_vintage_with_lines_is_kept() {
    let csv =
        "id,valid_from,title_mn,title_en,source\n2022,2022-01-01,204 хороо,204 khoroos,a list of codes\n";
    let source = |store: &Loaded| {
        let plan = accepted(plan_into(store, "vintages.csv", csv));
        let after = applied(store, &plan);
        let vintage = after.vintages.iter().find(|v| v.id.as_str() == "2022").expect("there").clone();
        (vintage.source, plan.report.notes)
    };
    let mut store = ground();
    assert_eq!(source(&store), ("a list of codes".to_owned(), vec![]));
    let known = store.vintages.iter().find(|v| v.id.as_str() == "2022").expect("there").source.clone();
    let corners = [(0, 0), (1000, 0), (1000, 1000), (0, 1000), (0, 0)];
    let ring = corners.map(|(x, y)| GridPoint::new(1_069_000_000 + x, 479_000_000 + y)).to_vec();
    let dataset = store.datasets.iter_mut().find(|(id, _)| id.as_str() == "2022").expect("there").1;
    dataset.khoroos[0].shape = Some(MultiPolygon(vec![Polygon { exterior: ring, interiors: Vec::new() }]));
    let (kept, notes) = source(&store);
    assert_eq!(kept, known);
    assert_eq!(
        notes,
        [format!(
            "`vintages.csv` row 2: the source of vintage 2022 stays, as it is that of its lines: `{known}`"
        )]
    );
}

#[test]
fn a_fault_in_a_list_names_what_is_wrong_in_it() {
    let visits = |old: &str, new: &str| messages(plan_into(&ground(), "a.xlsx", spoiled("visits", old, new)));
    let found = visits("СХД-3 (4); bzd-43", "СХД-3 (4); bzd-99; XYZ-1");
    let place = "`a.xlsx` sheet `visits` row 2 column D \"visitors\": ";
    assert!(found.iter().all(|message| message.starts_with(place)), "{found:#?}");
    assert!(found[0].contains("`bzd-99` means khoroo bzd-99"), "{found:#?}");
    assert!(found[1].contains("`XYZ-1` names no khoroo"), "{found:#?}");
    let found = visits("p-1", "p-1; p-77");
    assert!(found[0].contains("column E \"practices\": `p-77` is unknown; allowed: p-1"), "{found:#?}");
    let csv = "id,cycle,host,visitors,practices,held_on,mode,status,attended\n\
               v-9,2022,bzd-26,СХД-3 (4); bzd-43 (3),p-1,2022-05-14,virtual,held,6\n";
    let found = messages(plan_into(&filled(), "visits.csv", csv));
    assert!(found[0].ends_with("`СХД-3 (4); bzd-43 (3)` counts 7 people, but 6 attended"), "{found:#?}");
}

#[test]
fn rules_between_rows_name_column_and_value() {
    let check = |sheet: &str, old: &str, new: &str, expected: &str| {
        let found = messages(plan_into(&ground(), "a.xlsx", spoiled(sheet, old, new)));
        assert!(found.iter().any(|message| message.contains(expected)), "{expected}\n{found:#?}");
    };
    check("replications", "СХД-3", "БЗД-26", "row 2 column C \"khoroo\": `БЗД-26` replication `r-1`: khoroo");
    check("reviews", "2022-10-01", "2022-08-01", "row 2 column D \"reviewed_on\": `2022-08-01` review `e-1`");
    check("identifications", "145", "99", "column ");
    check("trainings", "60", "70", "column I \"n_post\": `70` n_post 70 are more than participants 69");
    check("budget_lines", "100 200", "0", "column D \"amount\": `0` amount 0 is not above 0");
}

#[test]
fn a_fault_of_a_record_that_the_file_does_not_hold_stands_at_the_row_that_brings_it() {
    // `v-1` visits `p-1` at its host; now the host is another.
    let csv = "id,title_mn,theme,host,status\np-1,Хог ангилах цэг,waste,bzd-43,shared\n";
    let found = messages(plan_into(&filled(), "practices.csv", csv));
    assert!(found.iter().all(|message| message.starts_with("`practices.csv` row 2")), "{found:#?}");
    assert!(found.iter().any(|message| message.contains("is at home in")), "{found:#?}");
}

#[test]
fn files_of_one_name_are_told_apart_by_their_folders() {
    let [one, two] = [scratch(), scratch()];
    let csv = "id,title_mn,theme,host,status\np-9,a,waste,bzd-26,identified\n";
    let files = vec![put(&one, "practices.csv", csv), put(&two, "practices.csv", csv)];
    let shown: Vec<String> = files.iter().map(|path| path.display().to_string()).collect();
    let found = messages(import::plan(&Request::new(files), &ground(), &mut |_| {}));
    assert_eq!(found, [format!("`{}` row 2: `p-9` stands already in `{}` row 2", shown[1], shown[0])]);
}

#[test]
fn unknown_references_do_not_list_the_store_once_for_each() {
    let header = "practice,cycle,khoroo,entered_on,stage,decision\n".to_owned();
    let rows = (0..20_000).map(|row| format!("no-{row},2022,bzd-26,2022-05-05,khoroo,accepted\n"));
    let csv: String = std::iter::once(header).chain(rows).collect();
    let refused = plan_into(&filled(), "identifications.csv", csv).expect_err("refused");
    assert_eq!(refused.faults.n_faults, 20_000);
    let listed: Vec<String> = refused.faults.listed.iter().map(ToString::to_string).collect();
    assert!(listed.iter().all(|message| message.ends_with("is unknown; allowed: p-1")), "{}", listed[0]);
}
