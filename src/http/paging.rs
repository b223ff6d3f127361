//! Lists in pages: `{"items": […], "total": n, "next": …}`.

use std::ops::Range;

use axum::http::Uri;
use serde::Serialize;
use utoipa::ToSchema;

use super::error::Error;
use super::params::number_within;

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
    limit: usize,
    offset: usize,
}

impl PageParams {
    pub fn read(limit: Option<&str>, offset: Option<&str>) -> Result<Self, Error> {
        Ok(Self {
            limit: number_within("limit", limit, PAGE_ITEMS_DEFAULT, (1, PAGE_ITEMS_MAX))?,
            offset: number_within("offset", offset, 0, (0, OFFSET_MAX))?,
        })
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
        let query = uri.query().unwrap_or_default().as_bytes();
        let others = form_urlencoded::parse(query).filter(|(name, _)| name != "offset");
        let mut next = form_urlencoded::Serializer::for_suffix(String::from("?"), 1);
        next.extend_pairs(others).append_pair("offset", &(self.offset + self.limit).to_string());
        next.finish()
    }
}

impl<T> Page<T> {
    /// A list that is never long.
    pub fn whole(items: Vec<T>) -> Self {
        Self { total: items.len(), items, next: None }
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
    fn an_offset_past_the_end_gives_an_empty_page() {
        let uri: Uri = "/x".parse().expect("an address");
        let page = PageParams::read(None, Some("99")).expect("good").page(0..7, &uri, |i| i);
        assert_eq!((page.items.len(), page.total, page.next), (0, 7, None));
    }
}
