//! What the published schema says about words that are more than text.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::{Convergence, Decision, Hand, PointKind, Reason, SessionKind};

pub(super) fn random_id(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "pattern": "^[0-9a-hjkmnp-tv-z]{12}$" })
}

pub(super) fn random_ids(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": random_id(generator), "minItems": 1 })
}

pub(super) fn hand_schema(_: &mut SchemaGenerator) -> Schema {
    let count = json_schema!({ "type": "integer", "minimum": 0, "not": { "enum": [1, 2] } });
    json_schema!({ "anyOf": [count, { "const": Hand::SOME }] })
}

pub(super) fn reason(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "enum": Reason::ALL })
}

pub(super) fn date(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "format": "date" })
}

pub(super) fn dates(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": date(generator) })
}

pub(super) fn time_of_day(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "pattern": "^[0-3][0-9]:[0-5][0-9]$" })
}

/// The known words are examples: agendas and other programs have words of their own.
fn open(known: &[&str]) -> Schema {
    json_schema!({ "type": "string", "examples": known })
}

pub(super) fn session_kind(_: &mut SchemaGenerator) -> Schema {
    open(&SessionKind::KNOWN)
}

pub(super) fn kind(_: &mut SchemaGenerator) -> Schema {
    open(&PointKind::KNOWN.iter().map(PointKind::word).collect::<Vec<_>>())
}

pub(super) fn convergence(_: &mut SchemaGenerator) -> Schema {
    open(&Convergence::KNOWN.iter().map(Convergence::word).collect::<Vec<_>>())
}

pub(super) fn decision(_: &mut SchemaGenerator) -> Schema {
    open(&Decision::KNOWN.iter().map(Decision::word).collect::<Vec<_>>())
}
