//! A folder in which the binary cleans files: schemas, policies, keys, one pipeline for each schema and policy.

use crate::faults::json::Json;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A policy that leaves nothing of an identifier but its tag, as a reference.
const REMOVE_ALL: &str = "policy: remove_all
basis: safe_harbor
classes:
  age: {cap_age: 90}
  sex: keep
  clinical_code: keep
  clinical_value: keep
  not_phi: keep
  free_text: detect
default: remove
";

/// The folder, and the binary.
pub(crate) struct Plant {
    weir: PathBuf,
    folder: PathBuf,
}

/// Cleaned records: at each place the record that was there, or nothing if it was refused.
pub(crate) type Cleaned = Vec<Option<Json>>;

impl Plant {
    /// Makes the folder anew, with keys of its own. Each record gets its place, which no policy touches.
    pub(crate) fn new(weir: &Path, folder: &Path) -> Result<Plant, String> {
        // Tokens differ from key to key, but figures do not, up to chance.
        let _ = std::fs::remove_dir_all(folder);
        let weir = weir.canonicalize().map_err(|why| format!("{}: {why}", weir.display()))?;
        let plant = Plant { weir, folder: folder.to_path_buf() };
        for name in ["schemas", "policies", "pipelines", "raw"] {
            std::fs::create_dir_all(folder.join(name))
                .map_err(|why| format!("{}: {why}", folder.display()))?;
        }
        plant.write("destinations.yaml", &read(Path::new("destinations.yaml"))?)?;
        for schema in ["clinical-note", "visit"] {
            let file = format!("schemas/{schema}.yaml");
            let text =
                read(Path::new(&file))?.replacen("fields:\n", "fields:\n  $.place: not_phi\n", 1);
            plant.write(&file, &text)?;
        }
        for policy in ["pseudonymize", "readable", "safe_harbor"] {
            let file = format!("policies/{policy}.yaml");
            plant.write(&file, &read(Path::new(&file))?)?;
        }
        plant.write("policies/remove_all.yaml", REMOVE_ALL)?;
        let hashed = read(Path::new("policies/pseudonymize.yaml"))?
            .replace("policy: pseudonymize", "policy: hashed")
            .replace(" fpe\n", " hash\n")
            .replace(" siv\n", " hash\n");
        plant.write("policies/hashed.yaml", &hashed)?;
        plant.run(&["keys", "init", "--tenant", "utility", "--dev"])?;
        Ok(plant)
    }

    /// Cleans files of records (without braces and place) of one schema, in one run of one pipeline.
    pub(crate) fn clean(
        &self,
        schema: &str,
        policy: &str,
        files: &[(&str, &[String])],
    ) -> Result<Vec<Cleaned>, String> {
        let mut names = Vec::new();
        for (name, records) in files {
            let lines = records.iter().enumerate();
            let lines = lines.map(|(at, members)| format!("{{\"place\":\"{at}\",{members}}}\n"));
            self.write(&format!("raw/{name}.ndjson"), &lines.collect::<String>())?;
            names.push(format!("raw/{name}.ndjson"));
        }
        let pipeline = format!("{schema}-{policy}");
        let text = format!(
            "pipeline: {pipeline}\nsource: {{files: [{}], schema: {schema}}}\npolicy: {policy}\n\
             destination: rag-local\nsink: {{files: {policy}}}\nquarantine: {{files: {policy}-refused}}\n",
            names.join(", ")
        );
        let file = format!("pipelines/{pipeline}.yaml");
        self.write(&file, &text)?;
        self.run(&["run", "--dev", &file])?;
        let back = |(name, records): &(&str, &[String])| {
            let mut cleaned = vec![None; records.len()];
            for line in read(&self.folder.join(format!("{policy}/{name}.ndjson")))?.lines() {
                let record = Json::read(line).ok_or_else(|| format!("{pipeline}: no JSON"))?;
                let at: usize =
                    record.str("place").parse().map_err(|_| format!("{pipeline}: no place"))?;
                cleaned[at] = Some(record);
            }
            Ok(cleaned)
        };
        files.iter().map(back).collect()
    }

    fn run(&self, args: &[&str]) -> Result<(), String> {
        let done = Command::new(&self.weir)
            .args(args)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .output()
            .map_err(|why| format!("weir: {why}"))?;
        let words = String::from_utf8_lossy(&done.stderr);
        if done.status.success() {
            Ok(())
        } else {
            Err(format!("weir {}: {words}", args.join(" ")))
        }
    }

    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        std::fs::write(self.folder.join(name), text).map_err(|why| format!("{name}: {why}"))
    }
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))
}
