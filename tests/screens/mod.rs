//! A test a screen: keys in, picture out.

mod agenda;
mod capture;
mod consolidate;
mod draft_text;
mod exchange;
mod hand_over;
mod names;
mod overview;
mod read_back;
mod start;
mod telling;
