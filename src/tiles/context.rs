//! Layers for orientation: `rivers` and `roads`.

use super::frame::Frame;
use super::writer::{Error, Properties, Shape, TileWriter, Value};
use crate::model::{ContextKind, GridBox};
use crate::snapshot::Snapshot;

pub const LAYERS: [(&str, ContextKind); 2] = [("rivers", ContextKind::River), ("roads", ContextKind::Road)];

pub fn write(snapshot: &Snapshot, frame: &Frame, writer: &mut TileWriter) -> Result<(), Error> {
    for (name, kind) in LAYERS {
        let mut layer = writer.layer(name);
        for line in snapshot.context_lines.iter().filter(|line| line.kind == kind) {
            let bounds = GridBox::around(line.line.iter().copied());
            if bounds.is_none_or(|bounds| !bounds.intersects(frame.bounds)) {
                continue;
            }
            let names = [("name_mn", &line.name_mn), ("name_en", &line.name_en)];
            let properties: Properties = names
                .iter()
                .filter_map(|(key, name)| Some(((*key).to_owned(), Value::Text(name.as_ref()?.clone()))))
                .collect();
            layer.add(None, &Shape::Lines(&frame.line(&line.line)), &properties)?;
        }
        layer.finish()?;
    }
    Ok(())
}
