//! The words of a filter as text.

use super::ast::Place;
use super::{Fault, FilterError};

#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Word(String),
    /// A name between double quotes.
    Name(String),
    Text(String),
    Number(f64),
    Sign(&'static str),
    End,
}

const SIGNS: [&str; 15] = ["<>", "<=", ">=", "<", ">", "=", "(", ")", ",", "+", "-", "*", "/", "%", "^"];

impl Token {
    pub fn told(&self) -> String {
        match self {
            Self::Word(word) => format!("`{word}`"),
            Self::Name(name) => format!("`\"{name}\"`"),
            Self::Text(text) => format!("'{text}'"),
            Self::Number(number) => format!("`{number}`"),
            Self::Sign(sign) => format!("`{sign}`"),
            Self::End => "the end".to_owned(),
        }
    }

    pub fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(own) if own.eq_ignore_ascii_case(word))
    }
}

/// All words with the numbers of their first characters, [`Token::End`] last.
pub fn read(text: &str) -> Result<Vec<(usize, Token)>, FilterError> {
    let mut tokens = Vec::new();
    // The next character: its byte, and its number for people.
    let (mut at, mut number) = (0, 1);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c.is_whitespace() {
            at += c.len_utf8();
            number += 1;
            continue;
        }
        let place = Place::Character(number);
        let (token, len) = if c == '\'' {
            quoted_text(rest).ok_or_else(|| Fault::Unclosed.at(&place))?
        } else if c == '"' {
            let end = rest[1..].find('"').ok_or_else(|| Fault::Unclosed.at(&place))?;
            (Token::Name(rest[1..=end].to_owned()), end + 2)
        } else if c.is_ascii_digit() || (c == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit())) {
            let len = number_len(rest);
            let number: Option<f64> = rest[..len].parse().ok().filter(|n: &f64| n.is_finite());
            let fault = || Fault::NotA { expected: "a number", value: rest[..len].to_owned() };
            (Token::Number(number.ok_or_else(|| fault().at(&place))?), len)
        } else if begins_word(c) {
            let len = rest.find(|c| !continues_word(c)).unwrap_or(rest.len());
            (Token::Word(rest[..len].to_owned()), len)
        } else {
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign)).ok_or_else(|| {
                Fault::Unexpected { expected: "a word of CQL2", found: format!("`{c}`") }.at(&place)
            })?;
            (Token::Sign(sign), sign.len())
        };
        tokens.push((number, token));
        number += rest[..len].chars().count();
        at += len;
    }
    tokens.push((number, Token::End));
    Ok(tokens)
}

/// `''` and `\'` stand for a quote; other backslashes for themselves.
fn quoted_text(rest: &str) -> Option<(Token, usize)> {
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        let is_quote_next = chars.peek().is_some_and(|(_, next)| *next == '\'');
        match c {
            '\'' | '\\' if is_quote_next => {
                chars.next();
                text.push('\'');
            }
            '\'' => return Some((Token::Text(text), at + 1)),
            c => text.push(c),
        }
    }
    None
}

/// Digits, a fraction, an exponent.
fn number_len(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digits = |from: usize| from + bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut len = digits(0);
    if bytes.get(len) == Some(&b'.') {
        len = digits(len + 1);
    }
    if matches!(bytes.get(len), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(len + 1), Some(b'+' | b'-')));
        let end = digits(len + 1 + sign);
        if end > len + 1 + sign {
            len = end;
        }
    }
    len
}

fn begins_word(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == ':'
}

fn continues_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ':' | '.' | '\u{300}'..='\u{36f}' | '\u{203f}' | '\u{2040}')
}
