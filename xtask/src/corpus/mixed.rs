//! Sentences with identifiers in them, fields of headers, signatures and addresses.

/// Sentences by what they tell.
pub(super) const POOLS: &str = r#"
= mix
{m.who}
{m.who}
{m.fam}
{m.fam}
{m.prov}
{m.prov}
{m.org}
{m.org}
{m.date}
{m.date}
{m.place}
{m.contact}
{m.id}
{m.hard}
= m.who
{pt.full} is a {age}-year-old {man} with a history of {dx} who presents with {symptom}.
{pt.full} is a {age} y/o {man} with {dx}, {dx} and {dx} who [presented|was brought] to {org.hospital} with {symptom}.
{pt.title} is a {age} year old {man} admitted for {dx}.
{pt.title} [returns today|is here] for follow-up of {dx}.
{pt.title} {vp}.
{pt.title} {vp} and {vp}.
{pt.first} {vp}.
{pt.first} {vp}; {he} also {vp}.
{pt.last} {vp}.
{pt.comma} is a {age}yo {man} s/p {proc}.
I had the pleasure of seeing {pt.formal} in clinic [today|on {date}] for {dx}.
I saw {pt.title} in the {dept} on {date}.
On exam, {pt.title} appeared comfortable.
{pt.title}'s {symptom} {course}.
{pt.first}'s {symptom} {course}.
Spoke with {pt.title} regarding {lab} and {plan}.
[Called|Phoned|Reached] {pt.full} to review {img} results.
Patient {pt.full} {vp}.
Pt {pt.init} {vp}.
Pt {pt.first} {vp}.
Patient goes by "{pt.nick}".
Prefers to be called {pt.nick}.
{pt.up}, {age} {sex}, room {nnn}.
Name band reads {pt.upcomma}.
Patient ({pt.initials}) {vp}.
Baby boy {pt.last} was born at {nn} weeks to a G{n}P{n} mother.
Baby girl {pt.last}, {n} days old, feeding well.
I explained to {pt.title} that {drug} can cause {symptom}.
We discussed the findings with {pt.title} and {his} {r1.kind}.
{pt.full} was seen and examined with the {role}.
In summary, {pt.plain} {vp}.
Mr. and Mrs. {r1.last} were at the bedside.
The {r1.last} family asked about hospice.
Overnight {pt.last} pulled out {his} {device}.
When asked, {pt.first} said "I feel better since the {drug}."
{pt.title} is known to me from {his} {dx}.
{pt.full}, a {job}, {vp}.
{age}-year-old {man} named {pt.full} with {dx}.
The patient, {pt.full}, {vp}.
This {job}, {pt.title}, {vp}.
Welcome back {pt.first}!
Will is not the issue; {pt.first} simply cannot afford {drug}.
{pt.title} is {age}.
At {age}, {pt.title} still drives.
{He} is {a ethnic} {man}, age {age}.
Per {pt.first}, {symptom} started {rel.time}.
{pt.title} will return in {n} weeks.
NURSING: {pt.last} resting, call light in reach.
= m.fam
{His} {r1.kind}, {r1.full}, {vp}.
{His} {r1.kind} {r1.first} {vp}.
{His} {r1.kind} ({r1.full}, {phone.new}) [was updated|is the HCPOA|will provide transport].
{^r1.kind} {r1.full} at bedside.
Lives with {his} {r1.kind} {r1.first} and {his} {r2.kind} {r2.first}.
Spoke to the patient's {r1.kind}, {r1.full}, by phone at {phone.new}.
Updated {r1.first} ({r1.kind}) and {r2.first} ({r2.kind}) at the bedside.
Next of kin is {r1.full} ({r1.kind}).
Mother {r1.full} reports {symptom} since {rel.time}.
Father, {r1.full}, states {pt.first} {vp}.
{pt.first}'s {r1.kind} {r1.first} {vp}.
Family meeting with {r1.full}, {r2.full}, {dr.dr} and the {role}.
Married to {r1.first} for [six|12|25|40|51|60] years; two children, {r2.first} and {p.first}.
{He} has three children: {p.first}, {p.first}, and {p.first}.
Per {r1.kind} {r1.first}, {he} {vp}.
{r1.title} is asking about {np}.
{r1.first}, the patient's {r1.kind}, died of {dx} on {dod}.
Emergency contact: {r1.full} ({r1.kind}), {phone.new}.
HCPOA {r1.full}; alternate {r2.full}.
Consent was obtained from {his} {r1.kind} {r1.full}.
The patient's {r1.kind}, {r1.title}, {vp}.
{^r1.kind}: {r1.full}. {^r2.kind}: {r2.full}.
{His} grandson {p.first} will stay overnight.
{His} ex-husband, {p.full}, has an order of protection against him.
Neighbor {p.full} found the patient on the floor at {time}.
Foster parents are {p.full} and {p.full}.
Witnessed by {p.full}.
Interpreter {p.full} assisted in {lang}.
{His} roommate {p.first} called 911.
{His} brother {p.first}, age {adult}, has {dx}.
The caller, {p.full}, identified herself as the patient's {r1.kind}.
{^r1.kind} {r1.first} is {age.old} and cannot help.
{His} late {r1.kind} {r1.first} had {dx}.
I called {r1.first} back at {phone.new} and left a message.
Both {pt.first} and {r1.first} agree with {plan}.
= m.prov
{doc.dr} will {plan}.
Discussed with {dr.dr}, who recommends {plan}.
Seen by {dr2.dr} of {dept}.
{dr.dr} was paged at {time}.
{dr2.dr} ({dept}) {vp.dr}.
Followed by {doc.dr} for {dx}.
{His} PCP is {pcp.dr}.
PCP {pcp.full} notified.
Care transferred to {doc.dr} and {doc.dr}.
Report given to {rn.full}, RN.
Handoff from {rn.first} RN to {doc.first} RN.
{rn.cred} at bedside.
Nurse {rn.last} {vp.dr}.
Nurse {rn.first} notified {dr.dr} of {lab}.
{sw.cred} met with the patient and family.
Social worker {sw.full} will follow.
Patient seen with {doc.full}, MS3.
Case d/w {dr2.dr} (attending).
Consult placed to {dept}, {doc.dr} to see.
{proc.dr}
Anesthesia: {doc.cred}.
Assistants: {doc.cred}; {doc.cred}.
Scrub: {doc.full}. Circulator: {doc.full}, RN.
Under the supervision of {dr.cred}, the procedure was performed.
He was referred by {pcp.full} from {org.clinic}.
Attending: {dr.full}.
Drs. {doc.last} and {doc.last} assisted.
Per {dr.last}, ok to {plan}.
Per Dr {dr2.last}'s note, {np} {course}.
I, {dr.cred}, personally examined the patient.
Thank you, {dr.dr}, for referring this pleasant {man}.
cc: {pcp.cred}; {doc.cred}
Respiratory therapist {doc.first} adjusted the BiPAP.
PT {sw.first} worked with the patient.
{dr3.full} from {dept} was consulted and {vp.dr}.
Paged {doc.full} ({dept}) at {pager}.
Critical result called to {rn.full} at {time} by {doc.init}.
Read back by {rn.init}.
Midwife {doc.full} attended the birth.
Appointment with {doc.dr} on {date.fut} at {time}.
Follow-up with {doc.dr} ({dept}) in {n} weeks.
Dr. {doc.last}'s office will call with a date for {proc}.
Prescribed by {doc.full} ({dept}).
Pharmacist {doc.full} verified the {drug} dose.
Reviewed films with radiology, {doc.dr}.
Medics {doc.last} and {doc.last} arrived on scene at {time}.
= vp.dr
agrees with {plan}
recommends {plan}
was notified
performed {proc}
reviewed the {img}
placed {a device}
changed {drug} to {drug}
will see the patient {rel.time}
increased {drug} to {dose} {freq}
signed the death certificate
removed the {device}
= proc.dr
{^proc} was performed by {dr.dr} on {date}.
{dr2.dr} performed {proc} at {neworg.hospital} in {year}.
{^proc} ({date.past}, {doc.dr}).
{^proc}, {dr2.full}, {date.past}.
Underwent {proc} with {dr2.dr}.
= m.org
Transferred from {neworg.hospital} for {dx}.
Presented to the ED at {org.hospital} {rel.time} with {symptom}.
Was hospitalized at {neworg.hospital} from {date.past} to {date.past} for {dx}.
Outside records from {neworg.hospital} were reviewed.
Discharged to {org.snf}.
Resides at {org.snf}, room {nnn}.
{He} is followed at {org.clinic}.
Works at {org.employer} as {a job}.
{He} works for {org.employer} and {vp}.
Retired from {org.employer}.
Attends {org.school}, [second|fifth|tenth] grade.
Prescription sent to {org.pharm} on {street.new}.
Prescriptions were called in to {org.pharm}, {phone.new}.
Pharmacy: {org.pharm}, {city.new}.
Insurance: {org.insurer}.
{org.insurer} denied {drug}.
Prior authorization submitted to {org.insurer}.
Labs drawn at {neworg.lab} on {date}.
{neworg.lab} reported {lab}.
Send out to {neworg.lab}.
{org.abbr} ED note reviewed.
Transferred to {org.abbr} by ambulance.
Home health through {neworg.snf}.
Accepted at {neworg.snf} pending insurance approval from {org.insurer}.
{His} {r1.kind} works at {neworg.employer}.
{proc.dr}
Received the vaccine at {org.pharm}.
The bed search included {neworg.snf}, {neworg.snf} and {neworg.snf}.
{org.hospital} Emergency Department
Chemotherapy is given at {neworg.clinic}.
Originally seen at {neworg.clinic} by {doc.dr}.
Student at {org.school} majoring in nursing.
Injured at work ({org.employer}) when a pallet fell on {his} {site}.
Dialyzes at {neworg.clinic} on MWF.
EMS brought the patient from {org.snf} to {org.hospital}.
= m.date
Seen on {date} for {symptom}.
{^proc} on {date.past}.
Last seen {date.past}.
{^img} of {date} showed {np}.
{^img} ({date}): {rad}
Since {date.past}, {he} {vp}.
LMP {date}. EDD {date.fut}.
Admitted {date.adm}, discharged {date.dc}.
Surgery is scheduled for {date.fut} at {time}.
Next appointment: {weekday}, {date.fut} at {time}.
Symptoms began on {date} after {holiday}.
Blood cultures x2 from {date} grew {organism}.
Labs {date}: {lab}, {lab}, {lab}.
{date} - {clause}.
{date}: {clause}. {date}: {clause}.
Diagnosed with {dx} in {date.past}.
Started {drug} on {date}, stopped {date}.
Hospitalized over {holiday} for {dx}.
The fall happened on {holiday}.
{He} was born on {dob}.
{pt.full}, born {dob}, {vp}.
{pt.full} (DOB {dob}) {vp}.
{pt.full}, DOB: {dob}, MRN: {mrn}
Pronounced at {time} on {dod}.
Expired on {dod} with family present.
Date of death: {dod}.
{His} {r1.kind} passed away on {dod}.
Immunizations: MMR {date.past}, Tdap {date.past}, Shingrix {date.past}.
Last colonoscopy {date.past}, due again in {year}.
Work excuse from {date} through {date.fut}.
Disability effective {date}.
Pt called on {date} and again {date}.
Day of injury {date.full}.
Next dose due {date.fut}.
Meds last filled {date} at {org.pharm}.
{date.full} {time} {clause}.
Follow up {date.fut}.
Mammogram {date.past} BI-RADS 2.
Return to work on {date.fut} without restrictions.
Sutures removed {date}.
Accident on {date.md}, seen in ED on {date.md}.
Echo from {date.past} with EF {nn}%.
= m.place
Lives in {city} with family.
Lives at {street}, {city}, {st} {zip}.
Lives at {street} in {city}.
{He} lives in {city}, {state}.
{He} was born in {city.new}, {country} and moved here in {year}.
Recently traveled to {country}.
Originally from {country}.
Emigrated from {country} in {year}.
Native of {city.new}, {state.new}.
Traveled to {city.new} over {holiday}.
Moved to {city} from {city.new} last year.
{County.c}
The ambulance was dispatched to {street}.
MVC at highway speed near {city.new}.
Picked up at {street.new}, {city.new}.
Drives {nn} miles from {city.new} for appointments.
Grew up on a farm in {county.new} County, {state.new}.
Camping in {state.new} {rel.time}; possible tick bite.
Stays with {r1.first} in {city.new}.
Home visit made to {addr}.
Found down on {street.name} in {city.new}.
Grew up on {street.name}.
The clinic moved to {street.new}.
The crash happened on {street.name} near {city.new}.
Patient's address was updated to {addr}.
Coordinates of pickup: {geo}.
Discharged home to {addr}.
Returned from {city.new}, {country} {rel.time} with {symptom}.
Visiting from {city.new}, {st.new}.
{He} commutes between {city.new} and {city.new}.
Mail the report to {addr}.
= County.c
Reported to {county} County Health Department.
{county} County CPS was notified.
Resident of {county} County.
Taken into custody by the {county} County Sheriff.
Case management through {county} County.
= addr
{street}, {city}, {st} {zip}
{street}, {city}, {st} {zip}
{street}, {city} {st} {zip}
{street} {city} {st} {zip}
{street}, {city}, {state} {zip}
{street}, {city}, {state}
{street.new}, {city.new}, {st.new} {zip.new}
{street.new}, {city.new}, {st.new} {zip.new}
{street.new} in {city.new}, {state.new}
{street.new} {city.new} {st.new}
{street.new}; {city.new}; {st.new}; {zip.new}
= addr.lines
{street}\n{city}, {st} {zip}
{street}\n{city} {st}  {zip}
{street.new}\n{city.new}, {st.new} {zip.new}
{street.new}\n{city.new}, {state.new} {zip.new}
= addr.new
{street.new}\n{city.new}, {st.new} {zip.new}
{street.new}\n{city.new} {st.new} {zip.new}
{street.new}\n{city.new}, {state.new}  {zip.new}
{street.new}\n{city.new}, {st.new}\n{zip.new}
{street.new}\n{city.new}\n{state.new} {zip.new}\n{country}
= m.contact
Call {phone} with questions.
Patient can be reached at {phone}.
Best number is {phone}, ok to leave a message.
Call back number {phone.new}.
Fax records to {fax}.
Please fax to {org.clinic} at {fax}.
Email: {pt.email}
E-mailed results to {pt.email}.
Contact {r1.first} at {phone.new} or {phone.new}.
Sent portal message via {url}.
Results are posted at {url}.
Cell {phone}, home {phone.new}.
Clinic phone: {phone.new}, fax: {fax}.
Pager {pager}.
Reach me at pager {pager} or {phone.new}.
Telehealth visit; patient joined from {ip}.
Patient's Instagram handle {handle} was found in the chart.
Follow {handle} for updates.
For questions call {org.clinic} at {phone.new}.
Tel {phone.new} / Fax {fax}
TTY 711 or {phone.new}
Left voicemail at {phone}.
= m.id
MRN {mrn}.
MRN: {mrn}
SSN {ssn}.
SSN ending in {ssn4}.
His social is {ssn}.
Insurance ID {member}, group {group}.
Medicare number {mbi}.
Medicaid ID {member}.
{device.id}
{device.id}
Accession {acc}.
Specimen {acc} received {date}.
Encounter {visit}.
Order {order} for {img} placed.
Rx {rx} for {drug} {dose}.
Authorization number {ref} valid through {date.fut}.
Referral {ref} from {pcp.dr}.
Claim {claim} was denied on {date}.
Account {account} has a balance of ${nnn}.{nn}.
Paid with card {card}.
Card ending in {card4}.
NPI {npi}.
DEA {dea}.
License {license}, NPI {npi}.
Driver's license {dl} scanned at check-in.
Passport {passport} presented as ID.
License plate {plate} was noted by security.
VIN {vin}.
ITIN {itin}.
NHS number {nhs}.
NHS No: {nhs}
ITIN on file: {itin}
Passport {passport} ({country})
DL# {dl} ({st})
Reimbursed to IBAN {iban}.
Plate {plate} towed from lot.
Patient UUID {uuid}.
Employee ID {emp}.
Badge #{emp} entered the Pyxis at {time}.
Case number {case} with {county} County.
Student ID {emp} at {org.school}.
= device.id
Pacemaker serial number {serial}.
{device}, serial {serial}, implanted {date.past}.
Implant: {device}, REF {nn}-{nnn}, SN {serial}.
{device} (S/N {serial}).
Insulin pump serial {serial} replaced.
Glucometer MAC {mac}.
Phone IMEI {imei} linked to the CGM app.
Device SN: {serial}
Left hip: {device} size {n}, serial no. {serial}.
= m.hard
{pt.title} has {dx} and takes {drug}; {dr.dr} added {drug}.
{p.full} is not to be confused with {eponymname}'s disease.
{dr.dr} placed a Foley; Foley draining well.
{dr2.dr} elicited {a eponymname} sign on {pt.title}.
{dr2.dr} and the {role} reviewed the {study}.
{pt.title} asked whether {drug} interacts with {drug}; {dr.dr} reassured {him}.
{pt.last} was placed in Trendelenburg by {rn.first}.
{pt.first} [will|may] start {drug} in {month}.
Will {pt.first} need {proc}? {dr.dr} will decide.
May {pt.first} have Tylenol?
In May, {p.first} had {proc}; in June, {symptom}.
{dr.dr} used the {eponymname} technique, and {doc.dr} closed with Vicryl.
The {device} was placed by {doc.dr} in {dept}.
{p.title} from Medtronic interrogated the device.
{dr.dr} quoted the {study} to {pt.first} and {r1.first}.
{pt.first} scored {n} on the {scale}; {rn.first} documented it.
Hashimoto's and Graves' disease run in the {r1.last} family.
Attending {dr.last}, resident {doc.last}, RN {rn.last}.
Charge Nurse {rn.full} called Environmental Services.
Glasgow Coma Scale {nn} per {rn.last}.
{dr.dr}/{doc.dr} - {dept}
{pt.last}/{doc.last}: {plan}.
Young {man} named {p.full} with {symptom}.
Grant {p.full} access to the portal.
Mark {p.last} as no-show.
Bill {p.full} at {addr}.
= field
{l name}{pt.hdr}
{l dob}{dob}
{l dob}{dob}
{l mrn}{mrn}
{l mrn}{mrn}
{l age}{age}
{l age}{age} {sex}
{l sex}{sex}
{l date}{today}
{l date}{date.full} {time}
{l adm}{date.adm}
{l adm}{date.adm} {time}
{l dc}{date.dc}
{l dr}{dr.full}
{l dr}{dr.cred}
{l dr}Dr. {dr2.last}
{l pcp}{pcp.cred}
{l pcp}{pcp.full}
{l rn}{rn.cred}
{l rn}{rn.init}
{l surgeon}{dr2.cred}
{l ssn}{ssn}
{l phone}{phone}
{l phone}{phone}
{l fax}{fax}
{l email}{pt.email}
{l addr}{street}, {city}, {st} {zip}
{l addr}{street}
{l addr}{addr}
{l city}{city}
{l state}{st}
{l zip}{zip}
{l county}{county}
{l org}{org.hospital}
{l org}{org.clinic}
{l pharm}{org.pharm}
{l ins}{org.insurer}
{l member}{member}
{l group}{group}
{l mbi}{mbi}
{l account}{account}
{l visit}{visit}
{l acc}{acc}
{l order}{order}
{l npi}{npi}
{l dea}{dea}
{l license}{license}
{l employer}{org.employer}
{l contact}{r1.full}
{l contact}{r1.full} ({r1.kind}) {phone.new}
{l contact}{r1.comma}
{l claim}{claim}
{l serial}{serial}
{l rx}{rx}
{field.neg}
{field.neg}
{field.neg}
= field.neg
{l lang}{lang}
{l race}{ethnic}
{l relig}{relig}
{l marital}[Married|Single|Divorced|Widowed|Separated|Unknown]
{l room}[{nnn}|4 West|ICU-{n}|{nnn}-B|ED {nn}|3N Bed 2|Tower 5|OR 3]
{l code}[Full Code|DNR|DNR/DNI|Full|Unknown]
{l class}[Inpatient|Outpatient|Emergency|Observation|Final|Preliminary|STAT|Routine|1 of {n}|v{n}.{n}|Level {n}|Medicare Part B|Self Pay|Private vehicle|Contact]
{l age}[{adult}|{adult} y|{n} months]
{l sex}{sex}
Height: 5'{n}"
Weight: {nn} kg
Allergies: {allergy}
Diet: {diet}
Smoking Status: [Never Smoker|Former Smoker|Current Every Day Smoker]
Specimen Type: [Blood, venous|Urine, clean catch|CSF|Nasopharyngeal swab|Tissue]
Test: {lab}
Department: {dept}
Modality: {img}
ICD-10: {icd}
CPT: {cpt}
Primary Diagnosis: {dx}
Reason: {symptom}
Medication: {drug} {dose} {freq}
Laterality: [Left|Right|Bilateral|N/A]
= sig
Electronically signed by {dr.cred} on {date.full} at {time}
Electronically signed by: {dr.cred} {date.full} {time}
Electronically Signed By {dr.full}
/es/ {dr.up}, MD\nSigned: {date.full} {time}
Signed: {dr.cred}
Dictated by: {dr.cred}\nTranscribed by: {doc.init}\nD: {date.full} T: {date.full}
{dr.cred}\n{dept}\n{org.hospital}
{dr.cred}\nPager {pager}
{dr.full}, [PGY-1|PGY-2|PGY-3|R2|MS4]\n{dept}
{rn.cred} {date.full} {time}
{rn.init} RN
--{dr.full}
- {dr.first}
Attending attestation: I saw and examined the patient with {doc.dr} and agree. {dr.cred}
Authenticated by {dr.comma}, [MD|DO|NP] on {date.full}
Verified by: {dr.full} at {time} on {date.full}
Note by {doc.cred}; cosigned {dr.cred} {date.full}
DD: {date.full} DT: {date.full} Job: {order} {dr.last}/{doc.last}
Signed electronically {date.full} {time} - {sw.cred}
Reviewed with attending, {dr.dr}.
Interpreting Physician: {dr2.cred}
Thank you,\n{dr.cred}\n{org.clinic}\n{phone.new}
[Attending|Author|Provider]: {dr.full}   Cosigner: {dr2.full}
= sig.neg
Signed: Attending Physician
Electronically signed at {time}
Total time: {nn} min
End of report
Dictated but not read
Reviewed and agreed
This document has been electronically signed.
= m.who
{pt.first} {pt.vp}.
{pt.title} {pt.vp}.
{pt.full} {pt.vp}.
{pt.last} {pt.vp}, per {rn.first}.
Re {pt.last}: {clause}.
{pt.full}: {clause}. {clause}.
{clause}, according to {pt.first}.
{clause}, so {pt.title} {vp}.
{^rel.time}, {pt.title} {vp}.
{^rel.time} {pt.first} {vp} and {vp}.
After {proc}, {pt.last} {vp}.
Unfortunately, {pt.title} {vp}.
Although {pt.first} {vp}, {np} {course}.
I told {pt.first} to {plan}.
We asked {pt.title} about {np}.
Plan for {pt.last}: {plan}; {plan}.
I believe {pt.title} has {dx}.
Met with {pt.first} in the {dept}.
Saw {pt.last} on rounds, {vitals}.
Assessment of {pt.full} by {dr.dr}: {adj} {dx}.
{np.s} in {pt.title} {course}.
Thank you for asking me to see {pt.full}.
{pt.title}, who {vp}, was seen with {his} {r1.kind}.
{pt.initials} is a {age} y.o. {man} with {symptom}.
Student {pt.full} was sent to the nurse with {symptom}.
Mrs. {p.last}'s and Mr. {p.last}'s charts were mixed up.
Identity of {pt.full} verified by photo.
{pt.up} ({mrn})
Dx for {pt.last}: {icd}, {dx}
Wt {nn} kg, {pt.first} eating well.
cc {pt.full}
Hx per pt and {r1.first}.
{pt.nick} is in good spirits today.
{pt.first} ({pt.nick}) {vp}.
{pt.full}, known as {pt.nick}, {vp}.
Chart of {pt.comma} pulled.
The {last.pl} were counseled on {dx}.
= last.pl
{p.last} family
{p.last} twins
{p.last} children
= np.s
{^symptom}
{^dx}
{^lab}
= pt.vp
looks well
is doing better today
was discharged home
did not show
has not called back
is NPO
refused {drug}
wants to go home
fell again
is sleeping
seems confused
declined the vaccine
signed the consent
left before being seen
was tearful
asked for water
and {his} {r1.kind} {r1.first} arrived late
was accompanied by {r1.first} and {r2.first}
texted {rn.first} a photo of the rash
= m.fam
d/w {r1.first} ({r1.kind})
{r1.kind} {r1.first} - {phone.new}
sig other {r1.first} in room
{r1.first} and {r2.first} visited.
{r1.first} says {he} {vp}.
Son {p.first}, daughter {p.first}, granddaughters {p.first} and {p.first}.
Reverend {p.last} visited and prayed.
Sgt. {p.last} placed the hold.
Officer {p.full} accompanied the patient.
Det. {p.last} requested the records.
Attorney {p.full} sent a subpoena.
Judge {p.last} granted guardianship to {r1.full}.
Teacher {p.title} reports inattention.
Ms. {p.last}, {his} teacher at {org.school}, {vp}.
Coach {p.last} saw the collision.
Landlord Mr. {p.last} let EMS in.
Twins {p.first} and {p.first} are {n} months old.
Pregnant with third child; has {p.first} ({n}) and {p.first} ({n}).
Married {p.full} in {year}.
Widow of {p.full}.
Named after {his} grandfather, {p.first}.
{r1.up} ({r1.kind}) NOTIFIED
(f) {r1.first}, (m) {r2.first}
Mother's maiden name {p.last}.
Child's father, {p.full}, is not involved.
Donor {p.full}, {his} {r1.kind}, is a 6/6 match.
{p.full} signed as witness.
Ride home with {p.first}.
Power of attorney: {p.full} / {p.full}
Caregiver {p.first} comes three times a week.
Sister-in-law {p.first} from {city.new} is visiting.
His employer, {p.title} of {org.employer}, {vp}.
= m.prov
{doc.full}
{doc.cred} {vp.dr}.
{doc.full} {vp.dr} and {vp.dr}.
s/b {doc.last}
seen by {doc.init}
RN {rn.first} and tech {doc.first} at bedside.
Neuro ({doc.last}): {plan}.
{dept}/{doc.last} following.
{dept} (Dr. {doc.last}, pager {pager}): {plan}.
Per {doc.last} {plan}.
Will ask {doc.dr} re: {drug}.
{doc.dr}, {doc.dr} and {doc.dr} concur.
{doc.dr} covering for {doc.dr} until {date.fut}.
Anesthesiologist {doc.dr} noted Mallampati {n}.
Resident {doc.last} / Attending {doc.last}
Fellow: {doc.full} (pager {pager})
Hospitalist {doc.full} accepted.
{sw.first} from {dept} came by.
Medical assistant {doc.first} roomed the patient.
Chaplain {doc.full} visited.
Dietitian {doc.full}, RD recommends Glucerna.
NP {doc.last} and PA {doc.last} rounded.
Student nurse {doc.first} charted under {rn.first}.
I discussed this with my colleague {doc.full}.
Your patient was seen by my partner, {doc.dr}.
{^img} read by {doc.dr}: {rad}
Phone consult: {doc.dr}, {neworg.hospital}.
Therapist: {doc.full} at {neworg.clinic}.
Dentist {doc.dr}, last seen {date.past}.
OB: {doc.full}. Peds: {doc.full}.
Surgeon {doc.last}; assistant {doc.last}; anesthesia {doc.last}.
{doc.full}, {doc.full}, and {doc.full} scrubbed in.
Co-signed {doc.full} {date.full}
Transcribed {date.full} by {doc.initials}
= m.org
{org.hospital}
at {neworg.hospital}, {city.new}
{neworg.hospital} {dept} was contacted.
{^dept}, {neworg.hospital}
{neworg.clinic} faxed the records.
Called {neworg.pharm}; {drug} is on backorder.
{He} graduated from {neworg.school} and joined {neworg.employer}.
Volunteers at {neworg.hospital}.
{neworg.insurer} approved {n} visits.
Owned by {neworg.employer}.
Was {a job} at {neworg.employer} for {nn} years.
Laid off from {neworg.employer} in {year}.
Trial site: {neworg.hospital}.
Care everywhere: {neworg.hospital}, {neworg.clinic}.
{neworg.snf} has a bed; {neworg.snf} does not.
Daughter attends {neworg.school} in {city.new}.
Ambulance by {neworg.employer}.
Oxygen from {neworg.employer}.
ECHO at {org.abbr} {date.past}: EF {nn}%.
{org.abbr} transfer center called.
= m.place
{city}
{city}, {st}
Patient from {city}.
{city.new} native.
From {country}.
Born in {country}; arrived in {city} in {year}.
Lives in {city.new}, works in {city.new}.
Drove in from {city.new}.
Flew from {city.new} to {city.new}.
Deployed to {country}.
Spent the winter in {city.new}, {state.new}.
Has a cabin in {county.new} County.
Mailing: {street}, {city}
Address on file {addr} is outdated.
Lives alone on {street.name}.
{city}, {state} {zip}
ZIP {zip}
Zip code {zip.new}.
Worked in mines near {city.new}.
Hunting trip to {state.new}; drank stream water.
Grandparents live in {country}.
Immigrant from {city.new}, {country}.
"#;
