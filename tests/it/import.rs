//! `import`: what it reads, what it refuses and how it says so, through files as people make them.

mod order;
mod planning;
mod reading;
mod support;
