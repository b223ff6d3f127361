//! Long lists of records: sorted as asked, and cut into pages that can be gone on with.
//!
//! `sort=-completed_on,id` names columns; a minus turns one round. What is unknown comes last either way,
//! and equal rows are told apart by their id, so that the order is total and the same in every answer.
//!
//! Owns: sorting and the address of the next page. Leaves to others: which rows there are, their JSON.
//!
//! Design: `next` says behind which row to go on, by that row's sorted values, not how many rows to skip.
//! Rows that come or go meanwhile then shift nothing: every other row is told once, also when the store
//! changes between two pages. `offset` is for jumping only.

use std::cmp::Ordering;
use std::fmt::Write as _;

use axum::http::Uri;
use jiff::civil::Date;
use serde_json::Value as Json;

use super::error::Error;
use super::paging::{Page, PageParams, next_query};
use super::params::{invalid, shortened};
use crate::model::naming::SortKey;

/// Columns of one `sort`. Too high: addresses of next pages grow longer than a query may be.
const COLUMNS_MAX: usize = 4;

/// Characters of a text that decide about its place; kept short as the next address holds them.
const SORTED_CHARS: usize = 80;

/// A kind of list.
pub struct List<T: 'static> {
    pub columns: &'static [Column<T>],
    /// What `sort` is when nothing is asked.
    pub sort: &'static str,
    /// Unique in the list.
    pub id: fn(&T) -> String,
}

/// What a list can be sorted by.
pub struct Column<T: 'static> {
    pub name: &'static str,
    pub of: Of<T>,
}

/// How a column is read and compared; `None` is unknown.
pub enum Of<T: 'static> {
    Number(fn(&T) -> Option<i64>),
    Day(fn(&T) -> Option<Date>),
    /// By code points: ids and words of fixed lists.
    Word(fn(&T) -> Option<String>),
    /// In Mongolian order, numbers within by value: names, titles, codes such as `bzd-9`.
    Name(fn(&T) -> Option<String>),
}

/// The parameters that every long list has.
#[derive(Debug, Clone, Copy, Default)]
pub struct Paged<'a> {
    pub sort: Option<&'a str>,
    pub limit: Option<&'a str>,
    pub after: Option<&'a str>,
    pub offset: Option<&'a str>,
}

/// Gives a struct of parameters its [`Paged`].
macro_rules! paged {
    ($Params:ident) => {
        impl $Params {
            fn paged(&self) -> crate::http::listing::Paged<'_> {
                crate::http::listing::Paged {
                    sort: self.sort.as_deref(),
                    limit: self.limit.as_deref(),
                    after: self.after.as_deref(),
                    offset: self.offset.as_deref(),
                }
            }
        }
    };
}
pub(super) use paged;

/// Which part of a list is asked for, in which order.
pub struct Listing<T: 'static> {
    list: &'static List<T>,
    order: Vec<Ordered<T>>,
    /// The order as it was asked for.
    sort: String,
    paging: PageParams,
    after: Option<Place>,
}

struct Ordered<T: 'static> {
    column: &'static Column<T>,
    is_falling: bool,
}

/// Where a row stands: its values in the order of the columns, then its id.
struct Place {
    values: Vec<Option<Sorted>>,
    id: String,
}

/// Of a place that no list told.
struct Foreign;

/// A value that is sorted; values of one column are of one kind.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Sorted {
    Number(i64),
    Word(String),
    Name(SortKey),
}

impl<T> Listing<T> {
    /// Errors: a column that the list does not have, one that is named twice, a limit or place that is none.
    pub fn read(list: &'static List<T>, asked: Paged<'_>) -> Result<Self, Error> {
        let sort = asked.sort.unwrap_or(list.sort).to_owned();
        let order = list.order(&sort)?;
        let paging = PageParams::read(asked.limit, asked.offset)?;
        if let (Some(_), Some(offset)) = (asked.after, asked.offset) {
            return Err(invalid("offset", offset, "it cannot be given together with `after`"));
        }
        let place = |text: &str| place_of(&order, &sort, text).ok_or_else(|| foreign_place(text));
        let after = asked.after.map(place).transpose()?;
        Ok(Self { list, order, sort, paging, after })
    }

    /// The part of `rows` that is asked for; `total` counts all of them.
    pub fn page<'a>(&self, rows: Vec<&'a T>, uri: &Uri) -> Page<&'a T> {
        let mut placed: Vec<(Place, &T)> = rows.into_iter().map(|row| (self.place(row), row)).collect();
        placed.sort_by(|a, b| self.compare(&a.0, &b.0));
        let total = placed.len();
        let start = match &self.after {
            Some(after) => placed.partition_point(|(place, _)| self.compare(place, after).is_le()),
            None => self.paging.offset.min(total),
        };
        let end = (start + self.paging.limit).min(total);
        let last = placed[start..end].last().filter(|_| end < total);
        let next = last.map(|(_, row)| next_query(uri, &[("after", &self.told(row))]));
        Page { items: placed[start..end].iter().map(|(_, row)| *row).collect(), total, next }
    }

    fn place(&self, row: &T) -> Place {
        let values = self.order.iter().map(|ordered| ordered.column.of.sorted(row)).collect();
        Place { values, id: (self.list.id)(row) }
    }

    fn compare(&self, a: &Place, b: &Place) -> Ordering {
        let by_column =
            self.order.iter().zip(a.values.iter().zip(&b.values)).map(|(ordered, pair)| match pair {
                (Some(a), Some(b)) if ordered.is_falling => b.cmp(a),
                (Some(a), Some(b)) => a.cmp(b),
                (None, None) => Ordering::Equal,
                // What is unknown comes last, whichever way it goes.
                (None, Some(_)) => Ordering::Greater,
                (Some(_), None) => Ordering::Less,
            });
        by_column.fold(Ordering::Equal, Ordering::then).then_with(|| a.id.cmp(&b.id))
    }

    /// A row's place as a word for addresses: order, values and id as JSON, in hex.
    fn told(&self, row: &T) -> String {
        let mut parts = vec![Json::from(self.sort.as_str())];
        parts.extend(self.order.iter().map(|ordered| ordered.column.of.json(row)));
        parts.push((self.list.id)(row).into());
        let json = Json::Array(parts).to_string();
        json.bytes().fold(String::with_capacity(2 * json.len()), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("a string takes everything");
            hex
        })
    }
}

impl<T> List<T> {
    fn order(&'static self, sort: &str) -> Result<Vec<Ordered<T>>, Error> {
        let mut order: Vec<Ordered<T>> = Vec::new();
        for part in sort.split(',') {
            // A plus is a space in a query.
            let part = part.trim().trim_start_matches('+');
            let (name, is_falling) = part.strip_prefix('-').map_or((part, false), |name| (name, true));
            let Some(column) = self.columns.iter().find(|column| column.name == name) else {
                return Err(Error::InvalidParameter {
                    name: "sort",
                    detail: format!("`{}` is nothing that this list is sorted by", shortened(name)),
                    allowed: self.columns.iter().map(|column| column.name.to_owned()).collect(),
                });
            };
            if order.iter().any(|ordered| ordered.column.name == name) {
                return Err(invalid("sort", sort, format!("`{name}` is named twice")));
            }
            order.push(Ordered { column, is_falling });
        }
        if order.len() > COLUMNS_MAX {
            return Err(invalid("sort", sort, format!("{COLUMNS_MAX} columns at most are sorted by")));
        }
        Ok(order)
    }
}

impl<T> Of<T> {
    fn sorted(&self, row: &T) -> Option<Sorted> {
        match self {
            Self::Number(of) => of(row).map(Sorted::Number),
            Self::Day(of) => of(row).map(|day| Sorted::Word(day.to_string())),
            Self::Word(of) => of(row).map(|text| Sorted::Word(cut(&text))),
            Self::Name(of) => of(row).map(|text| Sorted::Name(SortKey::new(&cut(&text)))),
        }
    }

    fn json(&self, row: &T) -> Json {
        match self {
            Self::Number(of) => of(row).into(),
            Self::Day(of) => of(row).map(|day| day.to_string()).into(),
            Self::Word(of) | Self::Name(of) => of(row).map(|text| cut(&text)).into(),
        }
    }

    /// A value that [`json`](Self::json) told; an error for what it never tells.
    fn read(&self, told: &Json) -> Result<Option<Sorted>, Foreign> {
        if told.is_null() {
            return Ok(None);
        }
        let sorted = match self {
            Self::Number(_) => told.as_i64().map(Sorted::Number),
            Self::Day(_) | Self::Word(_) => told.as_str().map(|text| Sorted::Word(text.to_owned())),
            Self::Name(_) => told.as_str().map(|text| Sorted::Name(SortKey::new(text))),
        };
        sorted.map(Some).ok_or(Foreign)
    }
}

fn cut(text: &str) -> String {
    text.chars().take(SORTED_CHARS).collect()
}

fn foreign_place(text: &str) -> Error {
    invalid("after", text, "it is not from a `next` of this list in this order")
}

/// The place that [`Listing::told`] wrote.
fn place_of<T>(order: &[Ordered<T>], sort: &str, text: &str) -> Option<Place> {
    let digits = text.as_bytes();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let is_hex = digits.len().is_multiple_of(2) && digits.iter().all(u8::is_ascii_hexdigit);
    let bytes: Vec<u8> = digits.chunks(2).filter(|_| is_hex).map(byte).collect::<Option<_>>()?;
    let parts: Vec<Json> = serde_json::from_slice(&bytes).ok()?;
    let [told_sort, values @ .., id] = parts.as_slice() else { return None };
    if told_sort.as_str() != Some(sort) || values.len() != order.len() {
        return None;
    }
    let values = order.iter().zip(values).map(|(ordered, told)| ordered.column.of.read(told));
    Some(Place { values: values.collect::<Result<_, _>>().ok()?, id: id.as_str()?.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, PartialEq)]
    struct Row {
        id: &'static str,
        name: Option<&'static str>,
        people: Option<i64>,
    }

    static ROWS: List<Row> = List {
        columns: &[
            Column { name: "id", of: Of::Word(|r| Some(r.id.to_owned())) },
            Column { name: "name", of: Of::Name(|r| r.name.map(str::to_owned)) },
            Column { name: "people", of: Of::Number(|r| r.people) },
        ],
        sort: "id",
        id: |r| r.id.to_owned(),
    };

    const fn row(id: &'static str, name: Option<&'static str>, people: Option<i64>) -> Row {
        Row { id, name, people }
    }

    const TOWN: [Row; 6] = [
        row("a", Some("9-р хороо"), Some(5)),
        row("b", None, Some(5)),
        row("c", Some("Өргөө"), None),
        row("d", Some("Орон"), Some(-7)),
        row("e", Some("10-р хороо"), Some(5)),
        row("f", Some("Пүрэв"), None),
    ];

    fn listing(query: &str) -> Result<(Listing<Row>, Uri), Error> {
        let uri: Uri = format!("/rows?{query}").parse().expect("an address");
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let value = |name: &str| pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        let asked = Paged {
            sort: value("sort"),
            limit: value("limit"),
            after: value("after"),
            offset: value("offset"),
        };
        Listing::read(&ROWS, asked).map(|listing| (listing, uri))
    }

    fn page(rows: &[Row], query: &str) -> (String, Option<String>) {
        let (listing, uri) = listing(query).expect("a good query");
        let page = listing.page(rows.iter().collect(), &uri);
        let next = page.next.map(|next| next.trim_start_matches('?').to_owned());
        (page.items.iter().map(|row| row.id).collect(), next)
    }

    fn walk(rows: &[Row], query: &str) -> String {
        let (mut seen, mut next) = page(rows, query);
        while let Some(query) = next {
            let (ids, later) = page(rows, &query);
            assert!(!ids.is_empty() && seen.len() < 20, "{query}");
            seen.push_str(&ids);
            next = later;
        }
        seen
    }

    #[test]
    fn rows_come_in_the_order_asked_for_with_the_unknown_last() {
        for (sort, expected) in [
            ("", "abcdef"),
            ("sort=-id", "fedcba"),
            ("sort=name", "aedcfb"),
            ("sort=-name", "fcdeab"),
            ("sort=people", "dabecf"),
            ("sort=-people,-id", "ebadfc"),
            ("sort=%2Bpeople,name", "daebcf"),
        ] {
            assert_eq!(page(&TOWN, sort).0, expected, "{sort}");
            for limit in 1..=6 {
                assert_eq!(walk(&TOWN, &format!("{sort}&limit={limit}")), expected, "{sort} by {limit}");
            }
        }
    }

    #[test]
    fn a_list_that_changes_between_two_pages_tells_every_other_row_once() {
        for sort in ["id", "-people", "name", "-name,people"] {
            let order = page(&TOWN, &format!("sort={sort}")).0;
            let (first, next) = page(&TOWN, &format!("sort={sort}&limit=3"));
            // The last row told is gone, and one has come that belongs to the first page.
            let mut changed: Vec<Row> = TOWN.iter().filter(|row| row.id != &order[2..3]).cloned().collect();
            let told = TOWN.iter().find(|row| row.id == &order[0..1]).expect("told");
            changed.push(Row { id: if sort == "id" { "0" } else { "a0" }, ..told.clone() });
            let rest = walk(&changed, &next.expect("more"));
            let late = rest.replace("a0", "");
            assert_eq!(format!("{first}{late}"), order, "{sort}");
        }
    }

    #[test]
    fn what_cannot_be_sorted_by_is_refused_with_what_can() {
        for sort in ["", "colour", "id,", "--id", "Id"] {
            match listing(&format!("sort={sort}")).err() {
                Some(Error::InvalidParameter { name: "sort", allowed, .. }) => {
                    assert_eq!(allowed, ["id", "name", "people"], "{sort}");
                }
                other => panic!("{sort}: {other:?}"),
            }
        }
        assert!(matches!(listing("sort=id,-id"), Err(Error::InvalidParameter { name: "sort", .. })));
    }

    #[test]
    fn a_place_from_elsewhere_is_refused() {
        let next = page(&TOWN, "sort=people&limit=2").1.expect("more");
        let after = next.split("after=").nth(1).expect("a place").to_owned();
        assert!(listing(&format!("sort=people&after={after}")).is_ok());
        for query in [
            format!("sort=name&after={after}"),
            format!("after={after}"),
            format!("sort=people&after={after}00"),
            "after=".to_owned(),
            "after=zz".to_owned(),
            "after=%D1%85".to_owned(),
            "after=5b5d".to_owned(),
        ] {
            assert!(matches!(listing(&query), Err(Error::InvalidParameter { name: "after", .. })), "{query}");
        }
        let both = format!("sort=people&offset=1&after={after}");
        assert!(matches!(listing(&both), Err(Error::InvalidParameter { name: "offset", .. })));
    }

    #[test]
    fn the_longest_next_address_is_no_longer_than_a_query_may_be() {
        let long: &'static str = Box::leak("Ө".repeat(500).into_boxed_str());
        let rows = [row("a", Some(long), None), row("b", Some(long), Some(i64::MIN))];
        let (_, next) = page(&rows, "sort=name,people,id&limit=1");
        assert!(next.expect("more").len() < crate::http::guard::QUERY_BYTES_MAX / 2);
    }
}
