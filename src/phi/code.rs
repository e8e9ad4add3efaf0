//! Every refusal and problem has a code; one table, which `weir explain`, the docs and the tests
//! walk. A code carries no text of any record: that is how errors on the record path stay clean.

/// What a code is about; decides the exit code of a command that ends with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file that a person wrote: schema, policy, pipeline, destinations.
    Document,
    /// One record; it goes to quarantine and the pipeline goes on.
    Record,
    /// Keyring, quarantine key.
    Key,
    /// Kafka: reaching it, its topics, its rights.
    Kafka,
    /// Another process took over: this one must end and not come back.
    Fenced,
    /// The pipeline stopped itself and stays stopped.
    Stopped,
    /// The terms under which data may flow.
    Terms,
    /// Something was seen that must not be there.
    Alarm,
    /// Something did not come in time.
    Overdue,
    /// Records have what a schema does not cover.
    Uncovered,
    /// Something that should not happen.
    Internal,
}

impl Kind {
    /// What a process ends with; 2 is clap's, for arguments.
    pub fn exit_code(self) -> u8 {
        match self {
            Kind::Internal => 1,
            Kind::Document | Kind::Terms => 3,
            Kind::Key => 4,
            Kind::Kafka => 5,
            Kind::Fenced => 6,
            Kind::Stopped => 7,
            Kind::Record => 8,
            Kind::Alarm => 9,
            Kind::Overdue => 10,
            Kind::Uncovered => 11,
        }
    }
}

macro_rules! codes {
    ($($variant:ident $id:literal $kind:ident $title:literal, $why:literal, $fix:literal;)*) => {
        /// A refusal or problem, by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $title] $variant,)* }

        /// The table of codes.
        pub const CODES: &[CodeEntry] = &[
            $(CodeEntry { code: Code::$variant, id: $id, kind: Kind::$kind, title: $title,
                why: $why, fix: $fix },)*
        ];
    };
}

/// One line of the table of codes.
#[derive(Debug)]
pub struct CodeEntry {
    /// The code.
    pub code: Code,
    /// Its number, as printed: `W0207`.
    pub id: &'static str,
    /// What it is about.
    pub kind: Kind,
    /// What happened, in one line.
    pub title: &'static str,
    /// Why weir refuses.
    pub why: &'static str,
    /// The way out.
    pub fix: &'static str,
}

codes! {
    FileUnreadable  "W0100" Document "a file cannot be read", "A pipeline names its schema, policy and destination by name; each is looked for in `schemas/`, `policies/` and `destinations.yaml` beside the folder of the pipeline file.", "Check the path and its rights.";
    YamlSyntax      "W0101" Document "the file is not YAML", "Nothing in a file that does not parse can be trusted, duplicate keys included.", "Mend the line; the other problems of this file show up afterwards.";
    UnknownKey      "W0102" Document "a key that weir does not know", "A misspelt key that is silently ignored is a rule that silently does not apply.", "Write the key as the hint says, or delete the line.";
    MissingKey      "W0103" Document "a key is missing", "Without it the document has no single meaning.", "Add the key.";
    WrongValue      "W0104" Document "a value of the wrong shape", "The key takes something else.", "Write one of the values that the hint lists.";
    UnknownClass    "W0105" Document "a class that weir does not know", "Rules are bound to classes; an unknown class would have none.", "`weir explain classes` lists the classes.";
    UnknownKernel   "W0106" Document "a kernel that weir does not know", "An unknown kernel cannot protect anything.", "`weir explain kernels` lists the kernels.";
    KernelMisfit    "W0107" Document "this kernel cannot take this class", "FF1 needs digits or letters of a known layout; a shift needs a date; zip3 needs a ZIP code.", "Choose a kernel that takes the class: siv and remove take every one.";
    BadPath         "W0108" Document "a path that weir cannot read", "JSON paths are names, indices, `[*]`, `.*` and a final `~` for member names (a subset of RFC 9535); those of HL7 v2 are a segment, a field and its parts.", "Write the path as `$.a.b[*].c`.";
    PathConflict    "W0109" Document "two paths claim the same place", "One place has one class.", "Delete one of the two, or make one more exact.";
    NoSuchDocument  "W0110" Document "a name that no document has", "The pipeline names a schema, policy or destination that was not found.", "Check the name, or add the document.";
    RetypeNeeded    "W0111" Document "the kernel changes the type of this field", "A consumer that reads a number would meet a string.", "Add `retype: true` to the field, or choose a kernel that keeps the type.";
    WidthNeeded     "W0112" Document "a number that is an identifier needs a fixed width", "007 and 7 are one number and two record numbers.", "Add `width: N` to the field.";
    SubjectNeeded   "W0113" Document "the policy needs a subject, and the schema names none", "Dates shift per subject so that intervals stay, and tokens of `scope: subject` are made with the subject's own secret.", "Add `subject: $.path` to the schema; the path must be one of its fields.";
    BelowFloorLoad  "W0114" Document "the domain of this identifier is too small for FF1", "Draft NIST SP 800-38G Rev. 1 asks for at least 1,000,000 values; below, a codebook is quick to build.", "Use siv, hash, generalize or remove for the class, or a width of 6 or more.";
    NotBuiltYet     "W0115" Document "not built yet", "The document asks for something that this version of weir does not do; doing something else would be a lie.", "See CHANGELOG.md for what this version does.";
    FieldOption     "W0116" Document "an option that does not fit the field", "`width` is for record numbers, `part` for names, `retype` for kernels that change the type.", "Delete the option, or change the class.";
    ScopeMisfit     "W0117" Document "this scope does not fit here", "A tombstone has no body, so its key cannot be found again under a subject's secret; and only kernels with a key have a scope.", "Leave the scope out (`join`), or take `destination`.";
    CanaryMisfit    "W0118" Document "no canary fits this pipeline", "A record that the plan refuses tells nothing of the pipeline, and one without a single identifier to look for would pass every check.", "`weir preview` shows what is done to records of this schema; give it an identifier of at least nine letters or digits that the policy does not keep.";
    LineMisfit      "W0119" Document "a line of the input that this command cannot read", "Each line is one JSON object: `{\"id\",\"text\"}` for detect, with `spans` (start, end, class; code points) for eval, whose predictions have one for each id of the gold standard; or a line of brat's annotations, or of --classes.", "Look at the line that is named.";
    SchemaGap       "W0120" Uncovered "records have what the schema does not cover", "A field that no schema lists has no rule, and one that is listed under a wrong class has a wrong one; a pipeline would refuse the records, or let identifiers pass.", "The places are on standard output: list each in the schema under the class that it has. `weir scan SOURCE --schema NAME` drafts the lines.";
    OutputExists    "W0121" Document "there is a file already", "A draft that overwrites a schema undoes what a person decided.", "Choose another --out.";
    NothingScanned  "W0122" Document "no record to look at", "The source is empty, or holds no JSON records with fields; nothing can be said of it.", "Look at the source: one JSON object a line. The codes above say why lines were left out.";
    CorpusMisfit    "W0123" Document "a folder of texts that this command cannot read", "A folder holds texts as NAME.txt, in UTF-8; for eval, brat's annotations as NAME.ann beside each. A text without annotations could be one that nobody has looked at.", "Look at the file that is named; an empty .ann says that there is nothing to mark.";
    TransformerMissing "W0124" Document "no transformer is there", "The policy, or the command, asks for a transformer beside the tagger; weir does not go on without one and call it the same.", "Build weir with `--features transformer`, fetch the model by `./dev model`, and give its folder by WEIR_TRANSFORMER; or write `transformer: off`. See docs/transformer.md.";
    TransformerUnknown "W0125" Document "files that are no transformer that weir knows", "A model with other labels, or a damaged one, could find nothing, and nobody would know; files are known by their SHA-256.", "`./dev model` fetches the right files; docs/transformer.md names them.";
    SchemaUnreadable "W0126" Document "a writer schema that weir cannot read", "It is not of its language, or refers to what the registry does not give.", "Look at it in the registry.";
    WrongLanguage   "W0127" Document "a writer schema of another language than the plan's format", "Records are Avro, Protobuf or JSON, as the schema that they were written with says.", "Correct `format` in the schema, or the topic in the pipeline.";
    SchemaDrift     "W0128" Uncovered "a writer schema that the plan does not cover", "The producer has a new schema; a field without a class has no rule. `registry: {drift: stop}` asks to stop then; nothing of the record has left.", "`weir check --drift` says which fields: list them in the schema, then start again.";
    RegistryNeeded  "W0129" Document "the format needs a registry, and the pipeline names none", "Records of Avro and Protobuf cannot be read without the schema that they were written with.", "Add `registry: {}` to the pipeline, and give --registry to weir.";

    NotUtf8         "W0201" Record "the record is not UTF-8", "Bytes of another encoding could hide a value from the rules.", "Mend the producer, then replay the quarantine.";
    NotJson         "W0202" Record "the record is not JSON", "What weir cannot parse it cannot protect.", "Mend the producer, then replay the quarantine.";
    DuplicateMember "W0203" Record "an object names a member twice", "Readers disagree on which of the two counts, so a rule could look at the wrong one.", "Mend the producer.";
    TooDeep         "W0204" Record "objects and arrays are nested too deep", "A bound on depth keeps hostile records cheap.", "See JSON_DEPTH_MAX in limits.rs.";
    TooLong         "W0205" Record "the record is too long", "A bound on length keeps hostile records cheap.", "See RECORD_BYTES_MAX in limits.rs.";
    WrongStructure  "W0206" Record "the record's structure differs from the schema's", "An object where the schema lists a value (or the reverse) has parts that no rule covers.", "List the parts in the schema.";
    Unlisted        "W0207" Record "a field that the schema does not list", "A field without a class has no rule. Its name is data too and is not shown.", "List the field in the schema under the class that it has; or set `unlisted: drop`, or `scan` to have it looked through.";
    WrongType       "W0208" Record "a value of a type that the field's kernel cannot take", "For example true or 3.5 where a record number is listed.", "Mend the schema or the producer.";
    TrailingBytes   "W0209" Record "bytes after the end of the document", "A second document behind the first would leave unread.", "Mend the producer.";
    BelowFloor      "W0210" Record "the value's domain is too small for FF1", "A short value has so few possible tokens that all can be listed; weir never stretches FF1.", "Give the class another kernel, or give the field its site's `width`.";
    OutsideAlphabet "W0211" Record "the value is outside its class's alphabet or layout", "For example a letter in an SSN, a digit of another script, or an SSN that was never issued.", "Mend the producer, or change the class of the field.";
    NotADate        "W0212" Record "the date is not understood", "A date that cannot be read cannot be shifted.", "See docs for the shapes that are read; give the class `remove` if the field holds prose.";
    NoSubject       "W0213" Record "the record names no subject", "The policy shifts dates per subject; this record has none.", "Mend the producer, or the schema's `subject`.";
    VerifyHit       "W0214" Record "an identifier of this record was still in its output", "verify looks for the record's own identifiers in what is about to leave and found one.", "List the field where it stands under a class that is transformed.";
    TimeInOpaqueId  "W0215" Record "an identifier with a time inside stands in an opaque_id field", "UUIDv1, UUIDv6, UUIDv7, ULID and ObjectId say when they were made, and a date is one.", "Give the field the class unique_id.";
    Panic           "W0216" Record "weir failed on this record", "A bug in weir; the record is kept sealed and the pipeline goes on.", "Report it with the place that the log names.";
    KeyUnprotected  "W0217" Record "the record key cannot be protected", "The pipeline gives the record key a class, and this key is missing its layout.", "Mend the producer, or the pipeline's `source.key`.";
    WidthExceeded   "W0218" Record "the value is longer than the width that the schema gives", "Two values would share one canonical form.", "Correct `width` in the schema.";
    TooMuchToLookFor "W0219" Record "the record costs too much to look through", "A record whose prose consists of the beginnings of its own long values, or whose name has more than sixteen parts, could hold up the pipeline; a bound on the work keeps hostile records cheap.", "Mend the producer; see LOOK_STEPS_PER_BYTE_MAX and NAME_PARTS_MAX in limits.rs.";

    TooLongForSink  "W0220" Record "the clean record is longer than its topic takes", "Tokens can be longer than what they stand for; a record above the topic's max.message.bytes would stop the pipeline at every try.", "Raise `max.message.bytes` of the clean topic, then replay the quarantine.";
    SubjectShredded "W0221" Record "the subject's secret was shredded", "Their tokens of `subject` scope are dead, and a new secret would bring them back under another name.", "Mend the producer: nothing of this person should come any more.";
    NoSurrogates    "W0222" Record "a script that has no list of surrogates", "Names have lists in the Latin, Cyrillic, Greek, Han, Kana, Hangul, Arabic, Hebrew and Devanagari script, places and organisations in Latin only; a name in another one would say what it stands for.", "Give the class siv, hash or remove.";
    CanaryUnwanted  "W0223" Record "a canary, and the pipeline has no topics for canaries", "A synthetic patient must not reach a clean topic: models would be trained on nobody.", "Write `canary: true` in the pipeline and make its topics (`weir check --topics`), or plant canaries where no such pipeline reads.";
    Doubtful        "W0224" Record "an unlisted member that may hold an identifier", "`unlisted: scan` lets a member stand when its name is one that everybody uses and its value is surely nobody's, or gets the rule of its class; this one is neither. Its name is data too and is not shown.", "List the field in the schema under the class that it has; or set `unlisted: drop`.";
    TooWide         "W0225" Record "the record has too many values", "A bound on width keeps hostile records cheap.", "Split it; see RECORD_VALUES_MAX in limits.rs.";
    TransformerBudget "W0226" Record "the record's prose is longer than the transformer reads", "The policy says that it reads everything, and it is slow: one record could hold up the pipeline.", "Split the record, or write `transformer: uncertain`; see TRANSFORMER_RECORD_BYTES_MAX in limits.rs.";
    TransformerFailed "W0227" Record "the transformer failed on this record", "What was to be read twice and was not may hold what the first reading missed.", "Report it; or write `transformer: off`.";
    NotHl7          "W0228" Record "the record is not HL7 version 2", "It begins with MSH, FHS or BHS and the marks between its parts, and each line after that is a segment: what weir cannot parse it cannot protect.", "Mend the producer, or the schema's `format`, then replay the quarantine.";
    Unwritable      "W0229" Record "a token that the record has no way to write", "It holds one of the marks between the record's parts, and the record names no escape (HL7: the third character of MSH-2; X12 has none); or its place has a fixed width that is too small.", "Give the class another kernel, or mend the producer.";
    NotX12          "W0230" Record "the record is not X12", "It begins with ISA, whose widths are fixed; each ST, GS and ISA is closed by its SE, GE and IEA with the same control number; there are no binary segments. What weir cannot parse it cannot protect.", "Mend the producer, or the schema's `format`, then replay the quarantine.";
    NotXml          "W0231" Record "the record is not XML that can be read", "Well-formed, in UTF-8, without a document type and without entities of its own; outside of narrative, no comment or other mark within a text. What weir cannot parse it cannot protect, and what stands behind an entity it does not see.", "Mend the producer, or the schema's `format`, then replay the quarantine.";
    NotCsv          "W0232" Record "the record is not CSV", "Its first line has the names of its columns, and quotes stand around a value, twice inside of one, and nowhere else (RFC 4180).", "Mend the producer, or the schema's `format`, then replay the quarantine.";
    NotAvro         "W0233" Record "the record is not Avro of its writer schema", "Its bytes end too soon, or hold a length, a branch or a symbol that the schema does not have. What weir cannot parse it cannot protect.", "Mend the producer; look at which schema the record names.";
    NotProtobuf     "W0234" Record "the record is not of its Protobuf message", "Its bytes end too soon, or hold a field of another wire type than the schema's. What weir cannot parse it cannot protect.", "Mend the producer; look at which schema and message the record names.";
    NoSchemaId      "W0235" Record "the record does not say which schema it was written with", "A record of a registry begins with 0x00 and the number of its schema, or has its GUID in the header `__value_schema_id`; without its schema nothing of it can be read.", "Mend the producer; or take `registry` out of the pipeline, if the topic has none.";
    SchemaUnknown   "W0236" Record "the registry has no such schema", "The record names a schema that the registry does not know, so nothing of it can be read.", "Look whether it is the registry of this topic; register the schema, then replay the quarantine.";
    SchemaNotCovered "W0237" Record "the plan does not cover the schema that the record was written with", "A field without a class has no rule; a type that has no room for a token cannot have one.", "`weir check --drift` says which fields; list them in the schema, then replay the quarantine.";
    NothingToPut    "W0238" Record "a value that goes, and nothing can stand in its place", "Its type has neither null nor a default, and it is no text.", "Let the writer's schema have null there or a default; or give the class a rule that keeps the type.";
    SchemaRefused   "W0239" Record "the registry does not take the schema of the clean record", "It is not compatible with those that its subject has, or `register: false` says that it has to be there, and it is not.", "`registry: {subject: NAME}` gives clean records a subject of their own; register the schema, then replay the quarantine.";
    NotBase64       "W0240" Record "a value is not base64 of a document", "The schema says that a document stands in it, as base64 (RFC 4648) of sixteen characters or more.", "Mend the producer, or the schema: `unfit: remove` takes such values out.";
    NotPlainText    "W0241" Record "a text is not plain", "It has control characters, or begins as RTF, PDF, PostScript, MIME or markup do: what is said there stands between marks that weir does not read.", "Mend the producer, or the schema's `format`; where the text stands in a value, `unfit: remove` takes it out.";
    StaleOffset     "W0242" Record "an offset of no character of its text", "The schema says that a number counts the characters of a text of the same record; it is no whole number up to the text's length, or the text is not there.", "Mend the producer, or the schema: `unlisted: drop` and a schema without the field take it out.";
    ChunkTooLong     "W0243" Record "a name of what is made of the record is too long", "The pipeline's `trail` keeps it, so that the chunks of a person can be taken out again; it takes 1,024 bytes.", "Name another field as `chunk`.";

    KeyringUnreadable "W0301" Key "the keyring cannot be read", "Without keys nothing can be tokenised.", "Check the path, or make a new one by `weir keys init`. A new keyring gives other tokens.";
    KeyringMode       "W0302" Key "others can read the keyring", "Whoever reads the keyring can undo every token.", "chmod 600 the file.";
    KeyringBroken     "W0303" Key "the keyring is damaged or not the right one", "Its check value or its MAC does not match: wrong file, wrong tenant, or edited by hand.", "Restore it from its backup.";
    KeyringExists     "W0304" Key "there is a keyring already", "Overwriting it would make every token made with it irreversible.", "Choose another path.";
    QuarantineKey     "W0305" Key "the quarantine key cannot be used", "Refused records are sealed to a public key; without it they could only be lost.", "Give the `.pub` file that `weir keys init` wrote.";
    RandomSource      "W0306" Key "the system's random source failed", "Keys without it would be guessable.", "Check the machine.";
    KekUnreachable    "W0307" Key "the key server does not answer", "The roots are wrapped by a key that only it has; without it weir holds no keys.", "Check the key server and the way to it: module, slot, address, token. weir that runs goes on with the keys it holds.";
    KekRefused        "W0308" Key "the key server does not open this keyring", "Its key is another one, was destroyed, or the keyring names another tenant or version than the one that was wrapped.", "Give the keyring its own KEK back, or restore both from their backups.";
    KekUnknown        "W0309" Key "a KEK that weir cannot make out", "A KEK is written `provider:place?option=value`, and names its secrets by the files that they are in.", "`weir explain providers` shows one of each kind.";
    KekNotBuilt       "W0310" Key "this build of weir does not have the provider", "Cloud SDKs are large, so they are left out by default.", "Build with the feature that `weir explain providers` names.";
    DevOnly           "W0311" Key "a passphrase guards this keyring", "Whoever reads the passphrase's file and the keyring has every key; that is for development.", "Give --dev for development; else `weir keys rewrap` to an HSM or a key service.";
    KeyringRolledBack "W0312" Key "an older state of the keyring", "A newer one was seen here. An old file could bring back a version that was disabled or destroyed.", "Restore the newest keyring. If the older one is right (a drill, a restored machine), delete the `.epoch` file beside it.";
    KeyringBusy       "W0313" Key "another process is changing the keyring", "Two changes at once would lose one.", "Wait for it, or end it.";
    KeyStatus         "W0314" Key "the key version cannot be used for this", "A version goes from primary to decrypt_only (by rotate), disabled and destroyed, one step at a time; tokens are taken back by versions that are primary or decrypt_only.", "`weir keys show` lists the versions and their status.";
    AuditUnwritable   "W0315" Key "the audit cannot be written", "What cannot be audited does not happen.", "Check the path, the space, and that it is a file that nobody but its owner can write.";
    AuditBroken       "W0316" Key "the audit's chain is broken", "A line was edited, taken out or put in.", "Keep the file as it is, and compare it with its copies; start a new one elsewhere.";
    TokenUnknown      "W0317" Key "not a token of this class, version and tenant", "It does not open, or it is not of the layout that tokens of its class have.", "Check the class, the version (header `weir-keys`) and the shape that it was made under.";
    NoReason          "W0318" Key "no reason was given", "Whoever looks behind a token says why, and the audit keeps it.", "Give --reason; no names and no numbers of people in it.";
    SubjectsBusy      "W0319" Key "another process has the file of subjects", "Two processes that each make a secret for one person would give them two tokens.", "Run one process, or keep subjects in PostgreSQL (`--subjects postgres://...`).";
    SubjectsBroken    "W0320" Key "the store of subjects is damaged, or another tenant's", "A secret that does not open cannot make the tokens that it made before.", "Restore it from its backup; and shred anew whom that backup still has.";
    SubjectsUnreachable "W0321" Key "the server of subjects' secrets does not answer", "Tokens of `subject` scope and assigned codes are made with what only it has; nothing leaves without it.", "Check the server, the way to it, and its certificate; then start again: nothing is lost.";
    SubjectsPlace     "W0322" Key "a place for subjects' secrets that weir cannot make out", "It is a file, or `postgres://USER@HOST:PORT/DATABASE?password-source=FILE&ca=FILE`, or `postgres://USER@/DATABASE?socket=FOLDER`; a password in it would be seen by every process of the machine.", "Write it so; the password's file has mode 0600.";
    SubjectsRefused   "W0323" Key "the server of subjects' secrets refuses", "It answered, and the user, the password, the database or a right is missing; the server's log says which.", "weir needs to connect, to read and write `weir_store` and `weir_subjects`, and to create them the first time.";
    KeyOneWay         "W0324" Key "the record key is one-way, and cannot be carried over", "Only a key that can be taken back (fpe, permute, siv) can be made anew under another key version.", "Read the source anew into a new clean topic; tombstones go out under every version in use until then.";
    KeysMeet          "W0325" Key "too many keys of two versions are equal to each other", "Tokens of two versions share one set of values. Where most of it is in use, new keys are other records' old keys in long chains, and a chain has to go in one transaction.", "Read the source anew into a new clean topic.";
    KekSecret         "W0326" Key "a file that the KEK names cannot be used", "The file of the passphrase, PIN, token or certificate is missing, is empty, or is a secret that others can read; the key server was not asked.", "`weir keys show` shows the KEK; a relative path is looked for beside the keyring. chmod 600 a file with a secret.";
    SubjectsMissing   "W0327" Key "there is no store of subjects in this place", "Nobody's secrets are there; a new store would know nobody, and a person shredded in it is not shredded.", "Give the --subjects that `weir run` has; it makes a store where there is none.";
    SubjectUnknown    "W0328" Key "nothing is known of a subject", "A wrong class, width or store looks like a person who was never here; nobody was shredded.", "Check --class, --width and --subjects; with --even-unknown those are shredded too of whom nothing is known.";
    ProofKey          "W0329" Key "the proof key cannot be used", "Manifests are signed with a secret key of Ed25519 in PEM, and verified with its public one.", "`weir keys proof` makes a pair: `weir-proof.key` for `weir run`, `weir-proof.pub` for `weir verify`.";
    AuditKey          "W0330" Key "the audit's key cannot be used", "Each line of an audit is signed with a secret key of Ed25519 in PEM, which lies beside it, and verified with its public one; an audit under another key is another audit.", "`weir audit init` makes the pair, once; keep the public half where those who can write the audit cannot.";
    AuditWitness      "W0331" Key "a witness of the audit does not keep its checkpoint", "What no witness has seen could be taken out of the audit again, so the act does not happen; its line stays in the audit.", "Look at the folder or the topic of --audit-witness.";
    AuditBusy         "W0332" Key "another process writes the audit", "Lines are written one after the other, each once its witnesses have seen the one before.", "Try again; where it stays so, look for a process that hangs, or a witness that does.";

    BrokerUnreachable "W0401" Kafka "no broker answers", "weir checks everything before it reads a record.", "Check --kafka, the network and the security settings. A broker that wants a client certificate, and gets none or a wrong one, hangs up.";
    UnknownTopic      "W0402" Kafka "a topic does not exist", "weir creates topics only in the demo.", "Create it; `weir check` prints the commands.";
    NotAuthorised     "W0403" Kafka "the broker refuses the right", "The identity that weir uses lacks an ACL.", "Grant read on the source and its group, write on the sinks, and the transactional id.";
    FewerPartitions   "W0404" Kafka "the sink has fewer partitions than the source", "A record keeps its partition number, so that order and joins by partition hold.", "Add partitions to the sink topic.";
    Fenced            "W0405" Fenced "a newer process has taken over", "Two processes with one instance name would fence each other for ever, so the older ends.", "Give each process its own --instance.";
    PlainText         "W0406" Kafka "plain text to a broker that is not on loopback", "Raw PHI would cross the network unencrypted.", "Set security.protocol in --kafka-config, or give a reason with --insecure.";
    StopAbove         "W0407" Stopped "the share of refused records is above stop_above", "A broken topic would drain into quarantine.", "Find the cause (`weir preview`), then start with --resume.";
    StoppedDurably    "W0408" Stopped "the pipeline has stopped itself before", "A supervisor that restarts it would drain the topic window by window.", "Find the cause, then start with --resume.";
    Watchdog          "W0409" Kafka "a Kafka call hung", "A call took longer than its own deadline: `call` in the log names it. `offsets` hangs in librdkafka when a broker is stopped or killed.", "Start again: the next process fences what is left, and nothing is lost.";
    Retention         "W0410" Kafka "the sink's retention is too short for these timestamps", "The broker would delete clean records as soon as they arrive.", "Use `timestamp: append`, or lengthen retention.ms.";
    KafkaProperty     "W0411" Kafka "a Kafka property that weir sets itself, or does not know", "Delivery, memory and what weir hears of broken connections depend on the others.", "Delete the line; docs/operations.md lists what may be set.";
    KafkaFailed       "W0412" Kafka "Kafka failed and did not recover", "The error's name is in the log; nothing was committed.", "Start again; nothing is lost.";
    StateUnreadable   "W0413" Kafka "the state topic cannot be read", "Without it the tallies and the stop marker are unknown.", "Check the topic's ACLs; its cleanup.policy must be compact.";
    FileOutput        "W0414" Document "a file cannot be written", "Output that cannot be written is lost output.", "Check the folder, its rights and its space.";
    Stopped           "W0415" Stopped "stopped before the end", "The work was asked to end before it was done; what is half done has no name yet.", "Start it again: it begins where nothing was finished.";
    PipelineRuns      "W0416" Kafka "other processes of this pipeline still run", "A process that writes records while their keys are carried over could have its newest ones overwritten by older ones.", "Stop every process of the pipeline, wait ten seconds, and start one with --retokenize-topic.";
    CarryNeeded       "W0417" Kafka "a compacted clean topic may have keys of an older version", "Tokens of fpe and permute of two versions share one set of values: one person's new key can be another's old one, and compaction would keep one of the two records.", "Stop every process of the pipeline, then start one with `--retokenize-topic --reason WHY`; in an empty topic it has nothing to do.";
    CanarySeen        "W0418" Alarm "a canary was seen where it must not be", "A planted identifier, or the record that held it, stands in what the pipeline writes: what happens to a synthetic patient can happen to a real one.", "Stop the pipeline; see docs/canaries.md. The places are on standard output, the identifiers in the ledger.";
    CanaryMissing     "W0419" Overdue "a canary did not come out in time", "What was planted in the source has not been committed to the canary topics: the pipeline does not run, is behind, or reads other topics.", "Look whether the pipeline runs and how far it is behind, then check again, with a longer --wait.";
    CanaryRefused     "W0420" Overdue "a canary was refused", "It was cleaned on this machine before it was planted, so the pipeline that runs has another schema, policy, keyring or version; it refuses real records too.", "`weir explain CODE` with the code of the refusal; compare the pipeline's files and start it anew.";

    Listen            "W0430" Kafka "health and metrics have no address", "Something else listens there, or the address is none of this machine's; a process that nobody can look at is not started.", "Choose another --listen, or end what listens there.";
    StatusUnreachable "W0431" Kafka "nobody answers for this process", "`weir status` asks what `weir run --listen` serves.", "Check the address, and that the process runs with --listen.";
    SourceDeleted     "W0432" Kafka "source records were deleted before they were read", "The topic's retention was shorter than the time for which the pipeline stood still; those records are in neither clean nor quarantine.", "Bring them back from where they came, or go on without them: kafka-consumer-groups.sh --group weir.PIPELINE --topic TOPIC --reset-offsets --to-earliest --execute.";
    PlaceLost         "W0433" Kafka "the group has lost its place", "The pipeline has read this partition, and the group has no offset for it (the broker's offsets.retention.minutes ran out), or one beyond its end (the topic was made anew). From the beginning, records could come twice.", "Say where to go on: kafka-consumer-groups.sh --group weir.PIPELINE --topic TOPIC:PARTITION --reset-offsets --to-offset N --execute, with the N that the error names; --to-earliest where the topic was made anew.";
    RegistryUnreachable "W0434" Kafka "the schema registry does not answer", "Without the schema that it was written with no record can be read; weir tries for a while, then stops, and nothing is lost.", "Check --registry, the network and the registry, then start again: weir goes on where it was.";
    RegistryRefused   "W0435" Kafka "the schema registry refuses", "It answered, and not with what was asked: the user, a right, or that the schema of clean records is not compatible with those that its subject has.", "Look at the registry's own log; `registry: {subject: NAME}` gives clean records a subject of their own.";
    RegistryPlace     "W0436" Kafka "a schema registry that weir cannot reach like that", "It is an address `http://` or `https://`, and a password goes over no network in plain text.", "Give --registry, or WEIR_REGISTRY; over https, or on this machine.";
    LineageUnsent     "W0437" Kafka "a server of lineage events does not take them", "It does not answer, or refuses an event. Records go on: events wait up to a bound, then those go first that a later one makes good.", "Check `lineage.http` and the server; a `spool` keeps what waits over a restart. The lineage topic and the file have them all.";
    LineageSpool      "W0438" Kafka "another process has the file of waiting events", "Two processes that share it would send each other's events, or lose them.", "Give each process a `spool` of its own.";
    ProofBroken       "W0439" Alarm "the records are not those that weir wrote", "Records were altered, moved, taken out, repeated or put in, or manifests were: the list above has each.", "Find out who can write to the topic or the file; the source and its pointers (`weir-source`) say what was there.";
    NoProof           "W0440" Kafka "there is nothing to prove it by", "No manifest of these records holds under the keys that were given.", "Give the topic or file of manifests (--proof) and the public key of whoever signed them.";
    ProofTopic        "W0441" Kafka "the topic of manifests would lose them", "It is compacted, or has a retention: records would outlive their proof.", "Set cleanup.policy=delete, retention.ms=-1 and retention.bytes=-1: a manifest has 30 bytes a record.";
    TrailTopic        "W0442" Kafka "the topic of the trail would lose it", "It is compacted, or has a retention: whose records were where would be forgotten while an index still has them.", "Set cleanup.policy=delete, retention.ms=-1 and retention.bytes=-1: a record takes some 60 bytes.";
    TrailBroken       "W0443" Kafka "the trail is not that of the records", "An entry cannot be read, or another record stands where it says: somebody else has written to its topic, or the clean topic was made anew.", "Look at the named entry or topic; take others' right to write away, and begin a new trail with a new clean topic. `weir forget --in-part` does what can be done.";
    TrailKeyGone      "W0444" Key "a part of the trail is under a key that is gone", "Pseudonyms under a version that was disabled or destroyed, under another keyring, or of ids that a schema read in another form, cannot be made: whose those records are cannot be told.", "Enable the version (`weir keys enable`), name a pipeline with the schema of then as well, or say --in-part to take out what can be found; `weir impact --key-version` lists the rest.";
    RemovalList       "W0445" Document "the file has another removal list in it", "Somebody may not have worked it off yet; nothing was done.", "Give another name; or work off the list that is there, and take it away.";
    StateTopic        "W0446" Kafka "the state topic would forget", "It is not compacted: what a run has written of itself goes with time, and lineage counts from nothing.", "Set cleanup.policy=compact; `weir check --topics` prints the command.";
    TelemetryPlace    "W0447" Kafka "a server of telemetry that weir cannot reach like that", "It is an address `http://` or `https://` without a query, a user or a password, and a token goes over no network in plain text.", "Give --otlp the server's base address, as http://127.0.0.1:4318: weir adds /v1/traces, /v1/metrics and /v1/logs.";
    TelemetryUnsent   "W0448" Kafka "the server of telemetry does not take it", "It does not answer, or refuses. Records go on: spans and log lines wait up to a bound, what comes on top is dropped and counted (`weir_telemetry_dropped`).", "Check --otlp, --otlp-token-file and the collector's own log; /metrics and the log on standard error have all but the traces.";
    StillComing       "W0449" Kafka "records of people who are to be forgotten go on coming", "The trail was read again and again, and there were more each time; what was found is done.", "Stop the source, or the pipeline, and do it again: it goes on from there.";
    WrittenElsewhere  "W0450" Kafka "records lie in a topic that none of these pipelines writes by now", "A pipeline of this name wrote there before. They are on the removal list; the topic itself was not touched.", "Name a pipeline that writes there, with the same trail, as well; or take the topic away.";
    BrokerTrust       "W0451" Kafka "weir and a broker do not take each other for who they are", "TLS or SASL failed: an authority that did not sign the broker's certificate, another name than the broker's, a client certificate that it does not take, a user or a password that it does not know. Nothing was read.", "Look at the ssl. and sasl. lines of --kafka-config, at the names and the days of the certificates, and at security.protocol.";

    ReversibleInSafeHarbor "W0501" Terms "a reversible or keyed kernel under safe_harbor", "45 CFR 164.514(c): a re-identification code must not be derived from information about the individual; a keyed token is.", "Use remove, mask, generalize or assign (random codes), or another basis.";
    DataUseAgreement  "W0502" Terms "a limited data set without a data use agreement", "45 CFR 164.514(e)(3) and (4): research, public health or operations, under an agreement.", "Add `dua:` with reference, expires and purpose to the destination.";
    NoBaa             "W0503" Terms "PHI to a vendor without a business associate agreement", "Pseudonymised data is still PHI (45 CFR 164.502(e)).", "Add `baa:` with reference and expires, or `recipient: self` for your own systems.";
    BasisNotAccepted  "W0504" Terms "the destination does not accept this basis", "Its `accepts` does not list the policy's basis.", "Choose another policy or destination.";
    TimestampKept     "W0505" Terms "the record's timestamp undoes the policy", "The Kafka timestamp says when the admission was, so it undoes a date shift and is a date element under Safe Harbor (45 CFR 164.514(b)(2)(i)(C)); there even the time of cleaning is, since records arrive soon after.", "Use `timestamp: append` with a shift; under Safe Harbor `timestamp: year`, or `append` where the source is declared `historical: true`.";
    KeyUnderSafeHarbor "W0506" Terms "a record key under safe_harbor", "A key derived from PHI must not leave (45 CFR 164.514(c)).", "Write `key: drop`, or give the key's class `assign`: a random code.";
    TermsLapsed       "W0507" Terms "the destination's terms have lapsed", "An agreement that is over covers nothing (45 CFR 164.504(e), 164.514(e)(4)); an expert's report that has lapsed neither (164.514(b)(1)).", "Renew it, then correct the date.";
    KeptUnderSafeHarbor "W0508" Terms "safe_harbor keeps an identifier", "45 CFR 164.514(b)(2)(i) lists the class; it must go or be generalised.", "Give the class remove or generalize.";
    KeptIdentifier "W0509" Terms "the policy keeps a direct identifier", "A limited data set excludes sixteen identifiers (45 CFR 164.514(e)(2)), and pseudonymised data has tokens in their place; prose as a whole may hold any of them.", "Give the class remove, siv, hash or fpe; prose takes detect or remove.";
    CompactedSafeHarbor "W0510" Terms "a compacted clean topic under safe_harbor", "A compacted topic takes no record without a key, and keeps the last one of each key for ever: its keys would be unique codes of individuals (45 CFR 164.514(b)(2)(i)(R)), which no deletion follows.", "Make the clean topic with cleanup.policy=delete.";
    TrailUnderSafeHarbor "W0511" Terms "a trail under safe_harbor", "A pseudonym that is derived from a person's number, kept beside the records, links them to that person (45 CFR 164.514(c)).", "Leave `trail` out; what is de-identified is taken out as a whole.";
    ClassForbidden "W0512" Terms "the destination's terms forbid a class", "Its `classes` say what it may receive something of (45 CFR 164.502(b)); a token, a year and a mask are something of a value.", "Write `remove` for the class in the policy, leave its field out of the destination's `fields`, or send the records elsewhere.";
    OutsideResidency "W0513" Terms "the destination is outside the pipeline's residency", "The pipeline says which regions its records may be in; who holds them elsewhere may be out of reach of the agreement (45 CFR 164.504(e)).", "Choose a destination in one of the regions of `residency`.";
    TrainsWithoutLeave "W0514" Terms "the destination trains models on what it receives, without leave", "What a model has learnt cannot be taken out again, and a business associate may use PHI only as its agreement permits (45 CFR 164.504(e)(2)).", "Add `training_leave:` with the reference under which it was allowed, or send the records elsewhere.";
    OutsideEndpoint "W0515" Terms "the records would leave the destination's private endpoint", "Its terms name a cluster, the names of its brokers or its networks (45 CFR 164.312(e)(1)); what cannot be held to them does not start, and does not go on.", "Look at --kafka and `private_endpoint`; names of brokers need security.protocol ssl or sasl_ssl, with the host's name verified.";
    UseNotCovered  "W0516" Terms "the agreement does not cover this use", "A business associate agreement holds for the uses that it names (45 CFR 164.504(e)(2)(i)).", "Have the agreement widened, then correct `purpose`; or send the records elsewhere.";

    Internal          "W0901" Internal "weir failed", "A bug in weir.", "Report it with the place that the log names.";
}

impl Code {
    /// Its line of the table.
    pub fn entry(self) -> &'static CodeEntry {
        // The table is in the enum's order; a test holds that.
        &CODES[self as usize]
    }

    /// Its number, as printed.
    pub fn id(self) -> &'static str {
        self.entry().id
    }

    /// The code with that number.
    pub fn from_id(id: &str) -> Option<Code> {
        CODES.iter().find(|entry| entry.id.eq_ignore_ascii_case(id)).map(|entry| entry.code)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.id(), self.entry().title)
    }
}

impl std::error::Error for Code {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_in_the_order_of_the_enum_and_ids_rise() {
        for (at, entry) in CODES.iter().enumerate() {
            assert_eq!(entry.code as usize, at, "{}", entry.id);
            assert!(at == 0 || CODES[at - 1].id < entry.id, "{}", entry.id);
        }
    }

    #[test]
    fn a_refusal_of_the_terms_cites_its_rule() {
        // What a destination accepts is its own word, and no rule's.
        let own = |entry: &&CodeEntry| entry.code != Code::BasisNotAccepted;
        for entry in CODES.iter().filter(|entry| entry.kind == Kind::Terms).filter(own) {
            assert!(entry.why.contains("45 CFR 164."), "{}", entry.id);
        }
    }
}
