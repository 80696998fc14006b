//! Reading records that a newer version of the program may have written.
//!
//! What this version does not know is counted and kept in the file: a change of another kind is not applied, and
//! a change with more fields is applied as far as it is known. Nearly every line is read at the first try.

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::value::RawValue;

use crate::workshop::{Change, Moment, Record, Stamp};

/// The most unknown fields that are looked for in one change.
const MOST: usize = 64;

/// A record whose changes are read one by one.
#[derive(Deserialize)]
struct Loose<'a> {
    stamp: Stamp,
    at: Moment,
    #[serde(borrow)]
    changes: Vec<&'a RawValue>,
}

/// Reads the content of a good line, and counts the changes in it that only a newer version knows or knows
/// all of.
pub(super) fn decode(json: &[u8]) -> (Option<Record>, usize) {
    if let Ok(record) = serde_json::from_slice(json) {
        return (Some(record), 0);
    }
    let Ok(loose) = serde_json::from_slice::<Loose<'_>>(json) else {
        return (None, 1);
    };
    let all = loose.changes.len();
    let mut whole = 0;
    let known = loose.changes.into_iter().filter_map(|raw| {
        let change: (Change, bool) = known_part(raw.get().as_bytes())?;
        whole += usize::from(change.1);
        Some(change.0)
    });
    let changes = known.collect::<Vec<Change>>().into();
    let record = Record { stamp: loose.stamp, at: loose.at, changes };
    // If all its changes are known, the unknown field is the record's own.
    (Some(record), (all - whole).max(1))
}

/// The part of a value that is known, and whether that is all of it; `None` if it is of an unknown kind.
fn known_part<T: DeserializeOwned>(json: &[u8]) -> Option<(T, bool)> {
    let mut json = json.to_vec();
    for tried in 0..MOST {
        match serde_json::from_slice(&json) {
            Ok(value) => return Some((value, tried == 0)),
            // The place is that after the field's name.
            Err(error) if is_about_a_field(&error) => cut_field(&mut json, error.column())?,
            Err(_) => return None,
        }
    }
    None
}

fn is_about_a_field(error: &serde_json::Error) -> bool {
    error.is_data() && error.line() == 1 && error.to_string().starts_with("unknown field")
}

/// Removes the field whose quoted name ends here, with its value and one comma.
fn cut_field(json: &mut Vec<u8>, end: usize) -> Option<()> {
    let quoted = json.get(..end)?.strip_suffix(b"\"")?;
    let mut start = memchr::memrchr(b'"', quoted)?;
    while start > 0 && quoted[start - 1] == b'\\' {
        start = memchr::memrchr(b'"', &quoted[..start])?;
    }
    let colon = end + memchr::memchr(b':', &json[end..])? + 1;
    let mut values = serde_json::Deserializer::from_slice(&json[colon..]).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    let mut after = colon + values.byte_offset();
    let spaces = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    after += spaces(&json[after..]);
    if json.get(after) == Some(&b',') {
        after += 1;
    } else if let Some(comma) = json[..start].trim_ascii_end().strip_suffix(b",") {
        start = comma.len();
    }
    json.drain(start..after);
    Some(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// Each place in a value where a field could be added, with one added there.
    fn with_fields(value: &Value) -> Vec<Value> {
        let mut all = Vec::new();
        match value {
            Value::Object(fields) => {
                for (name, json) in [("aa", json!(1)), ("zz", json!({"a\"b": [1, "}", null]}))] {
                    let mut more = fields.clone();
                    more.insert(name.to_owned(), json);
                    all.push(Value::Object(more));
                }
                for (name, inner) in fields {
                    all.extend(with_fields(inner).into_iter().map(|inner| {
                        let mut more = fields.clone();
                        more.insert(name.clone(), inner);
                        Value::Object(more)
                    }));
                }
            }
            Value::Array(items) => {
                for (nth, item) in items.iter().enumerate() {
                    all.extend(with_fields(item).into_iter().map(|item| {
                        let mut more = items.clone();
                        more[nth] = item;
                        Value::Array(more)
                    }));
                }
            }
            _ => {}
        }
        all
    }

    /// Used to be: what a newer program added to a known change was read over in silence.
    #[test]
    fn an_unknown_field_anywhere_in_a_change_is_counted_and_the_rest_is_read() {
        let point = "0123456789ab";
        let of = |field: Value| json!({"point_changed": {"point": point, "to": field, "over": []}});
        let changes = [
            json!({"point_captured": {"point": point, "text": "a \\\" b, c: {", "group": "g", "topic": "t", "kind": "fact"}}),
            of(json!({"proposal": {"edits": [{"at": 1, "cut": "a", "put": "b"}], "why": "so"}})),
            of(json!({"read_back": {"verdict": {"reservation": {"words": "w"}}, "saw": []}})),
            of(json!({"hands": {"yes": 3, "no": 1, "neither": 0}})),
            of(json!({"status": {"parked": {"owner": "chair"}}})),
            of(json!({"deleted": {"saw": []}})),
            of(json!({"outcome": {"set_aside": {"reason": "other", "words": "w"}}})),
            of(json!({"waived": [{"found": "a", "reason": "b"}]})),
            json!({"seal_changed": {"group": "g", "topic": "t", "to": {"digest": "0"}, "over": []}}),
            json!({"legend_changed": {"to": [{"word": "few", "from": 0}], "over": []}}),
            json!({"disposition_changed": {"of": {"point": point}, "to": {"decision": "noted"}, "over": []}}),
            json!({"gaps_imported": {"to": ["a"], "over": []}}),
            json!({"founded": {"id": "a", "title": "A", "topics": [{"id": "t", "title": "T"}],
                "groups": [{"id": "g", "title": "G"}],
                "days": [{"date": "2025-05-27", "sessions": [{"id": "s", "title": "S"}]}]}}),
        ];
        for change in changes {
            let record = json!({"stamp": "5@0123456789ab", "at": 5, "changes": [change]});
            let (whole, newer) = decode(record.to_string().as_bytes());
            assert_eq!(newer, 0, "{record}");
            let whole = whole.unwrap();
            assert_eq!(whole.changes.len(), 1, "{record}");
            let mut read = 0;
            for more in with_fields(&record) {
                let (found, newer) = decode(more.to_string().as_bytes());
                assert_eq!(newer, 1, "{more}");
                // A field beside what says the kind makes another kind of it.
                read += usize::from(found.as_ref() == Some(&whole));
                assert!(found.is_some_and(|found| found.stamp == whole.stamp), "{more}");
            }
            assert!(read >= 4, "{record}: {read}");
        }
    }
}
