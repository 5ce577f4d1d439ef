//! Where the site will be: what social networks and search engines want to know in full.
//!
//! The site itself works under any address and needs none. Invariant: without an address the page has none but relative
//! ones, and no file that needs one.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

/// The environment variable that stands in for `--url`.
pub(crate) const VARIABLE: &str = "ROLEWALK_URL";
/// As `index.html` names the picture that is shown with a link.
const PREVIEW: &str = "content=\"./preview.png\"";

/// An address ends in a slash, so that names can follow.
pub(crate) fn read(text: &str) -> Result<String> {
    let text = text.trim();
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(rest) if !rest.is_empty() && !rest.contains(['?', '#', '"', '<', ' ']) => {
            let end = if rest.ends_with('/') { "" } else { "/" };
            Ok(format!("{text}{end}"))
        }
        _ => bail!("`{text}` is no address of a site: name it as in https://example.org/rolewalk/"),
    }
}

/// Writes the address into the page, and the page for addresses that there are not.
pub(crate) fn write(dist: &Path, address: &str) -> Result<()> {
    let index = dist.join("index.html");
    let html = fs::read_to_string(&index)?;
    if !html.contains(PREVIEW) {
        bail!("index.html does not name its preview as {PREVIEW}");
    }
    let named = html
        .replace(PREVIEW, &format!("content=\"{address}preview.png\""))
        .replacen(
            "</head>",
            &format!(
                "<link rel=\"canonical\" href=\"{address}\" /><meta property=\"og:url\" content=\"{address}\" /></head>"
            ),
            1,
        );
    fs::write(&index, named)?;
    fs::write(dist.join("404.html"), not_found(address))?;
    Ok(())
}

fn not_found(address: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\" />\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n\
         <meta name=\"color-scheme\" content=\"light dark\" />\n\
         <meta name=\"robots\" content=\"noindex\" />\n<title>There is no such page · Rolewalk</title>\n</head>\n\
         <body>\n<h1>There is no such page</h1>\n\
         <p>All of Rolewalk is at <a href=\"{address}\">{address}</a>.</p>\n</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_folder_of_a_host() {
        assert_eq!(read("https://a.org/b").unwrap(), "https://a.org/b/");
        assert_eq!(read(" http://a.org/ ").unwrap(), "http://a.org/");
        for wrong in [
            "",
            "a.org",
            "ftp://a.org",
            "https://",
            "https://a.org/?b",
            "https://a.org/\"><",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_page_tells_where_it_is() {
        let dist = std::env::temp_dir().join(format!("rolewalk-address-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        fs::write(
            dist.join("index.html"),
            format!("<head><meta {PREVIEW} /></head>"),
        )
        .unwrap();
        write(&dist, "https://a.org/b/").unwrap();
        let html = fs::read_to_string(dist.join("index.html")).unwrap();
        assert!(
            html.contains("content=\"https://a.org/b/preview.png\""),
            "{html}"
        );
        assert!(
            html.contains("rel=\"canonical\" href=\"https://a.org/b/\""),
            "{html}"
        );
        assert!(
            fs::read_to_string(dist.join("404.html"))
                .unwrap()
                .contains("href=\"https://a.org/b/\"")
        );
        assert!(
            write(&dist, "https://a.org/").is_err(),
            "it is there already"
        );
        fs::remove_dir_all(&dist).unwrap();
    }
}
