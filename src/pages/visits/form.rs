//! Parts of forms: a field with its label, hint and fault; choices of khoroo and theme.
//!
//! Invariant: a fault stands beside its field, is tied to it for those who do not see it, and takes nothing
//! back of what was filled in.

use maud::{Markup, html};

use crate::pages::{Site, names, pick};
use crate::snapshot::{Snapshot, VintageView};

/// One field. `id` is its name in the address too.
pub(in crate::pages) struct Field<'a> {
    pub id: &'a str,
    pub label: &'a str,
    pub hint: Option<&'a str>,
    pub fault: Option<&'a str>,
}

impl<'a> Field<'a> {
    pub const fn new(id: &'a str, label: &'a str) -> Self {
        Self { id, label, hint: None, fault: None }
    }

    /// What its control points at with `aria-describedby`.
    pub fn described(&self) -> Option<String> {
        let hint = self.hint.map(|_| format!("{}-hint", self.id));
        let fault = self.fault.map(|_| format!("{}-fault", self.id));
        let ids: Vec<String> = [fault, hint].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// For the control's `aria-invalid`.
    pub fn invalid(&self) -> Option<&'static str> {
        self.fault.map(|_| "true")
    }

    /// The field around its control, which has the field's id.
    #[expect(clippy::needless_pass_by_value, reason = "a control is written where it is handed over")]
    pub fn around(&self, control: Markup) -> Markup {
        html! {
            div.field.faulty[self.fault.is_some()] {
                label for=(self.id) { (self.label) }
                (control)
                @if let Some(hint) = self.hint { p.hint id={ (self.id) "-hint" } { (hint) } }
                (self.told())
            }
        }
    }

    /// What is wrong, for controls that stand otherwise.
    pub fn told(&self) -> Markup {
        html! { @if let Some(fault) = self.fault { p.fault id={ (self.id) "-fault" } { (fault) } } }
    }

    /// A text, number, time or date.
    pub fn input(&self, kind: &str, value: &str) -> Markup {
        self.around(html! {
            input id=(self.id) name=(self.id) type=(kind) value=(value)
                aria-describedby=[self.described()] aria-invalid=[self.invalid()];
        })
    }

    /// A whole number within bounds.
    pub fn number(&self, value: &str, [min, max]: [u16; 2]) -> Markup {
        self.around(html! {
            input id=(self.id) name=(self.id) type="number" inputmode="numeric" min=(min) max=(max) value=(value)
                aria-describedby=[self.described()] aria-invalid=[self.invalid()];
        })
    }

    /// A khoroo of the vintage, by district.
    pub fn khoroo(&self, site: &Site<'_>, view: &VintageView, chosen: Option<&str>) -> Markup {
        self.choice_of_khoroo(site, view, chosen, true)
    }

    /// The same where none need be chosen.
    pub fn khoroo_or_none(&self, site: &Site<'_>, view: &VintageView, chosen: Option<&str>) -> Markup {
        self.choice_of_khoroo(site, view, chosen, false)
    }

    fn choice_of_khoroo(
        &self,
        site: &Site<'_>,
        view: &VintageView,
        chosen: Option<&str>,
        is_required: bool,
    ) -> Markup {
        let geography = &view.geography;
        self.around(html! {
            select id=(self.id) name=(self.id) required[is_required]
                aria-describedby=[self.described()] aria-invalid=[self.invalid()] {
                option value="" { (super::words::of(site.lang).choose_khoroo) }
                @for (idx, district) in geography.districts.iter().enumerate() {
                    optgroup label=(names::unit(site.lang, district)) {
                        @for khoroo in geography.khoroos_of(idx) {
                            @let unit = &geography.khoroos[khoroo];
                            option value=(unit.code) selected[chosen == Some(&*unit.code)] {
                                (names::unit(site.lang, district)) ", " (names::unit(site.lang, unit))
                            }
                        }
                    }
                }
            }
        })
    }

    /// A theme, or all.
    pub fn theme(&self, site: &Site<'_>, snapshot: &Snapshot, chosen: Option<&str>) -> Markup {
        let mut themes: Vec<_> = snapshot.records.themes.iter().collect();
        themes.sort_by_key(|theme| (theme.position, &theme.code));
        self.around(html! {
            select id=(self.id) name=(self.id)
                aria-describedby=[self.described()] aria-invalid=[self.invalid()] {
                option value="" { (site.words().all_themes) }
                @for theme in themes {
                    option value=(theme.code) selected[chosen == Some(&*theme.code)] {
                        (pick(site.lang, &theme.name_mn, &theme.name_en))
                    }
                }
            }
        })
    }
}
