//! Heads and feet of notes, and skeletons of clinics: visits, letters, dictations.

/// Blocks with identifiers.
pub(super) const POOLS: &str = r#"
== top
{l who}{pt.hdr}{fs}{l born}{w.dob}{fs}{l chart}{mrn}{fs}{l seen}{w.date}
== top
{l who}{pt.comma}{fs}{l chart}{mrn}{fs}{l doc}{dr.full}
== top
{w.hospital}
{w.street}, {w.town}, {st.new} {zip.new}
Ph: {phone.new}  Fx: {fax}

{pt.up}   {sex}   DOB {w.dob}   MRN {mrn}
== top
**{w.clinic}**
{w.street} | {w.town}, {st.new} {zip.new} | {phone.new}
---
**{l who}**{pt.full}
**{l seen}**{w.date}
== top
MRN: {mrn}   DOB: {w.dob}   Age/Sex: {age} y.o. {sex1}
Patient: {pt.comma}
PCP: {pcp.full}[, MD|, DO|, NP|]
== top
Name: {pt.full} | DOB: {w.dob} | MRN: {mrn} | CSN: {#999999999 unique_id}
== top
{pt.upcomma}        {mrn}        {w.dob}        {dr.up}
== top
PATIENT.........: {pt.upcomma}
RECORD NO.......: {mrn}
BIRTH DATE......: {w.dob}
SERVICE DATE....: {w.date}
PHYSICIAN.......: {dr.up}
== top
Pt: {pt.plain}\tDOB: {w.dob}\tDOS: {w.date}
Provider: {dr.cred}\tInsurance: {w.payer} {member}
== top
{pt.last}, {pt.first} ({mrn}) - {w.date}
== top
Printed: {w.date} {time}   User: {doc.up}   Page 1 of {n}
{w.hospital}
Patient Name: {pt.comma}   Acct: {#9999999999 account}   Bed: {nnn}-{n}
Admit: {w.date}   Attending: {dr.comma}
== top
{dept}   {w.date}   {time}
{l who}{pt.any}{fs}{l doc}{dr.any}
== top
{w.date}
{pt.full}
{w.dob}
== top
1. Patient: {pt.full}
2. Date of birth: {w.dob}
3. Address: {w.street}, {w.town}, {state.new} {zip.new}
4. Telephone: {phone.new}
5. Insurance: {w.payer}, ID {member}
== foot
Electronically signed by: {dr.cred} on {w.date} {time}
== foot
Electronically Signed By {dr.full}, [MD|DO|NP|PA-C] {w.date} {%99}{nn}
== foot
Dictated by: {dr.cred}
Transcribed by: {doc.initials}/[mm|kw|jt|as]
D: {w.date} T: {w.date} Job #{#999999 unique_id}
== foot
{dr.plain}, [MD|M.D.|DO]
[Pager|pgr|Beeper] {#9999 phone}
== foot
Authored by {dr.full} at {w.date} {time}
Cosigned by {dr2.full}, MD
== foot
cc: {pcp.full}, MD; {doc.cred}; {w.clinic}
== foot
{bye},

{dr.cred}
{dept}
{phone.new}
== foot
Attending addendum: I saw {pt.title} with {doc.dr} and agree. {neg} {dr.last}
== foot
-{dr.first} {dr.last} {w.date}
== foot
{dr.init}, {staffrole}
== foot
/es/ {dr.up}
{staffrole}
Signed: {w.date} {time}
== foot
Reviewed and attested: {dr.plain} ({w.date}, {time})
== foot
Signature: ____{dr.full}____ Date: {w.date}
== foot
{neg}
== h1
{^big}
== h1
**{big}**
== h1
{big}
==========
== h1
--- {big} ---
== tbl
{num.lab}\t{nn}\t{unit}
{num.lab}\t{dec}\t{unit}
{num.lab}\t{nnn}\tH
== tbl
Test            Result   Ref
{num.lab}       {nn}     {n}-{nn}
{num.lab}       {dec}    {n}-{nn}  L
== tbl
| Test | {w.day} | {w.day} |
|---|---|---|
| {num.lab} | {nn} | {nn} |
| {num.lab} | {dec} | {dec} |
== tbl
{neg*2-5:n}
== note
{h1}

{top}

{h intro}{^symptom}
{h story}{pt.full} is a {age} y.o. {man} [with|with known] {dx} who {act}. {s.who} {neg*1-3} {s}
{h past}{dx}; {dx}; {dx}
{h drugs}
{drug} {dose} {freq}
{drug} {dose} {freq}
{drug} {dose} {freq}
{h soc}{s.place} {s.who}
{h look}{vitals} {neg*1-4}
{h data}{tbl}
{h think}{neg*2-4:#}
{h next}{s} {s}
{foot}
== note
{top}
{h story}{s.who} {neg} {s.time} {neg}
{h look}{sys}: {finding}. {sys}: {finding}. {sys}: {finding}.
{h think}{^dx} - {care}. {^dx} - {drug} {dose}. {s.who}
{foot}
== note
{pt.last} returns. {s.who} {s.time} {neg*2-4} {s.place} {neg*1-2} {foot}
== note
{top}

S {s.who} {symptom} x {n} d. {neg}
O {vitals} {finding}
A {dx}, {dx}
P {plan} {s} {s.who}
{foot}
== note
[this is|this is doctor] {dr.full} dictating [a follow up|a clinic note|an addendum] on {pt.full} medical record number {mrn} date of birth {w.dob} [period|comma] the patient is a {age} year old {man} with {dx} period {he} {act} period new paragraph exam shows {finding} period impression {dx} period plan {plan} period {pt.title} will see {doc.dr} on {w.date} period end of dictation
== note
ok [so|next] {pt.first} {pt.last} {age} here with {kin} {p.first} {symptom} for {n} days no {symptom} took {drug} exam {finding} will do {care} call {phone.new} if worse
== note
{w.date}

{doc.cred}
{w.clinic}
{w.street}
{w.town}, {st.new} {zip.new}

Re: {pt.full}, DOB {w.dob}, our ref {#@@99999 unique_id}

Dear {doc.dr}[,|:]

[Thank you for referring|It was a pleasure to meet|I had the opportunity to evaluate] {pt.title}, a {age}-year-old {man} from {w.town}, for {dx}. {s.who} {neg*2-4} {s.time}

{neg*2-4} I have asked {him} to {_plan}. {pt.title} will return on {w.date}.

{bye},
{dr.cred}
{w.clinic}
== note
Dear {doc.first}, {pt.title} came in {weekday} with {symptom}. {neg} {s.who} I'd be glad of your help; {his} {kin} {p.first} can bring {him} any time. {bye}, {dr.first}
== note
WELL CHILD CHECK [2|4|6|9|12] MONTHS
{top}
Informant: {r1.kind} {r1.first}
{h story}{pt.first} is doing well. {neg} Sleeps through. {r1.first} has no concerns. Sibling {p.first} had {symptom}. {s.place}
Development: Rolls, babbles, laughs.
{h look}Wt {n}.{n} kg, L {nn} cm, HC {nn} cm. {neg}
Vaccines given today: Pediarix, Hib, PCV20, rotavirus.
Next visit {w.date} with {dr.last}.
{foot}
== note
[ADOLESCENT|SPORTS|CAMP|SCHOOL] PHYSICAL
Student: {pt.full}    Grade: {n}    School: {w.school}
Parent/Guardian: {r1.full}   Phone: {phone.new}
Emergency contact: {r2.full} ({kin}) {phone.new}
1. {^dx}? \[ ] Yes \[x] No
2. Passed out with exercise? \[ ] Yes \[x] No
3. {^symptom}? \[x] Yes \[ ] No
Cleared without restriction. Examiner: {dr.cred}  Date: {w.date}
== note
OB VISIT
{pt.comma} G{n}P{n} EDD {w.date} by LMP {w.day}
{nn}w{n}d. FH {nn}, FHT 1{nn}, BP 11{n}/7{n}. {neg}
FOB {r1.first}. Plans delivery at {w.hospital}. Pediatrician: {doc.last}.
Doula {doc.first}. Wants to name baby {p.first}.
RTC {w.day}. {doc.plain}, CNM
== note
[DENTAL|Dental] CHART NOTE {w.date}
Pt {pt.full} #{#99999 mrn}. {neg} #{nn} MOD composite, lido 2% 1:100k. Hygienist {doc.first}. Next: crown #{nn} w/ {doc.dr} {w.day}. Ins {w.payer} subscriber {r1.full} ID {member}.
== note
EYE EXAM
{l who}{pt.full}{fs}{l seen}{w.date}
VA OD 20/{nn} OS 20/{nn}; IOP {nn}/{nn}; SLE: {neg}
DFE: C/D 0.{n}. {dx}. Rx given. F/u {doc.last} (retina) {w.day} at {w.clinic}. {s.num}
{foot}
== note
{top}
AUDIOLOGY. {pt.first} fit with bilateral aids, L sn {#99999999 device}, R sn {#99999999 device}. {neg} {kin} {p.first} says {he} {act}. {foot}
== note
PSYCHIATRIC EVALUATION
{top}
Identifying information: {pt.full} is a {age} y/o {ethnic} {man} living in {w.town} with {kin} {p.first}, employed at {w.work}.
{h story}{s.who} {neg} "My {kin} {p.first} says I changed." {s.who}
{h past}Hospitalized at {w.hospital} ({w.date}), therapist {doc.full}, prior meds {drug}, {drug}.
MSE: {neg}
Risk: {neg}
{h think}{dx}; {dx}
{h next}{plan}; see {doc.last} {w.day}
{foot}
== note
Psychotherapy note. {pt.initials} came on time. Spoke of {kin} {p.first}, of the move from {w.town}, of work at {w.work}. {neg} Homework: log. Next {w.day} {time}. {dr.first} {dr.last}, LCSW
== note
Session #{nn} w/ {pt.first}. {p.first} ({kin}) joined for last 10 min. {neg} PHQ-9 {nn}, GAD-7 {n}. {pt.first} [wants|plans] to visit {p.first} in {w.town}. {s.time}
== note
GENETIC COUNSELING
Proband: {pt.full}, {w.dob}. Referred by {doc.dr}, {w.clinic}.
Pedigree: mother {r1.full} ({dx}, dx at {adult}); maternal aunt {p.first} ({dx}); father {p.first}, of {country} ancestry; brother {p.first}, healthy.
Test: {neg} Lab: {neworg.lab}, accession {#@9999999 unique_id}.
{foot}
== note
PHYSICAL THERAPY [DAILY NOTE|EVALUATION|PROGRESS REPORT]
{l who}{pt.comma}{fs}{l seen}{w.date}{fs}Visit {n} of {nn}, auth {#99999999 unique_id}
Dx: {icd} {dx}
S: {pt.first} {act}. Pain {n}/10.
O: ROM 0-1{nn}, MMT 4/5. {neg}
A: tolerated. P: cont 2x/wk. {doc.plain}, PT, DPT lic {license}
== note
OT home eval at {w.street}, {w.town}. Present: {pt.first}, {kin} {p.first}. Tub bench, grab bars, {eq}. {neg} {doc.full} OTR/L
== note
[Oncology|ONCOLOGY] follow-up
{pt.full}  {mrn}  {w.date}
{age}{sex1} {dx} dx {w.date}, s/p {proc} ({doc.last}, {w.hospital}), C{n}D1 {drug}/{drug}. ECOG 1. {neg} Scans {w.day}: {finding}. Trial {#99-999 unique_id} offered, coordinator {doc.first}. Next {w.date}. {dr.last}
== note
TELEHEALTH VISIT
Patient location: {w.street}, {w.town}, {st.new}. Provider location: {w.clinic}.
Participants: {pt.full}; {r1.full} ({r1.kind}); interpreter {p.first} ID {#999999 unique_id}.
{h story}{neg} {s.who}
{h think}{^dx}: {plan}. {s}
{foot}
== note
Nephrology / dialysis rounds {w.day}: {pt.last} dry wt {nn}.{n}; {p.last} BP soft; {p.last} access clotted -> {doc.last}; {p.last} transplant w/u at {w.hospital}; {p.last} no-show. {neg} {dr.last}
== note
Travel clinic. {pt.full}, {age}, leaving {w.date} for {country} and {country} with {kin} {p.first}, [3|6] weeks, staying with family in {w.town}. {neg} Yellow fever, typhoid, malarone. {dr.init}
== note
ALLERGY [TEST|SHOT] RECORD
{pt.comma}\t{w.dob}\t{mrn}
{w.date}\t0.{n} mL\tred vial\t{doc.initials}
{w.date}\t0.{n} mL\tred vial\t{doc.initials}
{w.date}\t0.{n} mL\tyellow vial\t{doc.initials}
Reaction: none. {neg}
== note
WORKERS' COMPENSATION - [INITIAL|INTERIM] REPORT
Claimant: {pt.full}     SSN: {ssn}
Employer: {w.work}, {w.street}, {w.town}
Date of injury: {w.date}    Claim: {claim}   Adjuster: {p.full} {phone.new}
{h story}{pt.title} was working when {symptom} began. {neg} {s.who}
Work status: light duty from {w.date} to {w.date}.
{foot}
"#;
