//! Skeletons of the fourth set: ambulatory care, the emergency department, the ward.

use super::Notes;
use super::pen::Kind::{Adult, Child, Elder, Man, Mother};

pub(super) const NOTES: Notes = &[
    (
        "follow-up",
        Adult,
        "{header}\nCC: [f/u HTN, DM2|diabetes follow up|3-month recheck]\n\nHPI: {p.mr} is a {p.yo} {p.man} with type 2 DM, HTN and hyperlipidemia here for routine follow-up. Last seen [{date}|in {my}|about three months ago]. [Home sugars 110-160 fasting. |Checks BP at home, runs 130s/80s. |]Denies chest pain, dyspnea, claudication. [Had flu shot at {pharmacy} on {md}. |]\n\nMeds: {meds}\n\nO: {vitals}\n{exam}\nLabs ({date}): {labs}\n\nA/P:\n1. T2DM, A1c above goal. Increase metformin to 1000 mg BID.\n2. HTN, stage 1. Continue lisinopril.\n3. HM: [colonoscopy {year}, repeat in 10 yrs|mammogram due|Prevnar 20 given today, lot {as:@@%###}]\nRTC 3 mo[, labs before visit|].\n\n{esig}",
    ),
    (
        "soap",
        Adult,
        "[{today}|{today} {time}]\nS: [{p.first}|{p.mr}|Pt] c/o sore throat x 4 d, low grade fever, no cough. [{r.rel} {r.first} sick w/ same. |Works at {employer}. |]NKDA.\nO: {vitals}. Tonsils 2+, exudate. Tender ant cervical nodes. Centor 3.\nRapid strep [pos|neg].\nA: Pharyngitis [J02.0|J02.9]\nP: Amox 500 bid x10d. Note for work through {mdsoon}. [Call {phone} w/ cx results. |]F/u prn.\n{a.short} {a.cred}",
    ),
    (
        "annual",
        Mother,
        "ANNUAL WELLNESS VISIT\n{header}\nSubjective: {p.yo} {p.man}, G3P2, presents for well woman exam. LMP {md}. Last Pap {my}, NILM, HPV neg. Menarche 12. [Mother dx breast ca at 54; BRCA negative. |Sister {s.first} has Hashimoto's. |]\nSocial: [married to {r.first}|lives with {r.rel} {r.first}], teaches [third grade at {school}|at {school}]. Tobacco: never. Audit-C 2.\n\nObjective: {vitals}\nBreasts: no mass. Pelvic: normal, no CMT. Bartholin glands normal.\n\nPlan:\n- Mammo BI-RADS 1 last yr, repeat.\n- Tdap {year}, Shingrix 1 of 2 given.\n- Next visit [{soon}|one year].\n{esig}",
    ),
    (
        "cardiology",
        Elder,
        "CARDIOLOGY CONSULTATION\n\nPATIENT: {p.full}\nDOB: {dob}\nREFERRING: {b.full}, {b.cred}\n\nDear {b.dr},\n\nThank you for asking me to see [this pleasant|your] {p.yo} {p.man} for [atrial fibrillation|exertional dyspnea]. {p.He} underwent CABG x3 (LIMA to LAD) at {hosp2} in {year} and had a Medtronic dual chamber pacemaker [(serial {serial}) |]placed {old}. Echo {date}: EF {n:30-60}%, moderate MR, RVSP {n:28-55}. CHA2DS2-VASc {n:3-6}, HAS-BLED 2.\n\nMedications: {meds}.\n\nExam: {vitals}. {exam}\n\nImpression: [Paroxysmal AF, rate controlled. NYHA II.|HFpEF, stage C.] I would [start Eliquis 5 mg bid|add spironolactone 12.5 mg]. [Holter for 14 days (Zio). |]Return visit in 6 weeks; the office number is {phone2}.\n\nSincerely,\n{a.sig}\n{clinic}\n{street2}, {city}, {st} {zip}",
    ),
    (
        "ed-note",
        Adult,
        "ED PROVIDER NOTE\n{hosphead}Arrival: [EMS|private vehicle] [{time}|]\nChief complaint: chest pain\n\nHPI: {p.yo} {p.sex} [w/ hx CAD, DM|without PMH] presents with 2 hours of substernal pressure, 7/10, radiating to L arm, started while [mowing the lawn|at work at {employer}|driving from {city2}]. [{r.rel} {r.first} at bedside states {p.he} took 2 of {p.his} own NTG. |]PCP: [{b.dr}|{b.last}|none].\n\nROS: as above, otherwise neg.\nPE: {vitals}. {exam}\nEKG {time}: NSR {n:62-99}, no STEMI, T wave flattening V5-V6. QTc {n:401-478}.\nLabs: {labs}. HEART score {n:2-6}.\nCXR: no acute process.\n\nMDM: TIMI 2. Discussed with cardiology, {b.dr}, at {time}. [Obs for serial trops.|Admit to tele.] Patient and {r.rel} agree.\n[Critical care 35 min. |]Dx: R07.9\n{a.sig}",
    ),
    (
        "triage",
        Adult,
        "TRIAGE {today} {time}\n{p.lf} {p.age}{p.mf} ESI [2|3|4]\nfell off ladder approx 6 ft, R wrist deformity, -LOC, GCS 15, pain 8/10. {vitals}. Allergies: [PCN (hives)|sulfa|NKDA]. Tdap [{year}|unk]. [Ring removed, given to {r.rel} {r.first}. |]To [FT 3|Bed 12|RM 7]. {c.short} {c.cred}",
    ),
    (
        "ems",
        Elder,
        "PREHOSPITAL CARE REPORT\nIncident #: {case}   Unit: Medic {n:2-41}   Date: {today}\nDispatch {time} / On scene {time} / At dest {time}\nLocation: {street}, {city}\nPt: {p.lf}  [DOB {dob}|Age {p.age}]  {p.mf}  [SSN {ssn}|]\nNext of kin: {s.full} ({s.rel}) [{phone2}|at scene]\n\nNarrative: Dispatched P1 for fall. Found {p.yo} {p.sex} supine on kitchen floor, A&Ox3, c/o L hip pain, leg shortened and rotated. {p.He} states tripped on rug. No thinners. BGL {n:88-190}. {vitals}. 20g L AC, fentanyl 50 mcg IV @ {time} with relief 8->4. C-collar not indicated per NEXUS. Transported nonemergent to {hosp}, report to {c.full} RN. Cincinnati neg.\nCrew: {d.short} EMT-P / {b.short} EMT",
    ),
    (
        "h-and-p",
        Elder,
        "HISTORY AND PHYSICAL\n{hosphead}\nHPI: {p.full} is a {p.yo} {p.man} with COPD (GOLD 3), CKD stage 3b, AFib admitted from [{snf}|home|the ED] with worsening dyspnea since {dow}. Treated with azithromycin by {b.dr} [on {md} |]without relief.\nPMH: COPD, CKD, AF, GERD, Barrett's esophagus, s/p R TKA {year}[, Dupuytren contracture|].\nSH: Retired [machinist, {employer}|farmer|teacher]. Widowed. 40 pk-yr. HCP is {s.rel} {s.full}, {phone2}. [Veteran, served in Korea. |]\nMeds: {meds}\nALL: codeine (nausea)\nPE: {vitals}\n{exam}\nData: {labs}; VBG 7.32/58/41.\n\nA/P: {p.yo} w/ AECOPD.\n#COPD: duonebs q4h, pred 40 x5d (day 1 = {mdstay}).\n#AF: rate ctrl, INR {f:1-3}.\n#Code: DNR/DNI per MOLST[ dated {old}|].\n\n{esig}",
    ),
    (
        "progress",
        Adult,
        "{hosphead}HOSPITALIST PROGRESS NOTE - HD#{n:2-7}\n\n[No acute events overnight. |Febrile to 38.6 at 0300. |]Tolerating clears. [{r.rel}, {r.first}, updated by phone ({phone2}). |]\n\n{vitals}  I/O 1850/2100\n{exam}\n{labs}\n[Blood cx {mdstay}: 1/2 GPC in clusters, likely contaminant\n|C diff neg\n|]\n1. Cellulitis RLE - vanc trough {n:9-19}, day {n:2-6}/7. ID ([{b.dr}|{b.last}]) following.\n2. AKI - Cr improving, FeNa 0.4%.\n3. Dispo: PT 6-clicks {n:14-22}. [Accepted at {snf}, pending auth. |Home w/ {agency} {mdsoon}. |]\n\n[{d.sig} / {a.dr}|{a.sig}] pager [{ext}|{seven}]",
    ),
    (
        "discharge",
        Adult,
        "DISCHARGE SUMMARY\n\nName: {p.full}\nMRN: {mrn}   [Encounter: {enc}|]\nAdmission: {admit}   Discharge: {today}\nPCP: {b.sig}\n\nPrincipal dx: [Acute pancreatitis (K85.90)|Community acquired pneumonia (J18.9)|NSTEMI (I21.4)]\n\nHospital course: [{p.mr}|{p.mr}|The patient] is a {p.yo} {p.man} who presented with {n:2-5} days of symptoms. CT A/P [on {mdstay} |]showed no necrosis. Ranson {n:1-3}, BISAP 1. Given LR 250 cc/h, dilaudid 0.5 mg prn. GI ({b.dr}) saw patient; MRCP negative. Diet advanced.\n\nDischarge meds: {meds}\nPending: [IgG4, call lab {phone2}|none]\nFollow up: {b.dr} [{soon} at {time}|within 7 days][, {clinic}|]\nDisposition: home with {r.rel}[ {r.first}|]. Condition stable.\nTime >30 min.\n\n{esig}\ncc: {b.full}, {b.cred} (fax {fax})",
    ),
    (
        "ama",
        Man,
        "AMA NOTE {today} {time}\n{p.mr} wishes to leave against medical advice. Risks incl. death, sepsis reviewed w/ [Spanish interpreter ID {badge}|{r.rel} {r.first} present]. Has capacity, A&O x4. States {p.he} must [pick up kids|be at court on {mdsoon}|work at {employer}]. Given Rx Bactrim DS, return precautions. Contact # {phone}. AMA form signed, witness {c.sig}. {a.dr} notified.",
    ),
    (
        "icu",
        Adult,
        "MICU ATTENDING\n{today}\n{p.last}, {p.age}{p.mf}, bed {n:1-24}\nSeptic shock 2/2 E. coli bacteremia, intubated {mdstay}. \nN: RASS -2, propofol 30, fentanyl 75\nP: AC 450x18, PEEP 8, FiO2 0.4; 7.36/41/82\nCV: levophed 0.08, MAP 66, EF 55%\nR: CRRT, UF 100/h; K {f:3-5}, phos {f:1-4}\nID: ceftriaxone D{n:2-6} ({mdstay}- ), Foley changed\nH: Hgb {f:7-10}, plt {n:60-240}; SCD\nL: R IJ CVC ({mdstay}), L rad A-line\nFamily: met w/ {r.first} ({r.rel}) and {s.first}; full code. [Chaplain called.|]\nCC time 42 min. [{a.last}|{a.sig}]",
    ),
    (
        "nurse-shift",
        Adult,
        "NURSING SHIFT NOTE 1900-0730\nReceived pt from {c.short} RN. [{p.mr}|Pt {p.last}] A&Ox4, amb w/ FWW to BR. Braden {n:15-22}, Morse {n:25-70}. PIV L FA 20g patent, NS @ 75. Abd incision CDI, JP w/ {n:20-90} ml serosang. Oxycodone 5 mg x2 w/ relief. [{r.rel} {r.first} stayed until 2100. |]{time} - notified {a.dr} of BP {bp}, no new orders. Fall band on. Call light in reach. Report to {d.first}, RN.\n{c.sig} {today}",
    ),
    (
        "rapid",
        Elder,
        "RAPID RESPONSE RECORD  [{hosp}|]\nDate {today}  Time called {time}  Rm {n:210-590}\nPt label: {p.lf} / {mrn} / {dob}\nReason: SBP 82, lethargy. \nInterventions: 500 mL LR, Narcan 0.4 IV x1, glucose {n:58-160}. {labs}.\nOutcome: [transfer ICU|remain on floor]. Attending {a.dr} notified {time}; family ({s.rel}) {s.full} called at {phone2}.\nTeam: {c.sig}; {d.sig}; RT {b.first}",
    ),
    (
        "peds-well",
        Child,
        "WELL CHILD CHECK\n{header}\n{p.first} is a {p.yo} {p.boy} here with {r.rel}[ {r.first}|, {r.full},] for well visit. Concerns: [picky eating|none|sleep]. [Attends {school}, doing well. |]Development: normal; ASQ pass[; M-CHAT 0|]. Wt {kidkg} kg ({n:10-90}%), BMI {n:10-95}%ile. Exam: TMs clear, [Still's murmur, |]Tanner I, spine straight. Vaccines UTD, flu given [{today}|today] lot {as:@%###@@}. Fluoride varnish. Bright Futures handout. Dentist: [{b.dr}|none yet]. Return 1 yr.\n{esig}",
    ),
    (
        "peds-ed",
        Child,
        "PED ED\n{p.plain} {p.age} y {p.mf} [brought by|bib] {r.rel} [({r.full}, {phone})|{r.first}] for wheeze. Hx RSV, asthma. PRAM {n:3-8}. Albuterol 5 mg x3, dex {n:4-12} mg. Improved. [PCP {b.dr} at {clinic} aware. |]Weight {kidkg} kg. D/C home, AAP given; recheck [{mdsoon}|48 h]. [School note for {school}. |]\n{d.sig} {today}",
    ),
];
