//! A text as a QR code, to be drawn.
//!
//! Pure. Invariant: a code that is drawn has the quiet border of four modules that readers need.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

const BORDER: i32 = 4;

/// The largest version of a code that is drawn: 117 modules a side, 1273 characters.
///
/// A reader needs some three pixels of its camera for a module (ISO/IEC 18004 samples each at its middle, and a screen
/// adds a pattern of its own). A code of version 25 that is 30 cm wide on a screen has modules of 2.4 mm; a phone half a
/// metre away sees some 60 cm with the 1080 pixels of its preview, which is 4 pixels for each. Of version 40 there
/// would be 2.9, and at the distance of the second row half of that.
const MAX_VERSION: i32 = 25;

/// What becomes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// A code.
    Code {
        /// The side of its view box.
        side: i32,
        /// The path of the dark modules.
        path: String,
    },
    /// It would be finer than a phone can read from a screen.
    TooFine {
        /// How many modules it would have a side.
        n_modules: i32,
    },
    /// It is too long for any code.
    TooLong,
}

/// A text as a code.
pub(crate) fn qr(text: &str) -> Drawn {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Low) else {
        return Drawn::TooLong;
    };
    let size = code.size();
    if MAX_VERSION < i32::from(code.version().value()) {
        return Drawn::TooFine { n_modules: size };
    }
    let mut path = String::new();
    for y in 0..size {
        for x in 0..size {
            if code.get_module(x, y) {
                // Writing to a string does not fail.
                let _ = write!(path, "M{} {}h1v1h-1z", x + BORDER, y + BORDER);
            }
        }
    }
    Drawn::Code {
        side: size + 2 * BORDER,
        path,
    }
}

#[cfg(test)]
mod tests {
    use super::{Drawn, qr};

    #[test]
    fn a_code_has_its_three_corners_and_a_border() {
        let Drawn::Code { side, path } = qr("https://example.com/#/result/r1.x.y") else {
            panic!("no code");
        };
        assert!(side >= 21 + 8);
        let last = side - 4 - 7;
        for corner in [(4, 4), (last, 4), (4, last)] {
            let module = format!("M{} {}h1v1h-1z", corner.0, corner.1);
            assert!(path.contains(&module), "{module}");
        }
        assert!(!path.contains("M3 "));
    }

    #[test]
    fn what_no_phone_reads_from_a_screen_is_not_drawn() {
        let is_code = |n| matches!(qr(&"a".repeat(n)), Drawn::Code { .. });
        assert!(is_code(1273));
        assert_eq!(qr(&"a".repeat(1274)), Drawn::TooFine { n_modules: 121 });
        assert_eq!(qr(&"a".repeat(3000)), Drawn::TooLong);
    }
}
