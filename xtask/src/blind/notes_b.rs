//! Skeletons of the fourth set: surgery, tests, mind, birth, cancer, rehabilitation, home care.

use super::Notes;
use super::pen::Kind::{Adult, Child, Elder, Man, Mother, Newborn, Woman};

pub(super) const NOTES: Notes = &[
    (
        "operative",
        Adult,
        "OPERATIVE REPORT\n\n{header}SURGEON: {a.full}, {a.cred}\nASSISTANT: {d.full}, {d.cred}\nANESTHESIA: General, {b.dr}\nDATE OF OPERATION: {today}\n\nPREOPERATIVE DIAGNOSIS: Acute cholecystitis.\nPOSTOPERATIVE DIAGNOSIS: Same.\nPROCEDURE: Laparoscopic cholecystectomy.\nEBL: 20 mL. DRAINS: [None|19 Fr Blake].\n\nDESCRIPTION: [After consent, {p.mr} was brought to OR {n:1-14}|The patient was brought to the operating room] and placed supine. Time-out at {time}. Veress needle at Palmer's point, 15 mmHg. Critical view of Strasberg obtained; cystic duct clipped and divided. Calot's triangle clean. Specimen sent in Endo Catch bag. Fascia closed with 0 Vicryl. Counts correct x2. [I spoke with {r.first}, the patient's {r.rel}, afterwards. |]\n\n{a.full}, {a.cred}\nD: {today} {time}  T: {today}",
    ),
    (
        "ortho-op",
        Elder,
        "PROCEDURE NOTE - ORTHOPAEDICS\nPt: {p.plain}  MRN {mrn}  {today}\nDx: L femoral neck fx, Garden IV\nProcedure: L hip hemiarthroplasty (Hardinge)\nImplant: Stryker Accolade II size {n:3-7}, 28 mm head; [lot {as:%@###}, serial {serial}|stickers in chart]\nSurgeon {a.last}; asst {d.last}. Spinal. EBL 150. Ancef 2 g @ {time}.\nWBAT, posterior precautions, Lovenox 40 x 28 d. XR in PACU. Family ({s.rel} {s.first}) called {phone2}.",
    ),
    (
        "preop",
        Adult,
        "PRE-ANESTHESIA EVALUATION\nName {p.lf}  Age {p.age}  Wt {n:52-120} kg  Ht {n:150-191} cm\nProcedure: [R inguinal hernia repair|L TKA|septoplasty] Surgeon: {b.dr}  Date: {soon}\nASA {n:1-3}  Mallampati {n:1-3}  METs >4  STOP-BANG {n:1-6}\nPrior: appy [at {hosp2} in |]{year}, PONV. No MH.\nMeds: {meds}\nNPO after midnight. Ride: {r.first} ({r.rel})[, cell {phone2}|].\nPlan GA/LMA, ketorolac, Zofran. Consent by {d.sig}.",
    ),
    (
        "pacu",
        Adult,
        "PACU\n{time} arrived w/ {b.last}, LMA out. Aldrete 8->10. {vitals}. Pain {n:2-7}/10, hydromorphone 0.2 x2. {time} {r.rel} to bedside. Rx sent[ to {pharmacy}|]. D/c instr reviewed w/ pt & {r.first}. {time} to car via WC. {c.short}, {c.cred} {today}",
    ),
    (
        "post-op-call",
        Adult,
        "POST-OP CALL {today} {time}\nSpoke w [{p.mr}|{p.first}|{r.rel} {r.first}] @ {phone}. POD 1. Pain 3/10, taking Tylenol. Voided. No fever, no N/V. Dressing dry. Reminded of appt {mdsoon} w/ {a.dr}. Questions answered. {c.ini}",
    ),
    (
        "ct",
        Adult,
        "{hosp} DEPARTMENT OF RADIOLOGY\nExam: CT ABDOMEN PELVIS W CONTRAST\nPatient: {p.lf}   DOB: {dob}   MRN: {mrn}\nAccession: {accn}   Exam date: {today} {time}\nOrdering: {b.lf}\n\nHISTORY: {p.age} yo {p.mf}, RLQ pain.\nCOMPARISON: [CT {old}|None|Outside CT from {hosp2}, {date}].\nTECHNIQUE: 100 mL Omnipaque 350. DLP {n:300-950} mGy-cm.\n\nFINDINGS: Appendix 11 mm with stranding. Liver, spleen normal. 4 mm nonobstructing L renal stone. L5-S1 disc disease. Schmorl node at T11.\n\nIMPRESSION: Acute uncomplicated appendicitis. Findings called to {b.dr} at {time} on {today}.\n\nRead by: {a.full}, {a.cred}",
    ),
    (
        "mammo",
        Woman,
        "SCREENING MAMMOGRAM WITH TOMOSYNTHESIS\n{header}Comparison: {date}, {old}. Tyrer-Cuzick {f:6-24}%.\nTissue: heterogeneously dense (c). No suspicious mass. Benign calcifications, left.\nIMPRESSION: BI-RADS 2. Routine screening.\nA letter was mailed to the patient[ at {street}, {city}, {state} {zip}|].\n{esig}",
    ),
    (
        "mri-brief",
        Adult,
        "MR LUMBAR SPINE WO\n{p.lf} ¦ acc# {accn} ¦ {today}\nIndication: radiculopathy x6 wk, [MVA {md}|lifting injury at work {date}]. L4-5 broad based protrusion, Modic 2 change. L5-S1 grade 1 (Meyerding) listhesis. Conus L1. No cord signal abn. Impr: L4-5 moderate stenosis. [Discussed w {b.dr}. |]- {a.ini}",
    ),
    (
        "echo",
        Adult,
        "TRANSTHORACIC ECHO\nStudy date {today}; Sonographer: {d.plain}, RDCS; Ref: {b.dr}\n{p.plain}  {p.age} {p.mf}  BSA {ff:1-2}  BP {bp}\nLVEF (Simpson) {n:25-68}%. LVIDd {f:4-6} cm. E/e' {n:7-19}. Mild MR. AVA {f:0-2} cm2, mean gradient {n:8-44}. TAPSE {f:1-2} cm. No effusion. Study quality fair. Interpreted by {a.sig}, {today}.",
    ),
    (
        "pathology",
        Adult,
        "SURGICAL PATHOLOGY REPORT\nCase: {accn}\nPatient: {p.lf}  Sex {p.mf}  DOB {dob}  MRN {mrn}\nCollected {date}  Received {today}  Submitting: {b.full}, {b.cred}\n\nA. COLON, SIGMOID, POLYP: tubular adenoma, 0.6 cm.\nB. STOMACH, ANTRUM: chronic gastritis; Giemsa negative for H. pylori.\n\nGross: A. labeled \"[{p.last}|{p.lf}], sigmoid,\" 0.6 x 0.4 x 0.3 cm, A1. B. [same name, |]antrum, three pieces, B1.\nMicro: sections show low-grade dysplasia. Ki-67 n/a. CPT 88305 x2.\n{a.sig} {today}[\nTechnical component: {lab}|]",
    ),
    (
        "derm-path",
        Adult,
        "DERMPATH\n{p.caps}  {dob}  {accn}\nL cheek, shave: BCC, nodular; margins involved. Breslow n/a. Clark n/a.\nComment: Mohs advised. Dr office phoned {today}, spoke to {d.first}.\n{a.full} {a.cred}",
    ),
    (
        "lab-micro",
        Adult,
        "{lab} FINAL REPORT\nPatient {p.lf} ID {mrn} DOB {dob} Phone {phone}\nPhysician {b.full} NPI {npi}\nSpecimen {accn} Collected {today} {time}\nURINE CULTURE: >100,000 CFU/mL Escherichia coli\n  ampicillin R >=32; cefazolin S <=4; nitrofurantoin S 32; TMP/SMX R\nKirby-Bauer, CLSI M100. {labs}\nCritical values called to {c.first} RN {time}.",
    ),
    (
        "psych-intake",
        Adult,
        "PSYCHIATRIC EVALUATION\n{header}ID/CC: {p.first} is a {p.yo} [single|divorced|partnered] {p.man}, employed at {employer}, referred by {b.dr} for depression. \"I can't sleep.\"\nHPI: Onset [after {p.his} {r.rel} {r.first} died in {my}|last winter]. PHQ-9 {n:9-24}, GAD-7 {n:5-20}. Passive SI, no plan. [Calls {s.rel} {s.first} in {city2} daily. |]\nPast psych: admitted to {hosp2} {year} for OD. Trials: Prozac, Wellbutrin. Therapist {d.plain}, LCSW.\nSubstance: THC weekly, CAGE 0/4.\nSocial: born in [{cityst}|{country}], raised by grandmother. [On probation; PO is {x.plain}. |]\nMSE: cooperative, mood \"blah,\" linear, MoCA {n:23-30}.\nDx: MDD F33.1. Plan: sertraline 50 mg. C-SSRS low. 988 card given. RTC {soon}.\n{esig}",
    ),
    (
        "therapy",
        Adult,
        "Individual therapy, 53 min (90837). {today} {time}-{time}. [Telehealth, pt at home in {city}, {st}. |]\nD: {p.first} [spoke of conflict with {r.first}|reported panic on {dow}|described flashbacks of {year} deployment]. Used Socratic questioning, reviewed Linehan's DEAR MAN. A: GAF 61, GAD-7 {n:4-18}. P: thought log; next [{mdsoon}|week]. {d.plain}, LCSW",
    ),
    (
        "ob-visit",
        Mother,
        "PRENATAL VISIT\n{p.full}  {p.age} G{n:2-5}P1  EDD {soon} by [7w US|LMP {date}]  {n:20-38}w{n:0-6}d\nFHT {n:125-158}, FH {n:20-38}, {bp}, Wt +{n:8-28} lb. GFM, no LOF/VB. [FOB {r.first} here. |]GTT {n:92-138}. GBS [neg|pending]. Rh neg, RhoGAM [given {md}|28 wk]. Braxton Hicks only. Doula: {x.first}. Pedi: [{b.dr}|undecided]. RTC 2 wk. {d.sig}",
    ),
    (
        "delivery",
        Mother,
        "DELIVERY NOTE\n{hosphead}{p.mr}, {p.age} y G2P1001 at 39w{n:0-6}d, admitted {mdstay} in active labor. Epidural {time}. SVD of viable infant at {time} on {today} over 1st degree lac, repaired 3-0 Vicryl. Apgars {n:7-9}/9, wt {n:2600-4200} g. Bishop 9. Cord gases sent. Placenta intact, Duncan. QBL {n:150-420}. [Baby named {x.first}. |]{r.rel} {r.first} cut cord. Attending {a.dr} present.\n{d.sig}",
    ),
    (
        "nicu",
        Newborn,
        "NICU ADMISSION\nBB/BG {p.last}   MRN {mrn}   DOB {dob} {time}\nMother: {r.full}, [MRN {mrn2}|GBS neg, RPR NR, HBsAg neg]\n34w{n:0-6}d, {n:1800-2600} g, Apgar 7/8. CPAP 5, FiO2 0.25. Ballard 34. Silverman 3. Amp/gent pending cx. D10W @ 80 mL/kg/d. Bili {f:4-9}. Parents ({r.first}[, {s.first}|]) updated; pedi {b.dr}. {esig}",
    ),
    (
        "oncology",
        Adult,
        "MEDICAL ONCOLOGY FOLLOW-UP\n{header}Dx: stage IIIB colon adenocarcinoma (pT3N1bM0), MSS, KRAS wt. Resected {old} by {b.dr} at {hosp}. FOLFOX C{n:2-11} started {date}. Neuropathy gr 1. ECOG 1. {p.mr} [is back at work at {employer}|plans trip to {cityst} in summer|is accompanied by {r.rel} {r.first}].\nCEA {f:1-9}. {labs}\nPE: {vitals}; port R chest ok.\nPlan: C{n:3-12} D1 today, oxali 85 mg/m2. Neulasta. CT CAP {soon}. [Trial NCT0{as:%######} reviewed. |]Call nurse {c.first} at {phone2}, option 3.\n{esig}",
    ),
    (
        "radonc",
        Man,
        "RADIATION ONCOLOGY COMPLETION\n{p.plain}, {p.age}, {mrn}. Prostate ca Gleason 4+3, PSA {f:6-19}. 70 Gy/28 fx, {date} to {today}. RTOG gr 1 GU. AUA {n:4-17}. PSA and visit with {a.dr} in 3 mo; pt lives in {city2}, may do labs there. cc {b.dr}",
    ),
    (
        "infusion",
        Adult,
        "INFUSION FLOWSHEET\n{today} Chair {n:1-20}\n{p.lf} DOB {dob} verified x2 w/ {d.last} RN\n{time} PIV 22g R hand. {time} premeds. {time} Remicade {n:300-600} mg in 250 NS lot {as:@@@%#@}. {vitals}. No rxn. {time} d/c, next {mdsoon}. {c.sig}",
    ),
    (
        "pt-eval",
        Adult,
        "PHYSICAL THERAPY EVALUATION\nPatient: {p.full}   DOB: {dob}   SOC: {today}\nReferring: {b.dr}   Ins: Medicare[ {mbi}|]\nDx: s/p R RCR {date}. Hx: {p.yo} {p.mf}, RHD, works [at {employer}|as a nurse]. Lives w/ {r.rel}. Pain 6/10. PROM flex {n:70-130}, ER 20. Hawkins deferred. Neer deferred. QuickDASH {n:38-75}. Goals: flex 150 in 8 wk so pt can [lift grandchild {x.first}|reach shelf]. POC 2x/8wk. 97161, 97110.\n{d.full}, PT",
    ),
    (
        "slp",
        Elder,
        "SLP BEDSIDE SWALLOW\n{today} Rm {n:300-499}\n{p.mr}, {p.age}, L MCA CVA [{md}|4 d ago], NIHSS {n:3-15}. Mild dysarthria, Broca-type. Ice chips ok, thins: cough. Yale fail. Rec IDDSI 5/2, MBSS[ {mdsoon}|]. [{s.rel} {s.first} taught chin tuck. |]D/w {c.first} RN. {d.plain} CCC-SLP",
    ),
    (
        "home-health",
        Elder,
        "SKILLED NURSING VISIT - {agency}\nClient: {p.lf}  Visit {today} in {time} out {time}\nAddress: {street}, {city} {st} {zip}  [lockbox by side door|dog in yard]\n{vitals}. R heel stage 2 1.2 x 0.8 cm, Medihoney. Pillbox filled w/ {s.rel} {s.first}. {meds}. Coumadin per {b.dr}, INR {f:1-3}. OASIS M1860 = 2. Next visit [{mdsoon}|{weekday}]. Call agency {phone2} 24h.\n{c.sig}",
    ),
    (
        "hospice",
        Elder,
        "HOSPICE IDG NOTE {today}\n{p.plain}, {p.age}, Alzheimer FAST 7c, PPS 30. {s.rel} {s.full} caregiver, tired; respite at {snf} {mdsoon}-{mdsoon} offered. Roxanol 5 mg q4 prn x2/wk. Chaplain {b.first} visited {md}. MSW {d.plain} re funeral home. Recert {soon}. MD {a.last}",
    ),
    (
        "death",
        Elder,
        "DEATH PRONOUNCEMENT\nCalled to bedside by {c.first} RN. {p.full} found without pulse or respirations, pupils fixed. Time of death {time}, {died}. Next of kin {s.full} ({s.rel}) notified [by phone {phone2}|in person]. ME [declined, case {case}|not indicated]. PCP {b.dr} notified. Donor network called {time}.\n{a.sig}",
    ),
    (
        "eye",
        Adult,
        "EYE CLINIC {today}\n{p.lf} {p.age}{p.mf}\nVA sc 20/{n:20-60} OD 20/{n:20-80} OS. IOP {n:11-24}/{n:11-24} Goldmann @{time}. SLE: Krukenberg spindle neg, NS 2+. Humphrey 24-2 nl. A: POAG suspect. P: latanoprost qhs OU, RTC [{soon}|4 mo]. [Lives in {city2}, ride w {r.first}. |]{a.last}",
    ),
    (
        "dental",
        Child,
        "DENTAL PROGRESS NOTE\n{p.plain}  chart {mrn}  {today}\nMom {r.first} consents. #A DO caries, SSC; 1 carp 2% lido w/ epi 1:100k. Frankl 3. N2O 30%. Fluoride. NV: sealants [{mdsoon}|]. [Medicaid {medicaid}. |]{a.plain} DDS / asst {d.first}",
    ),
];
