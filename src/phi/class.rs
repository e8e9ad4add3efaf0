//! What a value is. One table; policies, kernels, docs and tests walk it.

/// How values of a class are brought to one canonical form before they are tokenised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A person's name, by part: `family, given middle`, folded to lower case, NFC.
    Name,
    /// Digits only; separators are dropped.
    Digits,
    /// Letters and digits, upper case, padded to the site's width; separators are dropped.
    Record,
    /// Letters and digits under a law of their own, upper case; separators are dropped.
    Lettered,
    /// A telephone number in E.164.
    Phone,
    /// A calendar date, `YYYY-MM-DD`, or as much of one as there is (`YYYY-MM`, `YYYY`); a time of
    /// day behind it is not part of the form.
    Date,
    /// Completed years.
    Age,
    /// An e-mail address in lower case.
    Email,
    /// An internet address as RFC 5952 and dotted decimals have it.
    Ip,
    /// A UUID: lower case, with its four dashes.
    Uuid,
    /// A FHIR id, as it stands: `[A-Za-z0-9.-]{1,64}`.
    Id,
    /// The value as it stands, trimmed, NFC.
    Whole,
}

macro_rules! classes {
    ($($variant:ident $name:literal $tag:literal $letter:expr, $form:ident, $what:literal, $example:literal, $domain:literal;)*) => {
        /// What a field or a finding is. Names as in schemas and policies.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Class { $(#[doc = $what] $variant,)* }

        /// The table of classes.
        pub const CLASSES: &[ClassEntry] = &[
            $(ClassEntry { class: Class::$variant, name: $name, tag: $tag, letter: $letter,
                form: Form::$form, what: $what, example: $example, domain: $domain },)*
        ];
    };
}

/// One line of the table of classes.
#[derive(Debug)]
pub struct ClassEntry {
    /// The class.
    pub class: Class,
    /// Its name in schemas, policies and reports.
    pub name: &'static str,
    /// Its tag inside tokens: `[NAME~v1:...]`.
    pub tag: &'static str,
    /// Its letter in 45 CFR 164.514(b)(2)(i), if it is one of the eighteen identifiers.
    pub letter: Option<char>,
    /// Its canonical form.
    pub form: Form,
    /// What it is, in words.
    pub what: &'static str,
    /// An invented value in canonical form.
    pub example: &'static str,
    /// About how many values there are; empty where the kernel `fpe` counts them.
    pub domain: &'static str,
}

classes! {
    PersonName    "person_name"    "NAME"     Some('A'), Name,   "Name of a patient, relative or household member", "smith,jane", "unbounded";
    ProviderName  "provider_name"  "PROVIDER" Some('A'), Name,   "Name of a clinician", "okafor,chidi", "unbounded";
    Organization  "organization"  "ORG"      Some('A'), Whole,  "Employer, practice, hospital or another organisation", "Elm Valley Clinic", "unbounded";
    Street        "street"         "STREET"   Some('B'), Whole,  "Street address or PO box", "12 Elm Street", "unbounded";
    City          "city"           "CITY"     Some('B'), Whole,  "City, town or district", "Springfield", "about 30,000 in the US";
    County        "county"         "COUNTY"   Some('B'), Whole,  "County or precinct", "Sangamon", "3,144 in the US";
    Zip           "zip"            "ZIP"      Some('B'), Digits, "ZIP code, five or nine digits", "62704", "about 41,000 in use";
    GeoPoint      "geo_point"      "GEO"      Some('B'), Whole,  "Latitude, longitude or geocode", "39.80,-89.64", "unbounded";
    BirthDate     "birth_date"     "DOB"      Some('C'), Date,   "Date of birth", "1961-03-04", "about 44,000 days of living people";
    DeathDate     "death_date"     "DOD"      Some('C'), Date,   "Date of death", "2024-02-29", "some 10,000 days";
    Date          "date"           "DATE"     Some('C'), Date,   "Date about a person: admission, service, specimen", "2026-01-05", "some 10,000 days";
    Age           "age"            "AGE"      Some('C'), Age,    "Age in years", "57", "about 120";
    Phone         "phone"          "PHONE"    Some('D'), Phone,  "Telephone number", "+12125550142", "";
    Fax           "fax"            "FAX"      Some('E'), Phone,  "Fax number", "+12125550143", "";
    Email         "email"          "EMAIL"    Some('F'), Email,  "E-mail address", "jane.canary@example.com", "";
    Ssn           "ssn"            "SSN"      Some('G'), Digits, "US social security number", "219099987", "";
    Itin          "itin"           "ITIN"     Some('G'), Digits, "Individual taxpayer identification number, in the place of an SSN", "912781234", "";
    Mrn           "mrn"            "MRN"      Some('H'), Record, "Medical record number", "0012345678", "";
    NhsNumber     "nhs_number"     "NHS"      Some('H'), Digits, "NHS number of England, Wales and the Isle of Man", "9434765919", "";
    MemberId      "member_id"      "MEMBER"   Some('I'), Record, "Health plan beneficiary number", "XQH884512097", "";
    Mbi           "mbi"            "MBI"      Some('I'), Lettered, "Medicare beneficiary identifier", "1EG4TE5MK73", "";
    Account       "account"        "ACCOUNT"  Some('J'), Record, "Account number", "4400123987", "";
    Card          "card"           "CARD"     Some('J'), Digits, "Payment card number", "4111111111111111", "";
    Iban          "iban"           "IBAN"     Some('J'), Lettered, "International bank account number", "GB82WEST12345698765432", "";
    License       "license"        "LICENSE"  Some('K'), Record, "Certificate or licence number", "LPN8845120", "";
    DriverLicense "driver_license" "DRIVER"   Some('K'), Record, "Driver's licence number", "D4459981", "";
    Passport      "passport"       "PASSPORT" Some('K'), Record, "Passport number", "X45912087", "";
    Dea           "dea"            "DEA"      Some('K'), Lettered, "DEA registration number", "AP5836727", "";
    Vehicle       "vehicle"        "VEHICLE"  Some('L'), Record, "Vehicle plate or another vehicle identifier", "7ABC123", "";
    Vin           "vin"            "VIN"      Some('L'), Lettered, "Vehicle identification number", "1M8GDM9AXKP042788", "";
    Device        "device"         "DEVICE"   Some('M'), Record, "Device identifier or serial number", "SN88451207A", "";
    Imei          "imei"           "IMEI"     Some('M'), Digits, "Number of a mobile device", "490154203237518", "";
    Url           "url"            "URL"      Some('N'), Whole,  "Web address", "https://example.com/portal?patient=778812", "";
    Ip            "ip"             "IP"       Some('O'), Ip,     "Internet address", "192.0.2.77", "";
    Biometric     "biometric"      "BIO"      Some('P'), Whole,  "Finger or voice print", "c2FtcGxl", "unbounded";
    Photo         "photo"          "PHOTO"    Some('Q'), Whole,  "Full-face photograph or comparable image", "c2FtcGxl", "unbounded";
    UniqueId      "unique_id"      "ID"       Some('R'), Record, "Any other unique identifying number or code: encounter, accession, claim", "ACC20260044821", "";
    Claim         "claim"          "CLAIM"    Some('R'), Record, "Claim number", "2026CLM0044821", "";
    Uuid          "uuid"           "UUID"     Some('R'), Uuid,   "UUID of a person, or of what belongs to one", "6fa459ea-ee8a-4ca4-894e-db77e160355e", "";
    FhirId        "fhir_id"        "FHIRID"   Some('R'), Id,     "Logical id of a FHIR resource", "Pt-778812.a", "";
    Npi           "npi"            "NPI"      Some('R'), Digits, "National provider identifier", "1234567893", "";
    OpaqueId      "opaque_id"      "OPAQUE"   None,      Whole,  "Random identifier of a document, not of a person, with no time inside", "0b7c1f4e-9d0a-4c58-8f3e-6d1f0c2b9a77", "random";
    State         "state"          "STATE"    None,      Whole,  "US state", "IL", "56";
    Country       "country"        "COUNTRY"  None,      Whole,  "Country", "US", "249";
    Sex           "sex"            "SEX"      None,      Whole,  "Administrative sex or gender", "female", "a few";
    ClinicalCode  "clinical_code"  "CODE"     None,      Whole,  "Code of a clinical vocabulary (ICD, CPT, LOINC, SNOMED); never altered", "E11.9", "the vocabulary\u{2019}s";
    ClinicalValue "clinical_value" "VALUE"    None,      Whole,  "Measurement, dose or flag", "7.2", "unbounded";
    NotPhi        "not_phi"        "PLAIN"    None,      Whole,  "Structure that says nothing about a person: record type, version, unit", "admission", "unbounded";
    FreeText      "free_text"      "TEXT"     None,      Whole,  "Prose in which identifiers are looked for", "seen by Dr. Okafor", "unbounded";
}

impl Class {
    /// The class of that name, as written in a schema.
    pub fn from_name(name: &str) -> Option<Class> {
        CLASSES.iter().find(|entry| entry.name == name).map(|entry| entry.class)
    }

    /// Its line of the table.
    pub fn entry(self) -> &'static ClassEntry {
        // The table is in the enum's order; a test holds that.
        &CLASSES[self as usize]
    }

    /// Its name in schemas, policies and reports.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// Its canonical form.
    pub fn form(self) -> Form {
        self.entry().form
    }

    /// True for the identifiers that a limited data set excludes (45 CFR 164.514(e)(2)): names,
    /// addresses below the city, numbers of a person or of what belongs to one.
    pub fn is_direct(self) -> bool {
        let coarse = matches!(self, Class::City | Class::Zip);
        matches!(self.entry().letter, Some('A'..='Q'))
            && self.entry().letter != Some('C')
            && !coarse
    }

    /// True for the HIPAA identifiers: values of these are looked for elsewhere in their record.
    pub fn is_identifier(self) -> bool {
        self.entry().letter.is_some()
    }
}

impl std::fmt::Display for Class {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_in_the_order_of_the_enum() {
        for (at, entry) in CLASSES.iter().enumerate() {
            assert_eq!(entry.class as usize, at, "{}", entry.name);
            assert_eq!(Class::from_name(entry.name), Some(entry.class));
        }
    }

    #[test]
    fn every_safe_harbor_letter_is_covered() {
        for letter in 'A'..='R' {
            assert!(CLASSES.iter().any(|entry| entry.letter == Some(letter)), "{letter}");
        }
    }
}
