//! Documents of the OGC API for people: facts, tables and links of whatever the document has.

mod form;
mod map;

use maud::{Markup, html};

use super::Site;
use super::layout::{Page, Part as MenuPart, scroll};
use crate::snapshot::Snapshot;
pub use form::{Control, Example, Form, FormField};
pub use map::Map;

/// A document.
pub struct Sheet {
    pub title: String,
    pub lead: String,
    /// The same in the other language.
    pub other_language: String,
    /// Name and address.
    pub crumbs: Vec<(String, String)>,
    pub parts: Vec<Part>,
}

pub enum Part {
    /// Links with what they are, side by side or one below the other.
    Links {
        title: String,
        links: Vec<Reference>,
        is_list: bool,
    },
    Facts {
        title: String,
        facts: Vec<(String, String)>,
    },
    Table {
        title: String,
        columns: Vec<String>,
        rows: Vec<Vec<Cell>>,
    },
    Words {
        title: String,
        words: Vec<String>,
    },
    Map(Map),
    Form(Form),
    /// What was wrong with a request, as programs are told it.
    Fault {
        detail: String,
        allowed_title: String,
        allowed: Vec<String>,
    },
    /// To the pages before and after.
    Turns {
        title: String,
        links: Vec<Reference>,
    },
}

/// To another document.
pub struct Reference {
    pub href: String,
    pub title: String,
    pub rel: String,
    pub kind: String,
    /// Said below it.
    pub note: String,
}

pub enum Cell {
    Text(String),
    Number(String),
    Link { text: String, href: String },
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// More than a line of a column.
    fn is_long(&self) -> bool {
        const LINE_CHARS: usize = 40;
        matches!(self, Self::Text(text) if text.chars().count() > LINE_CHARS)
    }

    #[must_use]
    pub fn as_text(self) -> Self {
        match self {
            Self::Number(text) => Self::Text(text),
            other => other,
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl Part {
    pub fn links(title: &str, links: impl IntoIterator<Item = impl Into<Reference>>) -> Self {
        let links = links.into_iter().map(Into::into).collect();
        Self::Links { title: title.to_owned(), links, is_list: false }
    }

    pub fn list(title: &str, links: impl IntoIterator<Item = impl Into<Reference>>) -> Self {
        let links = links.into_iter().map(Into::into).collect();
        Self::Links { title: title.to_owned(), links, is_list: true }
    }

    pub fn turns(title: &str, links: impl IntoIterator<Item = impl Into<Reference>>) -> Self {
        Self::Turns { title: title.to_owned(), links: links.into_iter().map(Into::into).collect() }
    }

    pub fn facts<'a>(title: &str, facts: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self::Facts { title: title.to_owned(), facts }
    }

    pub fn words(title: &str, words: &[&str]) -> Self {
        Self::Words { title: title.to_owned(), words: words.iter().map(|&word| word.to_owned()).collect() }
    }

    pub fn table<const N: usize>(
        title: &str,
        columns: [&str; N],
        rows: impl Iterator<Item = Vec<Cell>>,
    ) -> Self {
        let columns = columns.map(str::to_owned).to_vec();
        Self::Table { title: title.to_owned(), columns, rows: rows.collect() }
    }
}

pub fn sheet(site: &Site<'_>, snapshot: &Snapshot, sheet: Sheet) -> String {
    let body = html! {
        @if !sheet.lead.is_empty() { p.lead { (sheet.lead) } }
        @for one in &sheet.parts { (part(site, snapshot, &sheet.title, one)) }
    };
    let mut crumbs = vec![(site.words().city.to_owned(), site.page(""))];
    crumbs.extend(sheet.crumbs);
    let page = Page {
        crumbs,
        other_language: Some(sheet.other_language),
        ..Page::new("", sheet.title, MenuPart::None, body)
    };
    page.set(site, Some(snapshot))
}

fn part(site: &Site<'_>, snapshot: &Snapshot, page_title: &str, part: &Part) -> Markup {
    let (title, body) = match part {
        Part::Links { title, links, is_list } => (
            title,
            html! {
                ul.links[!*is_list].list[*is_list] { @for link in links { li { (reference(link)) } } }
            },
        ),
        Part::Facts { title, facts } => (
            title,
            html! {
                dl.facts.wide { @for (name, value) in facts { div { dt { (name) } dd { (value) } } } }
            },
        ),
        Part::Table { title, columns, rows } => {
            let name = if title.is_empty() { page_title } else { title };
            (title, scroll(name, table(columns, rows)))
        }
        Part::Words { title, words } => {
            (title, html! { ul { @for word in words { li { code { (word) } } } } })
        }
        Part::Form(form) => return form::form(form),
        Part::Fault { detail, allowed_title, allowed } => {
            return html! {
                div.faults {
                    p lang="en" { (detail) }
                    @if !allowed.is_empty() { p { (allowed_title) ": " code { (allowed.join(", ")) } } }
                }
            };
        }
        Part::Map(map) => return map::map(site, snapshot, page_title, map),
        Part::Turns { links, .. } if links.is_empty() => return html! {},
        Part::Turns { title, links } => {
            return html! { nav.pages aria-label=(title) {
                @for link in links { a rel=(link.rel) href=(link.href) { (link.title) } }
            } };
        }
    };
    html! { section { @if !title.is_empty() { h2 { (title) } } (body) } }
}

fn reference(link: &Reference) -> Markup {
    html! {
        a href=(link.href) rel=[(!link.rel.is_empty()).then_some(&link.rel)]
            type=[(!link.kind.is_empty()).then_some(&link.kind)] { (link.title) }
        @if !link.note.is_empty() { p.small.quiet { (link.note) } }
    }
}

fn table(columns: &[String], rows: &[Vec<Cell>]) -> Markup {
    html! {
        table.rows {
            thead { tr { @for column in columns { th scope="col" { (column) } } } }
            tbody { @for row in rows { tr { @for (place, cell) in row.iter().enumerate() {
                @if place == 0 { th scope="row" { (shown(cell)) } }
                @else if cell.is_long() { td.long { (shown(cell)) } }
                @else if let Cell::Number(_) = cell { td.n { (shown(cell)) } }
                @else { td { (shown(cell)) } }
            } } } }
        }
    }
}

fn shown(cell: &Cell) -> Markup {
    match cell {
        Cell::Text(text) | Cell::Number(text) => html! { (text) },
        Cell::Link { text, href } => html! { a href=(href) { (text) } },
    }
}
