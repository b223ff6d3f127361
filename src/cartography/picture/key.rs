//! The legend of a picture: classes one below the other, or pairs in a square.

use super::advances::text_width;
use super::furniture::Told;
use super::marks::{Hatch, Text};
use super::svg::{Num, Svg};
use super::theme::Theme;
use crate::cartography::legend::{Entry, EntryKind};
use crate::cartography::query::MapMeasure;
use crate::cartography::text;
use crate::model::Lang;

/// Draws the classes from `y` on; returns where they end.
pub fn draw(svg: &mut Svg, x: f64, y: f64, width: f64, told: &Told, theme: Theme) -> f64 {
    svg.put(format_args!("<defs>{}</defs>", Hatch { theme, id: "legend", scale: 1.0 }));
    if told.legend.measure == MapMeasure::Bivariate.word() {
        return square(svg, x, y, told, theme);
    }
    let units = text::units_of_legend(told.legend.level);
    let head = Text {
        x,
        y: y + 13.0,
        size: 14.0,
        is_bold: true,
        fill: theme.ink,
        words: told.legend.figures.get(told.lang),
    };
    svg.put(head);
    if told.counts_units {
        let text = units.get(told.lang);
        let at = x + width - text_width(text, false) * 13.0;
        svg.put(Text { x: at, y: y + 13.0, size: 13.0, is_bold: false, fill: theme.quiet, words: text });
    }
    let mut y = y + 24.0;
    let shown = told.legend.classes.iter().filter(|entry| entry.kind != EntryKind::NoData || entry.units > 0);
    for entry in shown {
        swatch(svg, x, y, entry, theme);
        let text = label(entry, told.lang);
        svg.put(Text { x: x + 40.0, y: y + 15.0, size: 15.0, is_bold: false, fill: theme.ink, words: text });
        if told.counts_units {
            let text = entry.units.to_string();
            let at = x + width - text_width(&text, false) * 15.0;
            svg.put(Text { x: at, y: y + 15.0, size: 15.0, is_bold: false, fill: theme.quiet, words: &text });
        }
        y += 26.0;
    }
    y
}

fn swatch(svg: &mut Svg, x: f64, y: f64, entry: &Entry, theme: Theme) {
    let fill = match entry.kind {
        EntryKind::NoData => "url(#legend-hatch)".to_owned(),
        _ => theme.class(entry.fill()).to_string(),
    };
    let edge = if entry.kind == EntryKind::Zero { theme.edge.to_string() } else { "none".to_owned() };
    svg.put(format_args!(
        "<rect x=\"{}\" y=\"{}\" width=\"30\" height=\"20\" fill=\"{fill}\" stroke=\"{edge}\"/>",
        Num(x + 0.5),
        Num(y + 0.5)
    ));
}

/// The pairs that can occur: the first figure across, the second upwards.
fn square(svg: &mut Svg, x: f64, y: f64, told: &Told, theme: Theme) -> f64 {
    const CELL: f64 = 44.0;
    let [first, second] = text::sides_of_legend();
    let quiet = |x, y, text| Text { x, y, size: 13.0, is_bold: false, fill: theme.quiet, words: text };
    let up = second.get(told.lang);
    svg.put(Text { x: x + 16.0, y: y + 13.0, size: 14.0, is_bold: true, fill: theme.ink, words: up });
    arrow(svg, &format!("M{} {}v-11l-4 4m4-4l4 4", Num(x + 5.0), Num(y + 14.0)), theme);
    let (left, top) = (x + 44.0, y + 26.0);
    let [columns, rows] =
        told.legend.side_labels.as_ref().map_or([&[][..], &[]], |[columns, rows]| [columns, rows]);
    let last_row = rows.len().saturating_sub(1);
    for entry in &told.legend.classes {
        let Some([column, row]) = entry.pair else { continue };
        let (at_x, at_y) = (left + column as f64 * CELL, top + (last_row - row) as f64 * CELL);
        let fill = theme.class(entry.fill());
        svg.put(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\"/>",
            Num(at_x),
            Num(at_y),
            Num(CELL - 1.0),
            Num(CELL - 1.0)
        ));
        if told.counts_units {
            // How many units have the pair; with it the picture is read without its colours.
            let text = entry.units.to_string();
            let at = at_x + (CELL - text_width(&text, false) * 13.0) / 2.0;
            let fill = theme.letters(entry.fill());
            svg.put(Text {
                x: at,
                y: at_y + CELL / 2.0 + 4.0,
                size: 13.0,
                is_bold: false,
                fill,
                words: &text,
            });
        }
    }
    let foot = top + rows.len() as f64 * CELL;
    for (place, column) in columns.iter().map(|text| text.get(told.lang)).enumerate() {
        let at = left + (place as f64 + 0.5) * CELL - text_width(column, false) * 6.5;
        svg.put(quiet(at, foot + 16.0, column));
    }
    for (place, row) in rows.iter().map(|text| text.get(told.lang)).enumerate() {
        let at = left - 8.0 - text_width(row, false) * 13.0;
        svg.put(quiet(at, top + (last_row - place) as f64 * CELL + CELL / 2.0 + 4.0, row));
    }
    let across = first.get(told.lang);
    let length = text_width(across, true) * 14.0;
    let at = (left + columns.len() as f64 * CELL - length - 18.0).max(x);
    svg.put(Text { x: at, y: foot + 38.0, size: 14.0, is_bold: true, fill: theme.ink, words: across });
    arrow(svg, &format!("M{} {}h11l-4-4m4 4l-4 4", Num(at + length + 6.0), Num(foot + 33.0)), theme);
    let mut y = foot + 54.0;
    for entry in told.legend.classes.iter().filter(|e| e.kind == EntryKind::NoData && e.units > 0) {
        swatch(svg, x, y, entry, theme);
        let text = label(entry, told.lang);
        svg.put(Text { x: x + 40.0, y: y + 15.0, size: 15.0, is_bold: false, fill: theme.ink, words: text });
        y += 26.0;
    }
    y
}

/// A line with a head: no font here has arrows.
fn arrow(svg: &mut Svg, path: &str, theme: Theme) {
    let ink = theme.ink;
    svg.put(format_args!("<path d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"1.5\"/>"));
}

pub fn label(entry: &Entry, lang: Lang) -> &str {
    match lang {
        Lang::Mn => &entry.label_mn,
        Lang::En => &entry.label_en,
    }
}
