//! Names on the way of a day: none lies on another or on a mark, and rather none on a leg.
//!
//! Owns: where names stand. What has no room is not written: the page tells every stop beside its number.

use std::collections::BTreeMap;

use super::{LETTERS, MARK, Mark, Way, legs};
use crate::cartography::picture::advances::text_width;
use crate::cartography::picture::labels::ENLARGED;
use crate::cartography::picture::shapes::{Lens, Rings};
use crate::cartography::picture::svg::{Escaped, Num, Svg};
use crate::cartography::picture::theme::{Paint, Theme};
use crate::model::Lang;
use crate::snapshot::Unit;

/// Left, top, right, foot of what is taken on the picture.
type Taken = Vec<[f64; 4]>;

/// Khoroos of the way first, then districts, then other khoroos; what has no room is not written.
pub fn draw(
    svg: &mut Svg,
    way: &Way<'_>,
    lens: &Lens,
    areas: &BTreeMap<u32, Rings>,
    marks: &[Mark],
    theme: Theme,
) {
    let geography = &way.view.geography;
    let around = |[x, y]: [f64; 2]| [x - MARK - 1.0, y - MARK - 1.0, x + MARK + 1.0, y + MARK + 1.0];
    let mut taken: Taken = vec![[0.0, lens.size[1] - 36.0, 150.0, lens.size[1]]];
    taken.extend(marks.iter().map(|mark| around(mark.at)));
    let mut names = Names { svg, size: lens.size, taken, legs: legs(marks) };
    let name = |unit: &Unit| match way.lang {
        Lang::En if !unit.name_en.is_empty() => unit.name_en.clone(),
        _ => unit.name_mn.clone(),
    };
    let middle = |at| Spot { at, anchor: Anchor::Middle };
    for (mark, &khoroo) in marks.iter().zip([way.from].iter().chain(way.stops)) {
        names.write(&name(&geography.khoroos[khoroo]), &beside(mark.at), false, theme.ink, theme);
    }
    for (idx, district) in geography.districts.iter().enumerate() {
        let members = geography.khoroos[geography.khoroos_of(idx)].iter().filter_map(|khoroo| khoroo.label);
        let seen: Vec<[f64; 2]> = members.filter(|&at| lens.holds(at)).map(|at| lens.px(at)).collect();
        if seen.is_empty() {
            continue;
        }
        let mean = [0, 1].map(|axis| seen.iter().map(|at| at[axis]).sum::<f64>() / seen.len() as f64);
        let spots: Vec<Spot> = std::iter::once(mean).chain(seen).map(middle).collect();
        names.write(&name(district), &spots, true, theme.quiet, theme);
    }
    if geography.coverage.is_none() {
        return;
    }
    for (&unit, rings) in areas {
        let khoroo = unit as usize;
        let text = name(&geography.khoroos[khoroo]);
        let is_named = khoroo == way.from || way.stops.contains(&khoroo);
        let widest = lens.widest(rings).filter(|(_, room)| !is_named && *room >= wide(&text, false));
        if let Some((at, _)) = widest {
            names.write(&text, &[middle(at)], false, theme.quiet, theme);
        }
    }
}

/// Where a name may stand: the side of it that is held, and where the middle of its height is.
#[derive(Clone, Copy)]
struct Spot {
    at: [f64; 2],
    anchor: Anchor,
}

#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// Names that are written, none on what is taken.
struct Names<'a> {
    svg: &'a mut Svg,
    size: [f64; 2],
    taken: Taken,
    legs: Vec<[[f64; 2]; 2]>,
}

impl Names<'_> {
    /// Writes a name at the first spot that has room, rather not on a leg; pages may enlarge it, so room is kept
    /// for that.
    fn write(&mut self, text: &str, spots: &[Spot], is_bold: bool, ink: Paint, theme: Theme) {
        let (width, half) = (wide(text, is_bold), LETTERS * ENLARGED * 0.6);
        let own = |Spot { at: [x, y], anchor }: Spot| {
            let left = match anchor {
                Anchor::Start => x,
                Anchor::Middle => x - width / 2.0,
                Anchor::End => x - width,
            };
            [left, y - half, left + width, y + half]
        };
        let fits = |own: &[f64; 4]| {
            let is_inside = own[0] >= 2.0
                && own[1] >= 2.0
                && own[2] <= self.size[0] - 2.0
                && own[3] <= self.size[1] - 2.0;
            let meets = |other: &[f64; 4]| {
                own[0] < other[2] && own[2] > other[0] && own[1] < other[3] && own[3] > other[1]
            };
            is_inside && !self.taken.iter().any(meets)
        };
        let free: Vec<&Spot> = spots.iter().filter(|spot| fits(&own(**spot))).collect();
        let is_off_the_way = |spot: &&&Spot| !self.legs.iter().any(|leg| crosses(leg, &own(***spot)));
        let Some(spot) = free.iter().find(is_off_the_way).or(free.first()).copied() else { return };
        self.taken.push(own(*spot));
        let anchor = match spot.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.svg.put(format_args!(
            "<text x=\"{}\" y=\"{}\" dy=\".36em\" font-size=\"{}\" font-weight=\"{}\" text-anchor=\"{anchor}\" \
             fill=\"{ink}\" stroke=\"{}\" stroke-width=\"3\" stroke-linejoin=\"round\" \
             paint-order=\"stroke\">{}</text>",
            Num(spot.at[0]),
            Num(spot.at[1]),
            Num(LETTERS),
            if is_bold { 600 } else { 400 },
            theme.paper,
            Escaped(text)
        ));
    }
}

/// Whether a line has a point in a box, by steps that no line of letters is lower than.
fn crosses([from, to]: &[[f64; 2]; 2], taken: &[f64; 4]) -> bool {
    const STEP: f64 = 4.0;
    let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    let n = (dx.hypot(dy) / STEP).ceil().max(1.0);
    (0..=n as u32).any(|step| {
        let along = f64::from(step) / n;
        let [x, y] = [from[0] + along * dx, from[1] + along * dy];
        (taken[0]..=taken[2]).contains(&x) && (taken[1]..=taken[3]).contains(&y)
    })
}

fn wide(text: &str, is_bold: bool) -> f64 {
    text_width(text, is_bold) * LETTERS * ENLARGED + 2.0
}

/// Spots of a name around its mark: right, left, below, above, then the corners.
fn beside([x, y]: [f64; 2]) -> [Spot; 8] {
    let (aside, line) = (MARK + 4.0, MARK + LETTERS * ENLARGED * 0.6 + 2.0);
    let near = MARK * 0.7;
    let spot = |dx: f64, dy: f64, anchor| Spot { at: [x + dx, y + dy], anchor };
    [
        spot(aside, 0.0, Anchor::Start),
        spot(-aside, 0.0, Anchor::End),
        spot(0.0, line, Anchor::Middle),
        spot(0.0, -line, Anchor::Middle),
        spot(near, line, Anchor::Start),
        spot(-near, line, Anchor::End),
        spot(near, -line, Anchor::Start),
        spot(-near, -line, Anchor::End),
    ]
}
