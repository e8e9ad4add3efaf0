//! Places, streets and organisations, put together from parts.

use std::sync::LazyLock;

use fastrand::Rng;

use super::ids;

/// States: name, letters, first three digits of a ZIP code from and to.
const STATES: &[(&str, &str, u16, u16)] = &[
    ("Alabama", "AL", 350, 369),
    ("Alaska", "AK", 995, 999),
    ("Arizona", "AZ", 850, 865),
    ("Arkansas", "AR", 716, 729),
    ("California", "CA", 900, 961),
    ("Colorado", "CO", 800, 816),
    ("Connecticut", "CT", 60, 69),
    ("Delaware", "DE", 197, 199),
    ("Florida", "FL", 320, 349),
    ("Georgia", "GA", 300, 319),
    ("Hawaii", "HI", 967, 968),
    ("Idaho", "ID", 832, 838),
    ("Illinois", "IL", 600, 629),
    ("Indiana", "IN", 460, 479),
    ("Iowa", "IA", 500, 528),
    ("Kansas", "KS", 660, 679),
    ("Kentucky", "KY", 400, 427),
    ("Louisiana", "LA", 700, 714),
    ("Maine", "ME", 39, 49),
    ("Maryland", "MD", 206, 219),
    ("Massachusetts", "MA", 10, 27),
    ("Michigan", "MI", 480, 499),
    ("Minnesota", "MN", 550, 567),
    ("Mississippi", "MS", 386, 397),
    ("Missouri", "MO", 630, 658),
    ("Montana", "MT", 590, 599),
    ("Nebraska", "NE", 680, 693),
    ("Nevada", "NV", 889, 898),
    ("New Hampshire", "NH", 30, 38),
    ("New Jersey", "NJ", 70, 89),
    ("New Mexico", "NM", 870, 884),
    ("New York", "NY", 100, 149),
    ("North Carolina", "NC", 270, 289),
    ("North Dakota", "ND", 580, 588),
    ("Ohio", "OH", 430, 459),
    ("Oklahoma", "OK", 730, 749),
    ("Oregon", "OR", 970, 979),
    ("Pennsylvania", "PA", 150, 196),
    ("Rhode Island", "RI", 28, 29),
    ("South Carolina", "SC", 290, 299),
    ("South Dakota", "SD", 570, 577),
    ("Tennessee", "TN", 370, 385),
    ("Texas", "TX", 750, 799),
    ("Utah", "UT", 840, 847),
    ("Vermont", "VT", 50, 59),
    ("Virginia", "VA", 220, 246),
    ("Washington", "WA", 980, 994),
    ("West Virginia", "WV", 247, 268),
    ("Wisconsin", "WI", 530, 549),
    ("Wyoming", "WY", 820, 831),
];

/// Towns; `_` stands for a blank.
const CITIES: &str = "Abilene Akron Albany Allentown Altoona Amarillo Anchorage Asheville Athens \
    Augusta Bakersfield Bangor Baton_Rouge Beaumont Bellingham Bend Billings Biloxi Bismarck \
    Boise Boulder Bozeman Bridgeport Brookings Brownsville Buffalo Burlington Cadillac Canton Cape_Coral \
    Casper Cedar_Rapids Chattanooga Chico Cincinnati Coeur_d'Alene Columbia Coos_Bay Corpus_Christi \
    Dayton Decatur Del_Rio Duluth Durango East_Lansing Eau_Claire El_Paso Elkhart Elmira Enid Erie Eureka \
    Fairbanks Fargo Fayetteville Flagstaff Fort_Wayne Fresno Gainesville Galveston Gary Grand_Junction Great_Falls \
    Greeley Green_Bay Hartford Hattiesburg Helena Hilo Hoboken Houma Independence Iowa_City \
    Ithaca Jackson Janesville Joplin Juneau Kalamazoo Kearney Kennewick Key_West Knoxville La_Crosse \
    Lafayette Lansing Laramie Laredo Las_Cruces Lawton Lewiston Lima Lincoln Long_Beach Lowell \
    Lubbock Macon Mankato Marietta Medford Minot Missoula Mobile Modesto Muncie Muskegon Nashua \
    New_Bern Norfolk Ocala Ogden Oshkosh Owensboro Paducah Pasco Paterson Pensacola Peoria Pierre \
    Plano Pocatello Providence Provo Pueblo Racine Rapid_City Reno Roanoke Rockford Sacramento \
    Saint_Cloud Salem Salinas San_Angelo Sandusky Santa_Fe Savannah Scranton Shreveport Sioux_Falls \
    Spokane St._Joseph Stockton Syracuse Tacoma Terre_Haute Toledo Topeka Truth_or_Consequences Tulsa \
    Utica Vacaville Visalia Waco Walla_Walla Wausau Wheeling Wichita Winston-Salem Worcester Yakima \
    Youngstown Yuma Zanesville";
const TOWN_HEADS: &[&str] = &[
    "Alder", "Birch", "Cobble", "Dun", "East", "Fair", "Glen", "Harrow", "Iron", "Kettle", "Lark",
    "Mill", "North", "Otter", "Pine", "Quarry", "Raven", "Stone", "Thorn", "Wester",
];
const TOWN_TAILS: &[&str] = &[
    "haven", "ton", "ford", "brook", "bury", "view", "port", "dale", "mere", "field", " Springs",
    " Falls", " Heights", " Grove", " Hollow", " Lake",
];
#[rustfmt::skip]
const COUNTIES: &[&str] = &[
    "Adams", "Allegany", "Bexar", "Bonneville", "Calhoun", "Cass", "Clackamas", "Cobb",
    "Cuyahoga", "Dane", "DeKalb", "Dutchess", "Erie", "Fayette", "Fresno", "Greene", "Hamilton",
    "Hennepin", "Hidalgo", "Humboldt", "Jefferson", "Kent", "King", "Lackawanna", "Lancaster",
    "Macomb", "Maricopa", "Mercer", "Monroe", "Nassau", "Oakland", "Orange", "Otero", "Pima",
    "Polk", "Prince George's", "Queen Anne's", "Riverside", "Sarpy", "Shasta", "Tarrant", "Ulster",
    "Union", "Wake", "Walton", "Washtenaw", "Wayne", "Yavapai", "Yellowstone",
];
#[rustfmt::skip]
const COUNTRIES: &[&str] = &[
    "Argentina", "Australia", "Bangladesh", "Brazil", "Cambodia", "Cameroon", "Canada", "Chile",
    "Colombia", "Cuba", "Denmark", "Ecuador", "Egypt", "El Salvador", "Eritrea", "Ethiopia",
    "France", "Germany", "Ghana", "Greece", "Guatemala", "Haiti", "Honduras", "Hungary", "India",
    "Iran", "Iraq", "Ireland", "Italy", "Jamaica", "Japan", "Kenya", "Laos", "Lebanon", "Mexico",
    "Nepal", "the Netherlands", "Nigeria", "Norway", "Pakistan", "Peru", "the Philippines",
    "Poland", "Portugal", "Romania", "Senegal", "Somalia", "South Korea", "Spain", "Sri Lanka",
    "Syria", "Taiwan", "Thailand", "Ukraine", "Uruguay", "Venezuela", "Vietnam", "Yemen",
];
/// Names of streets; `_` stands for a blank.
const STREETS: &str = "Acorn Alhambra Aspen_Ridge Bayview Beacon Bluebonnet Bramble Brickyard \
    Broadmoor Buena_Vista Cactus_Wren Calle_Real Canal Carriage_House Cedar Chapel_Hill Cherry \
    Chestnut Church Clearwater Cottonwood Coventry County_Line Creekside Cypress Dogwood Dove_Tail \
    Eagle_Crest Elderberry Elm Evergreen Fairground Falcon Fieldstone Forsythia Foundry Garfield \
    Glenwood Grand Greenbriar Hawthorne Heron Hickory High Hillcrest Holly Hummingbird Iroquois \
    Jackrabbit Jefferson Juniper Kestrel Kings_Mill La_Mesa Lafayette Lakeshore Lantern Larkspur \
    Laurel Lexington Liberty Lincoln Locust Lone_Oak Magnolia Main Maple Market Martin_Luther_King_Jr. \
    Meadowlark Mesquite Mockingbird Monroe Mulberry Oak Old_Post Orchard Paddock Palmetto Park \
    Peachtree Pheasant_Run Pine Pleasant Poplar Prairie Quail_Hollow Quarry Railroad Redbud Ridge \
    River Rosewood Saddleback Sagebrush Sandpiper School Sequoia Shady Spruce State Stillwater \
    Sugarloaf Sumac Sunset Sycamore Tamarack Thistle Timber Turnpike Union Valley_Forge Vine Walnut \
    Washington Whippoorwill Willow Windmill Wisteria Wolf_Creek Yarrow";
const TYPES: &[&str] = &[
    "St",
    "St.",
    "Street",
    "Ave",
    "Ave.",
    "Avenue",
    "Rd",
    "Road",
    "Dr",
    "Drive",
    "Ln",
    "Lane",
    "Blvd",
    "Boulevard",
    "Ct",
    "Court",
    "Way",
    "Pl",
    "Place",
    "Ter",
    "Circle",
    "Cir",
    "Pkwy",
    "Trail",
    "Loop",
    "Hwy",
    "Sq.",
];
const UNITS: &[&str] = &[
    " !Apt 8A",
    " !Apt. 89",
    ", !Apt 9A",
    ", Unit 89",
    " #89",
    " Unit A",
    " Ste 899",
    ", Suite 899",
    " Fl 8",
    ", Lot 8",
    " !Apt #8",
    ", 3rd Floor",
    " Trlr 89",
];
const SAINTS: &[&str] = &[
    "Agatha", "Alban", "Brendan", "Camillus", "Dymphna", "Gerard", "Kateri", "Raphael", "Roch",
    "Walburga", "Luke", "Anthony", "Columba", "Blaise",
];
const MAKERS: &[&str] = &[
    "Arrowpoint",
    "Bluestem",
    "Calloway",
    "Deerfield",
    "Eastgate",
    "Fernbrook",
    "Granite State",
    "Harborlight",
    "Ironbridge",
    "Jasper Ridge",
    "Kingfisher",
    "Lakemont",
    "Meridian",
    "Northwind",
    "Oakhurst",
    "Pinnacle",
    "Quillfeather",
    "Redstone",
    "Silverlake",
    "Tallgrass",
    "Upland",
    "Vantage",
    "Westbrook",
    "Yellow Pine",
    "Zephyr",
    "Halcyon",
    "Cobalt",
    "Sundial",
    "Trident",
];

fn pick<'a>(rng: &mut Rng, of: &[&'a str]) -> &'a str {
    of[rng.usize(..of.len())]
}

static TOWNS: LazyLock<Vec<&'static str>> = LazyLock::new(|| CITIES.split_whitespace().collect());
static ROADS: LazyLock<Vec<&'static str>> = LazyLock::new(|| STREETS.split_whitespace().collect());

/// A place to live.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// House, street and unit, or a box.
    pub(super) street: String,
    /// The town.
    pub(super) city: String,
    /// The state's name.
    pub(super) state: &'static str,
    /// Its two letters.
    pub(super) letters: &'static str,
    /// The ZIP code.
    pub(super) zip: String,
}

impl Place {
    /// Somewhere new.
    pub(super) fn new(rng: &mut Rng) -> Place {
        let (state, letters, low, high) = STATES[rng.usize(..STATES.len())];
        let mut zip = format!("{:03}{}", rng.u16(low..=high), ids::fill(rng, "98"));
        if rng.u8(..8) == 0 {
            zip = format!("{zip}-{}", ids::fill(rng, "9999"));
        }
        Place { street: street(rng), city: city(rng), state, letters, zip }
    }
}

/// A street address.
pub(super) fn street(rng: &mut Rng) -> String {
    if rng.u8(..14) == 0 {
        return ids::one(
            rng,
            &[
                "P.O. Box 8999",
                "PO Box 899",
                "P.O. BO!X 8999",
                "Post Office Box 89",
                "PO BO!X 89999",
            ],
        );
    }
    let number = ids::one(rng, &["89", "899", "899", "8999", "8999", "89999", "899-A", "899 1/2"]);
    let side = pick(rng, &["", "", "", "", "", "N. ", "S ", "West ", "E ", "NW ", "Old ", "SE "]);
    let kind = pick(rng, TYPES);
    let name = match rng.u8(..10) {
        0 => format!("{}th", rng.u8(4..20)),
        1 => pick(rng, &["1st", "2nd", "3rd", "21st", "42nd", "Second", "Fifth"]).to_string(),
        2 => city(rng),
        _ => pick(rng, &ROADS).replace('_', " "),
    };
    let road = match rng.u8(..24) {
        0 => ids::one(rng, &["County Road 89", "Highway 89", "State Route 899", "Rural Route 8"]),
        1 => format!("Avenue {}", pick(rng, &["B", "D", "of the Pines"])),
        _ => format!("{side}{name} {kind}"),
    };
    let unit = if rng.u8(..4) == 0 { ids::one(rng, UNITS) } else { String::new() };
    format!("{number} {road}{unit}")
}

/// A town, one of the list or an invented one.
pub(super) fn city(rng: &mut Rng) -> String {
    match rng.u8(..3) {
        0 => [pick(rng, TOWN_HEADS), pick(rng, TOWN_TAILS)].concat(),
        _ => pick(rng, &TOWNS).replace('_', " "),
    }
}

/// A county without the word.
pub(super) fn county(rng: &mut Rng) -> &'static str {
    pick(rng, COUNTIES)
}

/// A country.
pub(super) fn country(rng: &mut Rng) -> &'static str {
    pick(rng, COUNTRIES).trim_start_matches("the ")
}

/// A hospital.
pub(super) fn hospital(rng: &mut Rng) -> String {
    let city = city(rng);
    let saint = pick(rng, SAINTS);
    let maker = pick(rng, MAKERS);
    match rng.u8(..14) {
        0 => format!("{city} General Hospital"),
        1 => format!("{city} Memorial Hospital"),
        2 => format!("St. {saint}'s Medical Center"),
        3 => format!("Saint {saint} Hospital"),
        4 => format!("{} County Medical Center", county(rng)),
        5 => format!("University of {city} Hospital"),
        6 => format!("{maker} Regional Medical Center"),
        7 => format!("{city} Children's Hospital"),
        8 => format!("{maker} Health"),
        9 => format!("Our Lady of {}", pick(rng, &["Mercy Hospital", "Sorrows", "Perpetual Help"])),
        10 => format!("{maker} Community Hospital"),
        11 => format!("Mount {} Hospital", pick(rng, &["Tabor", "Hermon", "Nebo", "Vernon"])),
        12 => format!("{city} Veterans Home"),
        _ => format!("{city} Health System"),
    }
}

/// A practice, a nursing home or an agency.
pub(super) fn clinic(rng: &mut Rng) -> String {
    let maker = pick(rng, MAKERS);
    let kind = pick(
        rng,
        &[
            "Family Medicine",
            "Family Practice",
            "Pediatrics",
            "Cardiology Associates",
            "Orthopedic Group",
            "Women's Health Clinic",
            "Surgery Center",
            "Dialysis",
            "Skilled Nursing and Rehabilitation",
            "Nursing Home",
            "Home Health",
            "Hospice",
            "Imaging",
            "Behavioral Health",
            "Senior Living",
            "Urgent Care",
            "Neurology Clinic",
            "Physical Therapy",
            "Eye Institute",
        ],
    );
    match rng.u8(..3) {
        0 => format!("{} {kind}", city(rng)),
        1 => format!("{} {kind}", pick(rng, STREET_LIKE)),
        _ => format!("{maker} {kind}"),
    }
}

const STREET_LIKE: &[&str] = &[
    "Elm Street",
    "Riverbend",
    "Four Corners",
    "Old Mill",
    "Prairie View",
    "Sunrise",
    "Twin Lakes",
    "Willow Glen",
    "Harmony House",
    "Lakeside",
    "Maple Court",
];

/// A laboratory.
pub(super) fn lab(rng: &mut Rng) -> String {
    let kind = pick(rng, &["Reference Laboratory", "Diagnostics", "Pathology", "Labs", "Genomics"]);
    format!("{} {kind}", pick(rng, MAKERS))
}

/// A pharmacy.
pub(super) fn pharmacy(rng: &mut Rng) -> String {
    match rng.u8(..6) {
        0 => pick(rng, &["CVS", "Walgreens", "Rite Aid", "Costco Pharmacy", "Kroger"]).to_string(),
        1 => format!("{} Drug", city(rng)),
        2 => format!("{} Apothecary", pick(rng, MAKERS)),
        _ => format!("{} Pharmacy", pick(rng, MAKERS)),
    }
}

/// An insurer.
pub(super) fn insurer(rng: &mut Rng) -> String {
    match rng.u8(..3) {
        0 => pick(rng, &["Aetna", "Cigna", "Humana", "Blue Cross Blue Shield", "UnitedHealthcare"])
            .to_string(),
        1 => format!("{} Health Plan", pick(rng, MAKERS)),
        _ => format!("{} Mutual", pick(rng, MAKERS)),
    }
}

/// A school.
pub(super) fn school(rng: &mut Rng) -> String {
    let kind = pick(
        rng,
        &["Elementary School", "Middle School", "High School", "Community College", "University"],
    );
    format!("{} {kind}", city(rng))
}

/// A bank.
pub(super) fn bank(rng: &mut Rng) -> String {
    let kind = pick(rng, &["Bank", "Credit Union", "Savings & Loan", "National Bank", "Trust"]);
    format!("{} {kind}", pick(rng, MAKERS))
}

/// An employer.
pub(super) fn employer(rng: &mut Rng) -> String {
    let maker = pick(rng, MAKERS);
    let kind = pick(
        rng,
        &[
            "Logistics",
            "Foods",
            "Steel",
            "Software",
            "Trucking",
            "Farms",
            "Roofing",
            "Airlines",
            "Textiles",
            "Consulting",
            "Solar",
            "Construction",
            "Staffing",
            "Auto Parts",
            "Media",
            "Robotics",
            "Aggregates",
        ],
    );
    let law = pick(rng, &["", "", "", " Inc.", " LLC", ", Inc.", " Co.", " Group", " Corp"]);
    match rng.u8(..8) {
        0 => format!("{} Public Schools", city(rng)),
        1 => format!("{} Fire Department", city(rng)),
        2 => format!(
            "{} & {}{law}",
            super::names::family(rng, false),
            super::names::family(rng, true)
        ),
        _ => format!("{maker} {kind}{law}"),
    }
}

/// A street address of another country.
pub(super) fn street_abroad(rng: &mut Rng) -> String {
    ids::one(
        rng,
        &[
            "89 Harrow Close",
            "Flat 8, 89 Mill Lane",
            "899 Kingsway",
            "The Old Forge, Duck Lane",
            "Hauptstra\u{df}e 89",
            "Lindenweg 8",
            "89 rue des Lilas",
            "8 bis avenue Foch",
            "Calle Mayor 89",
            "Via Garibaldi 89",
            "Unit 8, 89 Wattle Grove",
            "89/8 Nehru Nagar",
            "Storgata 89",
            "8999 rue Sainte-Catherine",
            "!Apartment 89, 8 Quay Street",
        ],
    )
}

/// A town of another country.
pub(super) fn city_abroad(rng: &mut Rng) -> &'static str {
    pick(
        rng,
        &[
            "London",
            "Leeds",
            "Bristol",
            "Cardiff",
            "Glasgow",
            "Dublin",
            "Cork",
            "Toronto",
            "Halifax",
            "Montr\u{e9}al",
            "Vancouver",
            "Sydney",
            "Perth",
            "Auckland",
            "Munich",
            "K\u{f6}ln",
            "Lyon",
            "Nantes",
            "Madrid",
            "Sevilla",
            "Milano",
            "Turin",
            "Oslo",
            "Gda\u{144}sk",
            "Pune",
            "Chennai",
            "Nairobi",
            "Lagos",
            "Accra",
            "Osaka",
            "Seoul",
            "S\u{e3}o Paulo",
        ],
    )
}

/// A place for those who can't live at home.
pub(super) fn nursing_home(rng: &mut Rng) -> String {
    let kind = pick(
        rng,
        &["Manor", "Care Center", "Assisted Living", "Rehab", "Nursing & Rehabilitation", "Villa"],
    );
    match rng.u8(..3) {
        0 => format!("{} {kind}", city(rng)),
        1 => format!("{} {kind}", pick(rng, STREET_LIKE)),
        _ => format!("St. {} {kind}", pick(rng, SAINTS)),
    }
}
