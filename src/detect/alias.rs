//! What the names of members say: words of a name, and the aliases in common use.

use super::lists;
use crate::phi::{Class, NamePart};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What the name of a member says of its values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meaning {
    /// Their class.
    pub class: Class,
    /// The part of a name that they are.
    pub part: NamePart,
    /// How much the name says, from 0 to 1.
    pub weight: f64,
}

impl Meaning {
    /// False where the word has many meanings, so that it needs values that agree.
    pub fn is_sure(&self) -> bool {
        self.weight > LOOSE
    }
}

/// An alias that is the whole name.
const WHOLE: f64 = 0.85;
/// An alias that is the end of the name (`patientLastName`), or begins in the object's own name
/// (`name.family`).
const TAIL: f64 = 0.7;
/// A word of many meanings: it needs values that agree.
const LOOSE: f64 = 0.45;

macro_rules! aliases {
    ($($class:ident: $words:literal; $loose:literal)*) => {
        /// Aliases of each class: words without separators, and then those of many meanings.
        const ALIASES: &[(Class, &str, &str)] = &[$((Class::$class, $words, $loose),)*];
    };
}

aliases! {
    PersonName: "patientname fullname personname membername subscribername guarantorname insuredname spousename spouse mothername fathername maidenname mothersmaidenname contactname emergencycontact emergencycontactname relativename nextofkin nok guardianname beneficiaryname nickname preferredname policyholder cardholder cardholdername humanname"; "name displayname alias patient contact person employee nametext label"
    ProviderName: "provider providername doctor doctorname physician physicianname attending attendingphysician attendingname author authorname practitioner practitionername surgeon surgeonname nurse nursename clinician clinicianname referringphysician prescriber prescribername orderedby signedby dictatedby performedby enteredby radiologist therapist pathologist pcp primarycarephysician authordisplay performerdisplay practitionerdisplay"; "performer requester recorder asserter"
    Organization: "organization organisation org organizationname hospital hospitalname facility facilityname clinic clinicname employer employername payer payername insurer practicename company companyname pharmacy school managingorganizationdisplay"; "insurance institution department lab laboratory site ward"
    Street: "street streetaddress streetname address addressline addr homeaddress mailingaddress pobox addresstext"; "line"
    City: "city town cityname municipality placeofbirth birthplace"; "district village suburb"
    County: "county countyname parish"; ""
    Zip: "zip zipcode postalcode postcode postal zipplus"; ""
    GeoPoint: "lat lng latitude longitude geo geocode geolocation coordinates latlong gps"; "lon long"
    BirthDate: "dob birthdate dateofbirth birthday birthdt patientdob birthyear yearofbirth yob birthtime"; "born birth"
    DeathDate: "dod deathdate dateofdeath deceaseddate deceaseddatetime deathdt"; "deceased died"
    Date: "date datetime time timestamp createdat updatedat modifiedat createdon updatedon lastupdated admitted discharged admissiondate dischargedate admitdate servicedate visitdate authoredon issued onsetdatetime effectivedatetime recordeddate collectiondate specimendate starttime endtime startdate enddate ts dt"; "created updated modified start end begin recorded effective onset at on received collected authored expires expiry period when day month year admission discharge"
    Age: "age ageyears patientage ageinyears"; ""
    Phone: "phone phonenumber phoneno tel telephone telephonenumber mobile mobilenumber mobilephone cell cellphone contactnumber homephone workphone telecom msisdn telecomvalue"; "callback"
    Fax: "fax faxnumber faxno"; ""
    Email: "email emailaddress mail emailid"; ""
    Ssn: "ssn socialsecuritynumber socialsecurity socialsecurityno ssnumber"; ""
    Itin: "itin"; ""
    Mrn: "mrn medicalrecordnumber medicalrecordno medicalrecord patientmrn patientid patientno patientnumber chartnumber chartno medrec medrecno patientidentifier hospitalnumber mrnnumber"; "recordnumber pid chart"
    NhsNumber: "nhsnumber nhsno nhs"; ""
    MemberId: "memberid membernumber memberno subscriberid subscribernumber policynumber policyid insuranceid insurancenumber beneficiaryid healthplanid medicaidid groupnumber insuredid"; "policy planid member"
    Mbi: "mbi medicarebeneficiaryidentifier medicareid medicarenumber hicn"; ""
    Account: "account accountnumber accountno accountid acct acctno acctnumber bankaccount billingaccount routingnumber patientaccount"; ""
    Card: "cardnumber creditcard creditcardnumber ccnumber cardno"; "card pan"
    Iban: "iban"; ""
    License: "license licensenumber licenseno licence licencenumber licenceno certificatenumber"; "certificate"
    DriverLicense: "driverlicense driverslicense driverslicensenumber driverlicensenumber dlnumber"; "dl"
    Passport: "passport passportnumber passportno"; ""
    Dea: "dea deanumber deano"; ""
    Vehicle: "licenseplate platenumber vehicleid vehicleplate"; "plate vehicle"
    Vin: "vin vehicleidentificationnumber"; ""
    Device: "serialnumber serialno deviceid deviceserial udi macaddress devicenumber deviceserialnumber implantserial"; "serial mac device"
    Imei: "imei"; ""
    Url: "url uri website href webaddress homepage portalurl"; "link web profile"
    Ip: "ip ipaddress ipaddr clientip remoteaddr remoteip sourceip"; ""
    Biometric: "fingerprint voiceprint biometric biometrics retinascan"; ""
    Photo: "photo picture avatar portrait photograph"; "image data"
    UniqueId: "id identifier encounterid visitid visitnumber visitno encounternumber accession accessionnumber accessionno orderid ordernumber orderno specimenid uid userid username login sessionid csn fin personid requestid correlationid caseid casenumber identifiervalue reference documentid messageid eventid recordid noteid externalid studyid subjectid participantid"; "key ref user session token number no subject"
    Claim: "claim claimid claimnumber claimno"; ""
    Uuid: "uuid guid"; ""
    Npi: "npi npinumber providernpi npino nationalprovideridentifier"; ""
    State: "state statecode stateprovince"; "province region"
    Country: "country countrycode"; "nationality"
    Sex: "sex gender birthsex sexatbirth administrativegender administrativesex"; ""
    ClinicalCode: "icd icdcode loinc loinccode snomed snomedcode cpt cptcode hcpcs drg ndc ndccode rxnorm rxnormcode rxcui diagnosiscode procedurecode codingcode dxcode diagnosiscodes"; "code codes dx diagnosis procedure"
    ClinicalValue: "value result resultvalue dose dosage bp bloodpressure hr heartrate pulse temp temperature tempc tempf weight height bmi glucose hba1c a1c score quantity systolic diastolic respiratoryrate spo2 o2sat creatinine valuequantityvalue"; "rate level reading measurement interpretation amount price"
    NotPhi: "type resourcetype status unit units version versionid kind category schema schemaversion language currency priority severity contenttype messagetype eventtype recordtype event valuequantityunit"; "system source format use action count total active class mode channel flag method role page index sequence seq"
    FreeText: "text note notes comment comments description narrative body content summary history hpi assessment plan instructions impression findings transcript chiefcomplaint remarks reportdata notetext freetext div clinicalnote progressnote"; "message reason display title report observation conclusion details"
}

/// Names of a part of a person's name, those of many meanings last.
const FAMILY: (&str, &str) = ("lastname surname familyname family lname lastnm", "last");
const GIVEN: (&str, &str) =
    ("firstname givenname forename given fname middlename firstnm middleinitial", "first middle");

/// Words that make a name, and what belongs to it, that of a clinician.
const CLINICIANS: &str = "provider doctor physician attending author practitioner surgeon nurse clinician prescriber radiologist therapist pathologist performer referring";

/// Words of structure: they say nothing of a value, and are nobody's name where a member has them.
const STRUCTURE: &str = "copay deductible cvx mvx msh sdoh checksum pat pt enc encntr prsnl fk pk dx cd dt tm nbr num no src etl load ingest smoker smoking derived from part of is has multiple boolean maiden prefix suffix marital race ethnicity facility offset row version assigner sig form admit adm dsch disp ref flag kafka nurse bed room base cost expenses coverage drivers orders ordering abnormal checked deleted schema tenant trace agent people persons users meta metadata extension extensions contained resource resources bundle entry entries payload attributes properties property items item list lists results records record header headers params options config settings info detail object coding codings codeable concept component components section sections attachment attachments tag tags labels security signature telecom vitals visit visits encounter encounters episode participant participants individual hospitalization location locations identity demographics subscriber guarantor insured relationship communication marital deceased multiple birth managing general practitioner telecoms addresses names identifiers ids onset abatement clinical verification severity body recorder bodysite evidence stage based specimen device devices reference range low high comparator dosage timing repeat route medication medications request requests dispense statement administration allergy allergies intolerance immunization immunizations condition conditions problem problems procedures observations diagnostic report reports questionnaire response linkid answer answers care team goal coverage claims explanation benefit billing charges charge total net unit quantity denominator numerator authored issued occurrence occurrences focus derived member members sequence payors vendor app application client server host request trace span queue topic partition offset before after new old current previous primary secondary first second third main other misc extra custom flags settings consent consents proxy emergency next kin primary home work mobile temp old official usual use rank";

const STATES: &str = "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY";
const COUNTRIES: &str = "US USA CA CAN MX MEX GB GBR UK DE DEU FR FRA ES ESP IT ITA IN IND CN CHN JP JPN AU AUS BR BRA NL NLD CH CHE AT AUT IE IRL";
const SEXES: &str = "m f male female man woman other unknown u o x nonbinary non-binary";

/// Whether a value is a word of the list that everybody has for a class: states, countries, sexes.
pub fn is_word_of(class: Class, value: &str) -> bool {
    match class {
        Class::State => is_one_of(STATES, value),
        Class::Country => is_one_of(COUNTRIES, value),
        Class::Sex => value.len() <= 10 && is_one_of(SEXES, &value.to_ascii_lowercase()),
        _ => false,
    }
}

fn is_one_of(list: &'static str, word: &str) -> bool {
    split(list).any(|known| known == word)
}

fn split(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(' ').filter(|word| !word.is_empty())
}

/// What each alias says, and whether it has many meanings.
static MEANINGS: LazyLock<HashMap<&str, (Class, NamePart, bool)>> = LazyLock::new(|| {
    let mut meanings = HashMap::new();
    for (class, known, loose) in ALIASES {
        meanings.extend(split(known).map(|word| (word, (*class, NamePart::Whole, false))));
        meanings.extend(split(loose).map(|word| (word, (*class, NamePart::Whole, true))));
    }
    for ((known, loose), part) in [(FAMILY, NamePart::Family), (GIVEN, NamePart::Given)] {
        meanings.extend(split(known).map(|word| (word, (Class::PersonName, part, false))));
        meanings.extend(split(loose).map(|word| (word, (Class::PersonName, part, true))));
    }
    meanings
});

/// Every word of the tables.
static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    MEANINGS.keys().copied().chain(split(CLINICIANS)).chain(split(STRUCTURE)).collect()
});

/// The words of a name, in lower case: `patientLastName`, `patient_last_name`, `patient-last-name`
/// are `patient last name`; numbers at the end of a word are left out (`line1`), those that have a
/// meaning there stay (`icd10` is `icd`).
pub fn name_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    // A name may be data: words that do not grow leave no copies behind.
    let empty = || String::with_capacity(name.len());
    let (mut word, mut before) = (empty(), ' ');
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        let next_is_lower = chars.peek().is_some_and(|next| next.is_lowercase());
        let begins = c.is_uppercase()
            && (before.is_lowercase()
                || before.is_numeric()
                || before.is_uppercase() && next_is_lower);
        if (begins || !c.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::replace(&mut word, empty()));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.push(word);
    // `a1c`, `spo2`: a number belongs to the word where the table has it so.
    for word in &mut words {
        if !MEANINGS.contains_key(word.as_str()) {
            let end = word.trim_end_matches(|c: char| c.is_numeric()).len();
            word.truncate(end);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What a name says, its words behind those of the object that it stands in.
pub fn meaning(parents: &[String], own: &[String]) -> Option<Meaning> {
    let clinician = |words: &[String]| words.iter().any(|word| is_one_of(CLINICIANS, word));
    let about_clinician = clinician(parents) || clinician(own);
    // The longest alias that is the end of the words says most.
    let all: Vec<&str> = parents.iter().chain(own).map(String::as_str).collect();
    for from in 0..all.len() {
        let reach = all.len() - from;
        let joined = all[from..].concat();
        let whole = reach >= own.len() && (reach == own.len() || is_alias(&own.concat()));
        let weight = if whole { WHOLE } else { TAIL };
        // `phones[*]` is a phone.
        let single = joined.strip_suffix('s').unwrap_or(&joined);
        let found = MEANINGS.get(joined.as_str()).or_else(|| MEANINGS.get(single));
        if let Some((class, part, is_loose)) = found {
            let class = match class {
                Class::PersonName if about_clinician => Class::ProviderName,
                class => *class,
            };
            let weight = if *is_loose { LOOSE } else { weight };
            return Some(Meaning { class, part: *part, weight });
        }
    }
    None
}

/// Whether a word is of the tables of this file.
pub(super) fn is_alias(word: &str) -> bool {
    WORDS.contains(word)
}

/// Whether all words of a name are ordinary ones that are nobody's name, or of the tables.
pub fn is_vocabulary(words: &[String]) -> bool {
    !words.is_empty() && words.iter().all(|word| is_plain(word) || is_joined(word))
}

fn is_plain(word: &str) -> bool {
    let lists = lists(word);
    is_alias(word) || lists.words && !lists.names
}

/// Two ordinary words without a border: `REASONCODE`.
fn is_joined(word: &str) -> bool {
    word.is_ascii()
        && !lists(word).names
        && (3..word.len().saturating_sub(2))
            .any(|at| is_plain(&word[..at]) && is_plain(&word[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(path: &[&str]) -> Option<(Class, NamePart)> {
        let (own, parents) = path.split_last().expect("a name");
        let parents: Vec<String> = parents.iter().flat_map(|name| name_words(name)).collect();
        meaning(&parents, &name_words(own)).map(|meaning| (meaning.class, meaning.part))
    }

    #[test]
    fn names_are_split_into_words_in_every_spelling() {
        for name in [
            "patientLastName",
            "patient_last_name",
            "patient-last-name",
            "PatientLastName",
            "PATIENT_LAST_NAME",
        ] {
            assert_eq!(name_words(name), ["patient", "last", "name"], "{name}");
        }
        assert_eq!(name_words("icd10"), ["icd"]);
        assert_eq!(name_words("patientID"), ["patient", "id"]);
        assert_eq!(name_words("addressLine1"), ["address", "line"]);
        assert_eq!(name_words("hba1c"), ["hba1c"]);
        assert_eq!(name_words("123"), Vec::<String>::new());
    }

    #[test]
    fn names_in_common_use_say_their_class() {
        for (path, class, part) in [
            (&["patient_name"][..], Class::PersonName, NamePart::Whole),
            (&["lastName"], Class::PersonName, NamePart::Family),
            (&["patient", "first-name"], Class::PersonName, NamePart::Given),
            (&["provider", "lastName"], Class::ProviderName, NamePart::Family),
            (&["author", "name"], Class::ProviderName, NamePart::Whole),
            (&["dob"], Class::BirthDate, NamePart::Whole),
            (&["patient", "birthDate"], Class::BirthDate, NamePart::Whole),
            (&["MRN"], Class::Mrn, NamePart::Whole),
            (&["medicalRecordNumber"], Class::Mrn, NamePart::Whole),
            (&["patient", "id"], Class::Mrn, NamePart::Whole),
            (&["home_phone"], Class::Phone, NamePart::Whole),
            (&["address", "line1"], Class::Street, NamePart::Whole),
            (&["postal_code"], Class::Zip, NamePart::Whole),
            (&["providerNPI"], Class::Npi, NamePart::Whole),
            (&["icd10"], Class::ClinicalCode, NamePart::Whole),
            (&["created_at"], Class::Date, NamePart::Whole),
            (&["resourceType"], Class::NotPhi, NamePart::Whole),
            (&["claim", "accountNumber"], Class::Account, NamePart::Whole),
        ] {
            assert_eq!(says(path), Some((class, part)), "{path:?}");
        }
        assert_eq!(says(&["zorblax"]), None);
    }

    #[test]
    fn no_alias_has_two_meanings() {
        let mut seen = std::collections::BTreeSet::new();
        for (class, known, loose) in ALIASES {
            for word in known.split(' ').chain(loose.split(' ')).filter(|word| !word.is_empty()) {
                assert!(seen.insert(word), "{word} of {class}");
                assert!(
                    word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()),
                    "{word}"
                );
            }
        }
    }
}
