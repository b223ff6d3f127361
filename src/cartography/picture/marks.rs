//! The smallest pieces of a picture: lines of text, names, the hatch, a unit's shape and its link.

use std::fmt::{self, Display};

use super::advances::text_width;
use super::frame::{Dress, Frame};
use super::svg::{Escaped, Num};
use super::theme::{Lettering, Paint, Theme};
use super::units::Painted;
use crate::cartography::legend::EntryKind;
use crate::cartography::palette::NO_DATA;

/// One line of text.
pub struct Text<'a> {
    pub x: f64,
    pub y: f64,
    pub size: f64,
    pub is_bold: bool,
    pub fill: Paint,
    pub words: &'a str,
}

/// A name on a map, centred, with a halo.
pub struct Label<'a> {
    pub x: f64,
    pub y: f64,
    pub size: f64,
    pub is_bold: bool,
    pub on: Lettering,
    pub text: &'a str,
}

/// The hatch of no data.
pub struct Hatch<'a> {
    pub theme: Theme,
    pub id: &'a str,
    /// Units of the drawing in a pixel.
    pub scale: f64,
}

/// The fill of a unit: the colour of its class, or the hatch.
#[derive(Clone, Copy)]
pub struct Fill<'a> {
    pub painted: &'a Painted<'a>,
    pub idx: usize,
    pub theme: Theme,
    pub id: &'a str,
}

/// The shape of a unit.
pub struct Shape<'a> {
    pub path: &'a str,
    pub fill: Fill<'a>,
    pub edge: Option<Paint>,
}

/// A unit with its name, as a link where the frame has an address for it.
pub struct Linked<'a, D> {
    pub painted: &'a Painted<'a>,
    pub idx: usize,
    pub frame: &'a Frame,
    pub inner: D,
}

/// A text's width in Noto Sans, to which any other font is drawn together or apart.
pub struct Kept<'a> {
    pub text: &'a str,
    pub size: f64,
    pub is_bold: bool,
}

impl Frame {
    /// The beginning of ids in the picture.
    pub fn id(&self) -> &str {
        match &self.dress {
            Dress::Framed { .. } => "hlp",
            Dress::Bare { id, .. } => id,
        }
    }
}

impl Display for Kept<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = Num(text_width(self.text, self.is_bold) * self.size);
        write!(f, " textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\"")
    }
}

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = if self.is_bold { " font-weight=\"600\"" } else { "" };
        let (x, y, size) = (Num(self.x), Num(self.y), Num(self.size));
        let (fill, text) = (self.fill, Escaped(self.words));
        write!(f, "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight} fill=\"{fill}\"")?;
        if f.alternate() {
            Kept { text: self.words, size: self.size, is_bold: self.is_bold }.fmt(f)?;
        }
        write!(f, ">{text}</text>")
    }
}

impl Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = if self.is_bold { " font-weight=\"600\"" } else { "" };
        let (x, y, size) = (Num(self.x), Num(self.y), Num(self.size));
        let Lettering { ink, halo } = self.on;
        write!(
            f,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight} text-anchor=\"middle\" fill=\"{ink}\" \
             stroke=\"{halo}\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\" \
             pointer-events=\"none\""
        )?;
        if f.alternate() {
            Kept { text: self.text, size: self.size, is_bold: self.is_bold }.fmt(f)?;
        }
        write!(f, ">{}</text>", Escaped(self.text))
    }
}

impl Display for Hatch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ground = self.theme.class(NO_DATA);
        write!(
            f,
            "<pattern id=\"{}-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45) scale({})\"><path fill=\"{ground}\" d=\"M0 0h6v6H0z\"/>\
             <path stroke=\"{}\" stroke-width=\"1.6\" d=\"M0 0v6\"/></pattern>",
            Escaped(self.id),
            Num(self.scale),
            self.theme.hatch
        )
    }
}

impl Display for Fill<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = self.painted.entry(self.idx);
        match entry.kind {
            EntryKind::NoData => write!(f, "url(#{}-hatch)", Escaped(self.id)),
            _ => write!(f, "{}", self.theme.class(entry.fill())),
        }
    }
}

impl Display for Shape<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<path fill=\"{}\" d=\"{}\"", self.fill, self.path)?;
        if let Some(edge) = self.edge {
            write!(f, " stroke=\"{edge}\"")?;
        }
        f.write_str("/>")
    }
}

impl<D: Display> Display for Linked<'_, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = self.painted.title(self.idx);
        let (title, inner) = (Escaped(&title), &self.inner);
        match &self.frame.dress {
            Dress::Bare { links, .. } => {
                let (prefix, query) = (Escaped(&links.prefix), Escaped(&links.query));
                let path = self.painted.path(self.idx);
                write!(f, "<a href=\"{prefix}{path}{query}\"><title>{title}</title>{inner}</a>")
            }
            Dress::Framed { .. } => write!(f, "<g><title>{title}</title>{inner}</g>"),
        }
    }
}
