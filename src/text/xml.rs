//! Text as XML 1.0 can hold it.

use std::borrow::Cow;

use quick_xml::escape::escape;

/// Without the characters that no XML document can have, and with those escaped that it reads as its own.
pub fn xml(text: &str) -> Cow<'_, str> {
    if text.contains(is_impossible) { escape(text.replace(is_impossible, "")) } else { escape(text) }
}

/// True for what cannot be written as a reference either.
const fn is_impossible(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_have_is_left_out() {
        assert_eq!(xml("a\u{b}b\0\u{1f}\u{fffe}"), "ab");
        assert_eq!(xml("<Өвөл> & \"\u{1}хавар\""), "&lt;Өвөл&gt; &amp; &quot;хавар&quot;");
        assert_eq!(xml("a\tb\nc\u{85}"), "a\tb\nc\u{85}");
    }
}
