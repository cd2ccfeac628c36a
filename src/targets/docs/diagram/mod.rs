//! Drawings: the steps of a lifecycle, and a year of working hours. SVG without fixed colours: the style sheet gives
//! them, so that they follow the page into the dark and onto paper.

mod layout;
pub mod stages;
pub mod year;
