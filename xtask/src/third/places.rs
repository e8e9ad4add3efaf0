//! Places and organisations of the third set.

use fastrand::Rng;

use super::ids;
use super::people::Person;

/// A town, its state, its ZIP codes, area codes and county.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str);

const TOWNS: &[Row] = &[
    ("Duluth", "MN", "55802 55805 55811", "218", "St. Louis County"),
    ("Bemidji", "MN", "56601", "218", "Beltrami County"),
    ("St. Paul", "MN", "55104 55106 55117", "651", "Ramsey County"),
    ("Rochester", "MN", "55901 55904", "507", "Olmsted County"),
    ("Eau Claire", "WI", "54701 54703", "715", "Eau Claire County"),
    ("Wausau", "WI", "54401 54403", "715", "Marathon County"),
    ("Fond du Lac", "WI", "54935 54937", "920", "Fond du Lac County"),
    ("Milwaukee", "WI", "53206 53212 53215", "414", "Milwaukee County"),
    ("Marquette", "MI", "49855", "906", "Marquette County"),
    ("Kalamazoo", "MI", "49001 49008", "269", "Kalamazoo County"),
    ("Dearborn", "MI", "48124 48126", "313", "Wayne County"),
    ("Sault Ste. Marie", "MI", "49783", "906", "Chippewa County"),
    ("Peoria", "IL", "61603 61614", "309", "Peoria County"),
    ("Carbondale", "IL", "62901", "618", "Jackson County"),
    ("Cicero", "IL", "60804", "708", "Cook County"),
    ("Naperville", "IL", "60540 60563", "630", "DuPage County"),
    ("Terre Haute", "IN", "47802 47807", "812", "Vigo County"),
    ("Fort Wayne", "IN", "46802 46815", "260", "Allen County"),
    ("Gary", "IN", "46402 46407", "219", "Lake County"),
    ("Chillicothe", "OH", "45601", "740", "Ross County"),
    ("Youngstown", "OH", "44502 44511", "330", "Mahoning County"),
    ("Toledo", "OH", "43606 43613", "419", "Lucas County"),
    ("Paducah", "KY", "42001 42003", "270", "McCracken County"),
    ("Pikeville", "KY", "41501", "606", "Pike County"),
    ("Johnson City", "TN", "37601 37604", "423", "Washington County"),
    ("Murfreesboro", "TN", "37129 37130", "615", "Rutherford County"),
    ("Memphis", "TN", "38106 38118", "901", "Shelby County"),
    ("Beckley", "WV", "25801", "304", "Raleigh County"),
    ("Morgantown", "WV", "26501 26505", "304", "Monongalia County"),
    ("Altoona", "PA", "16601 16602", "814", "Blair County"),
    ("Wilkes-Barre", "PA", "18702 18705", "570", "Luzerne County"),
    ("Allentown", "PA", "18102 18104", "610", "Lehigh County"),
    ("Erie", "PA", "16502 16508", "814", "Erie County"),
    ("Utica", "NY", "13501 13502", "315", "Oneida County"),
    ("Plattsburgh", "NY", "12901", "518", "Clinton County"),
    ("Yonkers", "NY", "10701 10704", "914", "Westchester County"),
    ("Jackson Heights", "NY", "11372", "718", "Queens County"),
    ("Paterson", "NJ", "07501 07514", "973", "Passaic County"),
    ("Cherry Hill", "NJ", "08002 08034", "856", "Camden County"),
    ("Toms River", "NJ", "08753 08755", "732", "Ocean County"),
    ("Bridgeport", "CT", "06604 06606", "203", "Fairfield County"),
    ("Willimantic", "CT", "06226", "860", "Windham County"),
    ("Woonsocket", "RI", "02895", "401", "Providence County"),
    ("Fall River", "MA", "02720 02724", "508", "Bristol County"),
    ("Pittsfield", "MA", "01201", "413", "Berkshire County"),
    ("Lowell", "MA", "01850 01854", "978", "Middlesex County"),
    ("Rutland", "VT", "05701", "802", "Rutland County"),
    ("Keene", "NH", "03431", "603", "Cheshire County"),
    ("Bangor", "ME", "04401", "207", "Penobscot County"),
    ("Lewiston", "ME", "04240", "207", "Androscoggin County"),
    ("Hagerstown", "MD", "21740 21742", "301", "Washington County"),
    ("Dundalk", "MD", "21222", "410", "Baltimore County"),
    ("Dover", "DE", "19901 19904", "302", "Kent County"),
    ("Roanoke", "VA", "24012 24018", "540", "Roanoke County"),
    ("Chesapeake", "VA", "23320 23322", "757", ""),
    ("Big Stone Gap", "VA", "24219", "276", "Wise County"),
    ("Fayetteville", "NC", "28303 28314", "910", "Cumberland County"),
    ("Rocky Mount", "NC", "27801 27804", "252", "Nash County"),
    ("Lumberton", "NC", "28358", "910", "Robeson County"),
    ("Spartanburg", "SC", "29301 29306", "864", "Spartanburg County"),
    ("Orangeburg", "SC", "29115", "803", "Orangeburg County"),
    ("Valdosta", "GA", "31601 31602", "229", "Lowndes County"),
    ("Decatur", "GA", "30030 30032", "404", "DeKalb County"),
    ("Macon", "GA", "31201 31204", "478", "Bibb County"),
    ("Ocala", "FL", "34470 34474", "352", "Marion County"),
    ("Hialeah", "FL", "33010 33012", "305", "Miami-Dade County"),
    ("Port St. Lucie", "FL", "34952 34983", "772", "St. Lucie County"),
    ("Pensacola", "FL", "32501 32504", "850", "Escambia County"),
    ("Dothan", "AL", "36301 36303", "334", "Houston County"),
    ("Mobile", "AL", "36604 36608", "251", "Mobile County"),
    ("Tupelo", "MS", "38801 38804", "662", "Lee County"),
    ("Hattiesburg", "MS", "39401 39402", "601", "Forrest County"),
    ("Shreveport", "LA", "71104 71106", "318", "Caddo Parish"),
    ("Houma", "LA", "70360 70363", "985", "Terrebonne Parish"),
    ("Opelousas", "LA", "70570", "337", "St. Landry Parish"),
    ("Pine Bluff", "AR", "71601 71603", "870", "Jefferson County"),
    ("Fort Smith", "AR", "72901 72903", "479", "Sebastian County"),
    ("Joplin", "MO", "64801 64804", "417", "Jasper County"),
    ("Cape Girardeau", "MO", "63701 63703", "573", "Cape Girardeau County"),
    ("Ottumwa", "IA", "52501", "641", "Wapello County"),
    ("Sioux City", "IA", "51103 51106", "712", "Woodbury County"),
    ("Grand Island", "NE", "68801 68803", "308", "Hall County"),
    ("Scottsbluff", "NE", "69361", "308", "Scotts Bluff County"),
    ("Minot", "ND", "58701 58703", "701", "Ward County"),
    ("Pine Ridge", "SD", "57770", "605", "Oglala Lakota County"),
    ("Sioux Falls", "SD", "57103 57106", "605", "Minnehaha County"),
    ("Salina", "KS", "67401", "785", "Saline County"),
    ("Dodge City", "KS", "67801", "620", "Ford County"),
    ("Muskogee", "OK", "74401 74403", "918", "Muskogee County"),
    ("Lawton", "OK", "73501 73505", "580", "Comanche County"),
    ("Laredo", "TX", "78040 78043", "956", "Webb County"),
    ("Lubbock", "TX", "79401 79413", "806", "Lubbock County"),
    ("Beaumont", "TX", "77701 77706", "409", "Jefferson County"),
    ("El Paso", "TX", "79902 79924", "915", "El Paso County"),
    ("Nacogdoches", "TX", "75961 75964", "936", "Nacogdoches County"),
    ("Gallup", "NM", "87301", "505", "McKinley County"),
    ("Las Cruces", "NM", "88001 88005", "575", "Doña Ana County"),
    ("Truth or Consequences", "NM", "87901", "575", "Sierra County"),
    ("Flagstaff", "AZ", "86001 86004", "928", "Coconino County"),
    ("Yuma", "AZ", "85364 85365", "928", "Yuma County"),
    ("Surprise", "AZ", "85374 85379", "623", "Maricopa County"),
    ("Pueblo", "CO", "81001 81004", "719", "Pueblo County"),
    ("Grand Junction", "CO", "81501 81506", "970", "Mesa County"),
    ("Casper", "WY", "82601 82604", "307", "Natrona County"),
    ("Butte", "MT", "59701", "406", "Silver Bow County"),
    ("Missoula", "MT", "59801 59803", "406", "Missoula County"),
    ("Pocatello", "ID", "83201 83204", "208", "Bannock County"),
    ("Coeur d'Alene", "ID", "83814 83815", "208", "Kootenai County"),
    ("St. George", "UT", "84770 84790", "435", "Washington County"),
    ("Provo", "UT", "84601 84604", "801", "Utah County"),
    ("Elko", "NV", "89801", "775", "Elko County"),
    ("Henderson", "NV", "89002 89015", "702", "Clark County"),
    ("Yakima", "WA", "98901 98902", "509", "Yakima County"),
    ("Tacoma", "WA", "98404 98405", "253", "Pierce County"),
    ("Walla Walla", "WA", "99362", "509", "Walla Walla County"),
    ("Medford", "OR", "97501 97504", "541", "Jackson County"),
    ("Bend", "OR", "97701 97702", "541", "Deschutes County"),
    ("Fresno", "CA", "93702 93722", "559", "Fresno County"),
    ("Garden Grove", "CA", "92840 92843", "714", "Orange County"),
    ("Oxnard", "CA", "93030 93033", "805", "Ventura County"),
    ("Stockton", "CA", "95202 95207", "209", "San Joaquin County"),
    ("Eureka", "CA", "95501 95503", "707", "Humboldt County"),
    ("Needles", "CA", "92363", "760", "San Bernardino County"),
    ("Hilo", "HI", "96720", "808", "Hawaii County"),
    ("Kailua-Kona", "HI", "96740", "808", "Hawaii County"),
    ("Waipahu", "HI", "96797", "808", "Honolulu County"),
    ("Fairbanks", "AK", "99701 99709", "907", "Fairbanks North Star Borough"),
    ("Bethel", "AK", "99559", "907", ""),
    ("Washington", "DC", "20011 20019", "202", ""),
];

const STATES: &[(&str, &str)] = &[
    ("AL", "Alabama"),
    ("AK", "Alaska"),
    ("AZ", "Arizona"),
    ("AR", "Arkansas"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DE", "Delaware"),
    ("DC", "District of Columbia"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("HI", "Hawaii"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("IA", "Iowa"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("ME", "Maine"),
    ("MD", "Maryland"),
    ("MA", "Massachusetts"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MS", "Mississippi"),
    ("MO", "Missouri"),
    ("MT", "Montana"),
    ("NE", "Nebraska"),
    ("NV", "Nevada"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NY", "New York"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VT", "Vermont"),
    ("VA", "Virginia"),
    ("WA", "Washington"),
    ("WV", "West Virginia"),
    ("WI", "Wisconsin"),
    ("WY", "Wyoming"),
];

/// Where somebody lives.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) city: &'static str,
    pub(super) letters: &'static str,
    pub(super) state: &'static str,
    pub(super) zip: String,
    pub(super) area: &'static str,
    pub(super) county: &'static str,
}

impl Place {
    pub(super) fn new(rng: &mut Rng) -> Place {
        let (city, letters, zips, area, county) = TOWNS[rng.usize(..TOWNS.len())];
        let zips: Vec<_> = zips.split(' ').collect();
        let mut zip = zips[rng.usize(..zips.len())].to_string();
        if rng.u8(..8) == 0 {
            zip.push_str(&ids::fill(rng, "-%###"));
        }
        let state = STATES.iter().find(|(short, _)| *short == letters).map_or("", |(_, long)| long);
        Place { city, letters, state, zip, area, county }
    }
}

const ROADS: &[&str] = &[
    "Maple",
    "Juniper",
    "Sycamore",
    "Tamarack",
    "Magnolia",
    "Live Oak",
    "Pecan",
    "Chestnut Hill",
    "Mill",
    "Old Mill",
    "Depot",
    "Railroad",
    "Quarry",
    "Ferry",
    "Turnpike",
    "Schoolhouse",
    "Creekside",
    "Lakeview",
    "Prairie View",
    "Meadowlark",
    "Whippoorwill",
    "Bluebird",
    "Fox Run",
    "Deer Path",
    "Lincoln",
    "Madison",
    "Monroe",
    "Garfield",
    "MLK Jr",
    "Cesar Chavez",
    "Kennedy",
    "Roosevelt",
    "St. Charles",
    "Santa Fe",
    "El Camino",
    "San Pedro",
    "La Salle",
    "Vermont",
    "Delaware",
    "Pulaski",
    "Kosciuszko",
    "Hickory Ridge",
    "Stone Bridge",
    "Sugar Hollow",
    "Pleasant Valley",
    "Bishop",
    "Dr. Martin Luther King Jr",
    "Queen Anne",
    "Commerce",
    "Harbor",
    "Bayou",
    "Orchard",
    "Vineyard",
    "Kapiolani",
    "Red Rock",
    "Mesa",
    "Sunset",
    "Main",
    "Church",
    "Market",
    "Court",
    "Union",
    "High",
    "Broad",
    "Grove",
    "Spring",
    "Walnut",
    "Laurel",
];
const KINDS: &[&str] = &[
    "St", "Street", "St.", "Ave", "Avenue", "Ave.", "Rd", "Road", "Dr", "Drive", "Ln", "Lane",
    "Blvd", "Ct", "Court", "Pl", "Way", "Cir", "Ter", "Pkwy", "Trail",
];
const SIDES: &[&str] = &["N", "S", "E", "W", "N.", "West", "South", "NE", "SW"];
const UNITS: &[&str] = &[
    " Apt %",
    " Apt %#@",
    ", Apt. %##",
    " *%##",
    ", Unit @",
    " Unit %#",
    ", Lot %#",
    " Ste %##",
    ", *%@",
    ", Floor %",
    " Apt @-%",
    " Trlr %#",
    ", Bldg @ Apt %##",
];

/// The first line of an address.
pub(super) fn street(rng: &mut Rng) -> String {
    let number = rng.u16(2..9_900);
    let road = ROADS[rng.usize(..ROADS.len())];
    let kind = KINDS[rng.usize(..KINDS.len())];
    let side = SIDES[rng.usize(..SIDES.len())];
    let mut out = match rng.u8(..24) {
        0 => return format!("{} {}", ["PO Box", "P.O. Box"][rng.usize(..2)], rng.u16(11..9_000)),
        1 => return format!("RR {} Box {}", rng.u8(1..9), rng.u16(11..400)),
        2 => return format!("{number} County Road {}", rng.u16(2..600)),
        3 => return format!("{number} {side} Hwy {}", rng.u16(2..300)),
        4 => format!("{number} {side} {}th {kind}", rng.u8(4..20)),
        5 => format!("{number} {}nd {kind} {side}", [2, 22, 32, 42][rng.usize(..4)]),
        6 => return format!("{number} State Route {}", rng.u16(2..900)),
        7 => format!("{}-{:02} {}rd {kind}", rng.u8(20..99), rng.u8(1..60), rng.u8(6..9) * 10 + 3),
        8..=11 => format!("{number} {side} {road} {kind}"),
        _ => format!("{number} {road} {kind}"),
    };
    if rng.u8(..4) == 0 {
        // A star stands for the sign that is a digit in shapes.
        out += &ids::one(rng, UNITS).replace('*', "#");
    }
    out
}

const SAINTS: &[&str] = &[
    "St. Mary's",
    "St. Luke's",
    "St. Agnes",
    "Saint Joseph",
    "St. Vincent",
    "Holy Cross",
    "Good Shepherd",
    "Our Lady of Lourdes",
    "Sacred Heart",
    "Mount Carmel",
    "St. Elizabeth",
    "Bon Secour",
    "Beth Israel",
    "Trinity",
    "Mercy",
    "Providence",
    "Bethesda",
    "St. Anthony",
];
const LANDS: &[&str] = &[
    "Blue Ridge",
    "Prairie Lakes",
    "North Fork",
    "Three Rivers",
    "Sandhills",
    "Cedar Bluff",
    "Lakeshore",
    "Bayside",
    "High Plains",
    "Copper Basin",
    "Great Bend",
    "Timberline",
    "Chesterfield",
    "Pine Barrens",
    "Golden Valley",
    "Harborview East",
    "Palmetto",
    "Big Sky",
    "Mission Hills",
    "Cumberland Gap",
    "Ozark Foothills",
    "Delta",
    "Piedmont",
    "Tidewater",
];

/// One of several, filled in with a name of the land or a family.
fn named(rng: &mut Rng, tails: &[&str]) -> String {
    let tail = tails[rng.usize(..tails.len())];
    let head = match rng.u8(..4) {
        0 => Person::new(rng, true, "").family.split(['-', ' ']).next().unwrap_or("").to_string(),
        _ => LANDS[rng.usize(..LANDS.len())].to_string(),
    };
    let head = if head.len() < 4 { "Lakeshore".to_string() } else { head };
    format!("{head} {tail}")
}

pub(super) fn hospital(rng: &mut Rng, place: &Place) -> String {
    let saint = SAINTS[rng.usize(..SAINTS.len())];
    match rng.u8(..9) {
        0 | 1 => format!("{saint} Hospital"),
        2 => format!("{saint} Medical Center"),
        3 => format!("{} General Hospital", place.city),
        4 => format!("{} Regional Medical Center", place.city),
        5 => format!("University of {} Hospital", place.state),
        6 => format!("{} Memorial Hospital", place.city),
        7 => named(rng, &["Community Hospital", "Health System"]),
        _ => named(rng, &["Medical Center", "Regional Health", "Memorial Hospital"]),
    }
}

pub(super) fn clinic(rng: &mut Rng, place: &Place) -> String {
    match rng.u8(..5) {
        0 => format!("{} Family Practice", place.city),
        1 => format!("{} Community Health Center", place.city),
        _ => named(
            rng,
            &[
                "Internal Medicine",
                "Family Medicine",
                "Medical Group",
                "Primary Care Associates",
                "Clinic",
                "Specialty Clinic",
                "Physicians, P.C.",
                "Health Partners",
                "Women's Care",
                "Orthopedics & Sports Medicine",
                "Urgent Care",
            ],
        ),
    }
}

pub(super) fn home(rng: &mut Rng) -> String {
    named(
        rng,
        &[
            "Nursing and Rehabilitation",
            "Care Center",
            "Manor",
            "Assisted Living",
            "Skilled Nursing Facility",
            "Senior Village",
            "Rehab and Wellness Center",
        ],
    )
}

pub(super) fn agency(rng: &mut Rng) -> String {
    named(rng, &["Home Health", "Hospice", "Home Care, Inc.", "Visiting Nurse Association"])
}

/// An organisation that does something else; a school is one for that grade.
pub(super) fn other(rng: &mut Rng, kind: &str, place: &Place, grade: i64) -> Option<String> {
    let list: &[&str] = match kind {
        "pharm" => &[
            "Walgreens",
            "CVS",
            "Rite Aid",
            "Walmart Pharmacy",
            "Kroger Pharmacy",
            "Publix Pharmacy",
            "Hy-Vee Pharmacy",
            "Costco Pharmacy",
            "Express Scripts",
            "Safeway Pharmacy",
        ],
        "ins" => &[
            "Aetna",
            "Cigna",
            "UnitedHealthcare",
            "Humana",
            "Anthem Blue Cross",
            "Molina Healthcare",
            "Kaiser Permanente",
            "BCBS of Tennessee",
            "Highmark",
            "WellCare",
            "Oscar Health",
            "Premera Blue Cross",
            "HealthPartners",
            "Geisinger Health Plan",
            "Tufts Health Plan",
        ],
        "lab" => {
            &["Quest Diagnostics", "LabCorp", "ARUP Laboratories", "BioReference", "Sonora Quest"]
        }
        "bank" => &[
            "Wells Fargo",
            "Chase",
            "Navy Federal",
            "Regions Bank",
            "U.S. Bank",
            "Fifth Third Bank",
            "Bank of America",
            "TD Bank",
            "First Interstate Bank",
            "Ally",
            "PNC",
        ],
        "shop" => {
            &["Amazon", "Target", "Home Depot", "Wayfair", "Best Buy", "Chewy", "Costco", "Etsy"]
        }
        "work" => &[
            "Walmart",
            "FedEx Ground",
            "Tyson Foods",
            "John Deere",
            "UPS",
            "Smithfield",
            "Boeing",
            "Union Pacific",
            "Lowe's",
            "Amtrak",
            "Dollar General",
            "Caterpillar",
        ],
        "air" => {
            &["Delta", "Southwest", "United", "Alaska Airlines", "JetBlue", "Marriott", "Hertz"]
        }
        "school" => {
            let person = Person::new(rng, false, "");
            let land = LANDS[rng.usize(..LANDS.len())];
            let level = match grade {
                ..=5 => ["Elementary School", "Elementary", "Primary School"][rng.usize(..3)],
                6..=8 => ["Middle School", "Junior High"][rng.usize(..2)],
                _ => ["High School", "Senior High School"][rng.usize(..2)],
            };
            return Some(match rng.u8(..3) {
                0 => format!("{} {level}", person.family),
                1 => format!("{} {level}", place.city),
                _ => format!("{land} {level}"),
            });
        }
        _ => return None,
    };
    Some(list[rng.usize(..list.len())].to_string())
}

/// Cities and countries that are not in the US.
pub(super) const ABROAD: &[(&str, &str)] = &[
    ("Guadalajara", "Mexico"),
    ("Oaxaca", "Mexico"),
    ("San Salvador", "El Salvador"),
    ("Lagos", "Nigeria"),
    ("Enugu", "Nigeria"),
    ("Da Nang", "Vietnam"),
    ("Kraków", "Poland"),
    ("Manila", "Philippines"),
    ("Cebu City", "Philippines"),
    ("Hyderabad", "India"),
    ("Chennai", "India"),
    ("Mogadishu", "Somalia"),
    ("Addis Ababa", "Ethiopia"),
    ("Toronto", "Canada"),
    ("Leeds", "England"),
    ("Aleppo", "Syria"),
    ("Erbil", "Iraq"),
    ("Port-au-Prince", "Haiti"),
    ("Vientiane", "Laos"),
    ("Apia", "Samoa"),
    ("Tbilisi", "Georgia"),
    ("Kathmandu", "Nepal"),
    ("Lima", "Peru"),
    ("Cardiff", "Wales"),
    ("Frankfurt", "Germany"),
];
