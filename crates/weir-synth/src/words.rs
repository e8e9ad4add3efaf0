//! Short lists of words; common names and invented streets.

pub(super) const FAMILIES: &[&str] = &[
    "Abernathy", "Alvarez", "Andersson", "Barnett", "Bianchi", "Brennan", "Castillo", "Chavez",
    "Dahlgren", "Delgado", "Donovan", "Eriksen", "Fernandez", "Fitzgerald", "Gallagher", "Garcia",
    "Hoffmann", "Hernandez", "Iwasaki", "Jankowski", "Johansson", "Kaminski", "Kowalczyk",
    "Lindqvist", "Lombardi", "MacDonald", "Martinez", "Mbeki", "Nakamura", "Nguyen", "O'Connor",
    "Okafor", "Oyelaran", "Papadakis", "Petrov", "Quintero", "Ramirez", "Rasmussen", "Rodriguez",
    "Sanchez", "Schneider", "Silva", "Sorensen", "Takahashi", "Thompson", "Underhill", "Vasquez",
    "Vandenberg", "Whitaker", "Williamson", "Yamamoto", "Zielinski",
];
pub(super) const ORDINARY_FAMILIES: &[&str] =
    &["May", "Parkinson", "Young", "Brown", "White", "Foley", "Ward", "Walker", "Hope", "Long"];
pub(super) const GIVEN: &[&str] = &[
    "Adriana", "Amara", "Beatriz", "Benjamin", "Carlos", "Chidi", "Daniela", "Dmitri", "Eleanor",
    "Emeka", "Fatima", "Gregory", "Hannah", "Hiroshi", "Ingrid", "Isabella", "Jasmine", "Joaquin",
    "Katarina", "Leonardo", "Lucinda", "Magnus", "Marisol", "Nathaniel", "Nadia", "Olivia", "Omar",
    "Patricia", "Priya", "Rafael", "Rebecca", "Samuel", "Sigrid", "Tomas", "Valentina", "Viktor",
    "Wendell", "Ximena", "Yusuf", "Zachary",
];
pub(super) const STREETS: &[&str] = &[
    "Elmcrest Avenue", "Birchwood Lane", "Harborview Road", "Maplethorpe Street", "Quarry Hill Road",
    "Orchard Bend Drive", "Stonebridge Court", "Willowmere Way", "Larkspur Terrace", "Foundry Street",
];
pub(super) const CITIES: &[(&str, &str, &str)] = &[
    ("Springfield", "IL", "62704"), ("Riverton", "WY", "82501"), ("Fairhaven", "MA", "02719"),
    ("Georgetown", "TX", "78626"), ("Brookhaven", "GA", "30319"), ("Lakewood", "CO", "80226"),
    ("Ashland", "OR", "97520"), ("Kingsport", "TN", "37660"),
];
pub(super) const ICD10: &[&str] =
    &["E11.9", "I10", "J45.909", "M54.50", "G20.A1", "N18.31", "F41.1", "K21.9", "E78.5", "R07.9"];
pub(super) const COMPLAINTS: &[&str] = &[
    "chest pain", "a cough that will not go away", "knee pain after a fall", "fatigue",
    "follow-up of type 2 diabetes", "shortness of breath on exertion", "lower back pain",
    "medication review", "dizziness", "a rash on both arms",
];
pub(super) const FINDINGS: &[&str] = &[
    "BP 128/82, HR 74, temp 36.8.", "HbA1c 7.2 %, LDL 131 mg/dL.", "Lungs clear to auscultation.",
    "Exam suggests Parkinson's disease, early stage.", "eGFR 58, creatinine 1.3 mg/dL.",
    "ECG shows sinus rhythm.", "No focal deficits.", "Mild oedema of both ankles.",
    "Foley catheter removed without difficulty.", "Young adult onset is unlikely.",
    "Diagnosis E11.9 and I10 carried forward.", "SpO2 97 % on room air.",
];
pub(super) const PLANS: &[&str] = &[
    "metformin 500 mg twice daily.", "lisinopril 10 mg once daily.", "physiotherapy twice a week.",
    "repeat HbA1c in 3 months.", "chest X-ray, two views.", "stop ibuprofen, start paracetamol 1 g.",
    "refer to neurology.", "echocardiogram, then review.", "walk 30 minutes a day.",
];
