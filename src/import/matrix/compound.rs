//! Old office files are a file system of their own: sectors, chains of them, and a list of streams.

/// Marks in chains from here on say something other than the next sector.
const LAST: u32 = 0xffff_fffa;
/// The size of a small sector.
const SMALL: usize = 64;

/// A compound file.
pub(super) struct CompoundFile<'b> {
    bytes: &'b [u8],
    sector: usize,
    next: Vec<u32>,
    streams: Vec<CompoundStream>,
    /// Streams shorter than this are in small sectors.
    small: usize,
    small_next: Vec<u32>,
    small_sectors: Vec<u8>,
}

/// A stream in it.
struct CompoundStream {
    name: String,
    first: u32,
    length: usize,
}

/// A number of two bytes.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

/// A number of four bytes.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|number| u32_at(number, 0)).collect()
}

impl<'b> CompoundFile<'b> {
    /// Opens it; `None` if its lists lead nowhere.
    pub(super) fn open(bytes: &'b [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            sector,
            next: Vec::new(),
            streams: Vec::new(),
            small: u32_at(bytes, 56)? as usize,
            small_next: Vec::new(),
            small_sectors: Vec::new(),
        };
        file.next = file.chains()?;
        let list = file.chain(u32_at(bytes, 48)?)?;
        let entry = |entry: &[u8]| {
            let length = usize::from(u16_at(entry, 64)?).checked_sub(2)?;
            let name = entry.get(..length)?.chunks_exact(2).filter_map(|unit| u16_at(unit, 0));
            let name = String::from_utf16_lossy(&name.collect::<Vec<u16>>());
            let length = u32_at(entry, 120)? as usize;
            Some(CompoundStream { name, first: u32_at(entry, 116)?, length })
        };
        file.streams = list.chunks_exact(128).filter_map(entry).collect();
        file.small_next = file.chain(u32_at(bytes, 60)?).map(|list| numbers(&list))?;
        let root = file.streams.first()?.first;
        file.small_sectors = file.chain(root)?;
        Some(file)
    }

    /// Which sector comes after which.
    fn chains(&self) -> Option<Vec<u32>> {
        let most = self.bytes.len() / self.sector;
        let mut lists = numbers(self.bytes.get(76..512)?);
        let (mut more, mut seen) = (u32_at(self.bytes, 68)?, 0);
        while more < LAST {
            let mut list = numbers(self.sector(more)?);
            more = list.pop()?;
            lists.extend(list);
            seen += 1;
            if seen > most {
                return None;
            }
        }
        let mut next = Vec::new();
        for list in lists.into_iter().filter(|list| *list < LAST).take(most) {
            next.extend(numbers(self.sector(list)?));
        }
        Some(next)
    }

    fn sector(&self, nth: u32) -> Option<&'b [u8]> {
        let at = (nth as usize).checked_add(1)?.checked_mul(self.sector)?;
        // The last one may be cut short.
        let end = at.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(at..end)
    }

    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        let most = self.bytes.len() / self.sector + 1;
        let (mut all, mut nth, mut seen) = (Vec::new(), first, 0);
        while nth < LAST {
            all.extend_from_slice(self.sector(nth)?);
            nth = *self.next.get(nth as usize)?;
            seen += 1;
            if seen > most {
                return None;
            }
        }
        Some(all)
    }

    /// Whether there is such a stream.
    pub(super) fn has(&self, name: &str) -> bool {
        self.streams.iter().any(|stream| stream.name == name)
    }

    /// The content of a stream.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let stream = self.streams.iter().find(|stream| stream.name == name)?;
        if stream.length >= self.small {
            let mut all = self.chain(stream.first)?;
            all.truncate(stream.length);
            return Some(all);
        }
        let (mut all, mut nth) = (Vec::new(), stream.first);
        while nth < LAST && all.len() < stream.length {
            let at = (nth as usize).checked_mul(SMALL)?;
            all.extend_from_slice(self.small_sectors.get(at..at.checked_add(SMALL)?)?);
            nth = *self.small_next.get(nth as usize)?;
        }
        all.truncate(stream.length);
        Some(all)
    }
}
