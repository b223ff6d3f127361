//! Patterns of text: `%` for any characters, `_` for one, `\` before a character that stands for itself.

/// What a pattern is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Any,
    One,
    Exactly(char),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

impl Pattern {
    /// `None` if a `\` at its end stands before nothing.
    pub fn read(text: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            pieces.push(match c {
                '%' => Piece::Any,
                '_' => Piece::One,
                '\\' => Piece::Exactly(chars.next()?),
                c => Piece::Exactly(c),
            });
        }
        Some(Self(pieces))
    }

    /// Whether the whole text fits, and the steps that it took to tell.
    ///
    /// Where a piece does not fit, the last `%` takes one character more. O(text × pattern) at worst.
    pub fn fits(&self, text: &str) -> (bool, u64) {
        let text: Vec<char> = text.chars().collect();
        let (mut at, mut piece, mut steps) = (0, 0, 1);
        // The piece after the last `%`, and where it was tried last.
        let mut retry: Option<(usize, usize)> = None;
        while at < text.len() {
            steps += 1;
            match self.0.get(piece) {
                Some(Piece::Any) => {
                    piece += 1;
                    retry = Some((piece, at));
                }
                Some(Piece::One) => (at, piece) = (at + 1, piece + 1),
                Some(Piece::Exactly(c)) if *c == text[at] => (at, piece) = (at + 1, piece + 1),
                _ => {
                    let Some((after, tried)) = retry else { return (false, steps) };
                    retry = Some((after, tried + 1));
                    (at, piece) = (tried + 1, after);
                }
            }
        }
        (self.0[piece..].iter().all(|piece| *piece == Piece::Any), steps)
    }
}
