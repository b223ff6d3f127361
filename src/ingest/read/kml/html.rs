//! Names and values in the HTML tables that map programs put into a placemark's description.

/// Pairs of the table rows that have exactly two cells, in order.
///
/// Tags are scanned, not parsed: such tables nest, leave cells open and come from everywhere. A table
/// within a cell counts by its own rows.
pub fn table_rows(html: &str) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let mut cells: Vec<String> = Vec::new();
    let mut cell: Option<String> = None;
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (before, from_tag) = rest.split_at(open);
        if let Some(cell) = &mut cell {
            cell.push_str(before);
        }
        let Some(end) = from_tag.find('>') else { break };
        let tag = from_tag[1..end].trim().to_ascii_lowercase();
        rest = &from_tag[end + 1..];
        let name: &str = tag.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        match name {
            "tr" => {
                cells.clear();
                cell = None;
            }
            "td" | "th" => {
                cells.extend(cell.take());
                cell = Some(String::new());
            }
            "/td" | "/th" => cells.extend(cell.take()),
            "/tr" | "/table" => {
                cells.extend(cell.take());
                if let [name, value] = &cells[..] {
                    let (name, value) = (text(name), text(value));
                    if !name.is_empty() {
                        rows.push((name, value));
                    }
                }
                cells.clear();
            }
            "br" | "br/" => {
                if let Some(cell) = &mut cell {
                    cell.push(' ');
                }
            }
            _ => {}
        }
    }
    rows
}

/// Character references resolved, space collapsed.
pub fn text(html: &str) -> String {
    let mut resolved = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('&') {
        resolved.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(';').filter(|end| *end <= 10);
        if let Some((end, c)) = end.and_then(|end| Some((end, entity(&rest[1..end])?))) {
            resolved.push(c);
            rest = &rest[end + 1..];
        } else {
            resolved.push('&');
            rest = &rest[1..];
        }
    }
    resolved.push_str(rest);
    resolved.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The character of a reference without `&` and `;`: `amp`, `#1200`, `#x4b0`.
pub fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_two_cells_are_read_also_from_nested_tables() {
        let html = r##"<html><body><table border="1"><tr bgcolor="#fff"><td colspan=2>12-р хороо</td></tr>
            <tr><td><table><TR><TD>FID</TD><TD>11</TD></TR><tr><td>Дүүрэг</td><td><b>Баянгол</b>&nbsp;дүүрэг</td></tr>
            <tr><td>Өрх</td><td></td></tr><tr><th>Хороо<td>12 &#1088; &amp; co</tr></table></td></tr></table>"##;
        let rows = table_rows(html);
        let expected = [("FID", "11"), ("Дүүрэг", "Баянгол дүүрэг"), ("Өрх", ""), ("Хороо", "12 р & co")];
        let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn what_is_no_table_gives_no_rows() {
        assert_eq!(table_rows("plain <b>text</b> & more <td"), []);
    }
}
