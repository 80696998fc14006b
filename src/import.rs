//! Bytes in, changes out.

pub mod feedback;
pub mod sample_points;
