//! Skeletons of wards, homes, ambulances, prisons and pharmacies.

/// Blocks with identifiers.
pub(super) const POOLS: &str = r#"
== note
{time} rec'd report from {doc.first}. {pt.last} a/ox3. {neg} {time} {dr.last} in to see. {neg} {time} {kin} {p.first} visiting. {time} {drug} {dose} given. {neg} {time} report to {doc.first}. {rn.init} RN
== note
{w.date} {time} NSG: {neg} {s.who} {neg} ---{rn.plain} RN
{w.date} {time} NSG: {neg*1-3} ---{doc.plain} LPN
{w.date} {time} {dept}: {neg} {s.who} ---{doc.last}
== note
SHIFT ASSESSMENT {weekday} {w.day} 0700-1900
Room {nnn}   {pt.upcomma}   {dr.last}   FULL CODE
Neuro: {neg}
CV: {neg}
Resp: {neg}
GI/GU: {neg}
Skin: {neg}
Psychosocial: {kin} {p.first} in, {kin} {p.first} calls daily
Teaching: {care}. Signature {rn.full}
== note
SBAR
S: {doc.dr}, this is {rn.first} from {nn}West about {pt.title}, room {nnn}. {symptom}.
B: {age} {sex}, {dx}, admitted {w.day} by {doc.last}.
A: {vitals} {neg}
R: Could you {_plan}? Read back {time}.
== note
BRAIN SHEET
{nnn}A {pt.last} {age}{sex1} {dr.last} / {dx} / {diet} / {drug}
{nnn}B {p.last} {adult}{sex1} {doc.last} / {dx} / NPO / {drug}
{nnn}A {p.last} {adult}{sex1} {doc.last} / {dx} / {diet}
{nnn}B empty
{nnn}A {p.last}, {p.first} {adult}{sex1} {doc.last} / {care}
== note
WOUND CARE CONSULT
{top}
{site}: {n} x {n} x 0.{n} cm. {neg} {neg}
Plan: {care}. Supplies from {w.store}. Next {w.day}. {doc.cred}
== note
CASE MANAGEMENT
{top}
Lives: {w.street}, {w.town}, w/ {kin} {p.first}. PCP {pcp.last}. Ins {w.payer} {member}. Pharmacy {w.store}.
Choices given: {w.home}, {w.home}, {w.home}. First choice {w.home}; accepted {w.day} by {p.first} in admissions ({phone.new}).
Auth {#999999999 unique_id} from {w.payer}, reviewer {p.first}, next review {w.date}.
Transport {w.day} {time}. IMM signed by {r1.full}. {neg}
{sw.full}, {staffrole} {#x9999 phone}
== note
SOCIAL WORK ASSESSMENT
Referral: {doc.first} RN. Reason: {care}.
{pt.full} is a {age}-year-old {man}, [widowed|married to {p.first}|divorced from {p.first}], originally from {w.town}, {country}. {Children.s} Worked at {w.work}. Faith: {w.church}. Income: SSI. {neg}
Contacts: {p.full} ({kin}) {phone.new}; {p.full} ({kin}) {phone.new}
CPS/APS: {county.new} County, intake {#9999999 unique_id}, worker {p.full}.
{sw.cred}
== Children.s
Children {p.first}, {p.first} and {p.first}.
== Children.s
Son {p.first} in {w.town}, daughter {p.first} in {city.new}.
== Children.s
No children; niece {p.full} is involved.
== note
FAMILY MEETING {w.date} {time}
In attendance: {r1.full} ({r1.kind}), {r2.full} ({r2.kind}), {dr.full} (attending), {doc.full} (palliative), {sw.first} (SW), Fr. {p.last}
{r1.first} asked about prognosis. {dr.last} explained {dx}. {r2.first} was tearful. {neg} Decision: {care}, {w.home} referral.
== note
HOME HEALTH VISIT NOTE   {w.home}
Client: {pt.comma}  SOC: {w.date}  Episode {w.date} - {w.date}  Visit #{nn}
Arrived {time} at {w.street}, {w.town}. {kin} {p.first} present. {vitals}
{neg*2-4}
{doc.dr} notified of {symptom}. Supplies from {w.store}. Next {w.day}.
{rn.full}, RN    Patient signature: {pt.plain}
== note
HOSPICE IDG   {w.date}
{pt.last}, {pt.first} / {dx} / benefit period {n} / PPS {nn}%
RN {doc.first}: {neg} SW {doc.first}: {kin} {p.first} exhausted, respite offered at {w.home}. Chaplain {doc.first}: visits {weekday}. Aide {doc.first} MWF. MD {doc.last}: recert.
Bereavement: {p.full}, {p.full}. DME {w.store}.
== note
EMS PATIENT CARE REPORT
Run {#99-999999 unique_id}   Unit Medic {n}   Date {w.date}
Call: {w.street}, {w.town}, {county.new} County   X-st: {street.name}
Crew: {doc.last} (P), {doc.last} (EMT)
Patient: {pt.full} {age}{sex1}  DOB {w.dob}  Ph {phone.new}
CC: {symptom}. {neg*1-3} {kin} {p.first} stated {he} {act}.
{time} on scene  {time} pt contact  {time} transport to {w.hospital}
Receiving RN {doc.full}. Belongings to {p.first}.
== note
FIRE/RESCUE NARRATIVE: E{n} AND M{n} RESP TO {street.name} AND {street.name} FOR MVC. DRIVER {pt.up}, PASSENGER {p.full}. {neg} DRIVER DL {dl} {st.new}, VEH PLATE {plate}. PD {p.last} ON SCENE. TRANSPORTED TO {w.hospital}.
== note
INCIDENT REPORT {#99-9999 unique_id}
Date/time: {w.date} {time}    Location: {dept} {nnn}
Person involved: {pt.full} (patient)    Witness: {doc.full} ({staffrole}), {p.full} (visitor)
Description: {pt.title} was found on floor by {doc.first}. {neg} {doc.dr} examined. {kin} {p.full} notified {time}.
Reported by {rn.full}, employee # {#999999 unique_id}; supervisor {doc.last}
== note
MED RECONCILIATION   {w.store} #{%9999} list dated {w.date}
Patient {pt.full}  {w.dob}   Rx {#9999999 unique_id} {drug} {dose} {freq} ({doc.last}) filled {w.day}
Rx {#9999999 unique_id} {drug} {dose} {freq} ({doc.last}) filled {w.day}
Rx {#9999999 unique_id} {drug} {dose} {freq} ({doc.last}) filled {w.day}
{neg} Pharmacist {doc.full}
== note
{w.store}
{w.street} {w.town} {st.new} {phone.new}
RX {#9999999 unique_id}   DR. {doc.up}
{pt.up}
{w.street}
TAKE 1 TABLET {freq}
{drug} {dose}  QTY {nn}  REFILLS {n}
NDC {ndc}  DISCARD AFTER {w.date}
== note
Pharmacy phone order: {doc.dr} via {doc.first}, for {pt.full} b. {w.dob}, {drug} {dose} {freq} #{nn}, DEA {dea}, callback {phone.new}. {neg}
== note
ANTICOAG CLINIC {w.day} {pt.last} INR 2.{n}, goal 2-3. {neg} {kin} {p.first} manages box. Next {w.day}. {doc.first}, PharmD
== note
CORRECTIONAL HEALTH - SICK CALL
Inmate: {pt.upcomma}   #: {#@999999 unique_id}   DOB: {w.dob}   Facility: {w.work}   Housing: {cell}
c/o {symptom}. {neg} Escorted by Officer {p.last}. Seen by {doc.last} LPN. Refer {doc.dr}. KOP {drug}. Release date {w.date}, parole officer {p.full}.
== cell
C-{n}-{nn}L
== cell
East {n}
== note
DEPARTMENT OF VETERANS AFFAIRS
LOCAL TITLE: PRIMARY CARE NOTE
DATE OF NOTE: {w.date}@{time}   ENTRY DATE: {w.date}@{time}
AUTHOR: {dr.upcomma}   EXP COSIGNER: {doc.upcomma}
Veteran {pt.full}, last four {ssn4}, served in {country}, 100% SC. {s.who} {neg*2-4} Caregiver {p.first}. Community care auth {#VA9999999999 unique_id} to {w.clinic}.
/es/ {dr.up}
{staffrole}
== note
DETOX UNIT {w.day}: {pt.first} {n}d sober, CIWA {n}. {neg} Sponsor {p.first}. PO {p.last} wants UDS. Bed at {w.home} on {w.day}. {sw.init}
== note
PUBLIC HEALTH - CASE INVESTIGATION   {county.new} County Health Department
Case ID {#9999-99999 unique_id}    Condition: {dx}
Name {pt.full}  DOB {w.dob}  Address {w.street}, {w.town} {zip.new}  Phone {phone.new}
Occupation/employer: {w.work}   School/daycare: {w.school}
Onset {w.date}. Travel {country} {w.day} - {w.day}. Contacts: {p.full} ({kin}), {p.full} (coworker), {p.first} (2 y).
Interviewed by {doc.full}, {staffrole}. {neg}
== note
TB CLINIC DOT log {pt.last} {mrn}: {w.day} {doc.initials}, {w.day} {doc.initials}, {w.day} missed, called {phone.new}, {kin} {p.first} said {he} is in {w.town}. {neg}
== note
CLINICAL TRIAL VISIT {n}
Subject {#999-9999 unique_id} ({pt.initials})   Site {w.hospital}   PI {dr.full}   Coordinator {doc.full}
Consent v{n}.0 re-signed {w.date}. {neg*2-4} AE: {symptom}, onset {w.day}, grade 1. IP kit {#999999 unique_id} dispensed. Next {w.date} +/- 3 d.
== note
SCHOOL NURSE LOG {w.school}
{time} {p.first} {p.last}, gr {n}, {symptom}, called {kin} {p.first} {phone.new}, home
{time} {p.first} {p.last}, gr {n}, {drug} per orders {doc.last}
{time} {p.full}, gr {n}, ice, back to class
{rn.plain}, RN
== note
EAP intake. Caller {pt.first} from {w.work}, {w.town}; boss {p.full}; {neg} {symptom} since {kin} {p.first} left. Sessions x6 auth {#9999999 unique_id}. Counselor {doc.full}, {w.clinic}.
== note
Dietitian: {pt.title}, {nn} kg, {diet}. {neg} {kin} {p.first} cooks. {doc.first} {doc.last}, RD, ext {#9999 phone}
== note
SPEECH/SWALLOW. {pt.first}, {dx}. MBS {w.day} by {doc.last}. {neg} Taught {kin} {p.first} chin tuck. {doc.plain} CCC-SLP
== note
RT NOTE {time}: {pt.last} weaned to 2L. {neg} {doc.last} aware. {doc.first} RRT
== note
Interpreter log {w.date}: {p.full} ({lang}) ID {#99999 unique_id}, for {pt.full} w/ {doc.dr}, {time}-{time}. {p.full} (ASL) VRI, for {p.full}.
== note
CHAPLAIN VISIT. {pt.first}, member of {w.church}, asked for Fr. {p.last}. Prayed with {kin} {p.first}. {neg} Chaplain {doc.full}
== note
BEHAVIORAL RAPID: {time} {pt.last} yelling in hall, threw tray at {doc.first}. Security {doc.last} and {doc.last} responded. {drug} {dose} IM by {doc.first} per {doc.dr}. {neg} Debrief w/ {doc.last}.
== note
RESTRAINT ORDER {pt.comma} {mrn} start {w.date} {time} {neg} ordered {dr.init} renew {time}
"#;
