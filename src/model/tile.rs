//! Addresses in the square tile pyramid of Web Mercator.

/// Deepest zoom served.
pub const ZOOM_MAX: u8 = 16;

/// One tile: zoom 0 to [`ZOOM_MAX`], x from 0 in the west, y from 0 in the **north**, both below 2^z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileCoord {
    z: u8,
    x: u32,
    y: u32,
}

/// Why an address names no tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    #[error("zoom {z} is beyond the deepest zoom {ZOOM_MAX}")]
    Zoom { z: u32 },
    #[error("tile {z}/{x}/{y} lies outside the grid: x and y go from 0 to {max}")]
    OutsideGrid { z: u8, x: u32, y: u32, max: u32 },
}

impl TileCoord {
    pub fn new(z: u32, x: u32, y: u32) -> Result<Self, TileError> {
        let z = u8::try_from(z).ok().filter(|&z| z <= ZOOM_MAX).ok_or(TileError::Zoom { z })?;
        let max = (1 << z) - 1;
        if x > max || y > max {
            return Err(TileError::OutsideGrid { z, x, y, max });
        }
        Ok(Self { z, x, y })
    }

    pub const fn z(self) -> u8 {
        self.z
    }

    pub const fn x(self) -> u32 {
        self.x
    }

    pub const fn y(self) -> u32 {
        self.y
    }
}

impl std::fmt::Display for TileCoord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}", self.z, self.x, self.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_ends_at_two_to_the_zoom() {
        assert!(TileCoord::new(0, 0, 0).is_ok());
        assert!(TileCoord::new(16, 65_535, 65_535).is_ok());
        assert_eq!(
            TileCoord::new(16, 65_536, 0),
            Err(TileError::OutsideGrid { z: 16, x: 65_536, y: 0, max: 65_535 })
        );
        assert_eq!(TileCoord::new(17, 0, 0), Err(TileError::Zoom { z: 17 }));
        assert_eq!(TileCoord::new(260, 0, 0), Err(TileError::Zoom { z: 260 }));
    }
}
