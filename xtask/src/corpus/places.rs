//! Places and organisations.

use super::people::{listed, made_place, own, pick, ranked, titled};
use fastrand::Rng;

/// Cities of the United States, large and small.
const CITIES: &str = "
Springfield; Portland; Columbus; Dayton; Akron; Toledo; Peoria; Rockford; Naperville; Boise; Spokane; Tacoma; Eugene; Fresno; Oakland; San Jose; Sacramento; Bakersfield; Reno; Las Vegas; Phoenix; Tucson; Mesa; Albuquerque; Santa Fe; El Paso; San Antonio; Austin; Houston; Dallas; Fort Worth; Lubbock; Waco; Tulsa; Oklahoma City; Wichita; Topeka; Kansas City; St. Louis; Omaha; Lincoln; Des Moines; Cedar Rapids; Davenport; Minneapolis; St. Paul; Duluth; Rochester; Madison; Milwaukee; Green Bay; Chicago; Evanston; Gary; Fort Wayne; Indianapolis; Bloomington; Louisville; Lexington; Bowling Green; Nashville; Memphis; Knoxville; Chattanooga; Birmingham; Mobile; Montgomery; Jackson; Biloxi; New Orleans; Baton Rouge; Shreveport; Little Rock; Atlanta; Augusta; Savannah; Macon; Jacksonville; Tampa; Orlando; Miami; Tallahassee; Charleston; Columbia; Greenville; Charlotte; Raleigh; Durham; Greensboro; Asheville; Richmond; Norfolk; Roanoke; Alexandria; Baltimore; Annapolis; Wilmington; Philadelphia; Pittsburgh; Allentown; Erie; Scranton; Newark; Trenton; Camden; Buffalo; Syracuse; Albany; Yonkers; Brooklyn; Queens; Hartford; New Haven; Stamford; Providence; Worcester; Boston; Lowell; Concord; Manchester; Nashua; Burlington; Bangor; Augusta; Anchorage; Juneau; Honolulu; Hilo; Salem; Bend; Medford; Billings; Missoula; Bozeman; Cheyenne; Laramie; Casper; Fargo; Bismarck; Sioux Falls; Rapid City; Provo; Ogden; Salt Lake City; Denver; Boulder; Pueblo; Flagstaff; Yuma; Chandler; Plano; Arlington; Irving; Laredo; McAllen; Corpus Christi; Coeur d'Alene; Walla Walla; Winston-Salem; Wilkes-Barre; Fond du Lac; Eau Claire; Truth or Consequences; Mission; Normal; Hope; Paradise; Independence; Liberty; Reading; Mobile; Surprise; Boring; Accident; Defiance; Friendship; Orange; Beverly; Florence; Lake Forest; Oak Park; Maple Grove; Elk Grove Village; Round Rock; Cedar Park; Coral Gables; Boca Raton; Port St. Lucie; Sun City; Rancho Cucamonga; Chula Vista; Santa Rosa; San Luis Obispo; Half Moon Bay; Mount Pleasant; Fort Smith; Grand Rapids; Battle Creek; Ann Arbor; Kalamazoo; Flint; Saginaw; Muskegon; Traverse City; Youngstown; Canton; Lima; Zanesville; Terre Haute; Muncie; Kokomo; South Bend; Elkhart; Champaign; Decatur; Joliet; Aurora; Moline; Quincy; Carbondale; Cape Girardeau; Joplin; Columbia; Sedalia; Rolla; Hays; Salina; Enid; Norman; Tyler; Abilene; Midland; Odessa; Big Spring; Nacogdoches; Beaumont; Galveston; Lake Charles; Monroe; Natchez; Tupelo; Hattiesburg; Dothan; Huntsville; Gadsden; Valdosta; Rome; Athens; Ocala; Pensacola; Destin; Key West";

/// States: their codes and names.
const STATES: &str = "
AL Alabama; AK Alaska; AZ Arizona; AR Arkansas; CA California; CO Colorado; CT Connecticut; DE Delaware; FL Florida; GA Georgia; HI Hawaii; ID Idaho; IL Illinois; IN Indiana; IA Iowa; KS Kansas; KY Kentucky; LA Louisiana; ME Maine; MD Maryland; MA Massachusetts; MI Michigan; MN Minnesota; MS Mississippi; MO Missouri; MT Montana; NE Nebraska; NV Nevada; NH New Hampshire; NJ New Jersey; NM New Mexico; NY New York; NC North Carolina; ND North Dakota; OH Ohio; OK Oklahoma; OR Oregon; PA Pennsylvania; RI Rhode Island; SC South Carolina; SD South Dakota; TN Tennessee; TX Texas; UT Utah; VT Vermont; VA Virginia; WA Washington; WV West Virginia; WI Wisconsin; WY Wyoming; DC District of Columbia";

const COUNTRIES: &str = "
USA; United States; Mexico; Canada; Guatemala; Honduras; El Salvador; Nicaragua; Cuba; Haiti; Dominican Republic; Jamaica; Colombia; Venezuela; Ecuador; Peru; Brazil; Argentina; Chile; Bolivia; Spain; Portugal; France; Germany; Italy; Greece; Poland; Ukraine; Russia; Romania; Hungary; Ireland; Scotland; England; United Kingdom; UK; Netherlands; Belgium; Sweden; Norway; Denmark; Finland; Turkey; Syria; Lebanon; Iraq; Iran; Afghanistan; Pakistan; India; Bangladesh; Nepal; Sri Lanka; China; Taiwan; Japan; South Korea; Vietnam; Cambodia; Laos; Thailand; Philippines; Indonesia; Burma; Egypt; Morocco; Nigeria; Ghana; Kenya; Ethiopia; Eritrea; Somalia; Sudan; Uganda; Rwanda; Congo; Cameroon; Senegal; South Africa; Zimbabwe; Australia; New Zealand; Samoa; Tonga; U.S.A.; US; Saudi Arabia; Israel; Jordan; Yemen; Albania; Bosnia; Switzerland; Austria; Singapore; Costa Rica; Panama; Paraguay";

const STREETS: &str = "
Maple; Oak; Pine; Cedar; Elm; Main; Washington; Lake; Hill; Walnut; Spring; North; Ridge; Church; Willow; Mill; Sunset; Railroad; Jackson; Lincoln; West; South; Park; Highland; Johnson; Franklin; Chestnut; River; Meadow; Jefferson; Madison; Forest; Hickory; Dogwood; Birch; Center; Broadway; Magnolia; Cherry; Poplar; Valley View; Country Club; Martin Luther King Jr; Cesar Chavez; Old Mill; Stone Bridge; Fox Hollow; Deer Run; Quail Hollow; Windsor; Cambridge; Lexington; Prospect; Grove; Locust; Sycamore; Mulberry; Linden; Peachtree; Bayshore; Ocean; Canyon; Mesa Verde; El Camino Real; La Cienega; Via del Sol; Camino Alto; Rue Royale; Whispering Pines; Saddle Creek; Eagle Point; Heritage; Liberty; Victory; Commerce; Industrial; Airport; University; College; Hospital; Harbor; Bridge; Mercer; Delancey; Wabash; Halsted; Belmont; Division; Fulton; Sheridan; Pershing; Kennedy; Roosevelt; Ashland; Clark; Wells; Fairfax; Vermont; Euclid; Juniper; Aspen; Redwood; Mockingbird; Cardinal; Blue Jay; Robin; Falcon Crest; Rosewood; Lavender; Ivy; County Line; State; Market; Front; Water; Court; Union; School; Depot; Pearl; Canal; Cottage; Garden; Orchard; Vineyard; Farm; Barn; Dairy; Plantation; Sherwood; Nottingham; Canterbury; Abbey; Kings; Queens; Prince; Royal";

/// The value of a slot for a place or an organisation.
pub(super) fn value(rng: &mut Rng, slot: &str, hospital: Option<&str>) -> Option<String> {
    Some(match slot {
        "city" | "city.new" => city(rng),
        "county" | "county.new" => titled(pick(rng, listed(3))),
        "zip" | "zip.new" => {
            let zip = format!("{:05}", rng.u32(1001..99_930));
            match rng.u8(..6) {
                0 => format!("{zip}-{:04}", rng.u32(1..9999)),
                _ => zip,
            }
        }
        "street" | "street.new" => street(rng),
        "street.name" => {
            let end =
                pick(rng, &["Street", "Avenue", "Road", "Drive", "Lane", "St.", "Ave", "Blvd"]);
            format!("{} {end}", pick(rng, own(STREETS, 8)))
        }
        "st" | "st.new" => state(rng).0.to_string(),
        "state" | "state.new" => state(rng).1.to_string(),
        "country" => pick(rng, own(COUNTRIES, 5)).to_string(),
        "geo" => {
            let (lat, lon) = (25.0 + rng.f64() * 23.0, 70.0 + rng.f64() * 52.0);
            match rng.u8(..3) {
                0 => format!("{lat:.4}, -{lon:.4}"),
                1 => format!("{lat:.5},-{lon:.5}"),
                _ => format!("{lat:.2} N, {lon:.2} W"),
            }
        }
        _ => organization(rng, slot.split_once('.')?.1, hospital)?,
    })
}

fn state(rng: &mut Rng) -> (&'static str, &'static str) {
    pick(rng, own(STATES, 6)).split_once(' ').unwrap_or(("IL", "Illinois"))
}

fn city(rng: &mut Rng) -> String {
    match rng.u8(..20) {
        0..9 => pick(rng, own(CITIES, 7)).to_string(),
        9..12 => titled(ranked(rng, listed(2))),
        12..14 => titled(pick(rng, listed(2))),
        14 => {
            let way = pick(
                rng,
                &["North ", "West ", "East ", "New ", "Lake ", "Fort ", "Mount ", "Port "],
            );
            format!("{way}{}", titled(ranked(rng, listed(1))))
        }
        _ => made_place(rng),
    }
}

fn street(rng: &mut Rng) -> String {
    let kind = pick(
        rng,
        &[
            "St",
            "Street",
            "St.",
            "Ave",
            "Avenue",
            "Ave.",
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
            "Parkway",
            "Trail",
            "Hwy",
            "Loop",
        ],
    );
    let number = match rng.u8(..6) {
        0 => rng.u32(1..100),
        1..4 => rng.u32(100..2000),
        _ => rng.u32(1000..19_999),
    };
    let name = match rng.u8(..20) {
        0..11 => pick(rng, own(STREETS, 8)).to_string(),
        11..14 => titled(ranked(rng, listed(1))),
        14 | 15 => made_place(rng),
        16 | 17 => {
            let n = rng.u32(1..140);
            let end = match (n % 10, n % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            format!("{n}{end}")
        }
        _ => format!("{} {}", titled(ranked(rng, listed(0))), titled(ranked(rng, listed(1)))),
    };
    let way = match rng.u8(..10) {
        0 => pick(rng, &["N. ", "S. ", "E. ", "W. "]),
        1 => pick(rng, &["N ", "S ", "E ", "W ", "NW ", "SE ", "North ", "West "]),
        _ => "",
    };
    let unit = match rng.u8(..12) {
        0 => format!(" Apt {}{}", rng.u32(1..40), pick(rng, &["A", "B", "C", ""])),
        1 => format!(", Apt. {}", rng.u32(1..400)),
        2 => format!(" #{}", rng.u32(1..900)),
        3 => format!(", Suite {}", rng.u32(100..900)),
        4 => format!(" Unit {}", rng.u32(1..60)),
        _ => String::new(),
    };
    match rng.u8(..30) {
        0 => format!("P.O. Box {}", rng.u32(10..9999)),
        1 => format!("PO Box {}", rng.u32(10..99_999)),
        2 => format!("RR {} Box {}", rng.u32(1..9), rng.u32(1..400)),
        3 => format!(
            "{number} {} {}",
            pick(rng, &["County Road", "Highway", "State Route", "FM", "US Hwy"]),
            rng.u32(1..999)
        ),
        4 => format!("{number} Broadway{unit}"),
        _ => format!("{number} {way}{name} {kind}{unit}"),
    }
}

fn organization(rng: &mut Rng, kind: &str, hospital: Option<&str>) -> Option<String> {
    let saint = |rng: &mut Rng| {
        let name = pick(
            rng,
            &[
                "Mary",
                "Joseph",
                "Luke",
                "Francis",
                "Vincent",
                "Anthony",
                "Elizabeth",
                "John",
                "Anne",
                "Catherine",
                "Jude",
                "Thomas",
                "Michael",
                "Agnes",
                "Bernard",
                "Raphael",
                "Clare",
                "Augustine",
                "Peter",
                "Rita",
                "Barnabas",
                "Alexius",
            ],
        );
        let s = pick(rng, &["", "'s", "s", "'s"]);
        format!("{} {name}{s}", pick(rng, &["St.", "Saint", "St"]))
    };
    let base = match rng.u8(..14) {
        0..3 => saint(rng),
        3..6 => city(rng),
        6 => made_place(rng),
        7 => titled(ranked(rng, listed(1))),
        8 => titled(pick(rng, listed(3))) + pick(rng, &[" County", ""]),
        9 => {
            let (a, b) = (ranked(rng, listed(1)), ranked(rng, listed(1)));
            format!("{}-{}", titled(a), titled(b))
        }
        _ => pick(
            rng,
            &[
                "Mercy",
                "Good Samaritan",
                "Providence",
                "Trinity",
                "Sacred Heart",
                "Holy Cross",
                "Riverside",
                "Lakeview",
                "Valley",
                "Northside",
                "Eastside",
                "Pinecrest",
                "Cedar Ridge",
                "Sunrise",
                "Bayview",
                "Summit",
                "Evergreen",
                "Heritage",
                "Highland",
                "Oakwood",
                "Unity",
                "Grace",
                "Hope",
                "Memorial",
                "Legacy",
                "Harbor",
                "Silver Lake",
                "Blue Ridge",
                "Prairie View",
                "Tri-County",
                "Green Valley",
                "Desert Springs",
                "Golden Gate",
                "Mountain View",
                "Three Rivers",
                "Bethesda",
                "Mount Sinai",
                "Shepherd of the Hills",
            ],
        )
        .to_string(),
    };
    let ends: &[&str] = match kind {
        "hospital" => &[
            "Hospital",
            "Medical Center",
            "General Hospital",
            "Regional Medical Center",
            "Community Hospital",
            "Memorial Hospital",
            "Health",
            "University Hospital",
            "Children's Hospital",
            "Regional Hospital",
            "Hospital and Clinics",
            "Health System",
            "Veterans Affairs Medical Center",
            "Heart Hospital",
            "Rehabilitation Hospital",
            "Infirmary",
        ],
        "clinic" => &[
            "Clinic",
            "Family Practice",
            "Medical Group",
            "Internal Medicine Associates",
            "Family Medicine",
            "Pediatrics",
            "Cardiology Associates",
            "Orthopedics",
            "Dermatology",
            "Women's Health",
            "Urgent Care",
            "Health Center",
            "Eye Care",
            "Dental",
            "Physical Therapy",
            "Oncology Center",
            "Surgical Associates",
            "Behavioral Health",
            "Primary Care",
            "Dialysis Center",
        ],
        "snf" => &[
            "Nursing Home",
            "Care Center",
            "Manor",
            "Skilled Nursing",
            "Rehabilitation Center",
            "Assisted Living",
            "Senior Living",
            "Village",
            "Hospice",
            "Nursing and Rehab",
            "House",
            "Memory Care",
            "Home Health",
            "Adult Day Care",
            "Group Home",
            "Shelter",
        ],
        "pharm" => &[
            "Pharmacy",
            "Drug",
            "Drugs",
            "Drug Store",
            "Compounding Pharmacy",
            "Apothecary",
            "Specialty Pharmacy",
            "Family Pharmacy",
        ],
        "insurer" => &[
            "Health Plan",
            "Insurance Company",
            "Mutual",
            "Health Partners",
            "Life and Casualty",
            "Advantage",
            "Choice PPO",
            "Benefits",
            "Care Network",
            "Assurance",
        ],
        "school" => &[
            "Elementary School",
            "High School",
            "Middle School",
            "Elementary",
            "University",
            "College",
            "Community College",
            "Academy",
            "Preschool",
            "Montessori",
            "State University",
            "Day School",
        ],
        "lab" => {
            &["Laboratories", "Labs", "Diagnostics", "Reference Laboratory", "Pathology", "Imaging"]
        }
        "bank" => &[
            "Bank",
            "Savings Bank",
            "Credit Union",
            "National Bank",
            "Trust",
            "Federal Credit Union",
        ],
        "employer" => &[
            "Construction",
            "Trucking",
            "Manufacturing",
            "Logistics",
            "Foods",
            "Plumbing",
            "& Sons",
            "Industries",
            "Steel",
            "Farms",
            "Consulting",
            "Software",
            "Electric",
            "Inc.",
            "LLC",
            "Supply Co.",
            "Bakery",
            "Motors",
            "Landscaping",
            "Hotel",
            "Airlines",
            "Packaging",
            "Law Group",
            "Insurance Agency",
            "Realty",
            "Roofing",
            "Systems",
            "Holdings",
            "Group",
            "Unified School District",
            "Fire Department",
            "Police Department",
            "Public Library",
        ],
        "abbr" => {
            let name = hospital.unwrap_or("Mercy Regional Medical Center");
            let letters: String = name
                .split([' ', '-'])
                .filter_map(|word| word.chars().next())
                .filter(char::is_ascii_uppercase)
                .collect();
            let long = (3..6).contains(&letters.len());
            let fallback = ["BIMC", "LGH", "SJMC", "RVMC", "UHC", "MVH", "OSFMC", "CCRMC"];
            return Some(if long { letters } else { pick(rng, &fallback).to_string() });
        }
        _ => return None,
    };
    let known: &[&str] = match kind {
        "pharm" => &[
            "Walgreens",
            "CVS",
            "CVS Pharmacy",
            "Rite Aid",
            "Walmart Pharmacy",
            "Costco Pharmacy",
            "Kroger",
            "Publix",
            "Safeway Pharmacy",
            "Express Scripts",
        ],
        "insurer" => &[
            "Aetna",
            "Cigna",
            "Humana",
            "UnitedHealthcare",
            "Kaiser Permanente",
            "Anthem",
            "Blue Cross Blue Shield",
            "BCBS of Illinois",
            "Molina Healthcare",
            "Centene",
            "Tricare",
            "Oscar Health",
            "WellCare",
            "Ambetter",
            "Delta Dental",
        ],
        "lab" => &["Quest Diagnostics", "LabCorp", "ARUP Laboratories", "Mayo Clinic Laboratories"],
        "bank" => {
            &["Wells Fargo", "Chase", "Bank of America", "Capital One", "Citibank", "PNC Bank"]
        }
        "employer" => &[
            "Amazon",
            "Walmart",
            "FedEx",
            "UPS",
            "Target",
            "Boeing",
            "Ford",
            "Home Depot",
            "McDonald's",
            "Lowe's",
            "USPS",
            "Tyson Foods",
            "Starbucks",
        ],
        "hospital" => &[
            "Mayo Clinic",
            "Cleveland Clinic",
            "Johns Hopkins",
            "Mass General",
            "Cedars-Sinai",
            "Stanford Hospital",
        ],
        _ => &[],
    };
    if !known.is_empty() && rng.u8(..8) == 0 {
        return Some(pick(rng, known).to_string());
    }
    if kind == "hospital" && rng.u8(..9) == 0 {
        return Some(base);
    }
    Some(format!("{base} {}", pick(rng, ends)))
}
