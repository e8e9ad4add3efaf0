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
    ($($variant:ident $name:literal $tag:literal $letter:expr, $form:ident, $what:literal;)*) => {
        /// What a field or a finding is. Names as in schemas and policies.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Class { $(#[doc = $what] $variant,)* }

        /// The table of classes.
        pub const CLASSES: &[ClassEntry] = &[
            $(ClassEntry { class: Class::$variant, name: $name, tag: $tag, letter: $letter,
                form: Form::$form, what: $what },)*
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
}

classes! {
    PersonName    "person_name"    "NAME"     Some('A'), Name,   "Name of a patient, relative or household member";
    ProviderName  "provider_name"  "PROVIDER" Some('A'), Name,   "Name of a clinician";
    Street        "street"         "STREET"   Some('B'), Whole,  "Street address or PO box";
    City          "city"           "CITY"     Some('B'), Whole,  "City, town or district";
    County        "county"         "COUNTY"   Some('B'), Whole,  "County or precinct";
    Zip           "zip"            "ZIP"      Some('B'), Digits, "ZIP code, five or nine digits";
    GeoPoint      "geo_point"      "GEO"      Some('B'), Whole,  "Latitude, longitude or geocode";
    BirthDate     "birth_date"     "DOB"      Some('C'), Date,   "Date of birth";
    DeathDate     "death_date"     "DOD"      Some('C'), Date,   "Date of death";
    Date          "date"           "DATE"     Some('C'), Date,   "Date about a person: admission, service, specimen";
    Age           "age"            "AGE"      Some('C'), Age,    "Age in years";
    Phone         "phone"          "PHONE"    Some('D'), Phone,  "Telephone number";
    Fax           "fax"            "FAX"      Some('E'), Phone,  "Fax number";
    Email         "email"          "EMAIL"    Some('F'), Email,  "E-mail address";
    Ssn           "ssn"            "SSN"      Some('G'), Digits, "US social security number";
    Itin          "itin"           "ITIN"     Some('G'), Digits, "Individual taxpayer identification number, in the place of an SSN";
    Mrn           "mrn"            "MRN"      Some('H'), Record, "Medical record number";
    NhsNumber     "nhs_number"     "NHS"      Some('H'), Digits, "NHS number of England, Wales and the Isle of Man";
    MemberId      "member_id"      "MEMBER"   Some('I'), Record, "Health plan beneficiary number";
    Mbi           "mbi"            "MBI"      Some('I'), Lettered, "Medicare beneficiary identifier";
    Account       "account"        "ACCOUNT"  Some('J'), Record, "Account number";
    Card          "card"           "CARD"     Some('J'), Digits, "Payment card number";
    Iban          "iban"           "IBAN"     Some('J'), Lettered, "International bank account number";
    License       "license"        "LICENSE"  Some('K'), Record, "Certificate or licence number";
    DriverLicense "driver_license" "DRIVER"   Some('K'), Record, "Driver's licence number";
    Passport      "passport"       "PASSPORT" Some('K'), Record, "Passport number";
    Dea           "dea"            "DEA"      Some('K'), Lettered, "DEA registration number";
    Vehicle       "vehicle"        "VEHICLE"  Some('L'), Record, "Vehicle plate or another vehicle identifier";
    Vin           "vin"            "VIN"      Some('L'), Lettered, "Vehicle identification number";
    Device        "device"         "DEVICE"   Some('M'), Record, "Device identifier or serial number";
    Imei          "imei"           "IMEI"     Some('M'), Digits, "Number of a mobile device";
    Url           "url"            "URL"      Some('N'), Whole,  "Web address";
    Ip            "ip"             "IP"       Some('O'), Ip,     "Internet address";
    Biometric     "biometric"      "BIO"      Some('P'), Whole,  "Finger or voice print";
    Photo         "photo"          "PHOTO"    Some('Q'), Whole,  "Full-face photograph or comparable image";
    UniqueId      "unique_id"      "ID"       Some('R'), Record, "Any other unique identifying number or code: encounter, accession, claim";
    Claim         "claim"          "CLAIM"    Some('R'), Record, "Claim number";
    Uuid          "uuid"           "UUID"     Some('R'), Uuid,   "UUID of a person, or of what belongs to one";
    FhirId        "fhir_id"        "FHIRID"   Some('R'), Id,     "Logical id of a FHIR resource";
    Npi           "npi"            "NPI"      Some('R'), Digits, "National provider identifier";
    OpaqueId      "opaque_id"      "OPAQUE"   None,      Whole,  "Random identifier of a document, not of a person, with no time inside";
    State         "state"          "STATE"    None,      Whole,  "US state";
    Country       "country"        "COUNTRY"  None,      Whole,  "Country";
    Sex           "sex"            "SEX"      None,      Whole,  "Administrative sex or gender";
    ClinicalCode  "clinical_code"  "CODE"     None,      Whole,  "Code of a clinical vocabulary (ICD, CPT, LOINC, SNOMED); never altered";
    ClinicalValue "clinical_value" "VALUE"    None,      Whole,  "Measurement, dose or flag";
    NotPhi        "not_phi"        "PLAIN"    None,      Whole,  "Structure that says nothing about a person: record type, version, unit";
    FreeText      "free_text"      "TEXT"     None,      Whole,  "Prose in which identifiers are looked for";
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
        let coarse = matches!(self, Class::City | Class::County | Class::Zip);
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
