//! A form that asks for some of a collection's features, without script.

use maud::{Markup, html};

use crate::pages::visits::form::Field;

pub struct Form {
    pub title: String,
    /// Where it leads, without a query.
    pub action: String,
    pub fields: Vec<FormField>,
    /// Sent along with what is filled in.
    pub hidden: Vec<(String, String)>,
    pub submit: String,
    /// Where the names are that conditions are written with, and what that is called.
    pub names: (String, String),
    /// A condition that finds something, and its address.
    pub example: Option<Example>,
}

pub struct Example {
    pub label: String,
    pub condition: String,
    pub href: String,
}

pub struct FormField {
    /// Of the parameter.
    pub name: String,
    pub label: String,
    pub hint: String,
    /// What is wrong with it.
    pub fault: Option<String>,
    pub control: Control,
}

pub enum Control {
    Line(String),
    Text(String),
    /// Values and what they are called.
    Choice {
        chosen: String,
        options: Vec<(String, String)>,
    },
}

pub(super) fn form(form: &Form) -> Markup {
    html! {
        section #form {
            h2 { (form.title) }
            form.asked.ogc method="get" action=(form.action) {
                @for one in &form.fields { (field(one)) }
                @for (name, value) in &form.hidden { input type="hidden" name=(name) value=(value); }
                button type="submit" { (form.submit) }
            }
            p.hint {
                @if let Some(example) = &form.example {
                    (example.label) ": " a href=(example.href) { code { (example.condition) } } " · "
                }
                a href=(form.names.0) { (form.names.1) }
            }
        }
    }
}

fn field(of: &FormField) -> Markup {
    let hint = Some(of.hint.as_str()).filter(|hint| !hint.is_empty());
    let field = Field { id: &of.name, label: &of.label, hint, fault: of.fault.as_deref() };
    match &of.control {
        Control::Line(value) => field.input("text", value),
        Control::Text(value) => field.around(html! {
            textarea id=(of.name) name=(of.name) rows="2" spellcheck="false" autocapitalize="off"
                aria-describedby=[field.described()] aria-invalid=[field.invalid()] { (value) }
        }),
        Control::Choice { chosen, options } => field.around(html! {
            select id=(of.name) name=(of.name)
                aria-describedby=[field.described()] aria-invalid=[field.invalid()] {
                @for (value, name) in options { option value=(value) selected[chosen == value] { (name) } }
            }
        }),
    }
}
