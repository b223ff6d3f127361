//! What is drawn and found besides the store's own: context features or archive, and landmarks.
//!
//! It is loaded once and shared by every snapshot of a run, so a changed record costs nothing here.

use std::sync::Arc;

use rstar::RTree;

use super::geography::{Boxed, envelope};
use super::search::landmarks::Landmarks;
use super::{Snapshot, VintageView};
use crate::model::GridBox;
use crate::model::orientation::{
    Attribution, AttributionPart, ContextFeature, ContextLayer, Landmark, TileArchive,
};

/// Things that stand beside the store.
#[derive(Default)]
pub struct Orientation {
    pub context: Option<Context>,
    pub landmarks: Landmarks,
}

/// Context that takes the place of the store's.
pub enum Context {
    Features(Features),
    /// Ready tiles, of which a snapshot knows what they say of themselves.
    Archive(TileArchive),
}

/// Context features, found by box.
pub struct Features {
    pub all: Vec<ContextFeature>,
    pub attribution: Attribution,
    /// Around all of them.
    pub bounds: GridBox,
    boxes: RTree<Boxed>,
    layers: Vec<ContextLayer>,
}

impl Orientation {
    pub fn new(context: Option<Context>, landmarks: Vec<Landmark>) -> Self {
        Self { context, landmarks: Landmarks::of(landmarks) }
    }
}

impl Features {
    /// `None` where there is nothing.
    pub fn new(all: Vec<ContextFeature>, attribution: Attribution) -> Option<Self> {
        let bounds = |feature: &ContextFeature| GridBox::around(feature.shape.vertices());
        let boxed = |(idx, feature)| Some(Boxed { bounds: bounds(feature)?, idx });
        let boxed: Vec<Boxed> = (0_u32..).zip(&all).filter_map(boxed).collect();
        let around = boxed.iter().map(|boxed| boxed.bounds).reduce(GridBox::union)?;
        let has = ContextLayer::ALL.iter().copied().filter(|layer| all.iter().any(|one| one.layer == *layer));
        Some(Self { layers: has.collect(), boxes: RTree::bulk_load(boxed), all, attribution, bounds: around })
    }

    /// Features whose boxes meet `bounds`, in their order, with these boxes.
    pub fn within(&self, bounds: GridBox) -> impl Iterator<Item = (GridBox, &ContextFeature)> {
        let hits = self.boxes.locate_in_envelope_intersecting(envelope(bounds));
        let mut found: Vec<(u32, GridBox)> = hits.map(|boxed| (boxed.idx, boxed.bounds)).collect();
        found.sort_unstable_by_key(|(idx, _)| *idx);
        found.into_iter().map(|(idx, bounds)| (bounds, &self.all[idx as usize]))
    }

    pub fn has(&self, layer: ContextLayer) -> bool {
        self.layers.contains(&layer)
    }
}

impl Snapshot {
    /// The same with what stands beside the store.
    #[must_use]
    pub fn among(self, orientation: Arc<Orientation>) -> Self {
        Self { orientation, ..self }
    }

    /// True if there is a tileset of context.
    pub fn has_context(&self) -> bool {
        self.orientation.context.is_some() || !self.context_lines.is_empty()
    }

    /// Whom a map with the context of a file has to name; nobody for the store's own lines.
    pub fn context_attribution(&self) -> &[AttributionPart] {
        match &self.orientation.context {
            Some(Context::Features(features)) => &features.attribution.0,
            Some(Context::Archive(archive)) => &archive.attribution.0,
            None => &[],
        }
    }
}

impl VintageView {
    /// The khoroo on whose ground a landmark stands.
    pub fn khoroo_of(&self, landmark: &Landmark) -> Option<usize> {
        self.geography.locate(landmark.at)
    }
}
