//! Sentences without an identifier that stand where names, places, numbers and dates usually stand.

/// Fields left empty, roles for names, departments for people, things for places.
pub(super) const POOLS: &str = r#"
+ unitname
Cardiology; Surgery; Ortho; Neuro; Medicine; Pharmacy; Radiology; Anesthesia; Psych; GI; ID; Renal; Pulm; ENT; Urology; OB; Peds; Heme/Onc; Palliative; Hospice; Nutrition; Social Work; Case Management; Wound Care; PT; OT; Speech; Respiratory; Infection Control; Dermatology; Endocrine; Vascular; Trauma; ICU; Stepdown; Telemetry; PACU; Preop; Lab; Blood Bank; Chaplaincy; Security; Housekeeping; Transport; Bed Control; Risk Management; Interventional; Primary Team; Night Float; Hospitalist Service; Rapid Response; House Supervisor; Employee Health; Medical Records; Central Supply; Dietary; Poison Control; Tissue Bank; Organ Procurement; Quality; Billing; Scheduling; Registration; Triage; Nursery; Dialysis; Rehab; Cath Lab; Endoscopy; Clinic; Home Health
+ Role
Attending; Resident; Fellow; Intern; Hospitalist; Intensivist; Surgeon; Consultant; Midwife; Nurse; Charge Nurse; Nurse Practitioner; Physician Assistant; Pharmacist; Therapist; Dietitian; Social Worker; Case Manager; Chaplain; Interpreter; Technician; Sonographer; Radiologist; Pathologist; Anesthesiologist; Perfusionist; Medical Assistant; Unit Clerk; Sitter; Caregiver; Guardian; Parent; Mother; Father; Spouse; Son; Daughter; Patient; Family; Client; Self; Staff; On-Call Provider; Covering Physician; Scribe; Student
+ blank
______; ____________; N/A; none; None; unknown; Unknown; on file; see chart; see label; as above; same; pending; not given; declined; TBD; verified; confirmed; ***; \[redacted]; -; n/a; per chart; refused
= neg
d/w {unitname}, ok for {care}.
D/w {unitname} and {unitname}.
Per {unitname}: {plan}.
per {unitname}, {plan}
Seen by {unitname}; {unitname} to see.
Consult {unitname}, {unitname}, {unitname}.
Appreciate {unitname} recs.
{unitname} aware.
{unitname} recommends {care}.
{unitname} signed off. {unitname} following.
{unitname} to {unitname} handoff complete.
Follow up with {unitname} in {n} weeks.
F/u {unitname} {n} wks, {unitname} prn.
Admit to {unitname}. Transfer to {unitname}.
Transferred from {unitname} to {unitname} for {symptom}.
Call {unitname} for {symptom}.
Spoke with {unitname} about {care}.
Paged {unitname} x2, awaiting callback.
Referred to {unitname}, {unitname} and {unitname}.
Report from {unitname}, report to {unitname}.
{Role} notified. {Role} at bedside.
{Role} states {he} {act}.
{Role} and {Role} agree with plan.
Spoke w/ {Role}. {Role} {act}.
Discussed with {Role}, {Role}, and {Role}.
Accompanied by {Role}.
Signed by {Role}. Witnessed by {Role}.
Reviewed by {Role}; verified by {Role}.
{Role}: {finding}
{Role}: Yes. {Role}: No.
{Role}/{Role}: {ok}
Historian: {Role}
Source: {Role}, {Role}
Informant: [Self|Parent|Chart|EMS|Staff]
Performed by: {Role}
Attending: {blank}
Provider: {blank}
Surgeon: {blank}   Assistant: {blank}
Name: {blank}
Patient Name: {blank}   DOB: {blank}   MRN: {blank}
MRN: {blank}
DOB: {blank}
SSN: {blank}
Date: {blank}   Time: {time}
Signature: {blank}   Date: {blank}
Address: {blank}   City: {blank}   Zip: {blank}
Phone: {blank}   Fax: {blank}
Employer: {blank}   Occupation: {job}
Emergency contact: {blank}
Insurance: {blank}   ID #: {blank}
Pharmacy: {blank}
PCP: {blank}
Referred by: [Self|ED|{blank}]
Accession #: {blank}
Serial #: {blank}   Lot: {blank}
Case #: {n}
ID: {blank}
Ref: {blank}
#: {nn}
Room: {nnn}   Bed: {n}
Unit: {unitname}   Bed: {nn}
Lives at home. Lives with family. Lives alone in a trailer.
Lives in [an apartment|a shelter|a ranch home|assisted living|a group home].
Works at night. Works at home. Works in construction.
Moved from bed to chair. Moved from [4|5|6|7] to stepdown.
From home. From SNF. From clinic. From OSH.
From Bed {n} to Bed {nn}.
Born at {nn} weeks. Born by [C-section|vacuum|SVD].
Traveled by car. Traveled abroad. No travel.
Goes to church, school, work, and gym.
Discharged to home, rehab, SNF, hospice.
Attends day program. Attends college part time.
In the East Wing. In North Tower. On {nn} West.
Main Entrance, Level {n}, Suite check-in.
Drive home. Walk to Main Lobby. Park in Garage B.
[Left|Right] Lower Lobe. [Left|Right] Main Bronchus. [Upper|Lower] Pole.
Circle of care. Court hearing. Way finding. Place of service.
Lane {n}, well {nn}, plate {n}.
Anterior Wall, Posterior Wall, Lateral View.
Step {n}, Point {nn}, Place {n}.
{nn} Fr, {nn} cc, {nn} Units, {nn} Tabs
{nnn} {unit} at {time}
{%9999} mL, {%9999} kcal, {%99999} cells
{%999999} copies, {%999999} platelets
{%99999} IU weekly
count {%9999}, total {%99999}
Rate {nn}, Vt {nnn}, MV {n}.{n}
Version {n}.{n}, page {n} of {nn}
Size {n} {^eq}, qty {n}
{^eq} size {nn}, model {%@99}
{nn}/{nn}/{nn} strips
{n}/{nn} [items|beds|doses|points]
{nn}-{nn} [mmHg|bpm|breaths|mg|hours|days]
{n}-{n}-{n} taper
1-{n} times, 2-{n} days, {n}-{n} months
{n}/{nn} on the left, {n}/{nn} on the right
Day {nn} of {nn}
week {nn}, month {n}, year {n}
q {weekday}; every {weekday}; on [Mondays|Tuesdays|Fridays]
this [morning|evening|week|month|year|winter|summer]
in {month}; last {month}; every {month}
since {year}; in {year}; around {year}
{year}: {proc}. {year}: {dx}.
[early|late|mid] {year}
Seen today. Due now. Done yesterday. Starts tomorrow.
at {time} and again at {time}
[He|She] Will. [He|She] May. They Might.
Dr. on call. Doctor on duty. Nurse on shift.
Call the Dr. if worse. Ask your Doctor. Tell your Nurse.
Mr./Mrs./Ms. (circle one)
Dear Patient, please bring your list.
Dear Provider: please sign and return.
Dear Parent or Guardian, forms are due.
To: {unitname}   From: {unitname}
Cc: {unitname}, {unitname}
Attn: {unitname}
Re: {dx}
Re: {care}
Subject: {care}
Sincerely, The {unitname} Team
Thank you, {unitname}
- {unitname}
"#;
