//! Letters, forms, certificates, messages about patients.

/// Blocks with identifiers.
pub(super) const POOLS: &str = r#"
== note
FAX COVER SHEET
TO: {doc.full}          FROM: {doc.full}, {w.clinic}
FAX: {fax}              PHONE: {phone.new}
DATE: {w.date}          PAGES: {n} including cover
RE: {pt.full}, DOB {w.dob}
{neg}
CONFIDENTIAL: intended for the named recipient only.
== note
To: {w.store}  Attn: {p.first}
From: {w.clinic} ({doc.first})
Re: {pt.comma} {w.dob} refill {drug} {dose} #{nn}, {n} rf, per {doc.dr}. NPI {npi} DEA {dea}
== note
WORK/SCHOOL EXCUSE
{w.clinic}, {w.street}, {w.town}
{w.date}
To whom it may concern: {pt.full} was seen here on {w.date} and may return to [work|school|gym] on {w.date}. {neg}
{dr.cred}
== note
{w.date}

To {w.school}, attn: {p.full}

{pt.full} (DOB {w.dob}) has {dx} and needs {care} during the school day. Please allow {eq}. Parents: {r1.full}, {r2.full}. {phone.new}.

{bye},
{dr.full}, [MD|NP|PA-C]
== note
AUTHORIZATION TO RELEASE HEALTH INFORMATION
I, {pt.full}, born {w.dob}, SSN ending {ssn4}, authorize {w.hospital} to release records from {w.date} to {w.date} to:
Name: {p.full}, attorney
Address: {w.street}, {w.town}, {state.new} {zip.new}
Fax: {fax}
\[x] Labs \[x] Imaging \[ ] Psychotherapy notes
Signed {pt.plain}   Date {w.date}   Witness {p.full}
== note
CONSENT FOR {proc}
Patient: {pt.full}   MRN: {mrn}
I authorize {dr.dr} and associates to perform {proc}. {neg*1-3}
Signature of patient or representative: {r1.full}   Relationship: {r1.kind}   {w.date} {time}
Interpreter: {p.full}   Witness: {doc.full}
== note
ADVANCE DIRECTIVE
I, {pt.full}, of {w.town}, {county.new} County, {state.new}, appoint my {r1.kind}, {r1.full}, {w.street}, {phone.new}, as my agent. If {r1.first} is unable, I appoint {r2.full}. {neg}
Signed on {w.date}. Witnesses: {p.full}; {p.full}. Notary {p.full}, commission {#9999999 license}.
== note
POLST
Last name: {pt.last}    First: {pt.first}    DOB: {w.dob}    Last 4 SSN: {ssn4}
\[x] DNR \[ ] Full \[x] Comfort
Discussed with {r1.full} ({r1.kind}). Signature {dr.full} Lic {license} Phone {phone.new}
== note
DEATH CERTIFICATE WORKSHEET
Decedent: {pt.full}   Sex {sex}   SSN {ssn}   Age {age.old}
Born {w.dob} in {w.town}, {country}   Died {dod} {time} at {w.hospital}
Residence: {w.street}, {w.town}, {county.new} County
Father: {p.full}   Mother: {p.full}   Spouse: {r1.full}
Informant: {p.full}   Certifier: {dr.full}, license {license}
Cause: a. {dx} b. {dx}
== note
BIRTH RECORD
Child: {p.full}  Born {w.dob} {time} {w.hospital}, {w.town}, {county.new} County
Mother: {r1.full} (maiden {p.last}), born {w.dob}, {w.street}
Father: {r2.full}, born {w.dob}, {w.work}
Attendant: {dr.cred}
== note
REGISTRATION
First: {pt.first}   Last: {pt.last}   Nickname: {pt.nick}
DOB {w.dob}  SSN {ssn}  Sex {sex}
Address {w.street}  City {w.town}  ST {st.new}  Zip {zip.new}
Home {phone.new}  Cell {phone.new}  Email {pt.email}
Employer {w.work}  Occupation {job}
Emergency {r1.full}  Rel {r1.kind}  Phone {phone.new}
Referred by {doc.full}   PCP {pcp.full}   Pharmacy {w.store}
Insurance {w.payer}  ID {member}  Group {group}  Subscriber {r2.full} DOB {w.dob}
== note
Full name: {pt.full} | Preferred: {pt.nick} | Pronouns: they/them | Phone: {phone.new} | Email: {pt.email} | Reason: {symptom}
== note
{pt.last}|{pt.first}|{w.dob}|{sex1x}|{mrn}|{w.street}|{w.town}|{st.new}|{zip.new}|{phone.new}
{p.last}|{p.first}|{w.dob}|{sex1x}|{#9999999 mrn}|{w.street}|{w.town}|{st.new}|{zip.new}|{phone.new}
== note
SCHEDULE {weekday} {w.date} - {dr.last}
{time}  {p.comma}  {#9999999 mrn}  {dx} f/u
{time}  {p.comma}  {#9999999 mrn}  new pt, ref {doc.last}
{time}  LUNCH
{time}  {p.comma}  {#9999999 mrn}  {proc}
{time}  HOLD
{time}  {p.comma}  {#9999999 mrn}  {symptom}
== note
Waiting list: {p.full} ({phone.new}); {p.full} ({phone.new}); {p.last}, {p.first} - {drug} teaching; {p.full}, wants {doc.last} only
== note
From: {pt.full}
To: {dr.full}
Sent: {w.date} {time}
Subject: [question|refill|test results|my {kin}]

{greet} {dr.dr}, [this is|its] {pt.first}. I been having {symptom} since {w.day}. My {kin} {p.first} says [go to the er|wait]. Can u call me {phone.new}? [Also|And] I need {drug} at {w.store}. {bye} {pt.first}
== note
Hi [doctor|dr] {dr.last} its {pt.first} {pt.last} dob {w.dob} i lost my {drug} can you send to {w.store} in {w.town} thx
== note
Message from {pt.full} to {w.clinic}: my son {p.first} threw up [2x|all nite], hes {n} yrs, we r at {kin}s house in {w.town}. {symptom} too. shd we come in?? -{pt.first}
Reply {doc.first} RN: Hi {pt.first}, {neg} Call {phone.new}.
== note
TELEPHONE ENCOUNTER {w.date} {time}
Caller: {r1.full} ({r1.kind}) re {pt.full}   Callback {phone.new}
Taken by: {doc.full}, {staffrole}
Message: {symptom}, wants {care}. {s.who}
Routed to {dr.last}. Response {dr.last} {time}: {_plan}. {doc.first} called {r1.first} back.
== note
NURSE: Thank you for calling {w.clinic}, this is {doc.first}.
CALLER: Yeah hi, my name is {r1.full}, I'm calling about my {kin}, {pt.first} {pt.last}.
NURSE: Date of birth?
CALLER: {w.dob}.
NURSE: And your number?
CALLER: {phone.new}. We're at {w.street} in {w.town}.
NURSE: OK {r1.first}, what's going on?
CALLER: {^symptom} since {w.day}, and {doc.dr} said to call.
== note
\[00:0{n}] {doc.first}: [good morning|thanks for waiting], am i speaking with {pt.full}?
\[00:1{n}] {pt.first}: yes speaking
\[00:2{n}] {doc.first}: this is {doc.first} with {w.payer}. can you verify your member id?
\[00:4{n}] {pt.first}: {member}
\[01:0{n}] {doc.first}: {neg}
== note
From: {doc.full} <{doc.email}>
To: {doc.full}; {doc.full}
Cc: {doc.full}
Sent: {weekday}, {w.date} {time}
Subject: RE: {pt.last} discharge

{doc.first} -
{s.who} {neg} Can {doc.first} check w/ {w.home}? {kin} {p.first} is flying in from {w.town} on {w.day}.
- {doc.first}

On {w.date}, {doc.full} wrote:
> {pt.title} {act}. {neg}
== note
{doc.first}: bed for {pt.last}?
{doc.first}: {nnn} clean in 20
{doc.first}: {dr.last} wants tele
{doc.first}: ok call {#99999 phone}. {kin} {p.first} is here
== note
[Text|SMS] {w.day} {time}: {greet} {pt.first}, reminder of your visit with {doc.dr} at {w.clinic}, {w.street} on {w.date} at {time}. Reply C to confirm.
== note
DISCHARGE INSTRUCTIONS for {pt.full}
{greet} {pt.first}! You were here for {dx} from {w.day} to {w.day}.
Your team: {doc.dr}, nurse {doc.first}, {staffrole} {doc.first}.
{neg*3-6:-}
See {doc.dr} at {w.clinic} on {w.date} at {time}. Call {phone.new}.
== note
AFTER VISIT SUMMARY
{pt.full} (MRN: {mrn})   {w.date} {time}   {w.clinic}   {phone.new}
Today's visit: you saw {dr.full} for {dx}.
Changes: START {drug}; STOP {drug}.
What's next: {weekday} {w.date} {time}, {img}, {w.hospital}, {w.street}, {w.town}
{neg*2-4:*}
== note
PEER REVIEW / ADVERSE EVENT: On {w.date}, {pt.title} ({mrn}) received {drug} meant for {p.title}. {doc.dr} and {doc.first} RN notified family ({r1.full}). {neg}
== note
COMPLAINT: {r1.full} of {w.town} wrote on {w.date} that {his} {kin} {pt.full} waited {n} hours on {w.day} and that {doc.dr} was rude. Contact {phone.new}. Ref {#99-999 unique_id}. {doc.full}, patient relations.
== note
SUBPOENA: In re {p.last} v. {p.last}, case no. {#99-@@-99999 unique_id}, {county.new} County Court. Custodian of records, {w.hospital}: produce all records of {pt.full} (DOB {w.dob}) by {w.date}. {p.full}, Esq.
== note
INDEPENDENT MEDICAL EXAMINATION
Examinee: {pt.full}   DOI: {w.date}   Claim: {claim}   Employer: {w.work}
Referred by {p.full}, {w.payer}. Records reviewed: {w.hospital} {w.date}; {doc.full} {w.date}; {doc.full} {w.date}.
{pt.title} drove from {w.town} with {kin} {p.first}. {neg*3-5}
{dr.cred}, lic. {license}
== note
Camp health form: {pt.full} "{pt.nick}", {age}, bunk with {p.first}. Meds {drug} at {time}. Allergies: {drug}. Parents {r1.full} {phone.new} / {r2.full} {phone.new}. Dr {doc.last} {phone.new}. Ins {w.payer} {member}.
"#;
