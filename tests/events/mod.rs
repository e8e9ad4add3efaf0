//! A judge of OpenLineage events: the event by the core schema, and each facet by the schema that its `_schemaURL` names,
//! for the core does not look into facets. Formats are asserted.

use jsonschema::{Registry, Resource, Validator};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

pub(crate) struct Judge {
    /// The core schema, where OpenLineage's own are there.
    pub(crate) core: Option<Validator>,
    /// By `_schemaURL`: the facet's key, and its schema.
    facets: BTreeMap<String, (String, Validator)>,
}

/// What OpenLineage's core says of any facet: for when its own files are not there.
fn stand_in() -> Value {
    let facet = json!({
        "type": "object",
        "properties": { "_producer": {"type": "string", "format": "uri"}, "_schemaURL": {"type": "string", "format": "uri"} },
        "required": ["_producer", "_schemaURL"],
    });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://openlineage.io/spec/2-0-2/OpenLineage.json",
        "$defs": { "RunFacet": facet, "DatasetFacet": facet },
    })
}

fn read(path: &Path) -> Value {
    let text = std::fs::read(path).unwrap_or_else(|why| panic!("{path:?}: {why}"));
    serde_json::from_slice(&text).unwrap_or_else(|why| panic!("{path:?}: {why}"))
}

fn files(folder: PathBuf) -> Vec<Value> {
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|why| panic!("{folder:?}: {why}"));
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.iter().map(|file| read(file)).collect()
}

impl Judge {
    #[expect(clippy::disallowed_methods, reason = "the tests' own door to their settings")]
    pub(crate) fn new() -> Judge {
        let own = files(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lineage/1-0-0"));
        let official = std::env::var("WEIR_OPENLINEAGE").ok().map(PathBuf::from);
        let (mut all, mut core) = (own, stand_in());
        match &official {
            Some(folder) => {
                all.extend(files(folder.join("facets")));
                core = read(&folder.join("OpenLineage.json"));
            }
            None => {
                let words = "NOT RUN: WEIR_OPENLINEAGE names no folder of OpenLineage's schemas";
                // Not by a macro, whose words a test that passes keeps for itself.
                let _ = writeln!(std::io::stderr(), "{words}");
            }
        }
        let id = |schema: &Value| schema["$id"].as_str().expect("an id").to_string();
        let resources = all.iter().chain([&core]);
        let resources = resources.map(|one| (id(one), Resource::from_contents(one.clone())));
        let registry =
            Registry::new().extend(resources).expect("adds").prepare().expect("resolves");
        let compiled = |reference: &str| {
            jsonschema::options()
                .with_registry(&registry)
                .should_validate_formats(true)
                .build(&json!({ "$ref": reference }))
                .unwrap_or_else(|why| panic!("{reference}: {why}"))
        };
        let mut facets = BTreeMap::new();
        for schema in &all {
            for (key, property) in schema["properties"].as_object().expect("its key") {
                // One that is of a job or of a data set is nobody's here.
                let Some(definition) = property["$ref"].as_str() else { continue };
                let url = format!("{}{definition}", id(schema));
                facets.insert(url.clone(), (key.clone(), compiled(&url)));
            }
        }
        let core = official.map(|_| compiled(&format!("{}#/$defs/RunEvent", id(&core))));
        Judge { core, facets }
    }

    pub(crate) fn holds(&self, event: &Value) {
        let problems = self.problems(event);
        assert!(problems.is_empty(), "{problems:#?}");
    }

    pub(crate) fn problems(&self, event: &Value) -> Vec<String> {
        let mut problems = Vec::new();
        if let Some(core) = &self.core {
            problems.extend(core.iter_errors(event).map(|why| format!("RunEvent: {why}")));
        }
        let mut facets: Vec<(&Value, &str)> =
            vec![(&event["run"]["facets"], "run"), (&event["job"]["facets"], "job")];
        for (place, also) in [("inputs", "inputFacets"), ("outputs", "outputFacets")] {
            for dataset in event[place].as_array().expect("data sets") {
                facets.push((&dataset["facets"], place));
                facets.push((&dataset[also], also));
            }
        }
        for (facets, place) in facets {
            for (key, facet) in facets.as_object().into_iter().flatten() {
                problems.extend(self.facet(key, facet).map(|why| format!("{place}.{key}: {why}")));
            }
        }
        problems
    }

    fn facet(&self, key: &str, facet: &Value) -> Option<String> {
        let url = facet["_schemaURL"].as_str()?;
        match self.facets.get(url) {
            Some((known, validator)) if known == key => {
                validator.iter_errors(facet).next().map(|why| why.to_string())
            }
            Some((known, _)) => Some(format!("{url} is of {known}")),
            None if self.core.is_none() && url.starts_with("https://openlineage.io/") => None,
            None => Some(format!("nobody knows {url}")),
        }
    }
}
