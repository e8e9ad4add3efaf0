//! Docs that the program writes: they cannot drift.

use std::path::Path;

/// `docs/cli.md` is the program's own help. UPDATE_GOLDEN=1 writes it.
#[test]
fn the_command_line_reference_is_the_programs_help() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    #[expect(clippy::disallowed_methods, reason = "the door for writing what is expected")]
    if std::env::var("UPDATE_GOLDEN").is_ok() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("creates");
        std::fs::write(&path, weir::cli::reference()).expect("writes");
    }
    assert_eq!(std::fs::read_to_string(&path).expect("docs/cli.md"), weir::cli::reference());
}
