//! CQL2 text, by recursive descent over the BNF of the standard.

use geo::{Geometry, GeometryCollection, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};

use super::ast::{Comparison, Kind, Math, Node, Op, Place};
use super::lex::{self, Token};
use super::literal::{self, Literals};
use super::temporal::{read_date, read_timestamp};
use super::{Fault, FilterError};

const RESERVED: [&str; 11] =
    ["AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "TRUE", "FALSE", "DIV"];

const GEOMETRIES: [&str; 8] = [
    "POINT",
    "LINESTRING",
    "POLYGON",
    "MULTIPOINT",
    "MULTILINESTRING",
    "MULTIPOLYGON",
    "GEOMETRYCOLLECTION",
    "BBOX",
];

type Read<T> = Result<T, FilterError>;

struct Reader<'a> {
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
    literals: &'a mut Literals,
}

pub fn read(text: &str, literals: &mut Literals) -> Read<Node> {
    let mut reader = Reader { tokens: lex::read(text)?, next: 0, depth: 0, literals };
    let node = reader.expression()?;
    match reader.peek() {
        Token::End => Ok(node),
        _ => Err(reader.unexpected("AND, OR or the end")),
    }
}

impl Reader<'_> {
    fn peek(&self) -> &Token {
        &self.tokens[self.next].1
    }

    fn place(&self) -> Place {
        Place::Character(self.tokens[self.next].0)
    }

    fn take(&mut self) -> Token {
        let token = self.tokens[self.next].1.clone();
        self.next = (self.next + 1).min(self.tokens.len() - 1);
        token
    }

    fn unexpected(&self, expected: &'static str) -> FilterError {
        Fault::Unexpected { expected, found: self.peek().told() }.at(&self.place())
    }

    fn has_word(&mut self, word: &str) -> bool {
        let has = self.peek().is_word(word);
        if has {
            self.take();
        }
        has
    }

    fn has_sign(&mut self, sign: &str) -> bool {
        let has = matches!(self.peek(), Token::Sign(own) if *own == sign);
        if has {
            self.take();
        }
        has
    }

    fn sign(&mut self, sign: &'static str) -> Read<()> {
        if self.has_sign(sign) { Ok(()) } else { Err(self.unexpected(sign)) }
    }

    fn node(&mut self, place: Place, kind: Kind) -> Read<Node> {
        self.literals.node(place, self.depth, kind)
    }

    fn call(&mut self, place: Place, op: Op, args: Vec<Node>) -> Read<Node> {
        self.node(place, Kind::Call(op, args))
    }

    /// One level down.
    fn within<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        self.depth += 1;
        Literals::level(self.depth, &self.place())?;
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn expression(&mut self) -> Read<Node> {
        self.joined("OR", Op::Or, |reader| reader.joined("AND", Op::And, Self::factor))
    }

    fn joined(&mut self, word: &str, op: Op, part: impl Fn(&mut Self) -> Read<Node>) -> Read<Node> {
        let place = self.place();
        let mut parts = vec![part(self)?];
        while self.has_word(word) {
            parts.push(part(self)?);
        }
        if parts.len() == 1 { Ok(parts.remove(0)) } else { self.call(place, op, parts) }
    }

    fn factor(&mut self) -> Read<Node> {
        let place = self.place();
        if self.has_word("NOT") {
            let denied = self.predicate()?;
            return self.call(place, Op::Not, vec![denied]);
        }
        self.predicate()
    }

    fn predicate(&mut self) -> Read<Node> {
        let left = self.sum()?;
        let place = self.place();
        if let Token::Sign(sign @ ("=" | "<>" | "<" | ">" | "<=" | ">=")) = *self.peek() {
            self.take();
            let right = self.sum()?;
            let op = Op::from_name(sign).unwrap_or(Op::Compare(Comparison::Equal));
            return self.call(place, op, vec![left, right]);
        }
        if self.has_word("IS") {
            let is_denied = self.has_word("NOT");
            if !self.has_word("NULL") {
                return Err(self.unexpected("NULL"));
            }
            return self.maybe_denied(is_denied, place, Op::IsNull, vec![left]);
        }
        let is_denied = self.has_word("NOT");
        if self.has_word("LIKE") {
            let pattern = self.sum()?;
            return self.maybe_denied(is_denied, place, Op::Like, vec![left, pattern]);
        }
        if self.has_word("BETWEEN") {
            let low = self.sum()?;
            if !self.has_word("AND") {
                return Err(self.unexpected("AND"));
            }
            let high = self.sum()?;
            return self.maybe_denied(is_denied, place, Op::Between, vec![left, low, high]);
        }
        if self.has_word("IN") {
            let list_place = self.place();
            let list = self.within(|reader| reader.listed(Self::sum))?;
            let list = self.node(list_place, Kind::List(list))?;
            return self.maybe_denied(is_denied, place, Op::In, vec![left, list]);
        }
        if is_denied { Err(self.unexpected("LIKE, BETWEEN or IN")) } else { Ok(left) }
    }

    fn maybe_denied(&mut self, is_denied: bool, place: Place, op: Op, args: Vec<Node>) -> Read<Node> {
        let said = self.call(place.clone(), op, args)?;
        if is_denied { self.call(place, Op::Not, vec![said]) } else { Ok(said) }
    }

    fn listed<T>(&mut self, part: impl Fn(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        self.sign("(")?;
        let mut parts = vec![part(self)?];
        while self.has_sign(",") {
            parts.push(part(self)?);
        }
        self.sign(")")?;
        Ok(parts)
    }

    fn sum(&mut self) -> Read<Node> {
        self.chain(Self::product, |token| match token {
            Token::Sign("+") => Some(Math::Add),
            Token::Sign("-") => Some(Math::Subtract),
            _ => None,
        })
    }

    fn product(&mut self) -> Read<Node> {
        self.chain(Self::power, |token| match token {
            Token::Sign("*") => Some(Math::Multiply),
            Token::Sign("/") => Some(Math::Divide),
            Token::Sign("%") => Some(Math::Remainder),
            word if word.is_word("DIV") => Some(Math::WholeDivide),
            _ => None,
        })
    }

    /// From the left; each operator is a level of the tree.
    fn chain(&mut self, part: fn(&mut Self) -> Read<Node>, op: fn(&Token) -> Option<Math>) -> Read<Node> {
        let mut left = part(self)?;
        let mut n_levels = 0;
        while let Some(math) = op(self.peek()) {
            let place = self.place();
            n_levels += 1;
            Literals::level(self.depth + n_levels, &place)?;
            self.take();
            let right = part(self)?;
            left = self.call(place, Op::Math(math), vec![left, right])?;
        }
        Ok(left)
    }

    fn power(&mut self) -> Read<Node> {
        let base = self.signed()?;
        let place = self.place();
        if !self.has_sign("^") {
            return Ok(base);
        }
        let exponent = self.signed()?;
        self.call(place, Op::Math(Math::Power), vec![base, exponent])
    }

    fn signed(&mut self) -> Read<Node> {
        let place = self.place();
        let is_minus = self.has_sign("-");
        if !is_minus && !self.has_sign("+") {
            return self.primary();
        }
        if let Token::Number(number) = *self.peek() {
            self.take();
            return self.node(place, Kind::Number(if is_minus { -number } else { number }));
        }
        if !is_minus {
            return Err(self.unexpected("a number"));
        }
        let minus_one = self.node(place.clone(), Kind::Number(-1.0))?;
        let operand = self.primary()?;
        self.call(place, Op::Math(Math::Multiply), vec![minus_one, operand])
    }

    fn primary(&mut self) -> Read<Node> {
        let place = self.place();
        match self.peek().clone() {
            Token::Text(text) => {
                self.take();
                self.node(place, Kind::Text(text))
            }
            Token::Number(number) => {
                self.take();
                self.node(place, Kind::Number(number))
            }
            Token::Name(name) => {
                self.take();
                self.node(place, Kind::Property(name))
            }
            Token::Sign("(") => {
                self.take();
                let inner = self.within(Self::expression)?;
                self.sign(")")?;
                Ok(inner)
            }
            Token::Word(word) => self.word(place, word),
            Token::Sign(_) | Token::End => Err(self.unexpected("a property, a value or a condition")),
        }
    }

    fn word(&mut self, place: Place, word: String) -> Read<Node> {
        let upper = word.to_ascii_uppercase();
        if let "TRUE" | "FALSE" = upper.as_str() {
            self.take();
            return self.node(place, Kind::Boolean(upper == "TRUE"));
        }
        if RESERVED.contains(&upper.as_str()) {
            return Err(self.unexpected("a property, a value or a condition"));
        }
        self.take();
        let is_called = matches!(self.peek(), Token::Sign("("));
        if GEOMETRIES.contains(&upper.as_str()) && (is_called || self.peek().is_word("Z")) {
            let geometry = self.within(|reader| reader.geometry(&upper, &place))?;
            return self.node(place, Kind::Geometry(geometry));
        }
        if !is_called {
            return self.node(place, Kind::Property(word));
        }
        match upper.as_str() {
            "DATE" | "TIMESTAMP" => {
                self.sign("(")?;
                let text = self.text()?;
                self.sign(")")?;
                let kind =
                    if upper == "DATE" { read_date(&text, &place) } else { read_timestamp(&text, &place) };
                self.node(place, kind?)
            }
            "INTERVAL" => {
                self.sign("(")?;
                let start = self.interval_end()?;
                self.sign(",")?;
                let end = self.interval_end()?;
                self.sign(")")?;
                self.node(place, Kind::Interval(Box::new([start, end])))
            }
            _ => {
                let op = Op::function(&word);
                let op = op.ok_or_else(|| Fault::UnknownFunction { name: word }.at(&place))?;
                let args = self.within(|reader| reader.listed(Self::expression))?;
                self.call(place, op, args)
            }
        }
    }

    fn text(&mut self) -> Read<String> {
        let Token::Text(text) = self.peek().clone() else { return Err(self.unexpected("a text in quotes")) };
        self.take();
        Ok(text)
    }

    fn interval_end(&mut self) -> Read<Node> {
        let place = self.place();
        match self.peek().clone() {
            Token::Text(text) => {
                self.take();
                let kind = super::temporal::read_end(&text, &place)?;
                self.node(place, kind)
            }
            Token::Name(name) | Token::Word(name) => {
                self.take();
                self.node(place, Kind::Property(name))
            }
            _ => Err(self.unexpected("a date, a timestamp, '..' or a property")),
        }
    }

    fn geometry(&mut self, kind: &str, place: &Place) -> Read<Geometry<f64>> {
        self.has_word("Z");
        let geometry = match kind {
            "BBOX" => {
                let numbers = self.listed(Self::number)?;
                return self.literals.bbox(&numbers, place);
            }
            "POINT" => Geometry::Point(self.point()?),
            "LINESTRING" => Geometry::LineString(literal::line(self.positions()?, place)?),
            "POLYGON" => Geometry::Polygon(self.polygon()?),
            "MULTIPOINT" => Geometry::MultiPoint(MultiPoint(self.listed(Self::point)?)),
            "MULTILINESTRING" => {
                let line = |reader: &mut Self| literal::line(reader.positions()?, place);
                Geometry::MultiLineString(MultiLineString(self.listed(line)?))
            }
            "MULTIPOLYGON" => Geometry::MultiPolygon(MultiPolygon(self.listed(Self::polygon)?)),
            _ => Geometry::GeometryCollection(GeometryCollection(self.listed(Self::member)?)),
        };
        literal::sound(geometry, place)
    }

    /// Collections hold no collections and no boxes.
    fn member(&mut self) -> Read<Geometry<f64>> {
        let place = self.place();
        let kind = match self.peek() {
            Token::Word(word) => word.to_ascii_uppercase(),
            _ => String::new(),
        };
        if !GEOMETRIES[..6].contains(&kind.as_str()) {
            return Err(self.unexpected("a geometry that is no collection"));
        }
        self.take();
        self.geometry(&kind, &place)
    }

    fn point(&mut self) -> Read<Point<f64>> {
        self.sign("(")?;
        let point = Point(self.position()?);
        self.sign(")")?;
        Ok(point)
    }

    fn polygon(&mut self) -> Read<Polygon<f64>> {
        let place = self.place();
        let rings = self.listed(|reader| literal::ring(reader.positions()?, &place))?;
        literal::polygon(rings, &place)
    }

    fn positions(&mut self) -> Read<Vec<geo::Coord<f64>>> {
        self.listed(Self::position)
    }

    fn position(&mut self) -> Read<geo::Coord<f64>> {
        let place = self.place();
        let mut numbers = vec![self.number()?, self.number()?];
        if !matches!(self.peek(), Token::Sign("," | ")")) {
            numbers.push(self.number()?);
        }
        self.literals.position(&numbers, &place)
    }

    fn number(&mut self) -> Read<f64> {
        let is_minus = self.has_sign("-");
        if !is_minus {
            self.has_sign("+");
        }
        let Token::Number(number) = *self.peek() else { return Err(self.unexpected("a number")) };
        self.take();
        Ok(if is_minus { -number } else { number })
    }
}
