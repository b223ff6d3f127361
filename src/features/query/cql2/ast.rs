//! The tree that both encodings are read into.

use std::fmt;

use geo::Geometry;
use jiff::Timestamp;
use jiff::civil::Date;

/// A part of a filter.
#[derive(Debug, Clone)]
pub struct Node {
    pub place: Place,
    /// Levels of the tree below it.
    pub height: usize,
    pub kind: Kind,
}

/// Parts are equal that mean the same, wherever they stand.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// Where in a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Whole,
    /// The character of a text, from 1.
    Character(usize),
    /// A JSON pointer.
    Pointer(String),
}

#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Text(String),
    /// Finite.
    Number(f64),
    Boolean(bool),
    Date(Date),
    Timestamp(Timestamp),
    /// `..` in an interval.
    Open,
    Interval(Box<[Node; 2]>),
    Geometry(Geometry<f64>),
    Property(String),
    /// What `IN` looks in.
    List(Vec<Node>),
    Call(Op, Vec<Node>),
}

impl Kind {
    pub fn height(&self) -> usize {
        let below = match self {
            Self::List(nodes) | Self::Call(_, nodes) => nodes.as_slice(),
            Self::Interval(ends) => ends.as_slice(),
            _ => &[],
        };
        below.iter().map(|node| node.height + 1).max().unwrap_or(0)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    And,
    Or,
    Not,
    Compare(Comparison),
    Like,
    Between,
    In,
    IsNull,
    Casei,
    Math(Math),
    Spatial(Spatial),
    Temporal(Temporal),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Math {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    WholeDivide,
    Power,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spatial {
    Contains,
    Crosses,
    Disjoint,
    Equals,
    Intersects,
    Overlaps,
    Touches,
    Within,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Temporal {
    After,
    Before,
    Contains,
    Disjoint,
    During,
    Equals,
    FinishedBy,
    Finishes,
    Intersects,
    Meets,
    MetBy,
    OverlappedBy,
    Overlaps,
    StartedBy,
    Starts,
}

impl Op {
    /// Names as in JSON.
    pub const NAMED: [(&'static str, Self); 44] = [
        ("and", Self::And),
        ("or", Self::Or),
        ("not", Self::Not),
        ("=", Self::Compare(Comparison::Equal)),
        ("<>", Self::Compare(Comparison::NotEqual)),
        ("<", Self::Compare(Comparison::Less)),
        (">", Self::Compare(Comparison::Greater)),
        ("<=", Self::Compare(Comparison::LessOrEqual)),
        (">=", Self::Compare(Comparison::GreaterOrEqual)),
        ("like", Self::Like),
        ("between", Self::Between),
        ("in", Self::In),
        ("isNull", Self::IsNull),
        ("casei", Self::Casei),
        ("+", Self::Math(Math::Add)),
        ("-", Self::Math(Math::Subtract)),
        ("*", Self::Math(Math::Multiply)),
        ("/", Self::Math(Math::Divide)),
        ("%", Self::Math(Math::Remainder)),
        ("div", Self::Math(Math::WholeDivide)),
        ("^", Self::Math(Math::Power)),
        ("s_contains", Self::Spatial(Spatial::Contains)),
        ("s_crosses", Self::Spatial(Spatial::Crosses)),
        ("s_disjoint", Self::Spatial(Spatial::Disjoint)),
        ("s_equals", Self::Spatial(Spatial::Equals)),
        ("s_intersects", Self::Spatial(Spatial::Intersects)),
        ("s_overlaps", Self::Spatial(Spatial::Overlaps)),
        ("s_touches", Self::Spatial(Spatial::Touches)),
        ("s_within", Self::Spatial(Spatial::Within)),
        ("t_after", Self::Temporal(Temporal::After)),
        ("t_before", Self::Temporal(Temporal::Before)),
        ("t_contains", Self::Temporal(Temporal::Contains)),
        ("t_disjoint", Self::Temporal(Temporal::Disjoint)),
        ("t_during", Self::Temporal(Temporal::During)),
        ("t_equals", Self::Temporal(Temporal::Equals)),
        ("t_finishedBy", Self::Temporal(Temporal::FinishedBy)),
        ("t_finishes", Self::Temporal(Temporal::Finishes)),
        ("t_intersects", Self::Temporal(Temporal::Intersects)),
        ("t_meets", Self::Temporal(Temporal::Meets)),
        ("t_metBy", Self::Temporal(Temporal::MetBy)),
        ("t_overlappedBy", Self::Temporal(Temporal::OverlappedBy)),
        ("t_overlaps", Self::Temporal(Temporal::Overlaps)),
        ("t_startedBy", Self::Temporal(Temporal::StartedBy)),
        ("t_starts", Self::Temporal(Temporal::Starts)),
    ];

    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMED.into_iter().find(|(known, _)| *known == name).map(|(_, op)| op)
    }

    pub fn name(self) -> &'static str {
        Self::NAMED.into_iter().find(|(_, op)| *op == self).map_or("", |(name, _)| name)
    }

    /// A function in text, whose case does not matter.
    pub fn function(name: &str) -> Option<Self> {
        let is_function = |op: Self| matches!(op, Self::Casei | Self::Spatial(_) | Self::Temporal(_));
        let named = |(known, op): &(&str, Self)| known.eq_ignore_ascii_case(name) && is_function(*op);
        Self::NAMED.into_iter().find(named).map(|(_, op)| op)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => f.write_str("in the whole filter"),
            Self::Character(number) => write!(f, "at character {number}"),
            Self::Pointer(pointer) => write!(f, "at `{pointer}`"),
        }
    }
}
