//! Canonical forms. A value is brought to one form before it is tokenised, so that one person has
//! one token whatever the notation; the occurrence's separators and case are put back afterwards.

use super::{
    Class, Code, Epoch, Form, Shape, name_parts, parse_date, partial_date, render_date,
    render_partial, written_date,
};
use core::net::IpAddr;
use std::fmt::Write;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// What a site says about the extent of its numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// Nothing.
    #[default]
    Any,
    /// They are padded with zeros to this many characters.
    Width(u8),
    /// They look like this.
    Shape(Arc<Shape>),
    /// They are dates, counted since 1970.
    Epoch(Epoch),
}

impl Extent {
    /// The shape, if there is one.
    pub fn shape(&self) -> Option<&Arc<Shape>> {
        match self {
            Extent::Shape(shape) => Some(shape),
            _ => None,
        }
    }

    /// Whether a number can become a token and stay one: whole and without a sign, but for what is counted since
    /// 1970, which may be of before.
    pub fn takes_number(&self, number: &str) -> bool {
        let digits = match self {
            Extent::Epoch(_) => number.strip_prefix('-').unwrap_or(number),
            _ => number,
        };
        digits.bytes().all(|b| b.is_ascii_digit())
    }
}

/// Appends the canonical form of `text` to `out`.
///
/// Errors are codes: the value itself never travels in one.
pub fn canonical(class: Class, extent: &Extent, text: &str, out: &mut String) -> Result<(), Code> {
    match class.form() {
        Form::Name => {
            let start = out.len();
            let (family, given) = name_parts(text);
            out.push_str(&family);
            if !given.is_empty() {
                out.push(',');
                out.push_str(&given);
            }
            if out.len() == start {
                return Err(Code::OutsideAlphabet);
            }
        }
        Form::Digits | Form::Record | Form::Lettered => match extent {
            Extent::Any | Extent::Epoch(_) => record_number(class, 0, text, out)?,
            Extent::Width(width) => record_number(class, usize::from(*width), text, out)?,
            Extent::Shape(shape) => shaped(shape, text, out)?,
        },
        Form::Phone => phone(text, out)?,
        Form::Date => {
            if let Extent::Epoch(unit) = extent {
                let count = text.trim().parse().map_err(|_| Code::NotADate)?;
                let _ = write!(out, "{}", unit.day(count).ok_or(Code::NotADate)?);
                return Ok(());
            }
            if let Some((date, ..)) = written_date(text) {
                date.write(out);
                return Ok(());
            }
            // Writing to a String cannot fail.
            let _ = match partial_date(text).ok_or(Code::NotADate)? {
                (year, Some(month)) => write!(out, "{year:04}-{month:02}"),
                (year, None) => write!(out, "{year:04}"),
            };
        }
        Form::Age => age(text, out)?,
        Form::Email => {
            let text = text.trim();
            if !text.contains('@') {
                return Err(Code::OutsideAlphabet);
            }
            out.extend(text.nfc().flat_map(char::to_lowercase));
        }
        Form::Ip => {
            let address: IpAddr = text.trim().parse().map_err(|_| Code::OutsideAlphabet)?;
            let _ = write!(out, "{address}");
        }
        Form::Uuid => uuid(text, out)?,
        Form::Id => {
            let (_, text) = reference(text).ok_or(Code::OutsideAlphabet)?;
            out.push_str(text);
        }
        Form::Whole => {
            let text = text.trim();
            if text.is_ascii() { out.push_str(text) } else { out.extend(text.nfc()) }
        }
    }
    Ok(())
}

/// A FHIR id, and what stays around it in a reference (FHIR R4, 2.3.0.1): `Patient/`, `urn:uuid:`, `#`. The address of a
/// server goes, since it names who runs it, and the version with it.
fn reference(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let is_id = |id: &str| {
        (1..=64).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
    };
    for prefix in [URN, "urn:oid:", "#"] {
        if let Some(id) = text.strip_prefix(prefix) {
            return is_id(id).then_some((prefix, id));
        }
    }
    let whole = text.split_once("/_history/").map_or(text, |(whole, _)| whole);
    let Some((above, id)) = whole.rsplit_once('/') else {
        return is_id(whole).then_some(("", whole));
    };
    let kind = above.rsplit('/').next()?;
    let before = &whole[above.len() - kind.len()..whole.len() - id.len()];
    (RESOURCES.binary_search(&kind).is_ok() && is_id(id)).then_some((before, id))
}

/// The types of resources of FHIR R4 and R5, in order (hl7.org/fhir/resourcelist.html).
const RESOURCES: &[&str] = &[
    "Account",
    "ActivityDefinition",
    "ActorDefinition",
    "AdministrableProductDefinition",
    "AdverseEvent",
    "AllergyIntolerance",
    "Appointment",
    "AppointmentResponse",
    "ArtifactAssessment",
    "AuditEvent",
    "Basic",
    "Binary",
    "BiologicallyDerivedProduct",
    "BiologicallyDerivedProductDispense",
    "BodyStructure",
    "Bundle",
    "CapabilityStatement",
    "CarePlan",
    "CareTeam",
    "CatalogEntry",
    "ChargeItem",
    "ChargeItemDefinition",
    "Citation",
    "Claim",
    "ClaimResponse",
    "ClinicalImpression",
    "ClinicalUseDefinition",
    "CodeSystem",
    "Communication",
    "CommunicationRequest",
    "CompartmentDefinition",
    "Composition",
    "ConceptMap",
    "Condition",
    "ConditionDefinition",
    "Consent",
    "Contract",
    "Coverage",
    "CoverageEligibilityRequest",
    "CoverageEligibilityResponse",
    "DetectedIssue",
    "Device",
    "DeviceAssociation",
    "DeviceDefinition",
    "DeviceDispense",
    "DeviceMetric",
    "DeviceRequest",
    "DeviceUsage",
    "DeviceUseStatement",
    "DiagnosticReport",
    "DocumentManifest",
    "DocumentReference",
    "EffectEvidenceSynthesis",
    "Encounter",
    "EncounterHistory",
    "Endpoint",
    "EnrollmentRequest",
    "EnrollmentResponse",
    "EpisodeOfCare",
    "EventDefinition",
    "Evidence",
    "EvidenceReport",
    "EvidenceVariable",
    "ExampleScenario",
    "ExplanationOfBenefit",
    "FamilyMemberHistory",
    "Flag",
    "FormularyItem",
    "GenomicStudy",
    "Goal",
    "GraphDefinition",
    "Group",
    "GuidanceResponse",
    "HealthcareService",
    "ImagingSelection",
    "ImagingStudy",
    "Immunization",
    "ImmunizationEvaluation",
    "ImmunizationRecommendation",
    "ImplementationGuide",
    "Ingredient",
    "InsurancePlan",
    "InventoryItem",
    "InventoryReport",
    "Invoice",
    "Library",
    "Linkage",
    "List",
    "Location",
    "ManufacturedItemDefinition",
    "Measure",
    "MeasureReport",
    "Media",
    "Medication",
    "MedicationAdministration",
    "MedicationDispense",
    "MedicationKnowledge",
    "MedicationRequest",
    "MedicationStatement",
    "MedicinalProduct",
    "MedicinalProductDefinition",
    "MessageDefinition",
    "MessageHeader",
    "MolecularSequence",
    "NamingSystem",
    "NutritionIntake",
    "NutritionOrder",
    "NutritionProduct",
    "Observation",
    "ObservationDefinition",
    "OperationDefinition",
    "OperationOutcome",
    "Organization",
    "OrganizationAffiliation",
    "PackagedProductDefinition",
    "Parameters",
    "Patient",
    "PaymentNotice",
    "PaymentReconciliation",
    "Permission",
    "Person",
    "PlanDefinition",
    "Practitioner",
    "PractitionerRole",
    "Procedure",
    "Provenance",
    "Questionnaire",
    "QuestionnaireResponse",
    "RegulatedAuthorization",
    "RelatedPerson",
    "RequestGroup",
    "RequestOrchestration",
    "Requirements",
    "ResearchDefinition",
    "ResearchElementDefinition",
    "ResearchStudy",
    "ResearchSubject",
    "RiskAssessment",
    "RiskEvidenceSynthesis",
    "Schedule",
    "SearchParameter",
    "ServiceRequest",
    "Slot",
    "Specimen",
    "SpecimenDefinition",
    "StructureDefinition",
    "StructureMap",
    "Subscription",
    "SubscriptionStatus",
    "SubscriptionTopic",
    "Substance",
    "SubstanceDefinition",
    "SubstanceNucleicAcid",
    "SubstancePolymer",
    "SubstanceProtein",
    "SubstanceReferenceInformation",
    "SubstanceSourceMaterial",
    "SubstanceSpecification",
    "SupplyDelivery",
    "SupplyRequest",
    "Task",
    "TerminologyCapabilities",
    "TestPlan",
    "TestReport",
    "TestScript",
    "Transport",
    "ValueSet",
    "VerificationResult",
    "VisionPrescription",
];

/// Completed years: `8.5` is 8.
fn age(text: &str, out: &mut String) -> Result<(), Code> {
    let (years, part) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
    let whole = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if years.len() > 3 || !whole(years) || !whole(part) {
        return Err(Code::OutsideAlphabet);
    }
    let _ = write!(out, "{}", years.parse::<u16>().map_err(|_| Code::OutsideAlphabet)?);
    Ok(())
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '/' | '_' | '\u{a0}' | '\u{2010}' | '\u{2011}' | '\u{2013}')
}

/// What FHIR writes in front of a UUID that is a URI.
const URN: &str = "urn:uuid:";

fn uuid(text: &str, out: &mut String) -> Result<(), Code> {
    let text = text.trim();
    let start = out.len();
    for c in text.strip_prefix(URN).unwrap_or(text).chars() {
        match c {
            '-' => {}
            c if c.is_ascii_hexdigit() => {
                if matches!(out.len() - start, 8 | 13 | 18 | 23) {
                    out.push('-');
                }
                out.push(c.to_ascii_lowercase());
            }
            _ => return Err(Code::OutsideAlphabet),
        }
    }
    if out.len() - start == 36 { Ok(()) } else { Err(Code::OutsideAlphabet) }
}

/// A number of the site's shape, place by place; separators are no part of it.
fn shaped(shape: &Shape, text: &str, out: &mut String) -> Result<(), Code> {
    let start = out.len();
    for c in text.trim().chars().filter(|&c| !is_separator(c)) {
        let b = u8::try_from(c).map_err(|_| Code::OutsideAlphabet)?;
        let b = shape.fit(out.len() - start, b).ok_or(Code::OutsideAlphabet)?;
        out.push(char::from(b));
    }
    if out.len() - start == shape.places().len() { Ok(()) } else { Err(Code::OutsideAlphabet) }
}

fn record_number(class: Class, width: usize, text: &str, out: &mut String) -> Result<(), Code> {
    let start = out.len();
    let letters = class.form() != Form::Digits;
    for c in text.trim().chars() {
        match c {
            '0'..='9' => out.push(c),
            'A'..='Z' if letters => out.push(c),
            'a'..='z' if letters => out.push(c.to_ascii_uppercase()),
            c if is_separator(c) => {}
            // Digits of other scripts and look-alikes: found in prose, never encrypted.
            _ => return Err(Code::OutsideAlphabet),
        }
    }
    let length = out.len() - start;
    if length == 0 {
        return Err(Code::OutsideAlphabet);
    }
    if width > 0 && length > width {
        return Err(Code::WidthExceeded);
    }
    if length < width {
        out.insert_str(start, &"0".repeat(width - length));
    }
    Ok(())
}

fn phone(text: &str, out: &mut String) -> Result<(), Code> {
    let start = out.len();
    out.push('+');
    let mut plus = false;
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '0'..='9' => out.push(c),
            '+' if out.len() == start + 1 => plus = true,
            '(' | ')' => {}
            c if is_separator(c) => {}
            // An extension is not part of the number; it is dropped.
            'x' | 'X' | 'e' | 'E' if chars.clone().any(|c| c.is_ascii_digit()) => break,
            _ => return Err(Code::OutsideAlphabet),
        }
    }
    let count = out.len() - start - 1;
    match (plus, count) {
        (true, 8..=15) => {}
        (false, 10) => out.insert(start + 1, '1'),
        (false, 11) if out.as_bytes()[start + 1] == b'1' => {}
        _ => return Err(Code::OutsideAlphabet),
    }
    Ok(())
}

/// A count since 1970 that says what `token` says: another day at the same time of day, or the first
/// moment of a year (of the youngest of a group, `<=1936`).
pub fn render_epoch(unit: Epoch, original: &str, token: &str) -> Option<i64> {
    let count = original.trim().parse().ok()?;
    match parse_date(token) {
        Some((date, _)) => unit.moved(count, date),
        None => unit.first_of_year(token.trim_start_matches("<=").parse().ok()?),
    }
}

/// Writes the canonical `token` in the layout of the occurrence `original`: separators and case
/// are put back where the token has as many letters and digits as the occurrence; else the token
/// stands bare. Where `shape` tells the cases of letters apart, the token's own case stays.
pub fn render(class: Class, shape: Option<&Shape>, original: &str, token: &str, out: &mut String) {
    match class.form() {
        Form::Digits | Form::Record | Form::Lettered => {
            fill(original, token, shape.is_some_and(Shape::is_cased), out);
        }
        Form::Phone => {
            let national = token.trim_start_matches('+');
            let written = original.bytes().filter(u8::is_ascii_digit).count();
            let extension = original.bytes().any(|b| matches!(b, b'x' | b'X' | b'e' | b'E'));
            if !extension && written <= national.len() && national.len() - written <= 1 {
                fill(original, &national[national.len() - written..], false, out);
            } else {
                out.push_str(token);
            }
        }
        Form::Date => match (written_date(original), parse_date(token)) {
            (Some((_, shape, text)), Some((date, _))) => {
                render_date(date, &shape, out);
                out.push_str(&text[shape.length..]);
            }
            _ => match (partial_date(original), partial_date(token)) {
                (Some((_, written)), Some((year, month)))
                    if written.is_some() == month.is_some() =>
                {
                    render_partial(original, year, month, out);
                }
                _ => out.push_str(token),
            },
        },
        Form::Uuid => {
            let bare = original.trim();
            let bare = bare.strip_prefix(URN).inspect(|_| out.push_str(URN)).unwrap_or(bare);
            let upper = bare.bytes().any(|b| b.is_ascii_uppercase());
            let cased = |b: u8| if upper { b.to_ascii_uppercase() } else { b };
            let dashes = bare.contains('-');
            out.extend(
                token.bytes().filter(|&b| dashes || b != b'-').map(|b| char::from(cased(b))),
            );
        }
        Form::Id => {
            let (before, _) = reference(original).unwrap_or_default();
            out.extend([before, token]);
        }
        Form::Name | Form::Age | Form::Email | Form::Ip | Form::Whole => {
            out.push_str(token);
        }
    }
}

fn fill(original: &str, token: &str, cased: bool, out: &mut String) {
    let is_small = |b: u8| !cased && b.is_ascii_lowercase();
    let written = original.bytes().filter(u8::is_ascii_alphanumeric).count();
    let is_bare = written == original.len() && !original.bytes().any(is_small);
    // Nothing is there to be put back, or no place for it.
    if written != token.len() || !token.is_ascii() || is_bare {
        out.push_str(token);
        return;
    }
    let (mut rest, mut next) = (original, token);
    while !rest.is_empty() {
        let letters = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (own, behind) = rest.split_at(letters);
        let (now, later) = next.split_at(letters);
        match own.bytes().any(is_small) {
            false => out.push_str(now),
            true => out.extend(own.bytes().zip(now.chars()).map(|(b, t)| match is_small(b) {
                true => t.to_ascii_lowercase(),
                false => t,
            })),
        }
        let between = behind.bytes().take_while(|b| !b.is_ascii_alphanumeric()).count();
        out.push_str(&behind[..between]);
        (rest, next) = (&behind[between..], later);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canon(class: Class, text: &str) -> Result<String, Code> {
        let mut out = String::new();
        canonical(class, &Extent::Any, text, &mut out).map(|_| out)
    }

    #[test]
    fn references_keep_their_kind_and_nothing_else() {
        assert!(RESOURCES.is_sorted());
        let (mut canon, mut out) = (String::new(), String::new());
        for (text, id, rendered) in [
            ("pat-1", "pat-1", "T"),
            ("Patient/pat-1", "pat-1", "Patient/T"),
            ("http://clinic.example/r4/Patient/pat-1/_history/Quist", "pat-1", "Patient/T"),
            (
                "urn:uuid:6fa459ea-ee8a-4ca4-894e-db77e160355e",
                "6fa459ea-ee8a-4ca4-894e-db77e160355e",
                "urn:uuid:T",
            ),
            ("#p1", "p1", "#T"),
        ] {
            canon.clear();
            out.clear();
            canonical(Class::FhirId, &Extent::Any, text, &mut canon).expect("an id");
            render(Class::FhirId, None, text, "T", &mut out);
            assert_eq!((canon.as_str(), out.as_str()), (id, rendered), "{text}");
        }
        for text in
            ["", "Patient/", "Quist/pat-1", "Patient/a b", "Patient?identifier=1", "a/b", "#"]
        {
            assert!(canonical(Class::FhirId, &Extent::Any, text, &mut canon).is_err(), "{text}");
        }
    }

    #[test]
    fn names_are_one_form() {
        for text in [
            "Smith, Jane Q",
            "Jane Q Smith",
            "Ms. Jane Q. SMITH",
            "SMITH, JANE Q.",
            "Jane Q Smith, MD",
        ] {
            assert_eq!(canon(Class::PersonName, text).as_deref(), Ok("smith,jane q"), "{text}");
        }
        assert_eq!(
            canon(Class::PersonName, "Ludwig van der Berg").as_deref(),
            Ok("van der berg,ludwig")
        );
        assert_eq!(
            canon(Class::PersonName, "O\u{2019}Brien, Zoe\u{308}").as_deref(),
            Ok("o'brien,zo\u{eb}")
        );
        assert_eq!(canon(Class::PersonName, " .. "), Err(Code::OutsideAlphabet));
        for text in ["Do, Anh", "Anh Do", "Mr. Anh Do", "DO, ANH"] {
            assert_eq!(canon(Class::PersonName, text).as_deref(), Ok("do,anh"), "{text}");
        }
        for text in ["Smith, Jane, DDS", "Jane Smith DDS", "Smith Jr, Jane", "Dr. Jane Smith"] {
            assert_eq!(canon(Class::PersonName, text).as_deref(), Ok("smith,jane"), "{text}");
        }
        assert_eq!(canon(Class::PersonName, "Do").as_deref(), Ok("do"));
    }

    #[test]
    fn phones_are_e164() {
        for text in [
            "(212) 555-0142",
            "212.555.0142",
            "+1 212 555 0142",
            "1-212-555-0142",
            "212-555-0142 x9",
        ] {
            assert_eq!(canon(Class::Phone, text).as_deref(), Ok("+12125550142"), "{text}");
        }
        assert_eq!(canon(Class::Phone, "555-0142"), Err(Code::OutsideAlphabet));
    }

    #[test]
    fn ages_are_completed_years() {
        for (text, want) in [("8.5", "8"), ("0.5", "0"), ("097", "97"), (" 45 ", "45")] {
            assert_eq!(canon(Class::Age, text).as_deref(), Ok(want), "{text}");
        }
        for text in ["45-50", "1/2", "-3", "", "4 mo", "1e2", "1234"] {
            assert_eq!(canon(Class::Age, text), Err(Code::OutsideAlphabet), "{text}");
        }
    }

    #[test]
    fn dates_are_whole_or_refused() {
        assert_eq!(canon(Class::Date, "1961-03").as_deref(), Ok("1961-03"));
        assert_eq!(canon(Class::Date, "1961").as_deref(), Ok("1961"));
        for text in ["2026-01-05 Jane Smith", "2026-01-05/2026-01-09", "2026-01-05 (DOB)", "soon"] {
            assert_eq!(canon(Class::Date, text), Err(Code::NotADate), "{text}");
        }
    }

    #[test]
    fn digits_of_other_scripts_are_refused() {
        assert_eq!(canon(Class::Ssn, "\u{661}23-45-6789"), Err(Code::OutsideAlphabet));
        assert_eq!(canon(Class::Mrn, "12345\u{ff16}78"), Err(Code::OutsideAlphabet));
    }

    #[test]
    fn width_pads_and_bounds() {
        let mut out = String::new();
        canonical(Class::Mrn, &Extent::Width(8), "12-345", &mut out).expect("pads");
        assert_eq!(out, "00012345");
        assert_eq!(
            canonical(Class::Mrn, &Extent::Width(4), "12345", &mut out),
            Err(Code::WidthExceeded)
        );
    }

    #[test]
    fn layout_is_put_back() {
        let check = |class, original, token, want: &str| {
            let mut out = String::new();
            render(class, None, original, token, &mut out);
            assert_eq!(out, want);
        };
        check(Class::Ssn, "123-45-6789", "987654321", "987-65-4321");
        check(Class::Mrn, "ab-12", "XY99", "xy-99");
        check(Class::Mrn, "Ab-1c/2", "XYZ99", "Xy-Z9/9");
        check(Class::Mrn, "a\u{2011}1\u{a0}b", "XYZ", "x\u{2011}Y\u{a0}z");
        check(Class::Mrn, "-ab1-", "XY9", "-xy9-");
        check(Class::Mrn, "345", "00099", "00099");
        check(Class::Phone, "(212) 555-0142", "+13038889999", "(303) 888-9999");
        check(Class::Phone, "+1 212 555 0142", "+13038889999", "+1 303 888 9999");
        check(Class::Date, "3/4/1961 10:00", "1962-11-05", "11/5/1962 10:00");
    }
}
