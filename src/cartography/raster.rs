//! Pictures as PNG, drawn from their SVG.
//!
//! Owns: the renderer and its fonts, which come from the build: no font of the system is looked for, so
//! the same picture has the same pixels on every machine.
//! Design: `resvg` is asked for text alone; pictures hold no raster images, and nothing is loaded from
//! anywhere.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb};

/// Draws pictures; cheap to clone.
#[derive(Clone)]
pub struct Painter {
    fonts: Arc<fontdb::Database>,
}

/// Why there is no PNG; all are faults of ours.
#[derive(Debug, thiserror::Error)]
pub enum RasterError {
    #[error("the picture is no SVG: {0}")]
    Svg(#[from] usvg::Error),
    #[error("a picture of {width} × {height} pixels cannot be held")]
    Size { width: u32, height: u32 },
    #[error("the pixels cannot be encoded: {0}")]
    Encode(String),
    #[error("the font `{name}` holds no face")]
    Font { name: &'static str },
}

const FAMILY: &str = "Noto Sans";

impl Painter {
    /// - `fonts`: name, weight and bytes of TrueType files of Noto Sans.
    pub fn new(fonts: Vec<(&'static str, u16, Vec<u8>)>) -> Result<Self, RasterError> {
        let mut database = fontdb::Database::new();
        for (name, weight, bytes) in fonts {
            let ids = database.load_font_source(fontdb::Source::Binary(Arc::new(bytes)));
            let first = ids.first().and_then(|&id| database.face(id)).cloned();
            let mut face = first.ok_or(RasterError::Font { name })?;
            for id in ids {
                database.remove_face(id);
            }
            // A file of one weight calls itself a family of its own; here it is one of two.
            face.families = vec![(FAMILY.to_owned(), fontdb::Language::English_UnitedStates)];
            face.weight = fontdb::Weight(weight);
            database.push_face_info(face);
        }
        database.set_sans_serif_family(FAMILY);
        Ok(Self { fonts: Arc::new(database) })
    }

    /// The picture in its own width and height.
    pub fn png(&self, svg: &str) -> Result<Vec<u8>, RasterError> {
        let options = usvg::Options {
            fontdb: self.fonts.clone(),
            font_family: FAMILY.to_owned(),
            ..usvg::Options::default()
        };
        let tree = usvg::Tree::from_str(svg, &options)?;
        let size = tree.size().to_int_size();
        let (width, height) = (size.width(), size.height());
        let mut pixmap = Pixmap::new(width, height).ok_or(RasterError::Size { width, height })?;
        resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
        pixmap.encode_png().map_err(|error| RasterError::Encode(error.to_string()))
    }
}

impl std::fmt::Debug for Painter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Painter").field("n_faces", &self.fonts.len()).finish()
    }
}
