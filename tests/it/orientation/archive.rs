//! A writer of small `PMTiles` archives, after the specification and apart from the reader under test.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

/// What goes into an archive.
pub struct Made {
    /// Zoom, column, row, bytes.
    pub tiles: Vec<(u32, u64, u64, Vec<u8>)>,
    pub metadata: Value,
    /// 1 is none, 2 gzip; of tiles.
    pub packing: u8,
    /// 1 is MVT.
    pub tile_type: u8,
    /// Puts all entries into leaf directories of this many.
    pub per_leaf: Option<usize>,
}

impl Made {
    pub fn new(tiles: Vec<(u32, u64, u64, Vec<u8>)>) -> Self {
        let metadata = json!({
            "name": "Town",
            "attribution": "<a href=\"https://www.openstreetmap.org/copyright\">&copy; OpenStreetMap</a><script>x</script>",
            "vector_layers": [
                { "id": "roads", "fields": { "kind": "String" }, "minzoom": 0, "maxzoom": 12 },
                { "id": "water", "fields": {} },
                { "id": "places", "fields": { "name": "String" } },
            ],
        });
        Self { tiles, metadata, packing: 2, tile_type: 1, per_leaf: None }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut entries: Vec<(u64, u64, Vec<u8>)> = self
            .tiles
            .iter()
            .map(|(z, x, y, bytes)| (number(*z, *x, *y), 1, packed(self.packing, bytes)))
            .collect();
        entries.sort();
        let mut data = Vec::new();
        let mut rows: Vec<[u64; 4]> = Vec::new();
        for (id, run, bytes) in &entries {
            rows.push([*id, *run, bytes.len() as u64, data.len() as u64]);
            data.extend(bytes);
        }
        let mut leaves = Vec::new();
        let root = match self.per_leaf {
            None => directory(&rows),
            Some(n) => {
                let mut roots = Vec::new();
                for part in rows.chunks(n) {
                    let leaf = packed(2, &directory(part));
                    roots.push([part[0][0], 0, leaf.len() as u64, leaves.len() as u64]);
                    leaves.extend(leaf);
                }
                directory(&roots)
            }
        };
        let (root, metadata) = (packed(2, &root), packed(2, self.metadata.to_string().as_bytes()));
        let zooms = self.tiles.iter().map(|(z, ..)| *z as u8);
        let mut file = b"PMTiles\x03".to_vec();
        let mut at = 127_u64;
        for part in [&root, &metadata, &leaves, &data] {
            file.extend(at.to_le_bytes());
            file.extend((part.len() as u64).to_le_bytes());
            at += part.len() as u64;
        }
        for n in [rows.len(), rows.len(), rows.len()] {
            file.extend((n as u64).to_le_bytes());
        }
        file.extend([1, 2, self.packing, self.tile_type]);
        file.extend([zooms.clone().min().unwrap_or(0), zooms.max().unwrap_or(0)]);
        for degrees in [106.5_f64, 47.5, 107.5, 48.5] {
            file.extend(((degrees * 1e7) as i32).to_le_bytes());
        }
        file.push(8);
        file.extend([0; 8]);
        assert_eq!(file.len(), 127);
        for part in [root, metadata, leaves, data] {
            file.extend(part);
        }
        file
    }
}

/// Id, run, length, offset of each entry.
fn directory(rows: &[[u64; 4]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint(&mut bytes, rows.len() as u64);
    let mut last = 0;
    for row in rows {
        varint(&mut bytes, row[0] - last);
        last = row[0];
    }
    for row in rows {
        varint(&mut bytes, row[1]);
    }
    for row in rows {
        varint(&mut bytes, row[2]);
    }
    for (nth, row) in rows.iter().enumerate() {
        let follows = nth > 0 && rows[nth - 1][2] + rows[nth - 1][3] == row[3];
        varint(&mut bytes, if follows { 0 } else { row[3] + 1 });
    }
    bytes
}

fn varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn packed(method: u8, bytes: &[u8]) -> Vec<u8> {
    match method {
        2 => {
            let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
            gzip.write_all(bytes).expect("memory");
            gzip.finish().expect("memory")
        }
        _ => bytes.to_vec(),
    }
}

/// The number of a tile, found by walking the whole curve of its zoom, square by square.
fn number(z: u32, x: u64, y: u64) -> u64 {
    let before: u64 = (0..z).map(|zoom| 1_u64 << (2 * zoom)).sum();
    let n = 1_u64 << z;
    let (mut along, mut px, mut py) = (0, x, y);
    let mut s = n / 2;
    while s > 0 {
        let (rx, ry) = (u64::from(px & s != 0), u64::from(py & s != 0));
        along += s * s * ((3 * rx) ^ ry);
        if ry == 0 {
            if rx == 1 {
                (px, py) = (n - 1 - px, n - 1 - py);
            }
            (px, py) = (py, px);
        }
        s /= 2;
    }
    before + along
}
