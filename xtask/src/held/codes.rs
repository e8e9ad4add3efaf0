//! Lines of codes and values, as in charge lists, laboratory tables and medication lists.

use super::pen::{Kind, Pen};
use crate::draft::Draft;

/// LOINC codes with what they mean.
pub(super) const LOINC: &[(&str, &str)] = &[
    ("4548-4", "Hemoglobin A1c"),
    ("2345-7", "Glucose"),
    ("718-7", "Hemoglobin"),
    ("2160-0", "Creatinine"),
    ("2951-2", "Sodium"),
    ("2823-3", "Potassium"),
    ("6690-2", "Leukocytes"),
    ("777-3", "Platelets"),
    ("1742-6", "ALT"),
    ("1920-8", "AST"),
    ("3016-3", "TSH"),
    ("2093-3", "Cholesterol"),
    ("2085-9", "HDL"),
    ("13457-7", "LDL calc"),
    ("8480-6", "Systolic BP"),
    ("8462-4", "Diastolic BP"),
    ("8867-4", "Heart rate"),
    ("8310-5", "Body temperature"),
    ("39156-5", "BMI"),
    ("29463-7", "Body weight"),
    ("6301-6", "INR"),
    ("1988-5", "CRP"),
    ("5902-2", "PT"),
    ("10839-9", "Troponin I"),
];

/// SNOMED CT concepts with what they mean.
pub(super) const SNOMED: &[(&str, &str)] = &[
    ("44054006", "Diabetes mellitus type 2"),
    ("38341003", "Hypertension"),
    ("73211009", "Diabetes mellitus"),
    ("195967001", "Asthma"),
    ("22298006", "Myocardial infarction"),
    ("13645005", "COPD"),
    ("84114007", "Heart failure"),
    ("49436004", "Atrial fibrillation"),
    ("709044004", "Chronic kidney disease"),
    ("271737000", "Anemia"),
    ("233604007", "Pneumonia"),
    ("35489007", "Depressive disorder"),
    ("49049000", "Parkinson's disease"),
    ("34000006", "Crohn's disease"),
];

/// Units in UCUM.
pub(super) const UCUM: &[&str] = &[
    "mg/dL",
    "mmol/L",
    "10*3/uL",
    "mm[Hg]",
    "g/dL",
    "ug/L",
    "[IU]/L",
    "%",
    "kg/m2",
    "mL/min/{1.73_m2}",
    "mU/L",
    "pg/mL",
    "Cel",
    "/min",
    "10*6/uL",
    "ng/mL",
    "umol/L",
    "[degF]",
    "meq/L",
    "fL",
];

/// The lines; `{=slot}` is a code or value.
pub(super) const LINES: &[&str] = &[
    "{=icd}  {dx}",
    "{=icd} | {dx} | active",
    "{=icd}; {=icd}; {=icd}; {=icd}",
    "Dx: {=icd}, {=icd}, {=icd}",
    "ICD-10-CM {=icd} - {dx} - POA Y",
    "Problem list: {dx} [{=icd}], {dx} [{=icd}], {eponym} [{=icd}]",
    "1. {=icd} {dx}  2. {=icd} {dx}",
    "{='A41.9}/{='R65.21} not coded; use {=icd}, {=icd}",
    "CPT {=cpt} x{=n:1-4} {=icd},{=icd}  ${=price}",
    "{=cpt}\t{study}\t1\t{=price}",
    "{=cpt}-25, {=cpt}-59, {=hcpcs}",
    "Charge: {=hcpcs} ({drug}) x {=n:1-40} units; admin {=cpt}",
    "HCPCS {=hcpcs} | CPT {=cpt} | rev {=n:250-981} | DX {=icd}",
    "Charges posted: {=cpt} {=cpt} {=cpt} {=hcpcs}",
    "E/M {=cpt}, proc {=cpt}-RT, mod 50, dx {=icd} {=icd}",
    "MS-DRG {=drg}, wt {=ff:0-4}, GMLOS {=f:1-9}, {=icd}, {=icd}",
    "DRG {=drg} w CC; principal {=icd}",
    "{=loincs}",
    "LOINC {=loinc}: {=ff:0-9} {=ucum}",
    "{=loinc} | {=f:1-200} | {=ucum} | {=range} | <H|L|N>",
    "{loincn}\t{=loinc}\t{=f:1-90}\t{=ucum}\t{=range}",
    "OBX {=loinc} {loincn} {=f:3-15} {=ucum} F",
    "Panel {='24323-8} -> {=loinc}, {=loinc}, {=loinc}",
    "Order codes: {=loinc} {=loinc} {=cpt}",
    "SNOMED CT {=snomed}",
    "{=sctid} |{sctn}| {=icd}",
    "{=sctid} {sctn}; {=sctid} {sctn}",
    "conditions: {=sctid}, {=snomed}, {=sctid}",
    "refset {='723264001} member {=snomed} maps to {=icd}",
    "finding {=sctid} severity {='24484000} onset {year}",
    "RxNorm {=rxcui} {drug} {=mg}",
    "RXCUI: {=rxcui} / {=rxcui}",
    "{=rxcui}\t{=ndc}\t{drug}\t{=mg}\t#{=n:30-90}",
    "NDC {=ndc}, {drug} {=mg}, qty {=n:14-180}",
    "{=ndc} {drug} {=mg} tab",
    "{drug} {=mg} {=mg} {=freq} (NDC {=ndc}; RxCUI {=rxcui})",
    "Pharmacy claim line: {=ndc} | {=n:30-90} | DAW 0 | {=n:7-90} DS",
    "NDC11 {=ndcbare} unit UN qty {=n:1-90}",
    "CVX {=cvx} MVX {='SKB} {='0.5 mL} IM LD",
    "Vaccine: CVX {=cvx}, CVX {=cvx}, admin {=cpt}",
    "Imm: {=cvx} (PCV), {=cvx} (COVID-19), {=cvx} (Tdap)",
    "{drug} {=mg} {route} {=freq}",
    "{=med}",
    "{=med}; {=med}; {=med}",
    "- {drug} {=mg} {route} {=freq}\n- {drug} {=mg} {route} {=freq}",
    "MEDS: {drug} {=mg} {=freq}, {drug} {=mg} {=freq}",
    "{drug} {=mg} PO x1 at {time}; then {=mg} q6h",
    "Infusions: norepinephrine {=ff:0-0} mcg/kg/min; propofol {=n:5-50} mcg/kg/min",
    "Lantus {=n:8-40} units, Humalog {=n:2-12} units AC, D50 {='25 g} prn",
    "{=lab}",
    "{=lab}, {=lab}, {=lab}, {=lab}",
    "{=lab} {=lab} {=lab}",
    "Na {=n:124-150} mmol/L ({='135-145}) | K {=f:2-6} mmol/L ({='3.5-5.1}) | Cl {=n:90-112}",
    "WBC {=f:2-24} x10^9/L [{='4.0-11.0}]  Hgb {=f:6-16} g/dL [{='12.0-16.0}]",
    "CREATININE  {=ff:0-5}  H  {='0.60-1.20 mg/dL}",
    "GLU {=n:50-450} H, BUN {=n:6-80}, eGFR {gt}{=n:20-60}",
    "Hgb {=f:6-15} -> {=f:6-15} -> {=f:6-15}",
    "TSH {=ff:0-12} uIU/mL ref {='0.45-4.50}; FT4 {=ff:0-2}",
    "pH {=ph} pCO2 {=n:20-80} pO2 {=n:45-160} HCO3 {=n:12-40}",
    "K {='5.1}(H) Mg {='1.7} Phos {=f:1-6} iCa {=ff:1-1}",
    "INR {=f:0-5} goal {='2.0-3.0}",
    "Troponin T hs: {=n:4-400} ng/L, 3h {=n:4-500} ng/L",
    "HbA1c {=f:4-14} % ({=n:20-120} mmol/mol)",
    "{=vitals}",
    "BP {=bp} | HR {=n:48-130} | RR {=n:10-32} | T {=temp} | SpO2 {=n:85-100}%",
    "{time} {=bp} {=n:50-120} {=n:10-28} {=temp} {=n:88-100}",
    "BP {=bp} (L), {=bp} (R), {=bp} standing",
    "Ht {=n:150-195} cm Wt {=f:45-140} kg BMI {=f:17-48}",
    "GCS {=n:3-15} RASS {=rass} CAM neg",
    "{=gene} {=variant}",
    "{=gene} {=variant} VAF {=f:1-49}%",
    "{=gene}: {=variant}; {=gene}: {=variant}; {=gene} negative",
    "{='NM_000059.4}({=gene}):{=variant}, class {=n:3-5}",
    "Genotype {=variant} / {=variant}",
    "{=model}",
    "Implants: {=model}; {=model}",
    "Vent {='Hamilton-G5} FiO2 {=n:21-100}% PEEP {=n:5-16} Vt {=n:300-520}",
    "Lens {='SN60WF} +{=diopter} D; stent Xience {=stent} mm",
    "{=score}; {=score}",
    "{=icd} {=sctid} {=loinc} {=rxcui} {=cvx}",
    "coding: ICD10 {=icd}; SCT {=sctid}; LN {=loinc}; RXN {=rxcui}",
    "{=n:10-400} {=ucum}, {=f:0-20} {=ucum}, {=ff:0-2} {=ucum}",
    "MIC: {bug} {drug} {lt}={=f:0-2} S; {drug} {gt}={=n:8-64} R",
    "Titer {=titer}, S/CO {=ff:0-9}",
    "ICD-10-PCS {='0SR90J9}, {='4A023N7}; {=drg}",
    "{=cpt} {=cpt} {=cpt} / {=icd} {=icd} / {=hcpcs}",
    "Refraction OD -{=f:0-6} +{=f:0-2} x {=n:5-175}, OS -{=f:0-6} x {=n:5-175}",
    "Dose: {=n:10-90} Gy / {=n:10-39} fx; {=cpt}",
];

/// Rules of the lines.
pub(super) const RULES: super::Rules = &[
    (
        "range",
        &[
            "3.5-5.1",
            "135-145",
            "4.0-11.0",
            "0.60-1.20",
            "70-99",
            "{lt}5.7",
            "12.0-16.0",
            "{gt}60",
            "0-40",
            "150 - 400",
            "[8.4-10.2]",
            "7.35-7.45",
        ],
    ),
    ("ph", &["7.{n:15-55}"]),
    ("price", &["{n:20-2400}.{n:10-99}", "{n:20-900}.00"]),
    ("rass", &["0", "-{n:1-4}", "+1"]),
    ("diopter", &["{n:8-29}.5", "{n:8-29}.0"]),
    ("stent", &["3.0x{n:12-38}", "2.5 x {n:8-33}", "3.5x{n:12-38}"]),
    ("titer", &["1:{n:2-64}0", "1:{n:1-9}28"]),
    ("loincs", &["{loinc}", "{loinc} {loinc}"]),
];

/// Writes a code of that name.
pub(super) fn code(pen: &mut Pen, name: &str) -> bool {
    let text = match name {
        "loinc" if pen.rng.u8(..3) == 0 => super::ids::loinc(&mut pen.rng),
        "loinc" => pen.pick(LOINC).0.to_string(),
        "loincn" => pen.pick(LOINC).1.to_string(),
        "snomed" => super::ids::snomed(&mut pen.rng),
        "sctid" => pen.pick(SNOMED).0.to_string(),
        "sctn" => pen.pick(SNOMED).1.to_string(),
        "ucum" => pen.pick(UCUM).to_string(),
        "ndc" => super::ids::one(
            &mut pen.rng,
            &["0999-9999-99", "89999-999-99", "89999-9999-9", "09999-9999-99", "89999-0899-99"],
        ),
        "ndcbare" => super::ids::one(&mut pen.rng, &["09999999999", "89999089999"]),
        _ => return false,
    };
    pen.out.say(&text);
    true
}

/// A line, and the spans of its codes and values.
pub(super) fn codes(seed: u64) -> (Draft, Vec<(usize, usize)>) {
    let mut pen = Pen::new(seed.wrapping_mul(0xe703_7ed1_a0b4_28db) ^ 0xc0, Kind::Adult);
    let template = pen.pick(LINES);
    pen.write(template);
    // A span inside another says nothing more.
    let mut spans: Vec<(usize, usize)> = Vec::new();
    pen.codes.sort_by_key(|(from, to)| (*from, std::cmp::Reverse(*to)));
    for (from, to) in pen.codes {
        if from < to && spans.last().is_none_or(|(_, end)| from >= *end) {
            spans.push((from, to));
        }
    }
    (pen.out, spans)
}
