//! Text without its case.

/// Unicode's full case folding, by way of lower, upper and lower case: `ß` and `ẞ` become `ss`, `ς` becomes `σ`.
///
/// The dotless `ı` stays itself, for its upper case is that of another letter.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c == 'ı' {
            folded.push(c);
            continue;
        }
        let turned = c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
        folded.extend(turned);
    }
    folded
}
