//! Lists of features as CSV: what the bytes have no room for stands in headers.

use super::site::{CRS84, array, ids, is_media, items_of, link, links, site, text, text_of, with};
use crate::support::server::Answer;

const CSV: &str = "text/csv";

fn address(collection: &str) -> String {
    link(site().collection(collection), "items", CSV)
}

fn column(answer: &Answer, name: &str) -> Vec<String> {
    let mut read = csv::Reader::from_reader(&*answer.body);
    let at = read.headers().expect("names").iter().position(|head| head == name).expect("a column");
    read.records().map(|row| row.expect("a row")[at].to_owned()).collect()
}

/// Where the link of a relation leads, of all `Link` headers.
fn linked(answer: &Answer, rel: &str) -> Option<String> {
    let lines = answer.headers.iter().filter(|(name, _)| name == "link").map(|(_, value)| value);
    let all: Vec<&str> = lines.flat_map(|line| line.split(", ")).collect();
    let found = all.into_iter().find(|one| one.contains(&format!("rel=\"{rel}\"")))?;
    Some(found.strip_prefix('<')?.split_once('>')?.0.to_owned())
}

#[test]
fn every_page_tells_how_many_there_are_and_leads_to_the_next_one() {
    let asked = [("filter", "district = 'bzd'"), ("sortby", "-population"), ("limit", "20")];
    let expected = ids(&site().all(&with(&items_of(site().collection("khoroos")), &asked)));
    let (mut codes, mut n_pages) = (Vec::new(), 0);
    let mut next = Some(with(&address("khoroos"), &asked));
    while let Some(href) = next {
        let answer = site().ask(&href, "*/*");
        assert!(answer.status == 200 && is_media(answer.header("content-type").unwrap_or_default(), CSV));
        let own = column(&answer, "code");
        assert_eq!(answer.header("ogc-numbermatched"), Some("43"), "{href}");
        assert_eq!(answer.header("ogc-numberreturned"), Some(&*own.len().to_string()), "{href}");
        let (itself, before) = (linked(&answer, "self").expect("an address"), linked(&answer, "prev"));
        assert_eq!(site().ask(&itself, "*/*").body, answer.body, "{itself}");
        assert_eq!(before.is_some(), n_pages > 0, "{href}");
        codes.extend(own);
        n_pages += 1;
        next = linked(&answer, "next");
    }
    assert_eq!((codes, n_pages), (expected, 3));
}

#[test]
fn ground_has_x_before_y_whichever_system_is_asked_for() {
    let some = [("properties", "code,geometry"), ("limit", "1")];
    let uri = |code: u32| format!("http://www.opengis.net/def/crs/EPSG/0/{code}");
    for (crs, told, start) in [
        (CRS84.to_owned(), CRS84.to_owned(), "MULTIPOLYGON (((10"),
        (uri(4326), CRS84.to_owned(), "MULTIPOLYGON (((10"),
        (uri(3857), uri(3857), "MULTIPOLYGON (((120"),
        (uri(32648), uri(32648), "MULTIPOLYGON (((7"),
    ] {
        let answer = site().ask(&with(&with(&address("khoroos"), &some), &[("crs", &crs)]), "*/*");
        assert!(text_of(&answer.body).starts_with("code,wkt\r\n"));
        let [ground] = &column(&answer, "wkt")[..] else { panic!("{answer:?}") };
        assert!(ground.starts_with(start), "{crs}: {}", &ground[..40]);
        assert_eq!(answer.header("content-crs"), Some(&*format!("<{told}>")), "{crs}");
    }
}

#[test]
fn it_is_found_by_links_and_by_what_a_program_accepts() {
    for collection in &site().collections {
        let page = site().items(&with(&items_of(collection), &[("limit", "2")]));
        let others = links(&page, "alternate");
        let csv = others.into_iter().find(|link| link["type"] == CSV).expect("a link");
        let linked = site().ask(text(&csv["href"]), "*/*");
        let plain = text(&csv["href"]).split('?').next().expect("a path").to_owned();
        let accepted = site().ask(&with(&plain, &[("limit", "2")]), CSV);
        for answer in [&linked, &accepted] {
            assert!(is_media(answer.header("content-type").unwrap_or_default(), CSV), "{answer:?}");
            let rows = csv::Reader::from_reader(&*answer.body).into_records().count();
            assert_eq!(rows, array(&page["features"]).len());
        }
        assert_eq!(linked.body, accepted.body);
        assert!(accepted.header("vary").is_some_and(|it| it.to_lowercase().contains("accept")));
    }
    // One feature alone has no such form.
    let one = format!("{}/collections/khoroos/items/bzd-26", site().root());
    assert_eq!(site().ask(&format!("{one}?f=csv"), "*/*").status, 400);
    assert_eq!(site().ask(&one, CSV).status, 406);
}
