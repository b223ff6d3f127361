//! `import`: what it reads, what it refuses and how it says so, through files as people make them.

mod by_hand;
mod formulas;
mod order;
mod planning;
mod reading;
mod rules;
mod support;
