//! Still pictures: read back as XML and as pixels, and compared with the values they show.

mod bare;
mod colours;
mod features;
mod framed;
mod pixels;

use std::collections::BTreeMap;

use hlp_tracker::cartography::picture::{Area, AskedFrame, Form, Links};
use hlp_tracker::cartography::{Asked, Frame, Query, picture};
use hlp_tracker::model::Lang;
use hlp_tracker::snapshot::Snapshot;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::small_world::loaded;

fn town() -> Snapshot {
    Snapshot::build(loaded(), None, 10_000.0).expect("a sound town")
}

fn read(snapshot: &Snapshot, measure: &str, asked: &Asked) -> Query {
    Query::read(snapshot, measure, asked, Lang::Mn).expect("a sound query")
}

fn bare(form: Form, area: Area) -> Frame {
    Frame::bare(form, area, Links { prefix: "/mn/".into(), query: String::new() }, "m")
}

fn framed(asked: &AskedFrame) -> Frame {
    Frame::read(asked).expect("a sound frame")
}

/// An element: its name, its attributes, and the text directly in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    /// Index of the element around it.
    parent: Option<usize>,
}

/// All elements in order. Panics where the text is no well-formed XML.
fn parsed(svg: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(svg);
    let (mut elements, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        let event = reader.read_event().expect("well-formed");
        match event {
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                let name = tag.name().as_ref().to_owned();
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.expect("a sound attribute");
                    let key = attribute.key.as_ref().to_owned();
                    (key, quick_xml::escape::unescape(&attribute.value).expect("escaped").into_owned())
                });
                let attributes = attributes.collect();
                let parent = open.last().copied();
                elements.push(Element { name, attributes, text: String::new(), parent });
                if matches!(event, Event::Start(_)) {
                    open.push(elements.len() - 1);
                }
            }
            Event::End(_) => drop(open.pop().expect("opened before")),
            Event::Text(text) => {
                elements[*open.last().expect("inside")].text.push_str(&text);
            }
            Event::GeneralRef(reference) => {
                let raw = format!("&{};", &*reference);
                let text = quick_xml::escape::unescape(&raw).expect("known").into_owned();
                elements[*open.last().expect("inside")].text.push_str(&text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    elements
}

/// Address and name of every link, in the order of the document.
fn links(elements: &[Element]) -> Vec<(String, String)> {
    let title_of = |link: usize| {
        let title = elements.iter().find(|e| e.parent == Some(link) && e.name == "title");
        title.expect("every link has a name").text.clone()
    };
    let links = elements.iter().enumerate().filter(|(_, element)| element.name == "a");
    links.map(|(idx, element)| (element.attributes["href"].clone(), title_of(idx))).collect()
}

/// Whether a point lies in the path of a unit: closed rings of relative steps, even-odd. In steps.
fn encloses(path: &str, [x, y]: [f64; 2]) -> bool {
    let rings = path.split('z').filter(|ring| !ring.is_empty()).map(|ring| {
        let spaced = ring.replace(['M', 'l'], " ").replace('-', " -");
        let numbers: Vec<f64> = spaced.split_whitespace().map(|n| n.parse().expect("a number")).collect();
        let along = numbers.chunks_exact(2).scan([0.0; 2], |at, step| {
            *at = [at[0] + step[0], at[1] + step[1]];
            Some(*at)
        });
        along.collect::<Vec<[f64; 2]>>()
    });
    let crossings = rings.map(|ring| {
        let sides = ring.iter().zip(ring.iter().cycle().skip(1));
        let crossed = sides.filter(|(a, b)| {
            (a[1] > y) != (b[1] > y) && x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])
        });
        crossed.count()
    });
    crossings.sum::<usize>() % 2 == 1
}

fn drawn(snapshot: &Snapshot, query: &Query, frame: &Frame) -> String {
    picture(snapshot, query, frame).expect("a picture")
}
