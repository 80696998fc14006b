//! A test a screen: keys in, picture out.

mod agenda;
mod capture;
mod hand_over;
mod overview;
mod start;
