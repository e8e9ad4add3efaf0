//! Docs from the program.
