//! Maps and legends that stand in pages without script, read back from the HTML.

use std::collections::{BTreeMap, BTreeSet};

use hlp_tracker::cartography::{Asked, EntryKind, Query, legend, values};
use hlp_tracker::model::Lang;
use hlp_tracker::snapshot::Snapshot;

use super::html::Document;
use super::{LANGS, Site, city};

fn query(snapshot: &Snapshot, lang: &str, asked: &Asked) -> Query {
    let lang = if lang == "mn" { Lang::Mn } else { Lang::En };
    Query::read(snapshot, "identifications", asked, lang).expect("a sound query")
}

/// What links of maps say and where they lead, in order; a link of a map has its words as a title.
fn links(html: &str) -> Vec<(String, String)> {
    let link = |rest: &str| {
        let (href, rest) = rest.split_once("\"><title>")?;
        let (title, _) = rest.split_once("</title>")?;
        Some((href.to_owned(), title.to_owned()))
    };
    html.split("<a href=\"").skip(1).filter_map(link).collect()
}

/// Rows of the legend: label with marks, and count.
fn key(html: &str) -> Vec<(String, String)> {
    let (_, rest) = html.split_once("<table class=\"key\">").expect("a legend");
    let (table, _) = rest.split_once("</table>").expect("its end");
    let page = format!("<!DOCTYPE html><html><table>{table}</table></html>");
    let table = Document::read(&page).expect("well-formed");
    let heads = table.texts("th").into_iter().skip(2).map(str::to_owned);
    heads.zip(table.texts("td").into_iter().map(str::to_owned)).collect()
}

/// Name, district and value of every khoroo, as its link says them.
fn expected(snapshot: &Snapshot, query: &Query) -> BTreeMap<String, String> {
    let told = values(snapshot, query).expect("values");
    let view = snapshot.newest().expect("a vintage");
    let names: BTreeMap<&str, (&str, &str)> = view
        .geography
        .districts
        .iter()
        .map(|unit| (unit.district.as_str(), (unit.name_mn.as_str(), unit.name_en.as_str())))
        .collect();
    let unit = |unit: &hlp_tracker::cartography::UnitValues| {
        let (mn, en) = names[unit.district.as_str()];
        let value = unit.cells[&query.cycle.to_string()].value.as_ref().expect("a figure");
        let (lang, said) = match query.lang {
            Lang::Mn => ("mn", format!("{}, {mn}: {value}", unit.name_mn)),
            Lang::En => ("en", format!("{}, {en}: {value}", unit.name_en)),
        };
        (format!("/{lang}/khoroos/{}", unit.code), said)
    };
    told.units.iter().map(unit).collect()
}

#[tokio::test]
async fn the_citys_page_has_a_link_for_each_khoroo_with_name_district_and_value_in_both_forms() {
    let (site, snapshot) = (Site::demo().await, city().await);
    for lang in LANGS {
        let page = site.get(&format!("/{lang}/")).await.text;
        let expected = expected(&snapshot, &query(&snapshot, lang, &Asked::default()));
        assert_eq!(expected.len(), 204);
        for form in ["picture wide", "picture narrow"] {
            let (_, rest) = page.split_once(&format!("<div class=\"{form}\">")).expect("a map");
            let (map, _) = rest.split_once("</div>").expect("its end");
            let found = links(map);
            assert_eq!(found.len(), 204, "{form}");
            assert_eq!(found.into_iter().collect::<BTreeMap<_, _>>(), expected, "{form}");
        }
    }
}

#[tokio::test]
async fn the_citys_page_shows_what_its_address_names_and_else_what_the_viewer_opens_with() {
    let (site, snapshot) = (Site::demo().await, city().await);
    let asked = Asked { cycle: Some("2020"), ..Asked::default() };
    let earlier = Query::read(&snapshot, "replications_hosted", &asked, Lang::En).expect("a sound query");
    let title = legend(&snapshot, &earlier).expect("a legend").title.get(Lang::En).to_owned();
    let named = site.get("/en/?measure=replications_hosted&cycle=2020").await.text;
    assert!(named.contains(&format!("<h2>{title}</h2>")), "{title}");
    let usual = site.get("/en/").await.text;
    assert!(!usual.contains(&title));
    // Nothing is said of practices identified where others are shown.
    let links = "Each khoroo leads to its page.";
    assert!(usual.contains(links) && named.contains(links) && !named.contains("the stronger the colour"));
    // What is not understood, and what is not ours, counts as not given.
    let odd = site.get("/en/?measure=nonsense&cycle=1999&utm_source=mail").await.text;
    let (mut before, mut remarks) = (String::new(), 0);
    let mut rest = odd.as_str();
    while let Some((head, tail)) = rest.split_once("<p class=\"notice\" data-misread=") {
        before.push_str(head);
        rest = tail.split_once("</p>").expect("an end").1;
        remarks += 1;
    }
    assert!(before + rest == usual, "the same page, but for what is said of the address");
    assert_eq!(remarks, 2);
}

#[tokio::test]
async fn units_of_maps_of_earlier_boundaries_lead_to_their_own_pages() {
    let site = Site::demo().await;
    let of_2020 = |page: &str| {
        let links = links(page);
        assert!(links.iter().all(|(href, _)| href.ends_with("?vintage=2020")), "{links:?}");
        links.into_iter().map(|(href, _)| href).collect::<BTreeSet<_>>()
    };
    let city = of_2020(&site.get("/en/?cycle=2020").await.text);
    assert_eq!(city.len(), 171);
    assert!(city.contains("/en/khoroos/bzd-20?vintage=2020"));
    let by_district = of_2020(&site.get("/en/?cycle=2020&level=district").await.text);
    assert!(by_district.contains("/en/districts/bzd?vintage=2020") && by_district.len() == 9);
    for path in ["/en/khoroos/bzd-20?vintage=2020", "/en/districts/bzd?vintage=2020"] {
        let page = site.get(path).await.text;
        assert!(
            page.contains("in the boundaries of the time") && page.contains("Each khoroo leads to its page.")
        );
        let near = of_2020(&page);
        assert!(near.len() > 1 && near.is_subset(&city), "{path}");
    }
    for path in city.iter().step_by(40) {
        assert_eq!(site.get(path).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_place_that_an_address_names_is_marked_and_told_without_script() {
    let (site, snapshot) = (Site::demo().await, city().await);
    let told = values(&snapshot, &query(&snapshot, "en", &Asked::default())).expect("values");
    let unit = told.units.iter().find(|unit| unit.code == "bzd-26").expect("the khoroo");
    let figure = unit.cells["2022"].value.as_ref().expect("a figure");
    let said =
        format!("Marked: <a href=\"/en/khoroos/bzd-26\">Khoroo 26, Bayanzurkh district</a>: {figure}</p>");
    for path in ["/en/?select=bzd-26", "/embed?lang=en&select=bzd-26", "/embed?lang=en&still=1&select=bzd-26"]
    {
        assert!(site.get(path).await.text.contains(&said), "{path}");
    }
    let (usual, marked) = (site.get("/en/").await.text, site.get("/en/?select=bzd-26").await.text);
    let outlines = |page: &str| page.matches("stroke-width=").count();
    assert!(outlines(&marked) > outlines(&usual), "it is outlined in both forms");
    assert!(!usual.contains("Marked:") && !site.get("/en/?select=bzd-999").await.text.contains("Marked:"));
    let still =
        Document::read(&site.get("/embed?lang=en&still=1&select=bzd-26").await.text).expect("well-formed");
    let picture = still.attribute("img", "src").expect("a picture");
    assert!(picture.contains("select=bzd-26"), "{picture}");
    assert!(site.get(picture).await.text.contains("Marked: Khoroo 26, Bayanzurkh"));
    let earlier = site.get("/mn/?cycle=2020&level=district&measure=bivariate&select=bzd").await.text;
    assert!(earlier.contains("Тэмдэглэсэн: <a href=\"/mn/districts/bzd?vintage=2020\">Баянзүрх</a>: "));
}

#[tokio::test]
async fn the_citys_tables_have_the_cycle_and_theme_of_its_map_and_lead_to_that_cycles_boundaries() {
    let (site, snapshot) = (Site::demo().await, city().await);
    let asked = Asked { cycle: Some("2020"), theme: Some("waste"), ..Asked::default() };
    let told = values(&snapshot, &query(&snapshot, "en", &asked)).expect("values");
    let html = site.get("/en/?theme=waste&cycle=2020").await.text;
    let (_, rest) = html.split_once("<caption>By khoroo · Waste · 2020 cycle</caption>").expect("a table");
    let (table, _) = rest.split_once("</table>").expect("its end");
    let rows: Vec<&str> = table.split("<tr>").skip(2).collect();
    assert_eq!(rows.len(), 171);
    let mut sum = 0;
    for (row, unit) in rows.iter().zip(&told.units) {
        let link = format!("<a href=\"/en/khoroos/{}?vintage=2020\">", unit.code);
        let value = unit.cells["2020"].value.as_ref().expect("a figure");
        assert!(
            row.contains(&link) && row.contains(&format!("<td>{value}</td><td>not reported</td>")),
            "{row}"
        );
        sum += value.as_u64().expect("a count");
    }
    assert!(sum > 0, "some khoroo has such a practice");
    let mn = site.page("/mn/?theme=waste&cycle=2020").await;
    let captions = mn.texts("caption");
    assert!(captions.contains(&"Дүүргээр · Хог хаягдал · 2020 оны мөчлөг"), "{captions:?}");
    let usual = site.page("/en/").await;
    assert!(usual.texts("caption").contains(&"By khoroo · 2022 cycle"), "{:?}", usual.texts("caption"));
}

#[tokio::test]
async fn legends_tell_every_class_with_how_many_khoroos_have_it() {
    let (site, snapshot) = (Site::demo().await, city().await);
    for (path, asked) in [("/en/", Asked::default()), ("/embed?lang=en", Asked::default())] {
        let told = legend(&snapshot, &query(&snapshot, "en", &asked)).expect("a legend");
        let shown = told.classes.iter().filter(|entry| entry.kind != EntryKind::NoData || entry.units > 0);
        let expected: Vec<_> = shown.map(|entry| (entry.label_en.clone(), entry.units.to_string())).collect();
        assert_eq!(key(&site.get(path).await.text), expected, "{path}");
        assert_eq!(told.classes.iter().map(|entry| entry.units).sum::<usize>(), 204, "{path}");
    }
}

#[tokio::test]
async fn legends_of_a_district_count_its_khoroos_on_the_scale_of_the_city() {
    let (site, snapshot) = (Site::demo().await, city().await);
    let all = Asked { cycle: Some("all"), ..Asked::default() };
    for (path, asked, cycle) in [
        ("/en/districts/bzd", all, "all"),
        ("/embed?lang=en&area=bzd", Asked::default(), "2022"),
        ("/embed?lang=en&area=bzd-26", Asked::default(), "2022"),
        ("/embed?lang=en&area=nd", Asked::default(), "2022"),
    ] {
        let figures = values(&snapshot, &query(&snapshot, "en", &asked)).expect("values");
        let district = if path.ends_with("nd") { "nd" } else { "bzd" };
        let own: Vec<_> = figures.units.iter().filter(|unit| unit.district == district).collect();
        let expected = figures.legend.classes.iter().enumerate().filter_map(|(idx, entry)| {
            let n = own.iter().filter(|unit| unit.cells[cycle].class == idx).count();
            (entry.kind != EntryKind::NoData || n > 0).then(|| (entry.label_en.clone(), n.to_string()))
        });
        let expected: Vec<_> = expected.collect();
        let text = site.get(path).await.text;
        assert_eq!(key(&text), expected, "{path}");
        let n_empty = expected.iter().filter(|(_, n)| n == "0").count();
        assert_eq!(text.matches("<tr class=\"nobody\">").count(), n_empty, "{path}");
    }
    let small = site.get("/embed?lang=en&area=nd").await.text;
    assert!(small.contains("<tr class=\"nobody\">"), "some class is empty in so small a district");
}

#[tokio::test]
async fn where_replications_were_not_counted_what_was_identified_stands_for_both() {
    let (site, snapshot) = (Site::demo().await, city().await);
    let asked = Asked { cycle: Some("2020"), ..Asked::default() };
    let identified = Query::read(&snapshot, "identifications", &asked, Lang::En).expect("a sound query");
    let told = legend(&snapshot, &identified).expect("a legend");
    for path in ["/en/?measure=bivariate&cycle=2020", "/embed?lang=en&measure=bivariate&cycle=2020"] {
        let text = site.get(path).await.text;
        assert!(text.contains(told.title.get(Lang::En)), "{path}");
        assert!(key(&text).iter().filter(|(_, n)| n != "0").count() > 2, "{path}");
    }
    let both = site.get("/embed?lang=en&measure=bivariate&cycle=2022").await.text;
    assert!(both.contains("identified and replicated"));
}

/// Half of the rates above zero, of all cycles, stand in each class of a side, so that no class is left for one khoroo.
#[tokio::test]
async fn classes_of_two_figures_split_at_the_median_and_stand_in_a_square() {
    let (site, snapshot) = (Site::demo().await, city().await);
    for rate in ["count", "per10000"] {
        let asked = Asked { cycle: Some("2022"), rate: Some(rate), ..Asked::default() };
        let query = Query::read(&snapshot, "bivariate", &asked, Lang::En).expect("a sound query");
        let told = legend(&snapshot, &query).expect("a legend");
        assert_eq!(told.method, "quantile");
        let units = |side: usize, place: usize| -> usize {
            let of = told.classes.iter().filter(|class| class.pair.is_some_and(|pair| pair[side] == place));
            of.map(|class| class.units).sum()
        };
        for side in [0, 1] {
            let [fewer, more] = [1, 2].map(|place| units(side, place));
            assert!(4 * fewer.min(more) >= fewer.max(more), "{rate} {side}: {fewer} and {more}");
        }
        let page = site.get(&format!("/en/?measure=bivariate&cycle=2022&rate={rate}")).await.text;
        let square = page.split_once("<table class=\"key square\">").expect("a square").1;
        let square = square.split_once("</table>").expect("an end").0;
        let cells = square.split("</svg><span>").skip(1).filter_map(|cell| cell.split_once('<'));
        let shown: Vec<&str> = cells.map(|(n, _)| n).collect();
        let pairs = told.classes.iter().filter(|class| class.pair.is_some());
        let expected: Vec<String> = pairs.map(|class| class.units.to_string()).collect();
        assert_eq!(shown, expected, "{rate}");
    }
    let half = Asked { cycle: Some("2020"), ..Asked::default() };
    let half = Query::read(&snapshot, "bivariate", &half, Lang::En).expect("a sound query").drawn(&snapshot);
    assert_eq!(half.method().word(), "ckmeans", "one figure is classed as it is elsewhere");
}

/// Text that a page or a picture shows, the lines of a picture joined.
fn seen(markup: &str) -> String {
    let shown = markup.split_once("</desc>").map_or(markup, |(_, drawn)| drawn);
    let texts = shown.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim());
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The viewer's words (`web/src/i18n`) and the server's are the same.
#[tokio::test]
async fn what_was_not_counted_is_said_without_script_and_in_the_picture() {
    let site = Site::demo().await;
    for (lang, viewer) in [
        ("mn", include_str!("../../../web/src/i18n/mn.ts")),
        ("en", include_str!("../../../web/src/i18n/en.ts")),
    ] {
        let rest = viewer.split_once("  notCounted: '").expect("the viewer says it").1;
        let said = rest.split_once("',").expect("an end").0;
        let paths = [
            format!("/{lang}/?measure=bivariate&cycle="),
            format!("/embed?lang={lang}&measure=bivariate&cycle="),
            format!("/embed?lang={lang}&still=1&measure=bivariate&cycle="),
            format!("/maps/bivariate.svg?lang={lang}&width=1200&cycle="),
            format!("/maps/bivariate.svg?lang={lang}&width=480&form=cells&cycle="),
        ];
        for path in paths {
            let tell =
                async |cycle: &str| seen(&site.get(&format!("{path}{cycle}")).await.text).contains(said);
            assert!(tell("2020").await, "{path}: {said}");
            assert!(!tell("2022").await, "{path}");
        }
    }
    let still = site.get("/embed?lang=en&still=1&measure=bivariate&cycle=2020").await.text;
    assert!(still.contains("/maps/bivariate.svg?cycle=2020"), "the picture tells it too");
    let picture = site.get("/maps/bivariate.svg?lang=en&cycle=2020").await.text;
    let identified = site.get("/maps/identifications.svg?lang=en&cycle=2020").await.text;
    assert_eq!(picture.matches("<path").count(), identified.matches("<path").count());
    assert_eq!(
        picture.matches("url(#").count(),
        identified.matches("url(#").count(),
        "no ground without a figure"
    );
}

#[tokio::test]
async fn a_khoroo_and_the_average_of_its_district_are_marked_in_the_legend() {
    let (site, snapshot) = (Site::demo().await, city().await);
    let view = snapshot.newest().expect("a vintage");
    let asked = Asked { cycle: Some("all"), ..Asked::default() };
    let query = query(&snapshot, "en", &asked);
    let told = values(&snapshot, &query).expect("values");
    let figure = |unit: &hlp_tracker::cartography::UnitValues| {
        unit.cells["all"].value.as_ref().and_then(serde_json::Number::as_f64).expect("a figure")
    };
    for code in ["bzd-26", "bn-1", "khud-4"] {
        let unit = told.units.iter().find(|unit| unit.code == code).expect("the khoroo");
        let of_district: Vec<f64> =
            told.units.iter().filter(|other| other.district == unit.district).map(figure).collect();
        let average = of_district.iter().sum::<f64>() / of_district.len() as f64;
        let average = format!("{}", (10.0 * average).round() / 10.0);
        let rows = key(&site.get(&format!("/en/khoroos/{code}")).await.text);
        let own = &told.legend.classes[unit.cells["all"].class].label_en;
        let marked: Vec<_> = rows.iter().filter(|(label, _)| label.contains("This khoroo")).collect();
        assert_eq!(marked.len(), 1, "{rows:?}");
        assert!(marked[0].0.starts_with(own.as_str()), "{code}: {marked:?}, not {own}");
        let said = format!("District average: {average}");
        assert_eq!(rows.iter().filter(|(label, _)| label.contains(&said)).count(), 1, "{code}: {rows:?}");
    }
    assert_eq!(view.geography.khoroos.len(), 204);
}

#[tokio::test]
async fn the_map_of_a_khoroo_names_neighbours_of_other_districts_by_both_names_and_has_a_scale() {
    let (site, snapshot) = (Site::demo().await, city().await);
    let geography = &snapshot.newest().expect("a vintage").geography;
    let mut n_named = 0;
    for (idx, unit) in geography.khoroos.iter().enumerate().step_by(17) {
        let html = site.get(&format!("/en/khoroos/{}", unit.code)).await.text;
        let page = Document::read(&html).expect("well-formed");
        let texts = page.texts("text");
        assert!(texts.contains(&format!("Khoroo {}", unit.number).as_str()), "{}: {texts:?}", unit.code);
        assert!(texts.iter().any(|text| text.ends_with(" km") || text.ends_with(" m")), "{texts:?}");
        let own = &geography.districts[geography.district_of[idx] as usize].name_en;
        assert!(!texts.contains(&own.as_str()), "{}: its own district needs no name", unit.code);
        let others = geography.districts.iter().filter(|district| district.name_en != *own);
        n_named += usize::from(others.into_iter().any(|other| texts.contains(&other.name_en.as_str())));
    }
    assert!(n_named >= 2, "{n_named} maps name another district");
}

#[tokio::test]
async fn a_frame_without_script_has_map_links_legend_and_the_mark_of_invented_data() {
    let (site, snapshot) = (Site::demo().await, city().await);
    for (path, n_maps, n_links) in [
        ("/embed?lang=mn", 2, 204),
        ("/embed?lang=mn&form=cells", 1, 204),
        ("/embed?lang=mn&form=map&area=bzd&level=khoroo", 1, 43),
        ("/embed?lang=mn&cycle=2020&form=cells", 1, 171),
    ] {
        let html = site.get(path).await.text;
        Document::read(&html).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        assert_eq!(
            html.matches("role=\"group\"").count() + html.matches("role=\"img\"").count(),
            n_maps,
            "{path}"
        );
        assert_eq!(links(&html).len(), n_maps * n_links, "{path}");
        assert!(html.contains("Жишээ өгөгдөл"), "{path}");
        assert!(key(&html).len() >= 3, "{path}");
    }
    let expected = expected(&snapshot, &query(&snapshot, "mn", &Asked::default()));
    let html = site.get("/embed?lang=mn&form=map").await.text;
    assert_eq!(links(&html).into_iter().collect::<BTreeMap<_, _>>(), expected);
}
