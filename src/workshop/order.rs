//! Places in a list that never run out of room.

use serde::{Deserialize, Serialize};

use super::Stamp;

/// A point's place among its neighbours: a fraction written as bytes and compared byte by byte.
/// There is always another between two of them, so moving one point never changes the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Order(Box<[u8]>);

/// The length of the place that a point gets when captured.
const BORN: usize = 12;

impl Order {
    /// The place of a point that was never moved: after everything captured before it.
    pub(super) fn born(stamp: Stamp, nth: u32) -> [u8; BORN] {
        let mut bytes = [0; BORN];
        bytes[..8].copy_from_slice(&stamp.time.to_be_bytes());
        bytes[8..].copy_from_slice(&nth.to_be_bytes());
        bytes
    }

    /// The place of a point captured by the record of this stamp and never moved.
    pub fn of(stamp: Stamp) -> Self {
        Self(Self::born(stamp, 0).into())
    }

    /// The place's bytes, to compare with others.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// A place between two others; an open end is before or after everything.
    pub fn between(before: Option<&[u8]>, after: Option<&[u8]>) -> Self {
        let before = before.unwrap_or_default();
        let mut ceiling = after;
        let mut bytes = Vec::with_capacity(BORN + 2);
        loop {
            let place = bytes.len();
            let low = u16::from(before.get(place).copied().unwrap_or(0));
            let high = match ceiling {
                None => 256,
                Some(after) => match after.get(place) {
                    Some(byte) => u16::from(*byte),
                    // `after` is `before` and zeros: there is no room below it, so go beside it.
                    None => 256,
                },
            };
            if low + 1 < high {
                bytes.push(u16::midpoint(low, high) as u8);
                break;
            }
            bytes.push(low as u8);
            if low < high {
                ceiling = None;
            }
        }
        // Longer than any place from capture, so that no such place equals this one plus zeros.
        while bytes.len() <= BORN {
            bytes.push(128);
        }
        Self(bytes.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workshop::WriterId;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn there_is_always_room_between(steps in prop::collection::vec(any::<prop::sample::Index>(), 1..200)) {
            let writer = WriterId::new(1);
            let mut places: Vec<Vec<u8>> = (1..4)
                .map(|time| Order::born(Stamp { time, writer }, 0).to_vec())
                .collect();
            for step in steps {
                let gap = step.index(places.len() + 1);
                let before = gap.checked_sub(1).map(|i| places[i].as_slice());
                let after = places.get(gap).map(Vec::as_slice);
                let order = Order::between(before, after);
                places.insert(gap, order.as_bytes().to_vec());
            }
            prop_assert!(places.is_sorted_by(|a, b| a < b));
        }
    }
}
