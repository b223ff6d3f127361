//! What stands around the table: what deciding by hand changes, two simple ways beside the plan, hosts, and needs
//! without an answer.

use maud::{Markup, html};

use super::figures::{definition, difference, figure};
use super::{PATH, Told};
use crate::pages::layout::scroll;
use crate::pages::numbers::count;
use crate::pages::words::fill;
use crate::pages::{names, pick};
use crate::visits::month::{HostLoad, QuarterLoad, Unserved, WhyUnserved};
use crate::visits::plan::Comparison;
use crate::visits::words as visit_words;

/// A visit that a plan has and another has not: visitor, practice, host.
type Visit = (usize, usize, usize);

impl Told<'_> {
    /// Of what was decided by hand; nothing where nothing was.
    pub(super) fn effect(&self) -> Markup {
        let (words, lang, month) = (self.words, self.lang(), self.plan.month);
        let Some(effect) = &month.effect else { return html! {} };
        let without = &effect.without_fixed;
        let rows = month.plan.figures().into_iter().zip(without.figures());
        let table = html! {
            table {
                thead { tr {
                    th scope="col" { (words.figure) }
                    th.n scope="col" { (words.without) }
                    th.n scope="col" { (words.with) }
                    th.n scope="col" { (words.difference) }
                } }
                tbody { @for ((id, with), (_, without)) in rows {
                    tr {
                        th scope="row" { (self.name(id)) }
                        td.n { (figure(id, without, lang)) }
                        td.n { (figure(id, with, lang)) }
                        td.n { (difference(id, with, without, lang)) }
                    }
                } }
            }
        };
        html! {
            section.effect #effect {
                h2 { (words.effect) }
                p role="status" { (visit_words::effect(&month.plan, without, lang)) }
                div.split {
                    (scroll(words.effect, table))
                    div {
                        @if effect.added.is_empty() && effect.dropped.is_empty() { p { (words.nothing_else) } } @else {
                            (self.changed(words.added, &effect.added))
                            (self.changed(words.dropped, &effect.dropped))
                        }
                    }
                }
                form.screen method="get" action=(self.site.page(PATH)) {
                    @for (name, value) in self.asking.values.iter().filter(|(name, _)| *name != "fixed") {
                        input type="hidden" name=(name) value=(value);
                    }
                    button { (words.release_all) }
                }
            }
        }
    }

    fn changed(&self, title: &str, visits: &[Visit]) -> Markup {
        let line = |&(visitor, practice, host): &Visit| {
            let title = names::title(self.lang(), self.practice(practice)).0;
            let (visitor, host) = (self.whole(visitor), self.whole(host));
            format!("{visitor} → {host}: {}", names::quoted(self.lang(), title))
        };
        html! {
            @if !visits.is_empty() {
                h3 { (title) }
                ul { @for visit in visits { li { (line(visit)) } } }
            }
        }
    }

    fn name(&self, id: &str) -> &'static str {
        let definition = definition(id);
        pick(self.lang(), definition.name_mn, definition.name_en)
    }

    pub(super) fn comparison(&self) -> Markup {
        let (words, lang, month) = (self.words, self.lang(), self.plan.month);
        let [plan, nearest, greedy] = [&month.plan, &month.nearest, &month.greedy].map(Comparison::figures);
        let said = |id: &str, value: Option<f64>| match (id, value) {
            ("plan_needs_served", Some(served)) => {
                let [served, needs] = [served as i64, i64::from(month.plan.needs)].map(|n| count(n, lang));
                format!("{served} / {needs}")
            }
            _ => figure(id, value, lang),
        };
        let rows = plan.into_iter().zip(nearest).zip(greedy);
        let table = html! {
            table {
                thead { tr {
                    th scope="col" { (words.figure) }
                    th.n scope="col" { (words.this_plan) }
                    th.n scope="col" { (words.nearest) }
                    th.n scope="col" { (words.greedy) }
                } }
                tbody { @for (((id, plan), (_, nearest)), (_, greedy)) in rows {
                    tr {
                        th scope="row" { (self.name(id)) }
                        td.n { strong { (said(id, plan)) } }
                        td.n { (said(id, nearest)) }
                        td.n { (said(id, greedy)) }
                    }
                } }
            }
        };
        html! {
            section #comparison {
                h2 { (words.comparison) }
                p { (words.comparison_text) }
                (scroll(words.comparison, table))
                dl.meant { @for (id, _) in plan {
                    @let definition = definition(id);
                    div {
                        dt { (self.name(id)) }
                        dd { (pick(lang, definition.definition_mn, definition.definition_en)) }
                    }
                } }
            }
        }
    }

    pub(super) fn hosts(&self) -> Markup {
        let (words, lang) = (self.words, self.lang());
        let of = |n: u32| count(i64::from(n), lang);
        let table = html! {
            table {
                thead { tr {
                    th scope="col" { (words.host) }
                    th.n scope="col" { (words.visits_there) }
                    th.n scope="col" { (words.places) }
                } }
                tbody { @for host in &self.plan.month.hosts {
                    tr {
                        th scope="row" { a href=(self.address(host.khoroo)) { (self.whole(host.khoroo)) } }
                        td.n { (of(host.visits)) }
                        td.n { (of(host.places)) (self.quarters(host)) }
                    }
                } }
            }
        };
        html! {
            @if !self.plan.month.hosts.is_empty() {
                section #hosts { h2 { (words.hosts) } (scroll(words.hosts, table)) }
            }
        }
    }

    /// Of a host in a period of several quarters, visits and places of each.
    fn quarters(&self, host: &HostLoad) -> Markup {
        let line = |of: &QuarterLoad| {
            let [visits, places] = [of.visits, of.places].map(|n| count(i64::from(n), self.lang()));
            format!("{}: {visits} / {places}", self.words.quarter_of(of.quarter))
        };
        html! {
            @if host.quarters.len() > 1 { @for of in &host.quarters { span.of { (line(of)) } } }
        }
    }

    pub(super) fn unserved(&self) -> Markup {
        let (words, month) = (self.words, self.plan.month);
        let without_needs: Vec<&str> = month.without_needs.iter().map(|&khoroo| self.code(khoroo)).collect();
        let table = html! {
            table {
                thead { tr {
                    th scope="col" { (words.visitor) }
                    th scope="col" { (words.need) }
                    th.n scope="col" { (words.missing) }
                    th scope="col" { (words.why) }
                } }
                tbody { @for (nth, one) in month.unserved.iter().enumerate() {
                    tr id=[self.is_first_told_of(one, nth).then(|| format!("v-{}", self.code(one.khoroo)))] {
                        th scope="row" { a href=(self.address(one.khoroo)) { (self.whole(one.khoroo)) } }
                        td { (self.theme(one.need)) }
                        td.n { (count(i64::from(one.missing), self.lang())) }
                        td { (visit_words::unserved(&one.why, self.lang())) (self.more(&one.why)) }
                    }
                } }
            }
        };
        html! {
            section #unserved {
                h2 { (words.unserved) }
                @if month.unserved.is_empty() { p { (words.all_served) } } @else { (scroll(words.unserved, table)) }
                @if !without_needs.is_empty() {
                    p { (fill(words.without_needs, &[("codes", &without_needs.join(", "))])) }
                }
            }
        }
    }

    /// Whoever goes nowhere at all is led to here.
    fn is_first_told_of(&self, one: &Unserved, nth: usize) -> bool {
        let month = self.plan.month;
        month.assignments.iter().all(|visit| visit.khoroo != one.khoroo)
            && month.unserved[..nth].iter().all(|before| before.khoroo != one.khoroo)
    }

    fn more(&self, why: &WhyUnserved) -> Markup {
        let words = self.words;
        let codes = |khoroos: &[usize]| {
            khoroos.iter().map(|&khoroo| self.code(khoroo)).collect::<Vec<_>>().join(", ")
        };
        let said = match why {
            WhyUnserved::VisitsUsed => Vec::new(),
            WhyUnserved::NoHost { barred } | WhyUnserved::NoMoreHosts { barred } => {
                let reason = |(word, n): (&&str, &usize)| format!("{} {n}", words.barred(word));
                let reasons = barred.iter().map(reason).collect::<Vec<_>>().join(", ");
                if reasons.is_empty() {
                    Vec::new()
                } else {
                    vec![fill(words.barred_of, &[("reasons", &reasons)])]
                }
            }
            WhyUnserved::PlacesTaken { competing, hosts, .. } => {
                let competing = (words.competing, codes(competing));
                let full = (words.full_hosts, codes(hosts));
                let said = [full, competing].into_iter().filter(|(_, codes)| !codes.is_empty());
                said.map(|(text, codes)| fill(text, &[("codes", &codes)])).collect()
            }
        };
        html! { @for line in said { span.of { (line) } } }
    }
}
