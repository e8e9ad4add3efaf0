//! Places and organisations of the fourth set.

use fastrand::Rng;

/// A town: its name, state, the state's letters, the head of its ZIP codes, its area code, its county.
pub(super) struct Town(
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) &'static str,
);

/// Towns.
pub(super) const TOWNS: &[Town] = &[
    Town("Dayton", "Ohio", "OH", "454", "937", "Montgomery County"),
    Town("Bemidji", "Minnesota", "MN", "566", "218", "Beltrami County"),
    Town("Las Cruces", "New Mexico", "NM", "880", "575", "Doña Ana County"),
    Town("Worcester", "Massachusetts", "MA", "016", "508", "Worcester County"),
    Town("Shreveport", "Louisiana", "LA", "711", "318", "Caddo Parish"),
    Town("Yakima", "Washington", "WA", "989", "509", "Yakima County"),
    Town("Macon", "Georgia", "GA", "312", "478", "Bibb County"),
    Town("Fort Wayne", "Indiana", "IN", "468", "260", "Allen County"),
    Town("Pueblo", "Colorado", "CO", "810", "719", "Pueblo County"),
    Town("Altoona", "Pennsylvania", "PA", "166", "814", "Blair County"),
    Town("Modesto", "California", "CA", "953", "209", "Stanislaus County"),
    Town("Hattiesburg", "Mississippi", "MS", "394", "601", "Forrest County"),
    Town("Eau Claire", "Wisconsin", "WI", "547", "715", "Eau Claire County"),
    Town("Amarillo", "Texas", "TX", "791", "806", "Potter County"),
    Town("Bangor", "Maine", "ME", "044", "207", "Penobscot County"),
    Town("St. Joseph", "Missouri", "MO", "645", "816", "Buchanan County"),
    Town("Hilo", "Hawaii", "HI", "967", "808", "Hawaii County"),
    Town("Rapid City", "South Dakota", "SD", "577", "605", "Pennington County"),
    Town("Utica", "New York", "NY", "135", "315", "Oneida County"),
    Town("Kinston", "North Carolina", "NC", "285", "252", "Lenoir County"),
    Town("Ocala", "Florida", "FL", "344", "352", "Marion County"),
    Town("Roanoke", "Virginia", "VA", "240", "540", "Roanoke County"),
    Town("Provo", "Utah", "UT", "846", "801", "Utah County"),
    Town("Kalamazoo", "Michigan", "MI", "490", "269", "Kalamazoo County"),
    Town("Paducah", "Kentucky", "KY", "420", "270", "McCracken County"),
    Town("Medford", "Oregon", "OR", "975", "541", "Jackson County"),
    Town("Flagstaff", "Arizona", "AZ", "860", "928", "Coconino County"),
    Town("Jonesboro", "Arkansas", "AR", "724", "870", "Craighead County"),
    Town("Dubuque", "Iowa", "IA", "520", "563", "Dubuque County"),
    Town("Vineland", "New Jersey", "NJ", "083", "856", "Cumberland County"),
    Town("Salina", "Kansas", "KS", "674", "785", "Saline County"),
    Town("Pawtucket", "Rhode Island", "RI", "028", "401", "Providence County"),
    Town("Norwich", "Connecticut", "CT", "063", "860", "New London County"),
    Town("Wasilla", "Alaska", "AK", "996", "907", "Matanuska-Susitna Borough"),
];

/// Lands that people come from.
pub(super) const LANDS: &[&str] = &[
    "Guatemala",
    "Vietnam",
    "Somalia",
    "Ukraine",
    "the Philippines",
    "Haiti",
    "Ethiopia",
    "Nepal",
];

const ROADS: &[&str] = &[
    "Sycamore",
    "Old Mill",
    "Prospect",
    "Larkspur",
    "Quarry",
    "Juniper Ridge",
    "Delaware",
    "Tamarack",
    "Cottonwood",
    "Fillmore",
    "Pheasant Run",
    "Mulberry",
    "Bayou",
    "Kingsbury",
    "Hollow Creek",
    "Garfield",
    "Cemetery",
    "Canal",
    "Vista del Sol",
    "Martin Luther King Jr",
    "Church",
    "Bluebonnet",
];

fn one<'a>(rng: &mut Rng, of: &[&'a str]) -> &'a str {
    of[rng.usize(..of.len())]
}

/// A house's address.
pub(super) fn street(rng: &mut Rng) -> String {
    let number = match rng.u8(..3) {
        0 => rng.u32(11..100),
        1 => rng.u32(100..1_000),
        _ => rng.u32(1_000..19_999),
    };
    let road = one(rng, ROADS);
    let kind = one(
        rng,
        &[
            "St", "Street", "Ave", "Avenue", "Rd", "Road", "Ln", "Lane", "Dr", "Ct", "Blvd", "St.",
            "Way",
        ],
    );
    match rng.u8(..12) {
        0 => format!("P.O. Box {}", rng.u32(12..4_000)),
        1 => format!(
            "{number} {} {}",
            one(rng, &["County Road", "State Route", "Hwy"]),
            rng.u8(12..99)
        ),
        2 | 3 => format!(
            "{number} {road} {kind}{}{}",
            one(rng, &[" Apt ", ", Apt. ", " #", " Unit ", ", Apt "]),
            rng.u16(1..420)
        ),
        4 => format!("{number} {} {road} {kind}", one(rng, &["N", "S.", "West", "NE"])),
        5 => format!(
            "{number} {} {}",
            one(rng, &["E", "W", "SW"]),
            one(rng, &["3rd St", "14th Ave", "22nd Street"])
        ),
        _ => format!("{number} {road} {kind}"),
    }
}

/// A hospital.
pub(super) fn hospital(rng: &mut Rng, town: &Town) -> String {
    match rng.u8(..6) {
        0 => format!("{} General Hospital", town.0),
        1 => format!("{} Regional Medical Center", town.0),
        2 => format!(
            "St. {} Hospital",
            one(rng, &["Bridget's", "Cyril's", "Scholastica", "Brendan's"])
        ),
        3 => format!(
            "{} Memorial Hospital",
            one(rng, &["Tolliver", "Haskins", "Whitcomb", "Brandywine"])
        ),
        4 => {
            format!("{} Health", one(rng, &["Blue Mesa", "Kestrel", "Three Rivers", "Harborstone"]))
        }
        _ => format!("University of {} Medical Center", town.1),
    }
}

/// A practice.
pub(super) fn clinic(rng: &mut Rng, town: &Town) -> String {
    let head = match rng.bool() {
        true => town.0,
        false => {
            one(rng, &["Willow Bend", "Northgate", "Copper Canyon", "Elmhurst Park", "Riverbend"])
        }
    };
    let tail = [
        "Family Medicine",
        "Internal Medicine Associates",
        "Women's Health",
        "Orthopedics",
        "Community Health Center",
        "Cardiology Associates",
        "Primary Care",
    ];
    format!("{head} {}", one(rng, &tail))
}

/// Another organisation, by its kind.
pub(super) fn other(rng: &mut Rng, kind: &str) -> Option<String> {
    let of: &[&str] = match kind {
        "snf" => &[
            "Autumn Ridge Care Center",
            "Maple Terrace Nursing and Rehab",
            "The Cedars at Fox Hollow",
            "Good Shepherd Manor",
            "Lakeland Skilled Nursing",
            "Heritage Oaks Assisted Living",
        ],
        "agency" => &[
            "Compass Rose Home Health",
            "Gentle Hands Hospice",
            "Prairie Wind VNA",
            "Beacon Home Care",
        ],
        "employer" => &[
            "Tri-County Poultry",
            "Dunmore Steel Fabricators",
            "Hanley Freight Lines",
            "Walmart",
            "Sundance Roofing",
            "Mid-State Paper",
            "Amazon",
            "Orchard Valley Packing",
        ],
        "school" => &[
            "Horace Mann Elementary",
            "Lincoln Middle School",
            "Oak Hill Elementary School",
            "Roosevelt High School",
            "Sunnyside Preschool",
            "Harriet Tubman Academy",
        ],
        "pharmacy" => &[
            "Walgreens",
            "CVS",
            "Rite Aid",
            "Corner Drug",
            "Medicine Shoppe",
            "Costco Pharmacy",
            "Kroger Pharmacy",
        ],
        "lab" => &["Quest Diagnostics", "LabCorp", "Keystone Reference Laboratory"],
        _ => return None,
    };
    Some(one(rng, of).to_string())
}
