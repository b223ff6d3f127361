//! Single layers of a tile that is made.
//!
//! Design: a collection's tile is a part of the tile of all layers, which most who ask have asked for already, and
//! cutting it out of the bytes costs nothing beside making it anew.

/// Field `layers` of a tile, and `name` of a layer (MVT 2.1).
const LAYERS: u64 = 3;
const NAME: u64 = 1;

/// The tile with the layer `name` alone; no bytes where it has none.
///
/// - `tile`: one of [`super::encode`].
pub fn layer_of(tile: &[u8], name: &str) -> Vec<u8> {
    let mut rest = tile;
    while let Some(field) = Field::first_of(rest) {
        let has_name = |layer: &[u8]| {
            let mut rest = layer;
            while let Some(field) = Field::first_of(rest) {
                if field.number == NAME {
                    return field.bytes == name.as_bytes();
                }
                rest = &rest[field.size..];
            }
            false
        };
        if field.number == LAYERS && has_name(field.bytes) {
            return rest[..field.size].to_vec();
        }
        rest = &rest[field.size..];
    }
    Vec::new()
}

/// A field of a message.
struct Field<'a> {
    number: u64,
    /// Empty for a number.
    bytes: &'a [u8],
    /// Tag and length included.
    size: usize,
}

impl<'a> Field<'a> {
    /// `None` at the end, and where the bytes are no message.
    fn first_of(message: &'a [u8]) -> Option<Self> {
        let (tag, tag_size) = number(message)?;
        let (value, value_size) = number(&message[tag_size..])?;
        let start = tag_size + value_size;
        match tag & 7 {
            0 => Some(Self { number: tag >> 3, bytes: &[], size: start }),
            2 => {
                let size = start.checked_add(usize::try_from(value).ok()?)?;
                Some(Self { number: tag >> 3, bytes: message.get(start..size)?, size })
            }
            _ => None,
        }
    }
}

/// Seven bits a byte, the lowest first; with the bytes that it takes.
fn number(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut number = 0;
    for (at, byte) in bytes.iter().enumerate().take(10) {
        number |= u64::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((number, at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_is_taken_out_by_its_name() {
        // Two layers, the second with a version before its name.
        let tile = [0x1a, 4, 0x0a, 2, b'a', b'b', 0x1a, 5, 0x78, 2, 0x0a, 1, b'c'];
        assert_eq!(layer_of(&tile, "ab"), tile[..6]);
        assert_eq!(layer_of(&tile, "c"), tile[6..]);
        assert!(layer_of(&tile, "a").is_empty() && layer_of(&[], "c").is_empty());
        assert!(layer_of(&tile[..12], "c").is_empty(), "cut off");
    }
}
