//! Texts outside the clinic: chats, calls, orders, banks, travel, work, support tickets.

/// Blocks; `general` with identifiers, `general.bare` without.
pub(super) const POOLS: &str = r#"
= g
My name is {u1.full}.
My name is {u1.full} and I live in {city}.
I'm {u1.first}, I live at {street}, {city}.
I am {u1.full}, born {dob.other}.
This is {u1.full} calling about my order {order}.
Hi, this is {u1.first} from {org.employer}.
You can call me {u1.nick}.
Please ship it to {addr}.
Please ship to {u1.full}, {addr}.
Send the package to {u1.full} at {addr}.
My address is {addr}.
My new address is {street.new}, {city.new}, {st.new} {zip.new}.
I live at {street}.
We moved from {city.new} to {city} in {year}.
My phone number is {phone.new}.
Call or text me at {phone.new}.
Reach me at {u1.email} or {phone.new}.
My email is {u1.email}.
Email {u1.email} for the invoice.
Please charge card {card}.
The card number is {card}.
My card ending in {card4} was declined.
Wire the deposit to account {account}, routing {aba}.
IBAN {iban}, beneficiary {u1.full}.
My account number is {account}.
The bank, {org.bank}, froze account {account}.
I opened an account at {org.bank} on {date}.
My social security number is {ssn}.
SSN: {ssn}
Taxpayer {u1.full}, ITIN {itin}.
My passport number is {passport} and it expires {date.fut}.
Passenger {u1.full}, passport {passport}, nationality {country}.
Driver's license {dl}, issued in {state}.
My plate is {plate}.
The car, VIN {vin}, is registered to {u1.full}.
IMEI {imei} was reported stolen.
My router's MAC is {mac} and the IP is {ip}.
User {u1.user} logged in from {ip}.
Login: {u1.user}
Tweet at {handle}.
Ticket {ticket} was opened by {u1.full}.
Employee {u1.full} (ID {emp}) starts on {date.fut}.
{u1.full} was hired by {org.employer} as {a job}.
{u1.full} works at {org.employer} in {city.new}.
{u1.plain} reports to {u2.full}.
{u1.full} and {u2.full} signed the lease for {street}.
{p.full} lives at {addr}.
{p.full} was born in {city.new}, {country}, on {dob.other}.
{p.first} and {p.first} got married in {city.new} on {date}.
{p.title} teaches at {neworg.school}.
{p.title} spoke to {p.title} about the merger.
{p.full} from {neworg.employer} called at {time}.
{p.last}, {p.last} and {p.last} attended.
My {r1.kind}'s name is {r1.full}.
My {r1.kind} {r1.first} turned {age.old} last week.
{p.first} is {adult} years old.
We met {p.first} in {city.new} over {holiday}.
Flight to {city.new} leaves {date.fut} at {time}.
Book a hotel in {city.new}, {country} for {date.fut}.
Reservation for {u1.last}, party of {n}, on {date.fut}.
The invoice is dated {date}, due {date.fut}.
Delivery was promised for {date}, it never came.
Order {order} placed {date} has not arrived.
I spoke with {p.first} in support on {date}.
The manager, {p.full}, was rude.
Attn: {p.full}, {neworg.employer}
Meeting with {p.full}, {p.full} and {p.full} on {date.fut}.
The server at {ip} is down again, see {url}.
Visit {url} to reset the password.
GPS shows {geo}.
I drive from {city.new} to {city.new} every day.
Is there a branch in {city.new}?
How far is {city.new} from {city.new}?
The weather in {city.new} is awful.
Emails from {u2.email} go to spam.
Policy {member} with {org.insurer} lapsed.
{neworg.employer} sued {neworg.employer} in {county.new} County.
Judge {p.last} set the hearing for {date.fut}.
Officer {p.last} filed the report on {date}.
Coach {p.last} and Principal {p.last} were there.
Professor {p.last} teaches at {neworg.school}.
Tenant: {u1.full}; landlord: {u2.full}.
My son {p.first} attends {org.school}.
Reference: {p.full}, {phone.new}.
I graduated from {neworg.school} in {year}.
{p.full} <{p.email}>
@{u1.first} can you check?
{u1.first}: ok see you then
Signed, {u1.full}
Mr {p.last} of {street.new}, {city.new}, complained.
{p.full} ({adult}) of {city.new}
Session {uuid} belongs to {u1.user}.
Tracking for {p.full}: {order}
Parcel for {p.up}, {street.new}, {city.new}
Hola, me llamo {u1.full}.
Name: {u1.full}
Cardholder: {u1.up}
Bill to: {u1.plain}, {street}, {city}, {st} {zip}
{g.id}
{g.id}
{g.id}
= g.id
IBAN: {iban}
Transfer to {iban} ({u1.full}).
IMEI {imei}
Lost phone, IMEI {imei}, call {phone.new}.
ITIN: {itin}
Passport no. {passport}
NHS number: {nhs}
My NHS no is {nhs}, I moved to {city.new}.
License plate {plate}, {state.new}
VIN: {vin}
Driver license number {dl}
MAC address {mac}
Location: {geo}
Card: {card}
Account {account} at {org.bank}
Routing number {aba}, account {account}
Log in at {url} as {u1.user}
Session id {uuid}
SSN {ssn}, DOB {dob.other}
IP address: {ip}
= g.neg
I would like a refund.
Please respond as soon as possible.
What is the capital gains rate this year?
Can you summarize this article in three bullet points?
Write a poem about spring rain.
How do I reset my password?
The battery lasts about {n} hours.
Version {n}.{n}.{n} introduced a regression.
The meeting is on {weekday} at {time}.
We expect revenue to grow {n}% in {month}.
May I ask a follow-up question?
Will the update break my settings?
Mark the item as fragile.
Bill payments post within {n} days.
Grant the service account read access.
The product arrived damaged and the box was open.
Your call is important to us.
Terms and Conditions apply.
Shipping is free on orders over ${nn}.
Python and Rust are both fine for this.
JSON, XML and CSV exports are supported.
The Human Resources Department will follow up.
Customer Service hours are {time} to {time}.
Annual Enrollment closes in {month}.
Model {n}00X has a {nn} inch screen.
It weighs {dec} lbs and measures {n} x {n} inches.
The total comes to ${nnn}.{nn}.
Error {nnn}: connection timed out after {nn} ms.
Thanks in advance!
Sounds good.
I think so.
Let me check that for you.
Is there anything else I can help you with today?
Sure, one moment please.
Chicken, rice, beans, and a Caesar salad.
The English, French and German manuals are attached.
Christmas lights are on sale.
Summer hours start in June.
Black Friday deals end soon.
Turkey sandwiches and French fries were served.
China plates and Jersey sheets are in aisle {n}.
Select Settings, then Privacy, then Advanced.
Rate your experience from 1 to {n}.
She said that April showers bring May flowers.
Hope this helps.
Quarterly Business Review slides are due {weekday}.
The Newton method converges in {n} steps.
A Gaussian prior and a Poisson likelihood were used.
Apply the Pythagorean theorem.
The Bluetooth and Wi-Fi radios share an antenna.
Windows and Android are supported; iOS is not.
Please find attached the form.
{edu}
{lit}
{neg}
= q
What does {a lab} mean?
Summarize this note.
Is {drug} safe with {drug}?
Draft a letter to the insurance company.
What are the side effects of {drug}?
Please rewrite the plan in plain language.
Explain {dx} to a patient.
List the red flags for {symptom}.
Translate the instructions into {lang}.
What is the ICD-10 code for {dx}?
Extract the medications.
Which labs are abnormal?
Create a discharge summary.
Who is the attending?
= a
Sure, here is a summary. {neg} {neg}
{^dx} is a condition of the {site}. {edu}
Common side effects of {drug} include {symptom}, {symptom}, and {symptom}.
I'm not able to diagnose, but {symptom} can be caused by {dx} or {dx}.
Here is the list:\n{medline*2-5:-}
According to the {study}, {drug} is preferred.
{edu} {edu}
{lit} {lit}
The code for {dx} is {icd}.
Of course! {edu}
= agent
Agent
Rep
Representative
Operator
Support
CSR
= general
{g}
{g} {g.neg}
{g} {g} {g.neg}
{g.neg} {g} {g.neg}
{g} {g} {g}
{g*2-5:n}
{hello}\n\n{g*1-3} {g.neg}\n\n{footer}
{g.neg*1-3} {g}
{g} {neg}
{g.neg} {g}
== general
User: {q} {m.who} {sent*1-3}
Assistant: {a}
== general
User: {g} {q}
Assistant: {a}
User: {m.who} {neg}
Assistant: Thank you, {pt.first}. {edu}
== general
System: You are a clinical assistant. The current patient is {pt.full}, MRN {mrn}, DOB {dob}, seen by {dr.dr} at {org.hospital}.
User: {q}
Assistant: {a} {m.who}
== general
System: You are a helpful assistant. Context: {mix} {sent*1-2} {mix}
Human: {q}
AI: {a}
== general
### Instruction
{q}
### Input
{m.who} {mix} {sent*1-3}
### Response
{a}
== general
<|user|> {g} {q}
<|assistant|> {a}
== general
{g} {q}
== general
[{agent}]: Thank you for calling {org.insurer}, this is {u2.first}, how can I help?
[Caller]: {g}
[{agent}]: {g.neg} Can I have your member ID?
[Caller]: It's {member}.
[{agent}]: And your date of birth?
[Caller]: {dob.other}.
[{agent}]: {g.neg}
== general
AGENT: Thanks for calling {org.hospital} billing, my name is {u2.first}. Who am I speaking with?
CUSTOMER: {u1.plain}.
AGENT: Thank you {u1.title}. Which account?
CUSTOMER: {account}, from {date}. I already paid with {card}.
AGENT: {g.neg}
CUSTOMER: {g}
== general
{time} {u1.first}: {g.neg}
{time} {u2.first}: {g}
{time} {u1.first}: {g.neg}
{time} {u2.first}: @{u1.first} {g.neg}
== general
Ticket {ticket}
Reporter: {u1.full} ({u1.email})
Assignee: {u2.full}
Summary: {g.neg}
Description: {g} {g.neg} {g}
== general
{addr.lines}
{today}

Dear {u1.formal},

{g.neg} {g} {g} {g.neg}

Yours sincerely,
{u2.full}
{footer.role}
== general
{u1.plain}
{addr.lines}
{phone.new} | {u1.email} | {url}

EXPERIENCE
{^job}, {neworg.employer}, {city.new}, {st.new} - {year} to {year}
{^job}, {neworg.employer} - {year} to present
EDUCATION
{neworg.school}, {year}
REFERENCES
{p.full}, {neworg.employer}, {phone.new}
== general
SHIP TO:
{u1.plain}
{addr.lines}
Order #: {order}
Item: [Blood pressure cuff|Running shoes, size {n}|Coffee maker|Desk lamp] x{n}
Total: ${nn}.{nn}
Paid: Visa {card4}
== general
Minutes, {date}
Present: {p.full}, {p.full}, {p.full}, {u1.plain} (chair)
Apologies: {p.full}
1. {g.neg}
2. {g}
3. {p.first} to {plan} by {date.fut}.
Next meeting: {date.fut}, {time}
== general
{age} year old {man} here, {symptom} for {n} days. {g} {portal}
== general
ok so um this is {dr.full} dictating on patient {pt.full} comma date of birth {dob} period the patient is a {age} year old {man} who {vp} period {vp} comma and {vp} period new paragraph plan colon {plan} comma {plan} period thank you
== general
this is doctor {dr.last} dictating a [progress note|discharge summary|clinic note] on {pt.plain} medical record number {mrn} period {clause} period {clause} period {clause} period copy to doctor {pcp.last} end of dictation
== general
Next patient is {pt.last} comma {pt.first} period. {clause} period {clause} period. Signed {dr.last} period.
== general
[Police report|Obituary|News]: {p.full}, {age.old}, of {city}, {died}
== general
CONFERENCE REGISTRATION
{l name}{u1.full}{fs}{l org}{org.employer}{fs}{l email}{u1.email}{fs}{l phone}{phone.new}{fs}Badge type: Attendee{fs}Dietary: {diet}
== general
Re: {street}, {city}
{g.neg} {u1.first}, {g.neg} {g}
{u2.first}
== general
\{"user": "{u1.user}", "ip": "{ip}", "message": "{g} {g.neg}"}
== general
[{date.iso} {time}] INFO login user={u1.user} ip={ip} session={uuid}
[{date.iso} {time}] WARN {g.neg}
= died
died peacefully on {dod} at {org.snf}. Survived by {p.first}, {p.first} and {p.first}.
was struck near {street.new} on {date}.
= general.bare
{g.neg}
{g.neg} {g.neg}
{g.neg*2-5}
{g.neg*2-5:n}
{g.neg} {neg}
{q}
{q} {g.neg}
{lit*1-4}
== general.bare
User: {q}
Assistant: {a}
== general.bare
User: {age}-year-old {man} with {dx}. {q}
Assistant: {a}
== general.bare
System: You are a careful clinical assistant. Answer in {lang}.
User: {q} {sent*1-3}
Assistant: {a}
== general.bare
the patient is a {age} year old {man} who {vp} period {vp} comma and {vp} period new paragraph plan colon {plan} comma {plan} period
== general.bare
### Instruction
{q}
### Input
{sent*2-4}
### Response
{a}
== general.bare
Agent: {g.neg}
Caller: {g.neg}
Agent: {g.neg}
"#;
