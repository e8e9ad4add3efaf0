//! Rules that the fourth set's skeletons share, and the shapes of its identifiers.

/// Rules: a name and its templates.
pub(super) const RULES: &[(&str, &[&str])] = &[
    (
        "vitals",
        &[
            "BP {bp}, HR {n:58-112}, RR {n:12-22}, T {f:97-100}, SpO2 {n:92-100}% RA",
            "T {f:36-38}C  P {n:58-112}  R {n:12-22}  BP {bp}  sat {n:91-99}% on 2L",
            "BP: {bp} ¦ Pulse: {n:58-104} ¦ Temp: {f:97-99} °F ¦ Wt: {f:52-118} kg ¦ BMI {f:19-41}",
            "VSS. Afebrile. BP {bp} HR {n:60-99}",
        ],
    ),
    (
        "meds",
        &[
            "metoprolol succinate 50 mg daily, atorvastatin 40 mg qHS, aspirin 81 mg",
            "lisinopril 10 mg PO daily; metformin 1000 mg BID; Lantus {n:12-40} units qhs",
            "sertraline 100 mg daily, trazodone 50 mg qhs prn",
            "apixaban 5 mg BID, furosemide 40 mg qAM, potassium chloride 20 mEq",
            "levothyroxine [50|75|88|112] mcg, omeprazole 20 mg, vitamin D3 2000 IU",
            "Advair 250/50 1 puff BID, albuterol HFA prn, Singulair 10 mg",
        ],
    ),
    (
        "labs",
        &[
            "Na {n:132-145}, K {f:3-5}, Cr {ff:0-2}, glucose {n:84-230}",
            "WBC {f:3-17}, Hgb {f:8-15}, Plt {n:120-420}",
            "A1c {f:5-10}%, LDL {n:60-170}, TSH {ff:0-5}",
            "lactate {f:0-3}, troponin <0.01 x2, BNP {n:60-1400}",
        ],
    ),
    (
        "exam",
        &[
            "NAD. RRR, no m/r/g. Lungs CTAB. Abd soft NT/ND. No edema.",
            "Alert, oriented x3. Heart regular. Lungs clear. Negative Murphy, no McBurney tenderness.",
            "Well appearing. HEENT normal. Neg Lachman, neg McMurray. Neuro grossly intact, GCS 15.",
            "Comfortable. JVP 8 cm. Bibasilar crackles. 1+ pitting edema. No Homans sign.",
        ],
    ),
    (
        "esig",
        &[
            "Electronically signed by {a.sig} on {today} [at {time}|]",
            "{a.sig}\n[{clinic}|{hosp}]",
            "Signed: {a.full} {a.cred}, {today} {time}",
            "/s/ {a.sig}",
            "{a.dr}",
            "Dictated by {a.sig}. D: {today} T: {today}\ntranscribed by: {b.ini}",
        ],
    ),
    (
        "header",
        &[
            "Patient: {p.full}\nMRN: {mrn}\nDOB: {dob}\nDate of Service: {today}\n",
            "NAME: {p.lf}    MR#: {mrn}\nDATE: {today}    PROVIDER: {a.sig}\n",
            "{p.lf} ({mrn})  DOB {dob}  {p.age} {p.mf}\n{clinic}\n{today}\n",
            "Pt Name: {p.lf}\nDOB/Age: {dob} ({p.age} yrs)\nVisit date: {today}\n",
            "{today}\nRE: {p.plain}, DOB {dob}\n",
            "{p.plain} ¦ {p.age} {p.mf} ¦ {mrn}\n",
            "",
        ],
    ),
    (
        "hosphead",
        &[
            "{hosp}\nPatient: {p.lf}  MRN {mrn}  Acct {acct}\nAdmitted: {admit}  Discharged: {today}\nAttending: {a.sig}\n",
            "NAME: {p.lf}\nMED REC NO: {mrn}\nADMIT: {admit}\nDOB: {dob}\n",
            "{p.lf} - {mrn} - Rm {n:201-680}[-1|-2|]\n{today} {time}\n",
            "{hosp}\n{today}\n",
        ],
    ),
];

/// Shapes of identifiers: a slot, its class, its shapes.
pub(super) const SHAPES: &[(&str, &str, &[&str])] = &[
    ("acct", "account", &["%########", "%#########", "V%#######", "10%######", "H%########"]),
    ("bankacct", "account", &["%#########", "00%########"]),
    ("badge", "unique_id", &["%####", "%#####"]),
    ("mrn2", "mrn", &["%######", "%#######", "M%######"]),
    ("enc", "unique_id", &["%########", "1000%######", "V%########"]),
    (
        "member",
        "member_id",
        &["@@@%########", "W%########", "%##########", "@%######@", "%########-01"],
    ),
    ("group", "member_id", &["%#####", "00%####", "@%####"]),
    ("medicaid", "member_id", &["%########@", "@@%#####@", "%#########"]),
    ("accn", "unique_id", &["S2#-%####", "%#######", "E%######", "2#-%##-%###", "SP2#-0%###"]),
    ("rx", "unique_id", &["%######", "%######-0##"]),
    ("auth", "unique_id", &["A%########", "PA%#######", "%#########"]),
    ("case", "unique_id", &["2#-%####", "2#-00%###", "C%######"]),
    ("claim", "claim", &["%##########", "CLM%#######", "WC%######", "2#%##%#####"]),
    ("subject", "unique_id", &["%##-0##", "S0%##", "0%-00%"]),
    ("lic", "license", &["@%#####", "MD%#####", "%#####"]),
    ("dl", "driver_license", &["@%#######", "%########", "@@%#####"]),
    ("serial", "device", &["@@@%#####@", "%######", "PJ%######H", "%#%##@%###"]),
    ("plate", "vehicle", &["@@@-%###", "%@@@###", "@@@ %###"]),
    ("ext", "phone", &["%###", "%##", "%####"]),
    ("seven", "phone", &["3##-####", "4##-####", "7##-####"]),
    ("ssn4", "ssn", &["%###", "0%##"]),
];
