//! Lists of codes that people may extend: rows, not enums, because they still change.

/// A subject of practices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    pub code: String,
    pub name_mn: String,
    pub name_en: String,
    pub position: i32,
    pub active: bool,
}

/// State of a replication, with whether it counts as a replication made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplicationStatus {
    pub code: String,
    pub name_mn: String,
    pub name_en: String,
    pub position: i32,
    /// True where the replication counts as made.
    pub counts: bool,
    /// True while the copy bars another copy of the practice in the same khoroo.
    pub active: bool,
}

/// How people live where a practice works: ger area, apartments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub code: String,
    pub name_mn: String,
    pub name_en: String,
    pub position: i32,
    pub active: bool,
}

/// Who pays for a replication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingSource {
    pub code: String,
    pub name_mn: String,
    pub name_en: String,
    pub position: i32,
    /// True for the khoroo's own money; the others are counted together.
    pub direct: bool,
    pub active: bool,
}

/// Verdict of a peer review, the best one first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    pub code: String,
    pub name_mn: String,
    pub name_en: String,
    pub position: i32,
    pub active: bool,
}

/// A step of the process, as its card shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub code: String,
    pub name_mn: String,
    pub name_en: String,
    pub position: i32,
    /// False when no longer shown.
    pub active: bool,
}
