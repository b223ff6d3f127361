//! Characters that no text has.

use std::borrow::Cow;

/// True for a control character that stands for no white space.
pub const fn is_binary(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}')
}

/// The text as one line: tabs and line ends are a space each. `None` if it holds other control characters.
///
/// One store keeps U+0000 and the other refuses it, and no control character can be seen or typed again:
/// such text is damaged, and guessing what it was is worse than asking.
pub fn plain(text: &str) -> Option<Cow<'_, str>> {
    if text.contains(is_binary) {
        None
    } else if text.contains(char::is_control) {
        Some(text.replace("\r\n", " ").replace(char::is_control, " ").into())
    } else {
        Some(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_becomes_spaces_and_other_control_characters_are_refused() {
        assert_eq!(plain("Өвлийн\tүйл\r\nба\nбус").as_deref(), Some("Өвлийн үйл ба бус"));
        assert_eq!(plain("Яармаг").as_deref(), Some("Яармаг"));
        for c in ['\0', '\u{1}', '\u{8}', '\u{e}', '\u{1b}', '\u{1f}', '\u{7f}', '\u{80}', '\u{9f}'] {
            assert_eq!(plain(&format!("a{c}b")), None, "{c:?}");
        }
        assert_eq!(plain("a\u{85}b").as_deref(), Some("a b"));
    }
}
