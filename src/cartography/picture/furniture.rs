//! What stands around a map: title, notes, source, date, the mark of invented data.
//!
//! Owns: the layouts of a framed picture (words above and beside a wide map, beside a high one, or all in one
//! column).

use super::advances::text_width;
use super::marks::Text;
use super::svg::{Escaped, Num, Svg, wrapped};
use super::theme::Theme;
use super::{Panel, key};
use crate::cartography::legend::{Entry, Legend};
use crate::cartography::text::{self, Text as Words};
use crate::model::Lang;
use crate::model::naming::in_one_language;

/// Pictures at least this wide are laid out beside each other, narrower ones below.
const WIDE_FROM_PX: u32 = 700;
const WIDE: [f64; 2] = [1200.0, 630.0];
const TALL_WIDTH: f64 = 480.0;
const FONT: &str = "font-family=\"'Noto Sans',sans-serif\"";

/// The words around a picture.
pub struct Told<'a> {
    pub title: String,
    /// What the figures stand on, their total, the unit that is marked.
    pub base: String,
    pub legend: &'a Legend,
    pub lang: Lang,
    /// When the figures were published.
    pub date: Words,
    /// Whether the lines are invented.
    pub is_invented: bool,
    /// Whether the legend's counts of units are those of the picture.
    pub counts_units: bool,
}

/// The map alone, as large as its page lets it be.
pub fn bare([width, height]: [f64; 2], title: &str, links: bool, draw: impl Fn(&mut Svg, Panel)) -> String {
    let mut svg = Svg::of_page();
    // What is in an image is not walked through, so a map of links is a group.
    let role = if links { "group" } else { "img" };
    svg.put(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"{role}\" aria-label=\"{}\" {FONT}>",
        Num(width),
        Num(height),
        Escaped(title)
    ));
    draw(&mut svg, Panel { x: 0.5, y: 0.5, width: width - 1.0, height: height - 1.0 });
    svg.put("</svg>");
    svg.finish()
}

/// The map with all that explains it; `shape` is the width and height that suit it.
pub fn framed(
    width_px: u32,
    shape: [f64; 2],
    told: &Told,
    theme: Theme,
    draw: impl Fn(&mut Svg, Panel),
) -> String {
    if width_px >= WIDE_FROM_PX && shape[1] > shape[0] {
        beside(width_px, shape, told, theme, draw)
    } else if width_px >= WIDE_FROM_PX {
        wide(width_px, told, theme, draw)
    } else {
        tall(width_px, shape, told, theme, draw)
    }
}

fn wide(width_px: u32, told: &Told, theme: Theme, draw: impl Fn(&mut Svg, Panel)) -> String {
    const MARGIN: f64 = 36.0;
    const SIDE: f64 = 268.0;
    let [width, height] = WIDE;
    let mut inner = Svg::alone();
    let mut lines = wrapped(&told.title, 30.0, true, width - 2.0 * MARGIN, 1);
    let mut size = 30.0;
    if lines[0].ends_with('…') {
        size = 24.0;
        lines = wrapped(&told.title, size, true, width - 2.0 * MARGIN, 2);
    }
    let mut y = MARGIN + size * 0.8;
    for line in &lines {
        inner.put(Text { x: MARGIN, y, size, is_bold: true, fill: theme.ink, words: line });
        y += size * 1.25;
    }
    let base = wrapped(&told.base, 16.0, false, width - 2.0 * MARGIN, 2);
    for line in &base {
        inner.put(Text { x: MARGIN, y: y - 6.0, size: 16.0, is_bold: false, fill: theme.quiet, words: line });
        y += 21.0;
    }
    y -= 21.0;
    let top = y + 10.0;
    let foot = height - 30.0;
    let panel =
        Panel { x: MARGIN, y: top, width: width - 2.0 * MARGIN - SIDE - 28.0, height: foot - 26.0 - top };
    draw(&mut inner, panel);
    let left = width - MARGIN - SIDE;
    let mut below = key::draw(&mut inner, left, top, SIDE, told, theme);
    below = notes(&mut inner, left, below + 8.0, SIDE, told, theme, 8);
    if let Some(mark) = &told.legend.illustrative {
        let y = (foot - 26.0 - 34.0).max(below);
        band(&mut inner, left, y, SIDE, mark.get(told.lang), theme);
    }
    source(&mut inner, MARGIN, foot, width - 2.0 * MARGIN, told, theme, 1);
    document(width_px, [width, height], told, theme, inner)
}

/// All words in a column, the map as high as the picture.
fn beside(
    width_px: u32,
    shape: [f64; 2],
    told: &Told,
    theme: Theme,
    draw: impl Fn(&mut Svg, Panel),
) -> String {
    const MARGIN: f64 = 36.0;
    let [width, height] = WIDE;
    let map_height = height - 2.0 * MARGIN;
    let map_width = (map_height * shape[0] / shape[1]).min(width * 0.6);
    let column = width - 3.0 * MARGIN - map_width;
    let mut inner = Svg::alone();
    let mut y = MARGIN + 24.0;
    for line in wrapped(&told.title, 30.0, true, column, 4) {
        inner.put(Text { x: MARGIN, y, size: 30.0, is_bold: true, fill: theme.ink, words: &line });
        y += 38.0;
    }
    for line in wrapped(&told.base, 16.0, false, column, 4) {
        inner.put(Text {
            x: MARGIN,
            y: y - 4.0,
            size: 16.0,
            is_bold: false,
            fill: theme.quiet,
            words: &line,
        });
        y += 22.0;
    }
    let narrow = column.min(360.0);
    y = key::draw(&mut inner, MARGIN, y + 16.0, narrow, told, theme);
    notes(&mut inner, MARGIN, y + 8.0, column, told, theme, 4);
    let foot = height - MARGIN - 18.0;
    source(&mut inner, MARGIN, foot, column, told, theme, 2);
    if let Some(mark) = &told.legend.illustrative {
        band(&mut inner, MARGIN, foot - 56.0, narrow, mark.get(told.lang), theme);
    }
    let panel = Panel { x: width - MARGIN - map_width, y: MARGIN, width: map_width, height: map_height };
    draw(&mut inner, panel);
    document(width_px, [width, height], told, theme, inner)
}

fn tall(width_px: u32, shape: [f64; 2], told: &Told, theme: Theme, draw: impl Fn(&mut Svg, Panel)) -> String {
    const MARGIN: f64 = 16.0;
    let inside = TALL_WIDTH - 2.0 * MARGIN;
    let mut inner = Svg::alone();
    let mut y = MARGIN + 18.0;
    for line in wrapped(&told.title, 22.0, true, inside, 5) {
        inner.put(Text { x: MARGIN, y, size: 22.0, is_bold: true, fill: theme.ink, words: &line });
        y += 28.0;
    }
    for line in wrapped(&told.base, 14.0, false, inside, 5) {
        inner.put(Text {
            x: MARGIN,
            y: y - 4.0,
            size: 14.0,
            is_bold: false,
            fill: theme.quiet,
            words: &line,
        });
        y += 19.0;
    }
    if let Some(mark) = &told.legend.illustrative {
        band(&mut inner, MARGIN, y, inside, mark.get(told.lang), theme);
        y += 42.0;
    }
    // A map of the city has its frames below on a telephone, so it is higher than wide.
    let height = if told.counts_units && shape[0] > shape[1] { inside } else { inside * shape[1] / shape[0] };
    let height = height.min(inside * 1.6);
    draw(&mut inner, Panel { x: MARGIN, y, width: inside, height });
    y = key::draw(&mut inner, MARGIN, y + height + 20.0, inside, told, theme);
    y = notes(&mut inner, MARGIN, y + 8.0, inside, told, theme, 8);
    y = source(&mut inner, MARGIN, y + 20.0, inside, told, theme, 4);
    document(width_px, [TALL_WIDTH, y + MARGIN], told, theme, inner)
}

/// A standing-alone document around what is drawn.
fn document(width_px: u32, [width, height]: [f64; 2], told: &Told, theme: Theme, inner: Svg) -> String {
    let mut svg = Svg::alone();
    let height_px = (f64::from(width_px) * height / width).round();
    svg.put(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width_px}\" height=\"{height_px}\" \
         viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"hlp-title hlp-text\" lang=\"{}\" {FONT}>",
        Num(width),
        Num(height),
        told.lang.tag()
    ));
    let said = summary(told);
    svg.put(format_args!("<title id=\"hlp-title\">{}</title>", Escaped(&told.title)));
    svg.put(format_args!("<desc id=\"hlp-text\">{}</desc>", Escaped(&said)));
    svg.put(format_args!("<path fill=\"{}\" d=\"M0 0h{}v{}H0z\"/>", theme.paper, Num(width), Num(height)));
    svg.put(inner.finish());
    svg.put("</svg>");
    svg.finish()
}

/// The legend in a sentence, for those who do not see the picture.
fn summary(told: &Told) -> String {
    let legend = told.legend;
    let mut parts = vec![told.base.clone()];
    if told.counts_units {
        let of = |entry: &&Entry| format!("{} — {}", key::label(entry, told.lang), entry.units);
        parts.push(
            legend
                .classes
                .iter()
                .filter(|entry| entry.units > 0)
                .map(|e| of(&e))
                .collect::<Vec<_>>()
                .join("; "),
        );
    }
    parts.extend(legend.notes.iter().map(|note| note.get(told.lang).to_owned()));
    parts.extend(legend.illustrative.iter().map(|mark| mark.get(told.lang).to_owned()));
    parts.join(". ")
}

fn notes(svg: &mut Svg, x: f64, y: f64, width: f64, told: &Told, theme: Theme, n_max: usize) -> f64 {
    let text: Vec<&str> = told.legend.notes.iter().map(|note| note.get(told.lang)).collect();
    if text.is_empty() {
        return y;
    }
    let mut y = y + 12.0;
    for line in wrapped(&text.join(" "), 13.0, false, width, n_max) {
        svg.put(Text { x, y, size: 13.0, is_bold: false, fill: theme.quiet, words: &line });
        y += 18.0;
    }
    y
}

/// Where lines and figures come from, and of when they are.
fn source(svg: &mut Svg, x: f64, y: f64, width: f64, told: &Told, theme: Theme, n_max: usize) -> f64 {
    let source = &told.legend.source;
    // Invented lines say in both languages where they come from.
    let source = if told.is_invented { in_one_language(source, told.lang) } else { source };
    let text = text::source_line(source, &told.date);
    let mut y = y;
    for line in wrapped(text.get(told.lang), 13.0, false, width, n_max) {
        svg.put(Text { x, y, size: 13.0, is_bold: false, fill: theme.quiet, words: &line });
        y += 18.0;
    }
    y - 18.0
}

/// The mark of invented data, in words.
fn band(svg: &mut Svg, x: f64, y: f64, width: f64, text: &str, theme: Theme) {
    svg.put(format_args!(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"34\" fill=\"{}\"/>",
        Num(x),
        Num(y),
        Num(width),
        theme.notice
    ));
    let size = (width - 20.0) / text_width(text, true);
    let size = size.min(14.0);
    svg.put(Text { x: x + 10.0, y: y + 22.0, size, is_bold: true, fill: theme.ink, words: text });
}
