//! Lists in pages: `{"items": […], "total": n, "next": …}`.
//!
//! Pages here are cut by number: for lists that an answer computes, such as the records behind a figure.
//! Between two pages the store may change; then such a list is another one, so `next` names the revision it
//! belongs to, and is refused (410) for any other. Lists of records go on without that: see
//! [`super::listing`].

use std::ops::Range;

use axum::http::Uri;
use serde::Serialize;
use utoipa::ToSchema;

use super::error::Error;
use super::params::{number_within, parsed};

/// Items of a page unless asked otherwise, and the most that may be asked for.
/// Too low: programs ask a hundred times. Too high: one answer fills the memory.
pub const PAGE_ITEMS_DEFAULT: usize = 500;
pub const PAGE_ITEMS_MAX: usize = 1000;

/// Largest `offset`; far beyond any list, and within every integer.
const OFFSET_MAX: usize = 1 << 30;

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Items in the whole list.
    pub total: usize,
    /// Where the next part is, relative to this one; null at the end.
    #[schema(example = "?offset=500")]
    pub next: Option<String>,
}

/// Which part is asked for.
#[derive(Debug, Clone, Copy)]
pub struct PageParams {
    pub limit: usize,
    pub offset: usize,
    /// The revision that the list belongs to.
    rev: Option<i64>,
}

impl PageParams {
    pub fn read(limit: Option<&str>, offset: Option<&str>) -> Result<Self, Error> {
        Ok(Self {
            limit: number_within("limit", limit, PAGE_ITEMS_DEFAULT, (1, PAGE_ITEMS_MAX))?,
            offset: number_within("offset", offset, 0, (0, OFFSET_MAX))?,
            rev: None,
        })
    }

    /// Of the list as it is in revision `current`.
    ///
    /// Errors: `ListChanged` if `asked`, from an earlier page's `next`, is another one.
    pub fn pinned(self, asked: Option<&str>, current: i64) -> Result<Self, Error> {
        match parsed::<i64>("rev", asked)? {
            Some(asked) if asked != current => Err(Error::ListChanged { asked, current }),
            _ => Ok(Self { rev: Some(current), ..self }),
        }
    }

    /// The page of `all`, each item made by `make`; only those on the page are made.
    pub fn page<T>(self, all: Range<usize>, uri: &Uri, make: impl FnMut(usize) -> T) -> Page<T> {
        let total = all.len();
        let start = all.start + self.offset.min(total);
        let end = (start + self.limit).min(all.end);
        let next = (end < all.end).then(|| self.next(uri));
        Page { items: (start..end).map(make).collect(), total, next }
    }

    /// The same query with the next offset.
    fn next(self, uri: &Uri) -> String {
        let offset = (self.offset + self.limit).to_string();
        match self.rev {
            Some(rev) => next_query(uri, &[("offset", &offset), ("rev", &rev.to_string())]),
            None => next_query(uri, &[("offset", &offset)]),
        }
    }
}

/// The query of `uri` with another place in the list.
pub fn next_query(uri: &Uri, place: &[(&str, &str)]) -> String {
    let query = uri.query().unwrap_or_default().as_bytes();
    let others =
        form_urlencoded::parse(query).filter(|(name, _)| !matches!(&**name, "offset" | "after" | "rev"));
    let mut next = form_urlencoded::Serializer::for_suffix(String::from("?"), 1);
    next.extend_pairs(others).extend_pairs(place);
    next.finish()
}

impl<T> Page<T> {
    /// A list that is never long.
    pub fn whole(items: Vec<T>) -> Self {
        Self { total: items.len(), items, next: None }
    }

    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(make).collect(), total: self.total, next: self.next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_to_the_end_without_loss() {
        let mut uri: Uri = "/api/v1/khoroos?district=bzd&limit=3".parse().expect("an address");
        let mut seen = Vec::new();
        for _ in 0..10 {
            let query: Vec<(String, String)> =
                form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
            let value = |name: &str| query.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
            assert_eq!(value("district"), Some("bzd"));
            assert!(!uri.to_string().contains("?&"), "{uri}");
            let page =
                PageParams::read(value("limit"), value("offset")).expect("good").page(5..12, &uri, |i| i);
            assert_eq!(page.total, 7);
            seen.extend(page.items);
            match page.next {
                Some(next) => uri = format!("/api/v1/khoroos{next}").parse().expect("an address"),
                None => break,
            }
        }
        assert_eq!(seen, (5..12).collect::<Vec<_>>());
    }

    #[test]
    fn a_page_of_another_revision_is_refused() {
        let uri: Uri = "/x?limit=2&rev=8&offset=2".parse().expect("an address");
        let paging = PageParams::read(Some("2"), Some("2")).expect("good");
        let page = paging.pinned(Some("8"), 8).expect("the same").page(0..7, &uri, |i| i);
        assert_eq!(page.next.as_deref(), Some("?limit=2&offset=4&rev=8"));
        assert!(matches!(paging.pinned(Some("7"), 8), Err(Error::ListChanged { asked: 7, current: 8 })));
        assert!(matches!(paging.pinned(Some("x"), 8), Err(Error::InvalidParameter { name: "rev", .. })));
    }

    #[test]
    fn an_offset_past_the_end_gives_an_empty_page() {
        let uri: Uri = "/x".parse().expect("an address");
        let page = PageParams::read(None, Some("99")).expect("good").page(0..7, &uri, |i| i);
        assert_eq!((page.items.len(), page.total, page.next), (0, 7, None));
    }
}
