//! The patch of colour beside a class in a page's legend, in the page's colours as a bare picture's.

use super::theme::Theme;
use crate::cartography::legend::{Entry, EntryKind};

/// An element without words of its own.
pub fn swatch(entry: &Entry) -> String {
    let theme = Theme::page();
    let edge = match entry.kind {
        EntryKind::Zero => format!(" stroke=\"{}\"", theme.edge),
        _ => String::new(),
    };
    let hatch = match entry.kind {
        EntryKind::NoData => format!(
            "<path fill=\"none\" stroke=\"{}\" stroke-width=\"1.6\" d=\"M-4 16L12 0M4 16L20 0M12 16L28 0M20 16L36 0\"/>",
            theme.hatch
        ),
        _ => String::new(),
    };
    format!(
        "<svg class=\"swatch\" width=\"28\" height=\"16\" viewBox=\"0 0 28 16\" aria-hidden=\"true\">\
         <rect x=\".5\" y=\".5\" width=\"27\" height=\"15\" fill=\"{}\"{edge}/>{hatch}</svg>",
        theme.class(entry.fill())
    )
}
