//! The published schema of the JSON format.

use crate::feedback::Feedback;

/// The JSON Schema of the feedback file, as `exports/feedback.schema.json` has it.
pub fn text() -> String {
    let schema = schemars::schema_for!(Feedback);
    format!("{:#}\n", schema.as_value())
}
