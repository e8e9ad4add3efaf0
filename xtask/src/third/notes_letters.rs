//! Skeletons of the third set: letters, faxes, forms and what goes to payers.

use super::Notes;
use super::pen::Kind::{Adult, Child, Elder, Man, Woman};

pub(super) const NOTES: Notes = &[
    (
        "consult letter",
        Adult,
        r#"{clinic2}
{street2}
{city2}, {st2} {zip2}
[Phone|Tel|Ph]: {phone2}   Fax: {fax}
[www and portal: {url}|{b.full}, MD   {h.full}, MD   {d.full}, PA-C|]

{today}

{a.full}, {a.cred}
{clinic}
{street2}, {city}, {st} {zip}

RE: {p.full}
DOB: {dob}
[Our file: {mrn}|MRN: {mrn}|Date seen: {md}]

Dear [{a.dr}|{a.first}|Doctor {a.last}]:

[Thank you for asking me to see {p.mrfull}, {p.ayo} {p.man} with {illness}.|I had the pleasure of seeing your patient {p.full} in my office on {md}.|As you know, {p.first} is {p.ayo} [teacher|welder|retired nurse|farmer] from {city} whom you referred for {illness}.] [{^p.he} came with {p.his} {r.rel}, {r.first}.|{^p.he} had seen {h.dr} at {hosp2} in {my}.|] {^p.his} history includes {pmh}. {^p.he} takes {meds4}. Allergies: {allergy}. {smoking}.

On examination {vitals}. {exam} [Studies from {date} were reviewed: {labs}.|{^image}.]

[My impression is that {p.his} symptoms come from {illness}, and not from Guillain-Barré syndrome.|I believe {p.mr} would do well with surgery; {p.he} would like to wait until after {holiday}.|I do not find signs of Cushing's syndrome.] I have [started {med}|ordered an EMG|scheduled {p.him} for {dowsoon}], and will see {p.him} again [in {n:4-12} weeks|on {soon}]. [Please forward the MRI report of {old}.|I told {r.first} to call if there is any weakness.|]

[Thank you for the opportunity to share in {p.first}'s care.|With kind regards,|Many thanks for this referral.]

[Sincerely,|Yours truly,|Best,]

{b.full}, {b.cred}
[{b.ini}:{g.ini}|cc: {h.full}, {city2}|Dictated, not read.|Direct line {phonext}]"#,
    ),
    (
        "fax cover",
        Adult,
        r#"FAX TRANSMITTAL
TO: [{b.dr}|{b.full}|Attn: {g.first}, referrals]        FROM: {a.full} / {clinic}
FAX: {fax}       PHONE: {phone2}
DATE: {today}    TIME: {time}    PAGES (incl. cover): {n:2-24}
RE: {p.lf}, DOB {dob}[, MRN {mrn}|, SS# {ssn}|]

[URGENT|Routine|For review|Please reply]

Message: [Please see {p.mr} for {illness}. First available is OK, {p.he} prefers {weekday}s.|Records as requested for appointment on {soon}. Includes labs {md}, echo {date}.|Auth # {auth} valid {date} to {soon}, {n:1-12} visits, CPT «[99204|99244|93306|20610]».] [Insurance: {ins}, ID {member}, group {group}.|Medicare {mbi}.|Self pay.] [Patient's cell is {phone}; alternate {r.full} ({r.rel}) {phone2}.|Interpreter needed ([Somali|Spanish|Arabic]).|]

Dx: «[M54.16|R94.31|G43.909|K50.90]» {illness}. Meds: {meds2}.
[Questions? Call {g.first} at {phonext} or e-mail {sitemail}.|Reply by fax only.]

CONFIDENTIALITY NOTICE: This fax may contain protected health information. If you received it in error notify us at [{phone2}|the number above] and destroy it.
[{today} {time} FROM {fax} TO {fax} P.01/0{n:2-9}|Tx result: OK 0{n:2-9} pages, job {id:%###}]"#,
    ),
    (
        "prior authorization",
        Adult,
        r#"{today}

{ins}
Attn: Prior Authorization / Pharmacy Review
[PO box on file|Fax {fax}]

Member: {p.full}
Member ID: {member}     Group: {group}
DOB: {dob}
Prescriber: {a.sig}   NPI {npi}   [DEA {a.dea}|TIN on file|License {lic}]
Request: [Humira 40 mg SC q2wk|Dupixent 300 mg SC q2wk|Aimovig 70 mg monthly|MRI lumbar spine, CPT «72148»|Wegovy 2.4 mg weekly]
Dx: «[L40.0|L20.9|G43.709|M54.16|E66.01]»

To whom it may concern:

I write on behalf of my patient, {p.mrfull}, who has been under my care since {my}. {p.first} is {p.ayo} {p.man} with {illness}. [{^p.he} has failed methotrexate 15 mg weekly ({date} to {date}), and topical clobetasol.|Trials of topiramate 100 mg, propranolol 80 mg and amitriptyline 25 mg since {old} failed or were not tolerated.|Six weeks of physical therapy with {e.full} ended on {md} without benefit.] [PASI {n:10-30}, DLQI {n:8-26}.|{^p.he} misses {n:2-8} days of work a month at {work}.|Oswestry {n:30-60}%.] Relevant results: {lab2}.

[Your denial of {md}, reference {auth}, said that the drug is not on formulary.|Case number {auth} was opened with your agent {x.first} on {md}.|] Delay puts {p.him} at risk of [erosive disease|hospitalization|permanent weakness]. I ask for [an expedited review|approval for 12 months|a peer-to-peer; I can be reached at {phonext} on {dowsoon}].

Sincerely,
{a.full}, {a.cred}
{clinic} • {street2} • {city}, {st} {zip} • {phone2}
[Enclosures: office notes {date}, labs {md}|cc: patient]"#,
    ),
    (
        "appeal by a patient",
        Woman,
        r#"{p.full}
{street}
{city}, {st} {zip}
{phone}
[{p.email}|]

{today}

{ins} Appeals Department

[Re: Appeal of denied claim|SUBJECT: second level appeal]
Claim number: {claim}
Date of service: {date}
Member ID {member}[, group no. {group}|, subscriber {r.full}]
Provider: {hosp}

Dear Sir or Madam,

I am writing to appeal your decision of {md} to deny payment of ${n:400-9800}.{n:10-99} for my [MRI|emergency visit|sleep study|daughter's speech therapy]. The letter, signed by {x.full}, says the service was not medically necessary. My doctor, {a.dr}, ordered it because of [my worsening numbness|a strong family history: my {s.rel} {s.first} had a stroke at 41|my {illness}]. [I called {tollfree} on {md} and spoke with {y.first}, who gave me reference number {auth}.|On {holiday} I drove myself to the ER.]

[I have been a member since {my} and never missed a premium.|My {r.rel} {r.first} carries the plan through {work}.] I enclose a letter from {b.full}, the records of {date}, and a copy of the EOB. [Please pay the claim or tell me in writing within 30 days.|If you deny it again I ask for an external review by the state.]

Sincerely,

{p.full}
"#,
    ),
    (
        "eob call",
        Adult,
        r#"CALL TRANSCRIPT  id {uuid}  {today} {time}  queue [MEMBER-SVC|CLAIMS-2]
Agent: Thank you for calling {ins}, this is {x.first}. May I have your member ID?
Caller: Yes it's um {member}.
Agent: And your full name and date of birth please?
Caller: {p.plain}, {dob}.
Agent: Thank you [{p.mr}|{p.first}]. Can you verify the address?
Caller: {street}, {city}, {zip}. [Wait, we moved in {my}, so you may still have {street2}.|]
Agent: Got it. And a good call back number in case we're disconnected?
Caller: {phone}[. Or my {r.rel} {r.first}, {phone2}|].
Agent: How can I help?
Caller: I got a bill for [four hundred|twelve hundred] dollars from {hosp} for {date}. {a.dr} said it would be covered.
Agent: I see claim {claim}, for CPT «[99285|70553|93458]», billed ${n:300-8000}. It was denied with code CO-{n:16-197}. [They billed your old plan.|We need the op note.]
Caller: [I already faxed that to {fax} on {md}.|My doctor's office said {c.first} sent it.]
Agent: I am reopening it, your reference is {auth}. Allow [ten|thirty] business days. [May I send a text to your phone?|Is {p.email} still your e-mail?]
Caller: [Yes.|No, use {email}.] [And can you take a payment? Card is {card}, exp {expiry}.|Last four of my social is {ssn4} if you need it.]
Agent: [Done.|Thank you.] Anything else today? Have a good one.
Disposition: reprocess. Handle time {n:4-22}:{n:10-59}. Agent badge {badge}."#,
    ),
    (
        "billing query",
        Elder,
        r#"CLINICAL DOCUMENTATION QUERY
To: {a.sig}        From: {e.full}, RHIA, CCS        Date: {today}
Patient: {p.lf}    MRN {mrn}    Account {acct}    Admit {admit}    Disch {disch}

[{a.dr},|Dear Dr. {a.last},|Hi {a.first},]
Clinical indicators: the progress note of {md} by {d.full} documents "[encephalopathy|malnutrition|sepsis]". {labs} on {md}. [Dietitian {g.first} documented {n:5-14}% weight loss, ASPEN moderate.|GCS 13; {r.rel} says {p.he} is "not {p.him}self".|qSOFA 2, lactate {f:2-5}.]
Please clarify the diagnosis:
( ) [Metabolic encephalopathy «G93.41»|Severe protein-calorie malnutrition «E43»|Sepsis due to E. coli «A41.51»]
( ) Other: ____
( ) Unable to determine
DRG now «{n:190-872}», expected LOS {f:2-6}. [Payer {ins}, claim {claim} on hold.|Medicare MBI {mbi}.|Payer audit letter of {date}, case {case}.]
Respond by [{mdsoon}|{dowsoon}] in the EHR or call {phonext}. Thanks.

Response ({a.ini}, {today} {time}): [agree, addended|clinically insignificant|see DC summary]. "[{p.mr}|{p.last}] had [toxic-metabolic encephalopathy from UTI|moderate malnutrition]."
[Second request sent {md} to {b.dr}.|Escalated to physician advisor {h.dr} on {mdsoon}.|]"#,
    ),
    (
        "records release",
        Adult,
        r#"AUTHORIZATION TO RELEASE HEALTH INFORMATION
Patient name: {p.full}      Other names used: [{p.nickfull}|none]
Birth date: {dob}     SSN: [{ssn}|XXX-XX-{ssn4}]     MRN: {mrn}
Address: {street}     City/State/ZIP: {city}, {st} {zip}
Phone: {phone}     E-mail: {p.email}
Driver's license / ID: [{dl} ({st})|passport {passport}|state ID {dl}]

I authorize {hosp} to release to: [{x.full}, attorney at law|{b.full}, MD|{clinic2}|{ins}, claim {claim}]
{street2}, {city2}, {st2} {zip2}, Tel {phone2}, Fax {fax}
Dates of service from {old} to {today}. 
⟦x⟧ Discharge summary  ⟦x⟧ Labs  ⟦ ⟧ Psychotherapy notes  ⟦[x| ]⟧ HIV/AIDS  ⟦x⟧ Billing
Purpose: [continuing care|legal|disability (SSA)|school|personal]
Deliver: [paper|CD|portal {url}|encrypted e-mail to {email}]
This expires on {soon} or one year from signature. I may revoke it in writing.

Signature: [/s/ {p.full}|{p.full}]    Date: {today}
If not the patient: [{r.full}, {r.rel}|n/a]
Witness: {g.full}     [Notary: {y.full}, commission expires {soon}, no. {lic}|]
OFFICE USE: ID checked by {g.ini}; request {order}; ROI invoice ${n:6-80}.00; sent {mdtoday}."#,
    ),
    (
        "work and disability letter",
        Man,
        r#"{clinic}
{city}, {state}
{today}

RE: {p.full}, DOB {dob}
[Claim: {claim}|Case manager: {x.full}|Employer: {work}, badge {badge}]

[To Whom It May Concern:|Dear {x.mr}:]

{p.mr} has been my patient since {my}. On {date} he [fell from a loading dock|was rear-ended at a red light|injured his back lifting at {work}] and has since had {illness} with L5 radiculopathy. [An EMG on {md} by {b.dr} confirmed it.|He was operated on at {hosp2} on {date}.] He attends therapy with {e.full} twice a week. Range of motion of the lumbar spine is {n:20-60} degrees, Waddell signs are negative, grip by Jamar dynamometer is {n:20-50} kg. AMA Guides 6th edition impairment: {n:4-20}% whole person.

Restrictions from {today} through {soon}: no lifting above {n:10-25} lb, no ladders. [He may return on {dowsoon}.|He is off work until seen on {soon}.|MMI was reached in {quarter}.] [FMLA papers were given to his {r.rel} {r.first}.|Please call {g.first} at {phonext}.|]

{a.sig}
[License {lic}|NPI {npi}|DEA {a.dea}]
[FAX to {fax}, HR department|cc: {y.full}, adjuster, {email}]"#,
    ),
    (
        "school nurse form",
        Child,
        r#"[STUDENT HEALTH FORM|MEDICATION ADMINISTRATION AUTHORIZATION]   School year [2022-23|2023-24|2024-25]
School: {school}      Grade {grade}   Teacher [{x.mr}|{x.full}]
Student: {p.full}     DOB {dob}    Student ID {id:%#####}    Bus [A|B|{n:2-40}]
Address: {street}, {city}, {st} {zip}
Parent 1: {r.full}   Home {phone}  Work {phonext}   [{r.email}|]
Parent/guardian 2: {s.full} ({s.rel})   Cell {phone2}
Emergency contact: {y.full}, {phone2}[; not to be released to {z.full}|]
Physician: {a.any}, {clinic}, {phone2}, fax {fax}.  Dentist: {b.any}
Insurance: [{ins} {member}|Medicaid {medicaid}|none]
Health concerns: [asthma|type 1 diabetes, Dexcom G7 and Omnipod 5|peanut allergy|seizures (Lennox-Gastaut)|ADHD].
Medication: [albuterol 2 puffs PRN|EpiPen Jr 0.15 mg IM|methylphenidate ER 18 mg at {time}|Diastat 10 mg PR for seizure >5 min|glucagon 1 mg].
Last tetanus {date}. Varicella [{my}|disease at age {n:2-6}]. Vision 20/[20|25|30|40]. Weight {kidkg} kg.
[Seen in the nurse's office {md} {time}: wheeze after PE, peak flow {n:150-350}, back to class. {r.first} called.|Field trip {mdsoon} to {city2}: {r.rel} {r.first} goes along.]
Parent signature {r.full} {today}     School nurse {c.sig}"#,
    ),
    (
        "jury and travel letter",
        Elder,
        r#"{today}

Re: [@Jury service|Travel insurance claim {claim}|Handicapped placard], {p.full}, {street}, {city}, {st} {zip}
[@Juror number {id:%######}|Policy {member}; booking {pnr}, {air}|Plate {plate}, VIN {vin}]

Dear [@Clerk of the Court|Claims Department|Sir or Madam],

[{p.mrfull} is a patient of mine and|My patient {p.full}, born in {bornyear},] has {illness} and {illness}. {^p.he} [@cannot sit for more than {n:20-40} minutes|was in {hosp} from {admit} to {disch} and could not fly to {city2}|uses oxygen at 2 L and a Rollator]. [@{^p.his} {r.rel}, {r.full}, is the caregiver.|The trip from {cityx}, {country}, was cut short on {mdadmit}.|{^p.his} {r.rel} {r.first} does the driving.] I ask that {p.he} be [@excused|reimbursed|given a permanent placard].

[Feel free to call {phonext}.|Fax {fax}.] {p.mr} is {p.age}[ and walks less than 200 feet|]; NYHA class [II|III].

{a.full}, {a.cred}
{clinic}, {street2}, {city}
License {lic}"#,
    ),
    (
        "durable equipment order",
        Elder,
        r#"DETAILED WRITTEN ORDER / CERTIFICATE OF MEDICAL NECESSITY
Supplier: {agency}, {street2}, {city2}, {st2} {zip2}; NPI {npi}; ph {phone2}; fax {fax}
Beneficiary: {p.lf}   MBI {mbi}   DOB {dob}   Ht {n:150-188} cm  Wt {n:45-130} kg
[Ship to: {street}, {city}, {st} {zip}|Deliver to {snf}, room {n:100-330}]; call [{r.first} ({r.rel})|patient] first, {phone}.
Item: [home oxygen concentrator «E1390»|standard wheelchair «K0001»|hospital bed «E0260»|CPAP «E0601»|Hoyer lift «E0630»|Rollator «E0143»]
Dx: «[J44.9|I50.22|G20.A1|G47.33|M62.81]» {illness}.
Length of need: [99 months|lifetime|{n:3-12} months]. Face-to-face on {date} with {a.dr}. [Qualifying sat {n:80-88}% RA at rest on {md}.|TUG {n:14-40} s, Tinetti {n:9-22}/28.|AHI {n:16-70} on {old}.]
Narrative: [{p.mr} is confined to one room.|{^p.he} lives with {r.rel} {r.first}, who cannot lift {p.him}.|{p.mr} uses {p.his} concentrator (serial {serial}) 24 h a day.]
Order number {order}. Start {today}.
Physician: {a.full}   NPI {npi}   Signature [{a.full}|/s/ {a.short}]   Date {today}
Delivered by [{x.first}|driver {x.full}] {mdsoon}; serial [{serial}|{serial}]. Received by: {r.full}"#,
    ),
];
