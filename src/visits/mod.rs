//! Learning visits that are still to be made: who goes to whom, and on which way.
//!
//! [`month`] plans a period's visits from what visitors want to learn, [`plan`] assigns visitors to hosts on bare
//! numbers, [`fault`] says what of an order cannot be meant, [`asking`] reads what a day is to be, [`outing`] finds the
//! way of a day in the city and [`day`] its order, [`calendar`] knows when offices are shut, [`icalendar`] writes visits
//! as a file for calendars. Everything is proposed, nothing is stored: people decide.
//!
//! Pure: no clock, no chance, no store.

pub mod asking;
pub mod calendar;
pub mod day;
pub mod fault;
pub mod icalendar;
pub mod month;
pub mod outing;
pub mod plan;
pub mod words;
