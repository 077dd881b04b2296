//! Bytes <-> the same in fewer, as servers and browsers pass them on: gzip (RFC 1952) and Brotli (RFC 7932). The only
//! file that knows the packages `flate2`, `brotli` and `crc32fast`.

use flate2::{Compression, GzBuilder, bufread::MultiGzDecoder};
use std::io::{Read, Write};

/// A way of compressing, by its name in HTTP and the ending of its files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Coding {
    /// What all browsers know.
    Gzip,
    /// Smaller, and known to browsers over HTTPS.
    Brotli,
}

impl Coding {
    /// Both, with their names in HTTP and the endings of their files.
    pub const ALL: [(&'static str, &'static str, Coding); 2] =
        [("gzip", "gz", Coding::Gzip), ("br", "br", Coding::Brotli)];

    /// Compresses as far as the coding can. The same bytes give the same bytes: neither time nor name nor system is noted.
    ///
    /// # Errors
    /// What the package says; none is known for writing into memory.
    pub fn pack(self, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        match self {
            Coding::Gzip => {
                // 255: a system that is not named.
                let builder = GzBuilder::new().mtime(0).operating_system(255);
                let mut packed = builder.write(Vec::new(), Compression::best());
                packed.write_all(bytes)?;
                packed.finish()
            }
            Coding::Brotli => {
                let mut packed = Vec::new();
                let mode = brotli::enc::backward_references::BrotliEncoderMode::BROTLI_MODE_TEXT;
                let parameters = brotli::enc::BrotliEncoderParams { quality: 11, mode, ..Default::default() };
                brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters)?;
                Ok(packed)
            }
        }
    }

    /// What was compressed; of what grows beyond `most` bytes one byte more, so that it can be told.
    ///
    /// # Errors
    /// The bytes are none of this coding.
    pub fn unpack(self, bytes: &[u8], most: u64) -> std::io::Result<Vec<u8>> {
        let mut unpacked = Vec::new();
        let most = most.saturating_add(1);
        match self {
            Coding::Gzip => MultiGzDecoder::new(bytes).take(most).read_to_end(&mut unpacked)?,
            Coding::Brotli => brotli::Decompressor::new(bytes, 4096).take(most).read_to_end(&mut unpacked)?,
        };
        Ok(unpacked)
    }
}

/// A checksum of bytes that come in pieces (CRC-32): it tells a file that changed by chance, and is no proof against
/// somebody who wants it to be the same.
#[derive(Default)]
pub struct Checksum(crc32fast::Hasher);

impl Checksum {
    /// The next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The checksum of all so far.
    pub fn value(&self) -> u32 {
        self.0.clone().finalize()
    }
}

impl std::fmt::Debug for Checksum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Checksum({:08x})", self.value())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_is_the_same_in_whatever_pieces() {
        let mut checksum = Checksum::default();
        // The check value of the CRC catalogue.
        b"123456789".chunks(2).for_each(|piece| checksum.add(piece));
        assert_eq!(checksum.value(), 0xCBF4_3926);
    }

    #[test]
    fn what_is_packed_can_be_read_again_and_is_bounded() {
        let text = "Mentoring across UK medical schools. ".repeat(200);
        for (_, _, coding) in Coding::ALL {
            let packed = coding.pack(text.as_bytes()).expect("packed");
            assert!(packed.len() < text.len() / 10);
            assert_eq!(packed, coding.pack(text.as_bytes()).expect("again"));
            assert_eq!(coding.unpack(&packed, 1 << 20).expect("unpacked"), text.as_bytes());
            let bomb = coding.pack(&vec![b'0'; 50 << 20]).expect("packed");
            assert_eq!(coding.unpack(&bomb, 1000).expect("cut").len(), 1001);
            assert!(coding.unpack(b"no such thing", 1000).is_err());
        }
    }
}
