//! What events say, judged by JSON schemas: each facet by its key, formats asserted. weir's own facets always;
//! OpenLineage's against the folder that WEIR_OPENLINEAGE names, with OpenLineage.json and facets/ in it. Without the
//! folder those are not looked at, and the test says so.

mod events;

use events::Judge;
use std::collections::BTreeSet;
use std::path::Path;
use weir::clean::Tally;
use weir::lineage::{Job, Range, Run, State, Sums, Told, Watch, event, pipeline_event, policy};
use weir::phi::{Code, Day, Ymd};
use weir::policy::{Doors, Pipeline, Source, load_pipeline};

const TODAY: Day = Day(Ymd { year: 2026, month: 3, day: 2 });
const RUN: &str = "8f6f1d5e-3a51-4d56-9a55-0a1d4cf1a001";
const PARENT: &str = "8f6f1d5e-3a51-4d56-9a55-0a1d4cf1a002";

/// The pipelines that ship and need no registry.
fn pipelines() -> Vec<Pipeline> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").flatten().map(|file| file.path()).collect();
    files.sort();
    let loaded = files.iter().filter_map(|file| load_pipeline(file, TODAY, Doors::SHUT).ok());
    let pipelines: Vec<_> = loaded.collect();
    assert!(pipelines.len() >= 8, "{} of {}", pipelines.len(), files.len());
    pipelines
}

fn tally() -> Tally {
    let mut tally = Tally { records: 12, clean: 9, canaries: 1, echoes: 2, ..Tally::default() };
    (tally.bytes_in, tally.bytes_out, tally.canaries_refused) = (1200, 1100, 1);
    tally.refused.insert(Code::Unlisted.id().into(), 3);
    tally.values.insert("$.a|mrn|fpe|declared".into(), 7);
    tally
}

fn events(pipeline: &Pipeline) -> Vec<serde_json::Value> {
    let inputs = match &pipeline.source {
        Source::Topics { topics } => topics.clone(),
        Source::Files(files) => files.iter().map(|file| file.display().to_string()).collect(),
    };
    let (tally, told) = (tally(), Told { at: "2026-03-02T10:00:00Z".into(), ..Told::default() });
    let job = Job {
        pipeline,
        namespace: "kafka://127.0.0.1:9092",
        inputs: &inputs,
        output: "clean",
        quarantine: "quarantine",
        keys: 2,
    };
    let mut watch = Watch::default();
    let many = Tally { records: 1_200, clean: 900, ..tally.clone() };
    let window = (0..9).filter_map(|_| watch.look(&many)).last().expect("enough came");
    let range = Range { topic: "raw", partition: 0, from: 3, to: 20, records: 12 };
    let sums = Sums { tally: &tally, told: &told, ranges: vec![range], quality: Some(&window) };
    let policy = policy(&pipeline.plan, 2, &[1]);
    let run = Run { id: RUN, parent: PARENT, policy: &policy };
    let at = "2026-03-02T10:00:30.000000001Z";
    let states =
        [State::Start, State::Running, State::Complete, State::Abort, State::Fail(Code::StopAbove)];
    let mut events = Vec::new();
    for state in states {
        events.push(event(&job, run, state, at, &sums));
        events.push(pipeline_event(pipeline, Run { id: PARENT, ..run }, state, at));
    }
    events
}

#[test]
fn events_of_every_shipped_pipeline_hold_before_the_schemas() {
    let judge = Judge::new();
    for pipeline in pipelines() {
        for event in events(&pipeline) {
            judge.holds(&event);
        }
    }
}

/// The judge finds what is wrong: facets' own fields, formats, and facets that nobody knows.
#[test]
fn the_judge_finds_what_is_wrong() {
    let judge = Judge::new();
    let pipelines = pipelines();
    let event = &events(&pipelines[0])[0];
    judge.holds(event);
    let mut breaks: Vec<(&str, &str, serde_json::Value)> = vec![
        ("/run/facets/weir_counts/records", "weir_counts", (-1).into()),
        ("/run/facets/weir_counts/window/from", "weir_counts", "yesterday".into()),
        ("/run/facets/weir_policy/digest", "weir_policy", "short".into()),
        ("/run/facets/weir_offsets/ranges/0/to", "weir_offsets", "20".into()),
        ("/outputs/1/facets/weir_quarantine/sealed", "weir_quarantine", false.into()),
        ("/run/facets/weir_counts/_schemaURL", "weir_counts", "https://x/y.json".into()),
    ];
    if judge.core.is_some() {
        breaks.extend([
            ("/run/runId", "RunEvent", "r".into()),
            ("/eventTime", "RunEvent", "now".into()),
            ("/producer", "RunEvent", "not a uri".into()),
            ("/run/facets/parent/run/runId", "parent", "r".into()),
            ("/outputs/0/facets/columnLineage/fields", "columnLineage", 1.into()),
            ("/outputs/0/facets/schema/fields/0/name", "schema", 1.into()),
            ("/inputs/0/facets/dataSource/uri", "dataSource", "no uri".into()),
            ("/outputs/0/outputFacets/outputStatistics/rowCount", "outputStatistics", "9".into()),
        ]);
    }
    for (place, facet, wrong) in breaks {
        let mut broken = event.clone();
        *broken.pointer_mut(place).unwrap_or_else(|| panic!("{place}")) = wrong;
        let found = judge.problems(&broken);
        assert!(found.iter().any(|problem| problem.contains(facet)), "{place}: {found:?}");
    }
}

/// Every column of the clean schema has its lineage and the other way round, under one name; what is masked says so.
#[test]
fn every_output_column_has_its_lineage() {
    for pipeline in pipelines() {
        let event = &events(&pipeline)[0];
        let output = &event["outputs"][0]["facets"];
        let lineage = output["columnLineage"]["fields"].as_object().expect("fields");
        let schema = serde_json::to_string(&output["schema"]["fields"]).expect("JSON");
        let leaves = schema.matches("\"description\":").count();
        let name = &pipeline.name;
        assert_eq!(leaves, lineage.len(), "{name}: leaves of the schema, and columns with lineage");
        // Names of JSON paths lose their marks; those of other formats are the schema's.
        let plain = |path: &str| path.replace("[*]", "").trim_start_matches("$.").to_string();
        let paths: BTreeSet<_> =
            pipeline.plan.fields.iter().map(|field| plain(field.path.as_str())).collect();
        if pipeline.plan.documents.len() == 1 {
            assert_eq!(paths, lineage.keys().cloned().collect::<BTreeSet<_>>(), "{name}");
        }
        let inputs = event["inputs"].as_array().expect("inputs").len();
        for (column, from) in lineage {
            let from = from["inputFields"].as_array().expect("inputs");
            assert!(from.len() >= inputs, "{name}, {column}");
            for field in from {
                let how = &field["transformations"][0];
                let identity = how["subtype"] == "IDENTITY";
                assert_eq!(how["masking"], !identity, "{name}, {column}: {how}");
                assert_eq!(how["type"], "DIRECT");
            }
        }
        // As long as a topic takes by default, with room to grow.
        let bytes = event.to_string().len();
        // Compressed, as weir writes it, that is a tenth of what a topic takes by default.
        assert!(bytes < 2_000_000, "{name}: {bytes} bytes");
    }
}

#[test]
fn columns_are_nested_and_prose_is_among_them() {
    let pipelines = pipelines();
    let notes = pipelines.iter().find(|p| p.name == "notes-to-rag").expect("ships");
    let event = &events(notes)[0];
    let fields = event["outputs"][0]["facets"]["schema"]["fields"].as_array().expect("fields");
    let below = |fields: &serde_json::Value, name: &str| {
        let fields = fields.as_array().expect("fields");
        fields.iter().find(|field| field["name"] == name).expect(name).clone()
    };
    let visit = below(&fields.clone().into(), "visit");
    assert_eq!(visit["type"], "struct");
    let codes = below(&visit["fields"], "icd10");
    assert_eq!(
        (&codes["type"], &codes["fields"][0]["name"]),
        (&"array".into(), &"_element".into())
    );
    assert_eq!(codes["fields"][0]["description"], "clinical_code");
    let lineage = &event["outputs"][0]["facets"]["columnLineage"];
    let how = &lineage["fields"]["note.text"]["inputFields"][0]["transformations"][0];
    assert_eq!((&how["subtype"], &how["masking"]), (&"TRANSFORMATION".into(), &true.into()));
    // What is looked for in prose, and whose dates they are.
    let whole = lineage["dataset"].as_array().expect("indirect");
    let of = |name: &str| {
        let found = whole.iter().find(|field| field["field"] == name);
        let how = found.map(|field| field["transformations"].as_array().expect("how").clone());
        how.unwrap_or_default().iter().map(|how| how["subtype"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(of("patient.name"), ["CONDITIONAL", "FILTER"]);
    assert_eq!(of("patient.mrn"), ["CONDITIONAL", "FILTER", "JOIN"]);
    assert!(
        of("visit.icd10").is_empty()
            && whole.iter().all(|f| f["transformations"][0]["type"] == "INDIRECT")
    );
}

/// What an event tells is what came since the one before; its counts are those since START.
#[test]
fn statistics_are_of_the_window() {
    let pipelines = pipelines();
    let notes = pipelines.iter().find(|p| p.name == "notes-to-rag").expect("ships");
    let (tally, inputs) = (tally(), ["raw".to_string()]);
    let job = Job {
        pipeline: notes,
        namespace: "kafka://h:1",
        inputs: &inputs,
        output: "clean",
        quarantine: "quarantine",
        keys: 1,
    };
    let told = Told {
        records: 10,
        rows: 8,
        refused: 1,
        ..Told::of(&Tally::default(), "2026-03-02T10:00:00Z")
    };
    let sums = Sums { tally: &tally, told: &told, ranges: Vec::new(), quality: None };
    let policy = policy(&notes.plan, 1, &[]);
    let run = Run { id: RUN, parent: PARENT, policy: &policy };
    let event = event(&job, run, State::Running, "2026-03-02T10:00:30Z", &sums);
    let rows = |output: usize| {
        event["outputs"][output]["outputFacets"]["outputStatistics"]["rowCount"].clone()
    };
    assert_eq!(event["inputs"][0]["inputFacets"]["inputStatistics"]["rowCount"], 2);
    // Nine left, of which one was a canary, and two tombstones under an older key went beside them.
    assert_eq!((rows(0), rows(1)), (2.into(), 1.into()));
    let counts = &event["run"]["facets"]["weir_counts"];
    assert_eq!(
        (&counts["records"], &counts["window"]["from"]),
        (&12.into(), &"2026-03-02T10:00:00Z".into())
    );
}
