//! Skeletons of the fourth set: messages, telephone, letters, forms, faxes, billing, research.

use super::Notes;
use super::pen::Kind::{Adult, Child, Elder, Man, Woman};

pub(super) const NOTES: Notes = &[
    (
        "phone-note",
        Adult,
        "TELEPHONE ENCOUNTER\n{today} {time}\nCaller: [{p.full}|{r.full} ({r.rel})]  Call back: {phone}\nRe: [refill metoprolol 50|cough x1 wk|Lab results from {md}]\n[Pt|{p.mr}] uses {pharmacy} [on {street2}|in {city2}|]. Last OV {date}. Routed to {a.dr}.\n{c.plain}, {c.cred}\n---\n{a.short}: ok #90, 1 RF. [Needs appt. |]{today}\n---\nLeft VM [for {p.first}|], will try again {mdsoon}. {d.ini}",
    ),
    (
        "portal-pt",
        Adult,
        "From: {p.plain}\nTo: {a.plain}, {a.cred}\nSent: {today} {time}\nSubject: [new med|Question about my labs|rash]\n\nHi {a.dr}, this is {p.first}. I started the [lisinopril|Lexapro] on {dow} and now I have a dry cough. [My {r.rel} {r.first} thinks its allergies. |]My BP this morning was {bp}. Should I stop? I can be reached at {phone}[ or {p.email}|]. We leave for {city2} on {mdsoon}.\nThanks,\n[{p.first}|{p.plain}]",
    ),
    (
        "portal-reply",
        Adult,
        "Dear {p.first},\n\nYour results from {md} are back. Your A1c is {f:5-8}% and LDL is {n:70-160}. [I would like you to start Crestor 10 mg; I sent it to {pharmacy}. |No changes for now. ]Please schedule with {d.plain}, our dietitian, at {phone2}. Details: {url}\n\nBe well,\n{a.plain}, {a.cred}\n{clinic}",
    ),
    (
        "text-page",
        Adult,
        "[{time}|{today} {time}] {c.last} RN 5W: {p.last} rm {n:500-560} K 2.9, on lasix, pls advise. cb {ext}\n{time} {a.last}: KCl 40 PO x2, mag level, tele\n{time} {c.last}: done, thx. {r.rel} {r.first} asking for update {phone2}\n{time} {a.last}: ok will call\n{time} {d.first}: also {p.lf} needs dispo by {mdsoon}, {snf} has bed",
    ),
    (
        "voicemail",
        Adult,
        "VM transcription {time}\nhi this is {r.plain} calling for my uh {p.plain} birthday {dob} um {p.he} was in the er last night at {hosp2} and they said follow up with {a.dr} in two days. the number here is {phone} or my cell {phone2}. also {p.he} takes eliquis so is the tooth thing on {mdsoon} okay. thank you bye",
    ),
    (
        "referral-letter",
        Adult,
        "{clinic}\n{street2}\n{city}, {st} {zip}\nTel {phone2} Fax {fax}\n\n{today}\n\n{b.full}, {b.cred}\n{hosp2}\n\nRe: {p.full}\nDOB: {dob}\n\nDear {b.dr}:\n\nI would be grateful for your opinion on this {p.yo} {p.man} with [chronic dyspepsia|Raynaud phenomenon and positive ANA 1:640|a Dupuytren's contracture]. {p.mr} was first seen here in {my}. [Family history: {r.rel} with Crohn's. |]Medications: {meds}. Recent labs: {labs}. {p.He} can be reached at {phone}.\n\nWith kind regards,\n\n{a.sig}\n[NPI {npi}|]",
    ),
    (
        "work-letter",
        Adult,
        "{today}\n\nTo Whom It May Concern:\n\n{p.full} (DOB {dob}) was seen in my office on {today}. Please excuse {p.him} from work at {employer} from {date} through {soon}. No lifting >10 lb. Questions: {phone2}.\n\n{a.sig}\n{clinic}",
    ),
    (
        "school-form",
        Child,
        "SCHOOL MEDICATION AUTHORIZATION\nStudent: {p.full}   Grade {n:1-9}   DOB {dob}\nSchool: {school}, {city}\nMedication: albuterol HFA 90 mcg, 2 puffs q4h prn. Dx J45.30\nParent/guardian: {r.full}  Home {phone}  Work {phone2}\nEmergency contact: {s.full} ({s.rel})\nPrescriber: {a.full}, {a.cred}  Phone {phone2}  Lic {lic}\nDate: {today}   Expires end of school year",
    ),
    (
        "face-sheet",
        Adult,
        "FACE SHEET                              {hosp}\nName......: {p.lf}            MRN: {mrn}\nSSN.......: {ssn}          Acct: {acct}\nDOB.......: {dob}   Sex {p.mf}   Marital [M|S|D|W]   Rel [Cath|None|Bapt]\nAddress...: {street}\n            {city}, {st} {zip}    County: {county}\nPhone.....: {phone}     E-mail: {p.email}\nEmployer..: {employer}\nContact...: {r.full} / {r.rel} / {phone2}\nIns 1.....: PPO  ID {member}  Grp {group}\nAdmit.....: {admit} {time}  Dx: [syncope|abd pain|R55]\nAttending.: {a.lf}    PCP: {b.lf}",
    ),
    (
        "intake",
        Woman,
        "NEW PATIENT FORM (handwritten, scanned)\nname {p.low}\npreferred {p.first}   d.o.b. {dob}   age {p.age}\nstreet {street}  city {city}  zip {zip}\ncell {phone}  ok to text? y\nemail {p.email}\nDL# {dl} [state {st}|]\nemergency: {r.plain}, {r.rel}, {phone2}\npharmacy: {pharmacy}\nwhy today: [knee hurts since {my}|check up|headaches]\nmeds: {meds}\nallergies: penicilin, latex\nhow did you hear: [{x.first} my neighbor|internet|{b.dr}]\nsigned {p.plain} {today}",
    ),
    (
        "fax-cover",
        Adult,
        "FAX\nTO: {b.full}, {b.cred}   FAX: {fax}\nFROM: {clinic}   PHONE: {phone2}   FAX: {fax}\nDATE: {today}   PAGES: {n:2-19} incl cover\nRE: {p.plain}  DOB {dob}[  MRN {mrn}|]\n[Records requested. |Prior auth for Humira attached, ref {auth}. |Please sign 485 and return. ]If received in error call {phone2} and ask for {c.first}. CONFIDENTIAL per 45 CFR 164.",
    ),
    (
        "prior-auth",
        Adult,
        "PRIOR AUTHORIZATION REQUEST\nMember: {p.full}   ID {member}   Group {group}   DOB {dob}\nProvider: {a.full} {a.cred}  NPI {npi}  Phone {phone2}  Fax {fax}\nDrug: Ozempic 1 mg, NDC 0169-4136-02, qty 3 mL/28d. Dx E11.65\nTried: metformin {year}-, glipizide (hypoglycemia). A1c {f:7-11} on {date}. BMI {f:30-44}.\nAuth # [{auth}|pending]  Decision by {soon}\nContact {c.plain} at {c.email}",
    ),
    (
        "billing",
        Adult,
        "Account inquiry {today}\nGuarantor {p.lf}, acct {acct}, DOS {date}. Claim {claim} denied CO-97. 99214-25, 20610 RT, J3301 x4. Billed $412.00, allowed $188.37, pt resp $45.00. [Pt paid by card {card} exp {expiry}. |Refund to checking {bankacct}. |]{p.first} called from {phone}; explained EOB. [Statement mailed to {street}, {city} {zip}. |Pay at {url}. ]Rep: {d.first} [x{ext}|]",
    ),
    (
        "prescription",
        Adult,
        "{a.full}, {a.cred}\n{clinic}  {street2}  {city} {st} {zip}\nTel {phone2}   DEA {dea}   Lic {lic}   NPI {npi}\n--------------------------------\nFor: {p.plain}     Date: {today}\nAddr: {street}, {city}\nRx: oxycodone/APAP 5/325 mg\nSig: 1 tab PO q6h prn pain   Disp: #[12 (twelve)|20 (twenty)|8]\nRefills: 0    DAW: no\nRx# {rx}  filled at {pharmacy}, RPh {d.ini}",
    ),
    (
        "work-comp",
        Man,
        "FIRST REPORT OF INJURY\nEmployee {p.full}, SSN {ssn}, DOB {dob}, {street}, {city} {st} {zip}\nEmployer {employer}, {city2}; supervisor {x.plain}, {phone2}\nInjury date {date}, claim {claim}. Struck L hand by pallet jack. XR: boxer's fx 5th MC. Ulnar gutter. No use of L hand thru {soon}. Tetanus {year}. DWC 73 done. Adjuster email {r.email}.\n{a.sig}",
    ),
    (
        "social-work",
        Elder,
        "CASE MANAGEMENT ASSESSMENT\n{today} - {d.plain}, MSW\nMet w/ {p.mr} and {s.rel} {s.first}. {p.He} lives alone at {street}, {city} in 2-story home, 4 STE. [Moved from {country} in {year}. |]DME: FWW, commode. PTA indep, drove ([{plate}|sold car]). Medicare [{mbi}|A/B], Medicaid [{medicaid}|pending]. HCPOA {s.full} {phone2}. Choices: 1) {snf} 2) {snf}. IMM given {mdstay}. PASRR done. APS referral [no|made {md}, ref {case}]. Plan: SNF [{mdsoon}|when auth rec'd], wheelchair van.",
    ),
    (
        "lawyer",
        Adult,
        "RECORDS RELEASE LOG\n{today} Request from atty {x.plain}, {city2}, re {p.full} (SSN xxx-xx-{ssn4}), DOL {date}. Dates of service {old} to {date}. Sent {n:12-240} pp via portal ({url}) user {d.user}. Fee $38.50. {c.plain}, HIM, {phone2}",
    ),
    (
        "research",
        Adult,
        "RESEARCH VISIT - Protocol ABX-301, IRB 2019-0447\nSubject {subject}, initials {p.ini}, Visit 4 (Wk 12), {today}\nConsent v3.0 re-signed {date}. AE: headache gr 1, onset {md}, resolved. IP dispensed, 28 tabs. ECG QTcF {n:390-450}. ConMeds: {meds}. PK draws {time}, {time}. PI {a.dr} reviewed. Coordinator {d.plain}, {d.email}, {phone2}. NCT0{as:%######}.",
    ),
    (
        "hl7",
        Adult,
        "MSH¦^~\\&¦LAB¦LAB1¦EMR¦¦{packed}¦¦ORU^R01¦1¦P¦2.5\nPID¦1¦¦{mrn}^^^MR¦¦{p.msg}¦¦{dobpacked}¦{p.mf}¦¦¦{street}^^{city}^{st}^{zip}¦¦{phone}\nPV1¦1¦O¦CLIN¦¦¦¦{a.msg}\nOBR¦1¦¦{accn}¦80053^CMP^CPT\nOBX¦1¦NM¦2345-7^Glucose^LN¦¦{n:70-240}¦mg/dL¦70-99¦H¦¦¦F\nOBX¦2¦NM¦2160-0^Creatinine^LN¦¦{ff:0-2}¦mg/dL¦¦N¦¦¦F",
    ),
    (
        "incident",
        Adult,
        "IT/PRIVACY INCIDENT {case}\nReported {today} by {c.plain} ({c.email}). Fax w/ results of {p.plain}, {mrn}, sent to wrong number {fax}. Workstation {ip}. User {d.user} reeducated. Letter to pt at {street}, {city}, {st} {zip} [mailed {md}|pending]. Risk low. Closed {soon}.",
    ),
    (
        "device-clinic",
        Elder,
        "REMOTE DEVICE CHECK\n{p.lf}  {dob}\nBoston Sci ICD model D433, SN {serial}, implanted {old} ({b.dr}). Batt {n:2-9} yr. RA 0.6 V@0.4. 2 NSVT ({md}). AF burden 3%. Next remote {soon}. Monitor not sending? call {tollfree}. {d.sig}",
    ),
    (
        "interp",
        Adult,
        "Visit w/ interpreter. {p.plain}, {p.age}, from {country}, here 3 yr w/ {r.rel} {r.first} and kids. TST {n:11-19} mm, QFT pos {date}; CXR neg {md}. LTBI: rifampin 600 x 4 mo via the health department ({county}), RN {c.plain}, {phone2}. Hep B sAg neg. Ova/parasite: Blastocystis. I-693 signed {today}. {a.sig}",
    ),
    (
        "disability",
        Adult,
        "ATTENDING PHYSICIAN STATEMENT\nClaimant {p.full}  DOB {dob}  Claim {claim}\n1. Dx & ICD: lumbar stenosis M48.061\n2. First unable to work: {date}. Hospitalized? {admit} - {today}, {hosp}\n3. Restrictions: sit 20 min; lift 5 lb; Waddell 0/5\n4. Est RTW: [{soon}|undetermined]\nPhysician {a.full} {a.cred}, {street2}, {city}, {state} {zip}  Ph {phone2} Fax {fax} TIN on file\nSignature {a.plain}  Date {today}",
    ),
    (
        "handoff",
        Adult,
        "SIGN-OUT (I-PASS) 6E {weekday}\n- {p.last} {n:601-640} {p.age}{p.mf}: DKA, gap closed {mdstay}, lantus 20. f/u BMP 2200. [{r.rel} {r.first} wants call. |]\n- {x.last} 612B: ETOH w/d, CIWA q4, Ativan. If seize page {b.last} {ext}.\n- {y.last} 615: CHF, diurese, goal -1.5L. [DNR. |]\nOvernight: {a.first} ({seven}). Day: {d.first}",
    ),
    (
        "genetics",
        Woman,
        "GENETIC COUNSELING\n{today}. {p.plain}, {p.age}. Proband's mother {s.first} ovarian ca at 61, maternal aunt breast 44. Ashkenazi no. BRCA1 c.5266dupC (p.Gln1756Profs*74) familial; [sent to lab, {accn}|negative]. GC {d.plain}, MS, CGC. Lynch: MLH1 IHC intact. Claus {f:11-28}%. Results call {mdsoon} at {phone}. Ref {b.dr}.",
    ),
];
