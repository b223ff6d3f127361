//! A collection cut into the texts of its features, without parsing them.
//!
//! [`Splitter`] reads block after block and looks for quotes and braces alone: inside a feature nothing
//! else tells where it ends. What stands around the features is kept as [`Splitter::frame`], with an
//! empty array in their place.
//!
//! Must not: judge what is inside a feature; whoever parses its text does. Design: most bytes of a
//! boundary file are coordinates, which `memchr` skips many at a time.

use std::io::Read;
use std::ops::Range;

use memchr::{memchr2, memchr3};

/// The document is no plain collection, or a feature is too long, or it cannot be read.
#[derive(Debug, PartialEq)]
pub struct Unusual;

/// Whole features.
#[derive(Debug)]
pub struct Block {
    pub text: Vec<u8>,
    /// Where they stand in `text`, at least one, in order.
    pub features: Vec<Range<usize>>,
    /// Bytes of the document up to the end of the last one.
    pub end_bytes: u64,
}

/// Cuts the collection that `source` holds.
pub struct Splitter<R> {
    source: R,
    block_bytes: usize,
    feature_limit_bytes: u64,
    /// What is read and not yet given away; `scanned` of it is looked at.
    buffer: Vec<u8>,
    /// May be one more than the buffer holds, after a backslash at its end.
    scanned: usize,
    /// Bytes of the document before the buffer, and up to the end of the last feature.
    before_bytes: u64,
    last_end_bytes: u64,
    features: Vec<Range<usize>>,
    place: Place,
    frame: Frame,
}

/// What the next byte belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Start,
    Frame,
    /// In the array of features, with what may come besides space.
    Between {
        may_start: bool,
        may_end: bool,
    },
    /// In the feature that starts there, so many braces deep.
    Feature {
        start: usize,
        depth: usize,
        is_text: bool,
    },
}

/// The document around its features.
#[expect(clippy::struct_excessive_bools, reason = "each is a state of the scan by itself")]
#[derive(Debug, Default)]
struct Frame {
    text: Vec<u8>,
    depth: usize,
    is_text: bool,
    is_escaped: bool,
    /// The last string at depth 1 in `text`, with its quotes.
    key: Range<usize>,
    is_value: bool,
    /// True once the array of features has begun.
    has_features: bool,
    is_ended: bool,
}

impl<R: Read> Splitter<R> {
    /// - `block_bytes`: how much is read at once, at least 1.
    /// - `feature_limit_bytes`: from the end of a feature to that of the next, and for the frame.
    pub fn new(source: R, block_bytes: usize, feature_limit_bytes: u64) -> Self {
        Self {
            source,
            block_bytes,
            feature_limit_bytes,
            buffer: Vec::new(),
            scanned: 0,
            before_bytes: 0,
            last_end_bytes: 0,
            features: Vec::new(),
            place: Place::Start,
            frame: Frame::default(),
        }
    }

    /// The next features; `None` at the end of the document.
    pub fn next_block(&mut self) -> Result<Option<Block>, Unusual> {
        loop {
            let is_end = self.fill()?;
            self.scan()?;
            let end_bytes = self.before_bytes + self.buffer.len() as u64;
            let limit = self.feature_limit_bytes;
            if end_bytes - self.last_end_bytes > limit || self.frame.text.len() as u64 > limit {
                return Err(Unusual);
            }
            if !self.features.is_empty() {
                return Ok(Some(self.take_block()));
            }
            if is_end {
                let is_whole = self.place == Place::Frame && self.frame.is_ended;
                return if is_whole { Ok(None) } else { Err(Unusual) };
            }
        }
    }

    /// The document with an empty array for each of features, once all are given out.
    pub fn frame(&self) -> &[u8] {
        &self.frame.text
    }

    /// Reads a block more; true at the end of the source.
    fn fill(&mut self) -> Result<bool, Unusual> {
        let wanted = if self.place == Place::Start { self.block_bytes.max(3) } else { self.block_bytes };
        self.buffer.reserve(wanted);
        let source = self.source.by_ref().take(wanted as u64);
        let n = { source }.read_to_end(&mut self.buffer).map_err(|_| Unusual)?;
        if self.place == Place::Start {
            if self.buffer.starts_with(b"\xef\xbb\xbf") {
                self.buffer.drain(..3);
            }
            self.place = Place::Frame;
        }
        Ok(n < wanted)
    }

    fn scan(&mut self) -> Result<(), Unusual> {
        while self.scanned < self.buffer.len() {
            match self.place {
                Place::Feature { start, depth, is_text } => self.scan_feature(start, depth, is_text)?,
                Place::Between { may_start, may_end } => {
                    match self.buffer[self.scanned] {
                        b' ' | b'\t' | b'\n' | b'\r' => {}
                        // The scan of the feature meets its first brace again.
                        b'{' if may_start => {
                            self.place = Place::Feature { start: self.scanned, depth: 0, is_text: false };
                            continue;
                        }
                        b',' if !may_start => self.place = Place::Between { may_start: true, may_end: false },
                        b']' if may_end => {
                            self.frame.text.push(b']');
                            self.place = Place::Frame;
                        }
                        _ => return Err(Unusual),
                    }
                    self.scanned += 1;
                }
                Place::Start | Place::Frame => {
                    if self.frame.take(self.buffer[self.scanned])? {
                        self.place = Place::Between { may_start: true, may_end: true };
                    }
                    self.scanned += 1;
                }
            }
        }
        Ok(())
    }

    /// Goes on in a feature until it or the buffer ends.
    fn scan_feature(&mut self, start: usize, mut depth: usize, mut is_text: bool) -> Result<(), Unusual> {
        while let Some(rest) = self.buffer.get(self.scanned..) {
            let found = if is_text { memchr2(b'"', b'\\', rest) } else { memchr3(b'"', b'{', b'}', rest) };
            let Some(at) = found.map(|at| self.scanned + at) else {
                self.scanned = self.buffer.len();
                break;
            };
            self.scanned = at + 1;
            match self.buffer[at] {
                b'"' => is_text = !is_text,
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => self.scanned += 1,
            }
            if depth == 0 {
                return self.end_feature(start..at + 1);
            }
        }
        self.place = Place::Feature { start, depth, is_text };
        Ok(())
    }

    fn end_feature(&mut self, feature: Range<usize>) -> Result<(), Unusual> {
        let end_bytes = self.before_bytes + feature.end as u64;
        if end_bytes - self.last_end_bytes > self.feature_limit_bytes {
            return Err(Unusual);
        }
        self.last_end_bytes = end_bytes;
        self.features.push(feature);
        self.place = Place::Between { may_start: false, may_end: true };
        Ok(())
    }

    /// Gives away what is read but for a feature that has only begun.
    fn take_block(&mut self) -> Block {
        let given = match &mut self.place {
            Place::Feature { start, .. } => std::mem::take(start),
            _ => self.buffer.len(),
        };
        let mut rest = Vec::with_capacity(self.buffer.len() - given + self.block_bytes);
        rest.extend_from_slice(&self.buffer[given..]);
        self.scanned -= given;
        self.before_bytes += given as u64;
        Block {
            text: std::mem::replace(&mut self.buffer, rest),
            features: std::mem::take(&mut self.features),
            end_bytes: self.last_end_bytes,
        }
    }
}

impl Frame {
    /// Takes a byte outside of features; true if it opens an array of them.
    fn take(&mut self, byte: u8) -> Result<bool, Unusual> {
        let at = self.text.len();
        self.text.push(byte);
        if self.is_text {
            self.is_text = self.is_escaped || byte != b'"';
            self.is_escaped = !self.is_escaped && byte == b'\\';
            if !self.is_text && self.depth == 1 {
                self.key.end = at + 1;
            }
            return Ok(false);
        }
        let is_value = std::mem::take(&mut self.is_value);
        let is_features = self.depth == 1 && &self.text[self.key.clone()] == b"\"features\"";
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => self.is_value = is_value,
            // Twice, or no array.
            _ if is_value && is_features && (self.has_features || byte != b'[') => return Err(Unusual),
            _ if self.is_ended || (self.depth == 0 && byte != b'{') => return Err(Unusual),
            b'"' => {
                self.is_text = true;
                if self.depth == 1 && !is_value {
                    self.key.start = at;
                }
            }
            b':' if self.depth == 1 => {
                // The same name can be written in other ways.
                if self.text[self.key.clone()].contains(&b'\\') {
                    return Err(Unusual);
                }
                self.is_value = true;
            }
            b'[' if is_value && is_features => {
                self.has_features = true;
                return Ok(true);
            }
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth -= 1;
                self.is_ended = self.depth == 0;
            }
            _ => {}
        }
        Ok(false)
    }
}
