//! Skeletons of the fourth set: further specialties and services.

use super::Notes;
use super::pen::Kind::{Adult, Elder, Man, Mother, Teen, Woman};

pub(super) const NOTES: Notes = &[
    (
        "dialysis",
        Adult,
        "HEMODIALYSIS TREATMENT RECORD\n{p.lf}  MRN {mrn}  Tx date {today}  Station {n:1-24}\nAccess: L BC AVF (placed {my}, [{b.dr}|{b.last}]). Dry wt {f:58-102} kg, pre {f:60-105}. Qb 400, Qd 600, 2K/2.5Ca, heparin {n:1000-4000}. Kt/V {ff:1-1}. Cramps at hr 3, UF off. [Missed {dow}, was in {city2} for funeral. |]Labs: {labs}, PTH {n:150-890}. Epogen {n:2-10}k. Kidney list at {hosp2}; coordinator {d.plain} {phone2}.\n{c.sig}",
    ),
    (
        "transplant",
        Man,
        "LIVER TRANSPLANT CLINIC\n{today}\n{p.plain}, {p.age}, OLT {old} for NASH/HCC (Milan in). Tac {f:4-12}, MMF 500 bid. [Donor letter received. |]Banff neg bx {date}. {p.He} and {r.first} drive in from {city2}[, about 2 hours|]. {labs}. Cont. RTC {soon}. Local PCP: {b.full}, fax {fax}. Questions: txp pager {seven}. {a.sig}",
    ),
    (
        "urgent-care",
        Adult,
        "Urgent care dictation. This is {a.dr} dictating on {p.full}, medical record number {mrn}, date of birth {dob}. Date of visit {today}. Patient is a {p.yo} who stepped on a nail [at {employer}|in the yard] on {dow}. Exam shows a 3 mm puncture, no erythema. Plan is Augmentin, Boostrix, and return [{mdsoon}|in 48 hours]. {p.He} may be reached at {phone}. Please send a copy to {b.dr}. End of dictation.",
    ),
    (
        "sleep",
        Adult,
        "POLYSOMNOGRAPHY\nSubject: {p.lf}; {p.age} {p.mf}; BMI {f:24-44}; ESS {n:5-20}\nNight of {date}; scored {today} by {d.plain}, RPSGT\nTST {n:280-430} min, eff {n:70-95}%, AHI {f:5-70}, nadir {n:70-90}%. Cheyne-Stokes absent. CPAP 9 effective, mask AirFit F20 M. DME order to follow; machine S/N {serial}. [Commercial driver ({employer}): no driving until compliant. |]Read {a.sig}",
    ),
    (
        "nutrition",
        Adult,
        "RD note {today}: Consult from {a.dr} for [TF|wt loss]. {p.mr} {p.age} y, {n:150-185} cm, {f:48-70} kg, UBW {f:60-90} kg (-{n:6-15}% x 3 mo). Mifflin-St Jeor {n:1250-1800} kcal. Meets ASPEN severe malnutrition E43. Likes [Ensure choc|rice, fish; {r.rel} {r.first} cooks]. Rec Jevity 1.5 @ {n:45-65}/h. Will f/u {mdsoon}. {d.plain}, RD pager {ext}",
    ),
    (
        "jail",
        Man,
        "DETENTION HEALTH SERVICES, {county}\nIntake screening {today} {time}\n{p.lf}  DOB {dob}  Booking # {case}\nArrested by deputies {md}. ETOH daily; COWS {n:2-14}; CIWA {n:2-15}. States seizure {year}. Takes Keppra from {pharmacy}[ in {city2}|]. Scar L forearm, tattoo \"{x.first}\" R neck. TB sx neg. Bottom bunk. Emergency contact {r.rel} {r.plain} {phone2}. {c.sig}",
    ),
    (
        "group-home",
        Adult,
        "Residential log\n{weekday} {time}: {p.first} had 2 min GTC, Diastat 10 mg given by {d.first}. RN {c.last} called, 911 not needed. Guardian {r.plain} notified {phone2}.\n{time}: slept. {vitals}\n{time}: refused supper, ate pudding w/ Depakote.\n{today} - neuro appt w/ {a.dr} moved to {soon}; van out at 0815.",
    ),
    (
        "autopsy",
        Elder,
        "FINAL AUTOPSY REPORT   No. {accn}\nDecedent: {p.full}   Age: {p.age}   Sex: {p.mf}\nDate of death: {died}   Autopsy by: {a.full}, {a.cred}\nAuthorized by: {s.plain} ({s.rel})\n\nFINAL DIAGNOSES: 1. Saddle pulmonary embolus. 2. Severe coronary atherosclerosis, LAD 90%. 3. Zenker diverticulum. 4. Braak stage {n:2-5}.\nClinical: found down at {snf} on {md}; resuscitated by EMS, [transferred to {hosp}|pronounced in ED]. Heart 510 g, R lung 620 g, L lung 570 g. Toxicology: {lab}, negative.",
    ),
    (
        "appeal",
        Woman,
        "{today}\n\nAppeals Department\n{street2}\n{city2}\n\nRE: {p.plain}  Member ID {member}  Claim {claim}  DOS {date}\n\nTo the medical director:\n\nI am writing on behalf of my patient, {p.mr}, to appeal your denial of [breast MRI (77049)|Entyvio (J3380)]. She is {p.age} and has failed two agents since {my}. The denial letter of {date} cites policy 2.04.{n:10-99}. Enclosed are notes of {date} and {date}. I am available for peer-to-peer at {phone2}.\n\n{a.sig}, NPI {npi}",
    ),
    (
        "lactation",
        Mother,
        "LACTATION PHONE FOLLOW UP {today}\n{p.plain}, PPD {n:3-14}, infant [{x.first}|\"baby {x.first}\"] {n:2700-3900} g (-{n:3-9}%). LATCH {n:5-10}. Nipple pain, Medela pump, 24 mm flange. Uses Lansinoh. [{r.first} giving 1 bottle/night. |]Weight check {mdsoon} w/ {b.dr}. Text photos to {phone2} or upload {url}. {d.plain}, IBCLC",
    ),
    (
        "adolescent",
        Teen,
        "ADOLESCENT MEDICINE - CONFIDENTIAL\n{p.first}, {p.age}, seen alone then w/ {r.rel} {r.first}. HEADSS: lives with {s.rel}, attends {school}, [counselor {x.plain}|no IEP]. CRAFFT {n:0-4}. PHQ-A {n:3-17}. [Own cell {phone} - ok to text, do not call home. |]PE {vitals}. Plan: Lexapro 5 mg, RTC {soon}, safety plan signed. {a.sig}",
    ),
    (
        "wound",
        Elder,
        "WOUND CENTER VISIT #{n:2-14}   {today}\n{p.lf}   acct {acct}   ref: {b.dr}\nR plantar DFU, Wagner 2, {f:1-4} x {f:1-3} x 0.3 cm. TCC #{n:2-7} applied, Grafix lot {as:@%####}. ABI 0.{n:60-98}, TcPO2 {n:22-55}. {meds}. HBO chamber 2 per {a.last}, 2.4 ATA x 90. {s.rel} {s.first} drives; pt moved to {street}, {city} {zip} on {md}. Next {mdsoon}. {c.short} WCC",
    ),
    (
        "quick-notes",
        Adult,
        "{md} - {p.last} called, wants MRI result. told {p.him} {a.last} out til {mdsoon}. {c.ini}\n{md} - faxed FMLA to {employer} attn {x.plain} {fax}. {c.ini}\n{md} - no show. lvm {phone}\n{md} - {r.rel} {r.first} picked up Rx + disability placard form. {d.ini}\n{today} - MRI neg, pt informed. PT x6. {a.ini}",
    ),
];
