//! Pages: figures and tables that need no script, then the live viewer in their place.
//!
//! What a page promises to the viewer's script (`web/src/config.ts`):
//!
//! - `<div id="viewer" data-state="loading" data-lang="mn|en" data-base="PREFIX">` holds everything
//!   seen. The script replaces its content; `PREFIX` is the path under which the service lies, empty
//!   or `/hlp`.
//! - `<script type="application/json" id="hlp-config">` holds [`Config`]: a data block that no browser
//!   runs, with every `<` escaped, so that no text of the data can end it.
//! - Script and style of the entry `src/main.ts` are linked as Vite's manifest names them.
//!
//! Owns: HTML. Invariant: every text of the data goes through [`Text`]; no inline script or style.

use std::fmt::{self, Display, Write as _};

use axum::extract::{Extension, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::App;
use super::answer::{Answer, Freshness, preferred_language};
use super::assets::Entry;
use super::cache::Key;
use super::codes::CodeOut;
use super::error::Error;
use super::guard::RETRY_AFTER_S;
use super::proxy::Base;
use super::records::{CycleOut, VintageOut};
use super::words::{self, Words};
use crate::model::Lang;
use crate::snapshot::{CycleChoice, Level, Measure, Snapshot, Unit, VintageView};

/// The viewer's entry in Vite's manifest.
pub const VIEWER_ENTRY: &str = "src/main.ts";

const HTML: &str = "text/html; charset=utf-8";

/// Khoroos listed in a page at most. Too low: some cities lose their table. Too high: pages of
/// megabytes where a country is served; there the districts' table remains.
const KHOROO_ROWS_MAX: usize = 1000;

/// Measures of the viewer's switch.
const MEASURES: [&str; 5] =
    ["identifications", "replications", "replications_hosted", "participation", "bivariate"];

/// What the viewer's script is told before its first request.
#[derive(Debug, Serialize)]
struct Config<'a> {
    lang: Lang,
    base: &'a str,
    vintages: Vec<VintageOut>,
    /// By date, the newest last.
    cycles: Vec<CycleOut>,
    measures: [&'static str; 5],
    /// Subjects to choose from, in their order.
    themes: Vec<CodeOut>,
    revision: i64,
    illustrative: bool,
    /// TileJSON of the newest vintage that has lines.
    tiles: Option<String>,
}

/// `GET /`: the page in the visitor's language.
pub async fn get_root(Extension(base): Extension<Base>, headers: HeaderMap, uri: Uri) -> Response {
    let lang = preferred_language(&headers);
    let mut response = redirect(StatusCode::FOUND, &base, lang, &uri);
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept-Language"));
    response
}

/// `GET /mn`: to the same with its slash, so that relative addresses mean the same in both.
pub async fn get_unslashed(Extension(base): Extension<Base>, uri: Uri) -> Response {
    redirect(StatusCode::PERMANENT_REDIRECT, &base, lang_of(&uri), &uri)
}

/// `GET /{mn|en}/`: the city.
pub async fn get_city(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Error> {
    let lang = lang_of(&uri);
    let Ok(world) = app.world() else { return Ok(still_starting(lang)) };
    let entry = app.viewer.clone();
    let prefix = base.prefix;
    let key = Key { content: world.turn.clone(), answer: format!("page {} {prefix}", lang.tag()) };
    let make = move || city_page(&world.snapshot, &entry, lang, &prefix).map(String::into_bytes);
    let body = app.made(key, make).await?;
    let mut response = app.respond(&headers, Answer::new(body, HTML).kept(Freshness::Revalidate)).await?;
    response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    Ok(response)
}

/// `GET /robots.txt`: pages may be indexed; tiles are without end.
pub async fn get_robots() -> Response {
    const TEXT: &str = "User-agent: *\nDisallow: /tiles/\nDisallow: /api/\n";
    let kept = HeaderValue::from_static(Freshness::Current.header());
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)], TEXT).into_response()
}

/// The routes say which languages there are.
fn lang_of(uri: &Uri) -> Lang {
    if uri.path().starts_with("/en") { Lang::En } else { Lang::Mn }
}

fn redirect(status: StatusCode, base: &Base, lang: Lang, uri: &Uri) -> Response {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let place = format!("{}/{}/{query}", base.prefix, lang.tag());
    let kept = HeaderValue::from_static(Freshness::Revalidate.header());
    match HeaderValue::from_str(&place) {
        Ok(place) => (status, [(header::LOCATION, place), (header::CACHE_CONTROL, kept)]).into_response(),
        Err(error) => Error::internal(error).into_response(),
    }
}

/// A page that comes again by itself, for the seconds before the first load.
fn still_starting(lang: Lang) -> Response {
    let words = words::of(lang);
    let page = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"refresh\" content=\"{RETRY_AFTER_S}\">\n<title>{site}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n</head>\n<body>\n<p>{starting}</p>\n</body>\n</html>\n",
        lang = lang.tag(),
        site = words.site,
        starting = words.starting,
    );
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(HTML)),
        (header::CACHE_CONTROL, HeaderValue::from_static(Freshness::NoStore.header())),
        (header::RETRY_AFTER, RETRY_AFTER_S.into()),
    ];
    (StatusCode::SERVICE_UNAVAILABLE, headers, page).into_response()
}

fn city_page(snapshot: &Snapshot, entry: &Entry, lang: Lang, prefix: &str) -> Result<String, Error> {
    let words = words::of(lang);
    let config = config(snapshot, lang, prefix)?;
    let mut page = String::new();
    write_page(&mut page, snapshot, entry, &config, Scope { lang, words, prefix })
        .map_err(Error::internal)?;
    Ok(page)
}

#[derive(Clone, Copy)]
struct Scope<'a> {
    lang: Lang,
    words: &'static Words,
    prefix: &'a str,
}

fn write_page(
    out: &mut String,
    snapshot: &Snapshot,
    entry: &Entry,
    config: &str,
    scope: Scope<'_>,
) -> fmt::Result {
    let Scope { lang, words, prefix } = scope;
    let tag = lang.tag();
    write!(
        out,
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{} · {}</title>\n<meta name=\"description\" content=\"{}\">\n\
         <link rel=\"icon\" href=\"data:,\">\n",
        words.title, words.site, words.description
    )?;
    for other in Lang::ALL {
        let tag = other.tag();
        writeln!(out, "<link rel=\"alternate\" hreflang=\"{tag}\" href=\"{prefix}/{tag}/\">")?;
    }
    for style in &entry.styles {
        writeln!(out, "<link rel=\"stylesheet\" href=\"{prefix}/{style}\">")?;
    }
    for script in &entry.preloads {
        writeln!(out, "<link rel=\"modulepreload\" href=\"{prefix}/{script}\">")?;
    }
    write!(
        out,
        "<script type=\"module\" src=\"{prefix}/{}\"></script>\n\
         <script type=\"application/json\" id=\"hlp-config\">{config}</script>\n</head>\n<body>\n\
         <div id=\"viewer\" data-state=\"loading\" data-lang=\"{tag}\" data-base=\"{prefix}\">\n",
        entry.script
    )?;
    write_head(out, snapshot, scope)?;
    writeln!(out, "<main class=\"document\">\n<h1>{}</h1>", words.title)?;
    if let Some(view) = snapshot.newest() {
        write_cycles(out, snapshot, words, lang)?;
        write_places(out, view, words, lang)?;
        writeln!(out, "<p class=\"source\">{}: {}</p>", words.source, Text(&view.vintage.source))?;
    }
    out.write_str("</main>\n</div>\n</body>\n</html>\n")
}

fn write_head(out: &mut String, snapshot: &Snapshot, scope: Scope<'_>) -> fmt::Result {
    let Scope { lang, words, prefix } = scope;
    let other = if lang == Lang::Mn { Lang::En } else { Lang::Mn };
    let tag = other.tag();
    writeln!(
        out,
        "<header class=\"site-head\"><p><strong>{}</strong> <span>{}</span></p>\
         <a lang=\"{tag}\" hreflang=\"{tag}\" href=\"{prefix}/{tag}/\">{}</a></header>",
        words.site, words.subtitle, words.other_language
    )?;
    if snapshot.illustrative {
        writeln!(out, "<p class=\"notice\" role=\"note\">{}</p>", words.illustrative)?;
    }
    Ok(())
}

/// The headline: figures of the whole city by cycle, the newest first.
fn write_cycles(out: &mut String, snapshot: &Snapshot, words: &'static Words, lang: Lang) -> fmt::Result {
    if snapshot.records.cycles.is_empty() {
        return Ok(());
    }
    write_table_head(out, words.by_cycle, &[words.cycle, words.identifications, words.replications])?;
    for cycle in CycleOut::all(snapshot).into_iter().rev() {
        let view = snapshot.vintages.iter().find(|view| view.vintage.id.as_str() == cycle.vintage);
        let Some(view) = view else { continue };
        let choice = CycleChoice::One(cycle.id.clone());
        let total = |measure| Figure(view.counts.total(measure, &choice, None).map(i64::from), words);
        let title = if lang == Lang::Mn { &cycle.title_mn } else { &cycle.title_en };
        writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
            Text(title),
            total(Measure::Identifications),
            total(Measure::Replications)
        )?;
    }
    out.write_str("</tbody></table>\n")
}

/// Districts, then khoroos, in the city's order; figures of the newest cycle.
fn write_places(out: &mut String, view: &VintageView, words: &'static Words, lang: Lang) -> fmt::Result {
    let geography = &view.geography;
    let name = |unit: &Unit| if lang == Lang::Mn { unit.name_mn.clone() } else { unit.name_en.clone() };
    let choice = view.counts.cycles.last().cloned().map_or(CycleChoice::All, CycleChoice::One);
    let figures = |out: &mut String, level, idx, unit: &Unit| {
        let figure =
            |measure| Figure(view.counts.value(measure, level, idx, &choice, None).map(i64::from), words);
        writeln!(
            out,
            "<td>{}</td><td>{}</td><td>{}</td></tr>",
            Figure(unit.population, words),
            figure(Measure::Identifications),
            figure(Measure::Replications)
        )
    };
    let columns = [words.district, words.khoroos, words.residents, words.identifications, words.replications];
    write_table_head(out, words.by_district, &columns)?;
    for (idx, unit) in geography.districts.iter().enumerate() {
        let n_khoroos = geography.khoroos_of(idx).len();
        write!(out, "<tr><th scope=\"row\">{}</th><td>{n_khoroos}</td>", Text(&name(unit)))?;
        figures(out, Level::District, idx, unit)?;
    }
    out.write_str("</tbody></table>\n")?;
    if geography.khoroos.len() > KHOROO_ROWS_MAX {
        return writeln!(out, "<p>{}</p>", words.too_many);
    }
    let columns = [words.khoroo, words.district, words.residents, words.identifications, words.replications];
    write_table_head(out, words.by_khoroo, &columns)?;
    for (idx, unit) in geography.khoroos.iter().enumerate() {
        let district = &geography.districts[geography.district_of[idx] as usize];
        let (name, district) = (name(unit), name(district));
        write!(out, "<tr><th scope=\"row\">{}</th><td>{}</td>", Text(&name), Text(&district))?;
        figures(out, Level::Khoroo, idx, unit)?;
    }
    out.write_str("</tbody></table>\n")
}

fn write_table_head(out: &mut String, caption: &str, columns: &[&str]) -> fmt::Result {
    write!(out, "<table>\n<caption>{caption}</caption>\n<thead><tr>")?;
    for column in columns {
        write!(out, "<th scope=\"col\">{column}</th>")?;
    }
    out.write_str("</tr></thead>\n<tbody>\n")
}

fn config(snapshot: &Snapshot, lang: Lang, prefix: &str) -> Result<String, Error> {
    let with_lines = snapshot.vintages.iter().rev().find(|view| view.geography.coverage.is_some());
    let config = Config {
        lang,
        base: prefix,
        vintages: snapshot.vintages.iter().map(VintageOut::of).collect(),
        cycles: CycleOut::all(snapshot),
        measures: MEASURES,
        themes: CodeOut::themes_in_use(snapshot),
        revision: snapshot.revision.seq,
        illustrative: snapshot.illustrative,
        tiles: with_lines.map(|view| {
            let (vintage, rev) = (&view.vintage.id, &view.geography.content_hash);
            format!("{prefix}/tiles/boundaries-{vintage}.json?rev={rev}")
        }),
    };
    data_block(&config)
}

/// JSON that cannot end the element it stands in.
fn data_block(value: &impl Serialize) -> Result<String, Error> {
    Ok(serde_json::to_string(value).map_err(Error::internal)?.replace('<', "\\u003c"))
}

/// Text of the data, escaped for elements and quoted attributes.
struct Text<'a>(&'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                _ => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// A figure in groups of three digits; unknown is said, it is not 0.
struct Figure(Option<i64>, &'static Words);

impl Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(value) = self.0 else { return f.write_str(self.1.not_reported) };
        let digits = value.unsigned_abs().to_string();
        if value < 0 {
            f.write_char('-')?;
        }
        for (idx, digit) in digits.chars().enumerate() {
            if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
                f.write_char(self.1.group)?;
            }
            f.write_char(digit)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_the_data_cannot_become_markup() {
        let evil = "</script><script>alert('\"&')</script>";
        assert_eq!(
            Text(evil).to_string(),
            "&lt;/script&gt;&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;"
        );
        let block = data_block(&[evil]).expect("serialises");
        assert!(!block.contains('<'), "{block}");
        assert_eq!(serde_json::from_str::<[String; 1]>(&block).expect("JSON"), [evil]);
    }

    #[test]
    fn figures_stand_in_groups_of_three_and_unknown_is_not_zero() {
        let check = |value, lang, expected: &str| {
            assert_eq!(Figure(value, words::of(lang)).to_string(), expected);
        };
        check(Some(0), Lang::En, "0");
        check(Some(999), Lang::En, "999");
        check(Some(1_000), Lang::En, "1,000");
        check(Some(1_234_567), Lang::Mn, "1\u{a0}234\u{a0}567");
        check(None, Lang::En, "not reported");
    }
}
