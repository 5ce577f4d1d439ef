//! A ZIP archive of texts, stored as they are: a browser saves one file at a click, and the page need
//! not carry a library for a hundred lines.
//!
//! No time of day is in it, so the same files give the same bytes.
//!
//! <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>

use crate::export::File;

/// The first day that the format knows, 1 January 1980.
const DATE: u16 = 0b10_0001;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
/// The version that reads it: 1.0.
const VERSION: u16 = 10;

/// The archive. Nothing where it would be larger than the format holds: 4 GiB, or 65,535 files.
pub fn zip(files: &[File]) -> Option<Vec<u8>> {
    let n_files = u16::try_from(files.len()).ok()?;
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for file in files {
        let offset = u32::try_from(bytes.len()).ok()?;
        let size = u32::try_from(file.text.len()).ok()?;
        let mut about = Vec::new();
        for it in [VERSION, FLAGS, 0, 0, DATE] {
            about.extend(it.to_le_bytes());
        }
        for it in [crc32(file.text.as_bytes()), size, size] {
            about.extend(it.to_le_bytes());
        }
        about.extend(u16::try_from(file.name.len()).ok()?.to_le_bytes());
        about.extend([0, 0]);

        bytes.extend(b"PK\x03\x04");
        bytes.extend(&about);
        bytes.extend(file.name.as_bytes());
        bytes.extend(file.text.as_bytes());

        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&about);
        // No comment, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(file.name.as_bytes());
    }
    let offset = u32::try_from(bytes.len()).ok()?;
    let size = u32::try_from(directory.len()).ok()?;
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(n_files.to_le_bytes());
    bytes.extend(n_files.to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes.extend(offset.to_le_bytes());
    bytes.extend([0, 0]);
    Some(bytes)
}

/// The checksum of ISO 3309, as ZIP has it.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            let is_odd = crc & 1 == 1;
            crc >>= 1;
            if is_odd {
                crc ^= 0xEDB8_8320;
            }
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }
}
