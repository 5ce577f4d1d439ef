//! A text as a QR code, to be drawn.
//!
//! Pure. Invariant: a code that is drawn has the quiet border of four modules that readers need.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

const BORDER: i32 = 4;

/// The side of the view box and the path of the dark modules; nothing where the text is too long for any code.
pub(crate) fn qr(text: &str) -> Option<(i32, String)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        for x in 0..size {
            if code.get_module(x, y) {
                // Writing to a string does not fail.
                let _ = write!(path, "M{} {}h1v1h-1z", x + BORDER, y + BORDER);
            }
        }
    }
    Some((size + 2 * BORDER, path))
}

#[cfg(test)]
mod tests {
    use super::qr;

    #[test]
    fn a_code_has_its_three_corners_and_a_border() {
        let (side, path) = qr("https://example.com/#/result/r1.x.y").unwrap();
        assert!(side >= 21 + 8);
        let last = side - 4 - 7;
        for corner in [(4, 4), (last, 4), (4, last)] {
            let module = format!("M{} {}h1v1h-1z", corner.0, corner.1);
            assert!(path.contains(&module), "{module}");
        }
        assert!(!path.contains("M3 "));
        assert_eq!(qr(&"a".repeat(3000)), None);
    }
}
