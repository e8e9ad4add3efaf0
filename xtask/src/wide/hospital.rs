//! Skeletons of hospitals: admission, theatre, birth, imaging, pathology, discharge, death.

/// Blocks with identifiers.
pub(super) const POOLS: &str = r#"
== note
{h1}
{top}
Admitted: {w.date}    Discharged: {w.date}
Service: {dept}   Attending: {dr.full}

{h story}
{pt.full}, {age}, was [brought from|transferred from|sent by] {w.home} with {symptom}. {s.who} {neg*2-4}
{^dx}: {care}. {s.time}
{^dx}: {drug} from {w.day} to {w.day}. {neg}
Consultants: {doc.last} ({dept}), {doc.last} ({dept}).
{h drugs}
- {drug} {dose} {freq}
- {drug} {dose} {freq}
- STOP {drug}
{h next}
{doc.dr}, {w.clinic}, {w.date} {time}
{neg*1-3}
{foot}
== note
HOSPITAL DAY {n}   {w.date}
{pt.comma} / {nnn}-{n} / {dr.last}
Overnight: {neg} {s.who}
{vitals}
{tbl}
1. {dx} - {plan}
2. {dx} - {plan}. d/w {doc.last}
3. Dispo: {w.home} when bed. {r1.first} updated.
{foot}
== note
Operation Note
Date: {w.date}  Surgeon: {dr.full}  1st Asst: {doc.full}  Anesth: {doc.init}
Patient: {pt.full}  MRN {mrn}
Pre-op dx: {dx}. Post-op dx: same.
Procedure: {proc}
Findings: {finding}; {finding}
Implants: {eq}, REF {%99-9999}, LOT {#9999999 device}, SN {#@9999999 device}
EBL {nn} mL. Complications: none. {neg*2-4}
{foot}
== note
DATE OF PROCEDURE: {w.date}
PATIENT: {pt.up}
ENDOSCOPIST: {dr.up}, MD
INDICATION: {dx}
MEDICATIONS: {drug} {dose}, {drug} {dose}
{neg*2-4}
IMPRESSION: {finding}.
RECOMMENDATION: {care}. REPEAT IN {n} YEARS. COPY TO {pcp.up}.
== note
ANESTHESIA RECORD
{pt.comma}  {mrn}  {age}{sex1}  {nn} kg  ASA {n}
Anesthesiologist {dr.last} / CRNA {doc.last}   Relief: {doc.last} {time}
{time} in room, monitors on
{time} {drug} {dose}, {drug} {dose}
{time} ETT 7.0, Mac 3, grade I
{time} {vitals}
{time} to PACU, report to {doc.first} RN
== note
PACU: {pt.last} from OR {n}, {proc} ({dr.last}), report from {doc.last} CRNA. {neg} {kin} {p.first} called at {time}. To {nnn} w/ {doc.first}.
== note
LABOR & DELIVERY SUMMARY
Mother: {pt.full}   {w.dob}   G{n}P{n}
Delivered: {w.date} {time} by {dr.full}, [CNM|MD]
Infant: [Boy|Girl] {pt.last}, {nnn}0 g, Apgars 8/9, MRN {#99999999 mrn}
Nurse: {rn.full} RN   Pediatrician: {doc.last}
Support person: {r1.full} ({r1.kind})
{neg*2-3} Placenta to {neworg.lab}.
== note
L&D triage {time}. {pt.first} {pt.last} {nn}w{n}d c/o {symptom}. {neg} {doc.dr} called, {doc.last} [CNM|in house]. FOB {r1.first} en route from {w.town}.
== note
NICU [PROGRESS NOTE|DAILY NOTE] DOL {nn}
{pt.last}, BG   MRN {mrn}   Born {w.dob} {time} at {w.hospital}, CGA {nn}w
RESP: CPAP +5. {neg}
FEN: {nnn} mL/kg/d. {neg}
SOCIAL: MOB {r1.first} and FOB {r2.first} visit daily from {w.town}; SW {sw.first} following.
{dr.full}, neonatology
== note
EMERGENCY DEPT   {w.hospital}
{pt.upcomma}   {age}{sex1}   Arr {w.date} {time}   Rm {n}   Acct {#9999999999 account}
Triage: {symptom} x {n} d. BIBA from {w.street}. {vitals}
Provider: {dr.last}  RN: {rn.first}
{h story}{s.who} {neg*1-3} {s.place}
ED course:
{time} {dract2}
{time} {drug} {dose} given by {rn.first}
{time} {img}: {finding} ({doc.last})
{time} {kin} {p.first} arrived
Dx: {dx}. Dispo: {w.hospital}.
{foot}
== dract2
{doc.last} {dract}
== dract2
d/w {doc.last}
== dract2
{lab}
== note
TRAUMA FLOW SHEET
Name: Doe, unknown -> ID'd as {pt.full} by {kin} {p.full}
Mechanism: MVC, {street.name} at {street.name}
Team leader {dr.last} | Airway {doc.last} | RN {doc.first} | Scribe {doc.first}
{neg*2-4:n}
Ofc {p.last}, {county.new} County Sheriff, case {#99-999999 unique_id}
== note
{w.hospital} Radiology
{img}   {w.date} {time}
{pt.comma}   DOB {w.dob}   Acc# {#99999999 unique_id}
Ordered by {doc.full}
HISTORY: {symptom}, {dx}.
COMPARISON: {w.date}.
FINDINGS: {neg*2-5} {rad}
IMPRESSION: {finding}. {finding}.
Findings called to {doc.dr} at {time} by {dr.last}.
[Interpreted|Read|Final] by {dr.full} MD
== note
XR [HAND|FOOT|CHEST|PELVIS] 2V {pt.upcomma} {mrn} {w.date} {rad} {rad} READ: {dr.up} TECH: {doc.initials}
== note
MAMMOGRAPHY LETTER
{w.date}
{pt.full}
{w.street}
{w.town}, {st.new} {zip.new}
Dear {pt.title}: Your exam of {w.date} shows {finding}. BI-RADS {n}. {neg} Results were sent to {pcp.dr}. Questions? {phone.new}.
== note
SURGICAL PATHOLOGY
Case: {#S99-99999 unique_id}    Patient: {pt.comma}   DOB: {w.dob}   Client: {w.clinic}
Collected {w.date}  Received {w.date}  Reported {w.date}
Submitting: {doc.full}
A. {site}, biopsy: {dx}.
Gross: labeled "{pt.last}, {site}", {n} fragments, {dec2} cm. {neg*1-3}
Pathologist: {dr.cred}
== note
CYTOLOGY {#C99-9999 unique_id} {pt.upcomma} {w.dob} LMP {w.day} {neg} Screened: {doc.initials} Reviewed: {dr.last}
== note
LABORATORY REPORT        {neworg.lab}
{pt.upcomma}     ID: {#99999999 mrn}     DOB: {w.dob}
Req: {#@9999999 unique_id}   Coll: {w.date} {time}   Phys: {doc.comma}
{tbl}
{neg*1-3:n}
CLIA director {dr.cred}
== note
MSH|^~\\&|LAB|{w.clinic}|EHR||{date.8}||ORU^R01|{#99999999 unique_id}|P|2.5
PID|1||{#99999999 mrn}^^^MRN||{pt.caret}||{dob.8}|{sex1x}|||{w.street}^^{w.town}^{st.new}^{zip.new}||{phone.new}
PV1|1|I|{nn}W^{nnn}^{n}||||{#9999999 unique_id}^{doc.caret}
OBR|1|||{loinc}^{num.lab}^LN|||{date.8}
OBX|1|NM|{loinc}^{num.lab}^LN||{nn}|{unit}|{n}-{nn}|N|||F
OBX|2|NM|{loinc}^{num.lab}^LN||{dec}|{unit}|{n}-{nn}|H|||F
NK1|1|{r1.caret}|{r1.kind}|{w.street}||{phone.new}
== sex1x
M
== sex1x
F
== note
ADT^A01 {date.8} PID|||{#9999999 mrn}||{pt.caret}||{dob.8}|{sex1x}||||||||{#999-99-9999 ssn} IN1|1|{w.payer}|{#@@@999999999 member_id} AL1|1||{drug} DG1|1||{icd}^{dx}
== note
Summary of Care / Continuity of Care Document
Created: {w.date}
Patient: {pt.full}  Date of birth: {w.dob}  Sex: {sex}  Contact: {w.street}, {w.town}, {st.new} {zip.new}; tel: {phone.new}
Document Id: {uuid}
Care team: {dr.full} (PCP), {dr2.full} ({dept})
Problems: {dx} (active); {dx} (resolved)
Medications: {drug} {dose} {freq}; {drug} {dose} {freq}
Encounters: {w.date} {w.clinic} {dr.last}; {w.date} {w.hospital} {doc.last}
Immunizations: influenza {w.date}, Tdap {w.date}
{neg*1-3:n}
== note
ECHO {w.date} {pt.comma} {mrn} ref {doc.last} sonographer {doc.first} {neg} {neg} reader {dr.last}
== note
CARDIAC CATH REPORT
{top}
Operator: {dr.full}  Fellow: {doc.full}  Access: R radial
{neg*2-4}
Stent: {eq}, lot {#9999999 device}
{foot}
== note
DEVICE CLINIC
{pt.comma} | {mrn} | {w.date}
Generator: model {%@9@@99}, SN {#@@@999999 device}, implanted {w.date} by {doc.dr} at {w.hospital}
RA lead SN {#@@@99999 device}; RV lead SN {#@@@99999 device}
{neg*2-3} Remote monitor serial {#9999999 device} mailed to {w.street}, {w.town}.
{doc.plain}, {staffrole}
== note
ICU NOTE {w.date} {time}
{pt.last} {age}{sex1} {dx}, vent day {n}
N: {neg} C: {neg} P: {neg} GI: {neg} ID: {drug} d{n} (start {w.day})
Family: {kin} {p.first} at bedside, HCP {r1.full} {phone.new}. Goals w/ {doc.last} {w.day}.
Lines: RIJ ({w.day}, {doc.last}), L rad aline ({w.day})
{dr.last}/{doc.last}
== note
CODE BLUE RECORD {w.date}
Location {nnn}. Called {time}. Leader {dr.last}. Recorder {doc.first}. Airway {doc.last}. Compressions {doc.first}/{doc.first}.
{time} {drug}, {time} shock, {time} ROSC
{r1.first} ({r1.kind}) notified {time} by {doc.dr}.
== note
DEATH NOTE
Called to see {pt.title} at {time}. {neg} Pronounced {dod} {time}. {kin} {p.full} present. ME of {county.new} County declined. Funeral home notified.
{foot}
== note
TRANSFUSION: {pt.upcomma} {mrn}, unit {#W9999 99 999999 unique_id}, A POS, start {time} {doc.initials}/{doc.initials}, end {time}, no reaction. {neg}
== note
ORGAN PROCUREMENT CALL: {w.hospital} {time} {w.date}, RN {doc.full}, ref {#9999-9999 unique_id}. Donor {age}{sex1} {dx}. Family: {r1.full} ({r1.kind}). {neg}
== note
SLEEP STUDY
Patient {pt.full} \| Study date {w.date} \| Tech {doc.first} {doc.last} \| Ref {doc.last}
AHI {nn}, nadir {nn}%. {neg} Mask: {eq}. DME {w.store}. CPAP SN {#99999999999 device}.
Scored {doc.initials}; interpreted {dr.cred}
"#;
