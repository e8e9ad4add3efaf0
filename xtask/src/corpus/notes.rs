//! Skeletons of clinical notes.

/// Blocks; `note` with identifiers, `bare` without.
pub(super) const POOLS: &str = r#"
== head
{l name}{pt.hdr}{fs}{field*2-9:f}
== head
{l name}{pt.hdr}{fs}{l dob}{dob}{fs}{l mrn}{mrn}{fs}{field*1-5:f}
== head
{^org.hospital}
[Department of |]{dept}
{l name}{pt.comma}
{l mrn}{mrn}    {l dob}{dob}
{field*1-4:n}
== head
{org.hospital}
{addr.lines}
Phone {phone.new} Fax {fax}

RE: {pt.full}
DOB: {dob}
== head
[PATIENT|Patient]: {pt.hdr} [MR#|MRN|#] {mrn} ({age} {sex})
== head
| {l name}{pt.hdr} | {l dob}{dob} | {l mrn}{mrn} |
== head
{pt.upcomma} {mrn} {dob} {sex} {age}y {nnn}-{n}
== head
{field*3-7:f}
== body
{neg*2-5}
== body
{sent*2-5}
== body
{clause}. {neg} {clause}.
== body
{mix} {sent*1-3} {mix}
== body
{neg} {mix} {neg*1-3}
== body
{sent} {mix} {sent}
== note
{head}

{h cc}{^symptom}

{h hpi}{m.who} {sent*2-5} {mix} {neg*1-3}

{h pmh}
{dx*3-7:#}

{h psh}{proc*1-3:c}

{h meds}
{medline*3-8:#}

{h all}{allergy*1-2:c}

{h fh}{^fam}; {fam}.

{h sh}{^hx}. {mix} {^hx}.

{h ros}{neg} Denies {symptom*2-4:c}.

{h vs}{vitals}

{h pe}{exam*3-7:n}

{h lab}{lab*4-9:c}

{h img}{^img} {date}: {rad*1-3}

{h ap}{m.who}
{apline*2-5:#}

{sig}
== note
{head}
{h hpi}{m.who} {sent*1-3}
{h pe}{vitals}. {exam*2-4:;}.
{h ap}{apline*2-4:-}
{sig}
== note
S: {mix} {sent*1-3}
O: {vitals}. {exam*2-4:;}. {lab*2-5:c}.
A: {^age} yo {man} with {dx}, {dx}.
P: {plan*2-4:;}. {mix}
{sig}
== note
{h hpi}{sent*1-3} {mix}

{h pe}{exam*2-6:-}

{h ap}
{apline*2-5:#}
{mix}
{sig}
== note
[DISCHARGE SUMMARY|Discharge Summary|Physician Discharge Summary]

{head}
{l adm}{date.adm}
{l dc}{date.dc}
{l dr}{dr.full}

{h dx}
{dx*2-5:#}

{h proc}{^proc} ({date}); {proc}.

{h course}{m.who} {body} {body} {mix}

{h dispo}[Home|Home with services|SNF|{org.snf}|Rehab|Expired]. [Stable|Good|Fair|Guarded].

{h meds}
{medline*4-9:-}

{h instr}{^plan}. {mix} Appointment with {doc.dr}, {dept}, {date.fut} at {time}. {neg*1-3}

{sig}
== note
Date of Admission: {date.adm}     Date of Discharge: {date.dc}
Service: {dept}
Attending: {dr.dr}
{h course}{body}
#1 {dx}: {sent*1-2} {m.date}
#2 {dx}: {neg*1-3}
#3 {dx}: {^plan}. {m.prov}
{h instr}{neg*2-4}
{sig}
== note
EMERGENCY DEPARTMENT NOTE
{head}
Arrival: {date.full} {time}  Mode: [EMS|Private vehicle|Walk-in]  Acuity: ESI {n}
{h hpi}{m.who} {sent*1-3} {m.place}
{h vs}{vitals}
{h pe}{exam*2-5:;}.
MDM: {sent*2-4} {m.prov}
ED Course: {time} {clause}. {time} {clause}. {time} {doc.dr} {vp.dr}.
{h dispo}[Admit to {dept}|Discharged home in stable condition|Transfer to {neworg.hospital}|Left AMA].
{sig}
== note
{nursing*4-10:n}
{rn.init} RN
== note
{time} {nursing} {time} {nursing} {time} {nursing} {rn.plain} rn
== note
NURSING NOTE {date.full} {time}
{nursing*3-7}
{sig}
== note
OPERATIVE REPORT

{head}

DATE OF OPERATION: {date.full}
PREOPERATIVE DIAGNOSIS: {^dx}.
POSTOPERATIVE DIAGNOSIS: Same.
PROCEDURE: {^proc}.
SURGEON: {dr2.cred}
ASSISTANT: {doc.cred}
ANESTHESIA: [General endotracheal|Spinal|MAC|Regional block], {doc.dr}.
ESTIMATED BLOOD LOSS: {nnn} mL.
SPECIMENS: {^site}.
DRAINS: {^device}.
COMPLICATIONS: None.

INDICATIONS: {m.who} {clause}.

DESCRIPTION OF PROCEDURE: After informed consent, {pt.title} was taken to the operating room. {op*4-9} {m.prov}

{sig}
== note
{h proc}{^proc}
Operator: {dr.full}. Supervising: {dr2.dr}.
Consent: signed by [the patient|{his} {r1.kind} {r1.full}].
{op*3-6}
{device.id}
{sig}
== note
{head}

EXAM: {img}
{h ind}{^symptom}. {age}-year-old {man}.
{h comp}{^img} dated {date.past}.
{h tech}{neg}
{h find}{rad*3-8}
{h impr}
{rad*1-3:#}

[Findings were discussed with {dr.dr} by {doc.dr} at {time} on {date}.|Dictated by: {dr2.full}|Interpreted by {dr2.cred}|Critical results called to {rn.full} at {time}.]
{sig}
== note
{l name}{pt.upcomma}  {l acc}{acc}
{l date}{date.full}
{img}
{rad*2-5}
IMPRESSION: {rad*1-2}
Read by {dr2.cred}
== note
SURGICAL PATHOLOGY REPORT
Case: {acc}
{l name}{pt.comma}   {l dob}{dob}   {l mrn}{mrn}
Collected: {date.full}  Received: {date.full}
Submitting Physician: {dr2.full}, [MD|DO]

FINAL DIAGNOSIS:
A. {^site}, biopsy: {path*1-2}
B. {^site}, excision: {path}

{h gross}Received labeled "{pt.last}, {site}" {path} {path}
{h micro}{path*2-4}

Pathologist: {doc.cred}
== note
{h cc}{^symptom}
PSYCHIATRY [EVALUATION|PROGRESS NOTE|CONSULT]
{head}
{m.who} {m.fam} {psy*3-6} {m.org}
{h mse}{mse*4-8}
{h ap}{dx}; {dx}. {plan*1-3:;}. {m.prov}
{sig}
== note
SOCIAL WORK [ASSESSMENT|NOTE]
{l date}{date}
SW met with {pt.full} and {his} {r1.kind} {r1.full}. {soc*3-7} {m.contact}
{sw.cred}
== note
[PHYSICAL THERAPY|OCCUPATIONAL THERAPY|SPEECH THERAPY] [EVALUATION|DAILY NOTE|DISCHARGE]
{head}
Subjective: {pt.first} reports pain {n}/10 in the {site}. {mix}
Objective: {pt.therapy*3-6}
Assessment: {sent*1-2} {scale} {n}/{nn}.
Plan: {pt.therapy}; {plan}.
{sw.cred}
== note
OB [TRIAGE|PROGRESS|INTAKE] NOTE
{pt.full} is a {adult} y.o. G{n}P{n} at {nn}w{n}d by LMP {date} c/w {nn}-week US who presents with {symptom}. {ob*3-6} EDD {date.fut}. FOB is {r1.full}. {m.prov}
{sig}
== note
PEDIATRICS [WELL CHILD|SICK VISIT|NEWBORN]
{head}
{pt.first} is a {n} [month|year|week] old brought in by {his} [mother|father|grandmother], {r1.full}. {ped*3-7} Attends {org.school}. {m.prov}
{sig}
== note
DENTAL [RECORD|PROGRESS NOTE]
{l name}{pt.full}{fs}{l date}{date}{fs}{l dr}{dr.full}, [DDS|DMD]
{dental*3-7} {m.contact} Next visit: {date.fut} with {doc.dr}.
== note
[EMS RUN REPORT|PATIENT CARE REPORT|AMBULANCE RUN SHEET]
Incident #: {case}   Date: {date.full}   Unit: Medic {n}
Location: {addr}
Patient: {pt.hdr}  Age: {age}  DOB: {dob}
Dispatched {time}, on scene {time}, en route {time}, at {org.hospital} {time}.
{ems*3-6} {m.fam}
Crew: {doc.full}, EMT-P; {doc.full}, EMT-B. Transfer of care to {rn.full}, RN.
== note
PHARMACY [CONSULT|NOTE|MEDICATION RECONCILIATION]
{pt.comma} ({mrn})
{h meds}
{medline*4-10:n}
{pharm*2-5} Filled at {org.pharm}, {phone.new}. Discussed with {dr.dr}.
{doc.full}, PharmD
== note
{l name}{pt.hdr}{fs}{l date}{date.full}
{h any}{neg}
{h any}{mix}
{h any}{sent}
{h any}{mix}
{h any}{neg}
== note
CRITICAL CARE [PROGRESS NOTE|DAILY NOTE] - ICU Day {n}
{pt.comma} {age}{sex} {mrn}
24h events: {sent} {mix}
Neuro: {exam}. CV: {vitals}. Resp: {clause}. GI: {plan}. Renal: {lab}, {lab}. ID: {organism}; {drug}. Heme: {lab}. Endo: {plan}.
Lines: {device}, {device}.
Family: {m.fam}
{sig}
== note
DEATH [NOTE|SUMMARY]
Called to bedside by {rn.full}, RN for {pt.title}. No spontaneous respirations, pupils fixed, no heart sounds. Time of death {time} on {dod}. {m.fam} {pcp.dr} was notified. [Medical examiner case {case}.|Autopsy declined.] {neg}
{sig}
== note
{mix}
== note
{mix} {mix}
== note
{mix} {neg} {neg}
== note
{neg} {mix} {sent}
== note
{sent*2-4} {mix} {sent*1-3}
== note
{m.who} {sent*2-6}
== note
{mix*1-3:n}
== note
{sent*1-2:n}
{mix*1-3:n}
{neg*1-3:n}
== note
{m.fam} {m.fam} {neg}
== note
{m.hard} {neg} {m.hard}
== note
FAMILY HISTORY
{famline*3-7:n}
== note
[Interdisciplinary rounds|Tumor board|Family meeting|M&M conference|Huddle] {date}
{l attend}{doc.full}, {doc.full}, {rn.full} (RN), {sw.full} ([SW|CM|PT]), {p.full} ({r1.kind})
{attline*2-5:-}
{sent*1-3} {mix}
== note
Present: Dr. {dr.last}, Dr. {dr2.last}, {rn.first} (charge), {sw.first} (SW), {doc.first}, {doc.first} and {doc.first} from {dept}.
{pt.initials} in {nnn}: {plan}. {p.last} in {nnn}: {plan}. {p.last} in {nnn}: {plan}.
== note
[Sign-out|Handoff|IPASS] list
{signout*3-8:n}
== note
{sent}
Addendum {date.full} {time}: {mix} {neg} {sig}
== bare
{sent*1-2}
== bare
{neg}
== bare
{neg*2-5}
== bare
{neg*1-4:n}
== bare
{sent*3-8}
== bare
{clause}. {clause}. {neg}
== bare
{h cc}{^symptom}
{h hpi}{age}-year-old {man} with {dx} and {dx}. {sent*2-5}
{h pmh}{dx*2-5:c}
{h meds}
{medline*3-9:#}
{h all}{allergy}
{h sh}{^hx}. {^hx}.
{h fh}{^fam}.
{h vs}{vitals}
{h pe}
{exam*3-8:n}
{h lab}{lab*3-9:c}
{h ap}
{apline*2-6:#}
{sig.neg}
== bare
S: {sent*1-3}
O: {vitals}. {exam*1-3:;}.
A/P: {dx} - {plan}; {dx} - {plan}.
== bare
EXAM: {^img}
{h ind}{^symptom}
{h tech}{neg}
{h find}{rad*3-8}
{h impr}{rad*1-3:#}
{sig.neg}
== bare
{img}: {rad*2-5}
== bare
FINAL DIAGNOSIS: {path*2-5}
{h gross}{path*1-3}
{h micro}{path*1-3}
== bare
{op*3-8}
== bare
{nursing.neg*3-8:n}
== bare
{h any}{neg}
{h any}{sent}
{h any}{neg}
{h any}{^plan}
== bare
{code*3-9:n}
== bare
{labrow*4-12:n}
== bare
Test | Result | Units | Reference Range | Flag
{labrow.p*4-12:n}
== bare
{medline*3-10:n}
== bare
{h instr}
{edu*3-9:-}
== bare
{edu*3-8}
== bare
{lit*2-6}
== bare
{field.neg*4-9:f}
{neg*1-3}
== bare
{scale}: {n}
{scale}: {nn}
{scale}: {n}/{nn}
Total: {nn}
{neg}
== bare
{op*1-3} {device} was used. {device} was removed. {op}
== bare
{psy.neg} {mse*4-8}
== bare
{pt.therapy*3-6} {neg}
== bare
{ob*3-6}
== bare
{ped*2-5}
== bare
{dental*3-6}
== bare
{ems*3-6}
== bare
{pharm*2-5} {edu*1-2}
== bare
{plan*2-6:-}
== bare
{dx*3-8:n}
== bare
Problem List
{dx*3-9:#}
== bare
{apline*2-6:#}
== bare
{policy*2-6}
== bare
HOSPITAL COURSE: {^clause}. {neg*2-5} {clause}; {clause}.
#. {dx}: {sent*1-3}
#. {dx}: {sent*1-3}
#. {dx}: {neg}
FEN: {diet}. PPX: {drug}. Code: Full.
== more
{h any}{sent*2-5}
== more
{h course}{neg*2-5} {mix} {sent*1-3}
== more
{h instr}
{edu*2-6:-}
== more
{h lab}
{labrow*3-8:n}
== more
{h meds}
{medline*3-8:n}
== more
{h ap}
{apline*2-5:#}
== more
{h img}{^img}: {rad*2-5}
== more
{h pe}{exam*3-6:n}
== more
{body}

{body}
== more
{date}
{h any}{sent*1-3} {mix}
{sig}
== more
{h any}{neg}
{h any}{neg}
{h any}{mix}
== more
{h pmh}{dx*3-6:c}. {h psh}{proc*1-3:c}.
== more
{date.full} {time} [Nursing|Progress Note|Addendum|Consult Note|Plan of Care]
{nursing*2-4}
{rn.cred}
== more.bare
{h any}{sent*2-5}
== more.bare
{h instr}
{edu*2-6:-}
== more.bare
{h lab}
{labrow*3-8:n}
== more.bare
{h meds}
{medline*3-8:n}
== more.bare
{h ap}
{apline*2-5:#}
== more.bare
{h img}{^img}: {rad*2-5}
== more.bare
{h pe}{exam*3-6:n}
== more.bare
{neg*3-6}
== more.bare
{h any}{neg}
{h any}{neg}
{h any}{sent}
== more.bare
{h pmh}{dx*3-6:c}. {h psh}{proc*1-3:c}. {h all}{allergy}.
== more.bare
{code*2-5:n}
"#;
