//! Writing SVG: elements, escaped text, short paths, and where a text is broken.

use std::fmt::{self, Display, Write as _};

use super::advances::text_width;

/// Steps of a path's coordinates in one unit of the picture: a fifth of a pixel.
pub const STEPS: f64 = 5.0;

/// Text or attribute of an XML document; characters that XML does not allow are left out.
pub struct Escaped<'a>(pub &'a str);

/// A number with one decimal at most.
#[derive(Clone, Copy)]
pub struct Num(pub f64);

/// A document that grows.
pub struct Svg {
    out: String,
    keeps_widths: bool,
}

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\t' | '\n' | '\r' => f.write_char(' ')?,
                '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {}
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

impl Display for Num {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round() as i64;
        if tenths % 10 == 0 {
            return write!(f, "{}", tenths / 10);
        }
        let sign = if tenths < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
    }
}

impl Svg {
    /// A picture that stands alone. Its font may be missing where it is opened, so each text keeps its width in any
    /// other font too.
    pub const fn alone() -> Self {
        Self { out: String::new(), keeps_widths: true }
    }

    /// A part of a page, which brings the font and enlarges letters where it has to.
    pub const fn of_page() -> Self {
        Self { out: String::new(), keeps_widths: false }
    }

    /// What is to keep its width is told so by the alternate format.
    pub fn put(&mut self, text: impl Display) {
        let written =
            if self.keeps_widths { write!(self.out, "{text:#}") } else { write!(self.out, "{text}") };
        written.expect("writing to a string cannot fail");
    }

    pub fn finish(self) -> String {
        self.out
    }
}

/// Adds a closed ring of steps to a path; nothing where it encloses nothing.
pub fn ring(path: &mut String, points: &[[i32; 2]]) {
    let mut distinct: Vec<[i32; 2]> = Vec::with_capacity(points.len());
    for &point in points {
        if distinct.last() != Some(&point) {
            distinct.push(point);
        }
    }
    while distinct.len() > 1 && distinct.first() == distinct.last() {
        distinct.pop();
    }
    if distinct.len() >= 3 {
        line(path, &distinct);
        path.push('z');
    }
}

/// Adds an open line of steps to a path, in relative steps.
pub fn line(path: &mut String, points: &[[i32; 2]]) {
    let Some((&[x, y], rest)) = points.split_first() else { return };
    write!(path, "M{x}").expect("writing to a string cannot fail");
    joined(path, y);
    let mut at = [x, y];
    let mut is_first = true;
    for &point in rest {
        let step = [point[0] - at[0], point[1] - at[1]];
        if step == [0, 0] {
            continue;
        }
        if is_first {
            write!(path, "l{}", step[0]).expect("writing to a string cannot fail");
        } else {
            joined(path, step[0]);
        }
        joined(path, step[1]);
        (at, is_first) = (point, false);
    }
}

/// A number after another: a minus sign separates as well as a space.
fn joined(path: &mut String, value: i32) {
    let space = if value < 0 { "" } else { " " };
    write!(path, "{space}{value}").expect("writing to a string cannot fail");
}

/// Breaks a text at spaces, but not at those that keep what is beside them together, into lines of at most `width` units; the last of `n_max` ends in `…` if there is more.
pub fn wrapped(text: &str, size: f64, is_bold: bool, width: f64, n_max: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_ascii_whitespace() {
        let line = lines.last_mut().expect("never empty");
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if line.is_empty() || text_width(&longer, is_bold) * size <= width {
            *line = longer;
        } else {
            lines.push(word.to_owned());
        }
    }
    if lines.len() > n_max {
        lines.truncate(n_max);
        lines[n_max - 1].push('…');
    }
    for line in &mut lines {
        // A word wider than the line.
        while text_width(line, is_bold) * size > width && line.chars().count() > 2 {
            let kept = line.chars().count() - 2;
            *line = line.chars().take(kept).chain(['…']).collect();
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(Escaped("a<b>&\"c\"\u{1}\n").to_string(), "a&lt;b&gt;&amp;&quot;c&quot; ");
    }

    #[test]
    fn numbers_have_one_decimal_at_most() {
        let text = [0.0, 12.0, -3.25, 0.04, -0.5].map(|number| Num(number).to_string());
        assert_eq!(text, ["0", "12", "-3.3", "0", "-0.5"]);
    }

    #[test]
    fn a_path_is_relative_and_short() {
        let mut path = String::new();
        ring(&mut path, &[[10, 20], [15, 20], [15, 20], [15, 12], [10, 20]]);
        ring(&mut path, &[[1, 1], [2, 2], [1, 1]]);
        assert_eq!(path, "M10 20l5 0 0-8z");
    }

    #[test]
    fn a_long_text_is_broken_at_spaces_and_shortened() {
        let width = 10.0 * text_width("three four…", false);
        let lines = wrapped("one two three four five", 10.0, false, width, 2);
        assert_eq!(lines, ["one two", "three four…"]);
        let kept = "as of 14\u{a0}May\u{a0}2022";
        let width = 10.0 * text_width("14\u{a0}May\u{a0}2022", false);
        assert_eq!(wrapped(kept, 10.0, false, width, 2), ["as of", "14\u{a0}May\u{a0}2022"]);
        assert!(wrapped("Сонгинохайрхан", 10.0, false, 40.0, 1)[0].ends_with('…'));
    }
}
