//! Forms, mails and chats outside the clinic with personal data.

/// Blocks of general texts.
pub(super) const POOLS: &str = r#"
== g
Name: {u1.full}
Address: {w.street}
City/State/Zip: {w.town}, {st.new} {zip.new}
Phone: {phone.new}
Email: {u1.email}
== g
first_name: {u1.first}
last_name: {u1.last}
dob: {w.dob}
phone: {phone.new}
city: {w.town}
== g
\{"name":"{u1.full}","email":"{u1.email}","phone":"{phone.new}","city":"{w.town}","zip":"{zip.new}","plan":"basic"}
== g
id,first,last,phone,city,state
{%999},{p.first},{p.last},{phone.new},{w.town},{st.new}
{%999},{p.first},{p.last},{phone.new},{w.town},{st.new}
{%999},{p.first},{p.last},{phone.new},{w.town},{st.new}
== g
SHIP TO
{u1.full}
{w.street}
{w.town}, {st.new} {zip.new}

Order {#999-9999999 unique_id}   {w.date}   2 items   14.95
== g
{u1.full}
{w.street}
{w.town} {st.new}  {zip.new}
== g
{p.upcomma} \t {w.street} \t {w.town} \t {zip.new}
{p.upcomma} \t {w.street} \t {w.town} \t {zip.new}
== g
Agent: Thanks for reaching out, I'm {p.first}. May I have your name?
You: {u1.full}
Agent: Thanks {u1.first}. And the order number?
You: {#999-9999999 unique_id}, placed {w.day}
Agent: It went to {w.street}, {w.town}. Is that right?
You: no i moved, its {w.street} now
Agent: {gneg}
== g
Bot: How can I help?
User: my card {card4} was declined at {w.work}
Bot: Please confirm your zip code.
User: {zip.new}
Bot: {gneg}
User: i want a human
Agent {p.first}: hello {u1.first}!
== g
\[{time}] {u1.first}: u home?
\[{time}] {u2.first}: no at {w.church} w {p.first}
\[{time}] {u1.first}: ok {p.first} is at {w.street} waiting
\[{time}] {u2.first}: omw
== g
{u1.first}: did {p.first} pay?
{u2.first}: yes on {w.day}, from {neworg.bank}
{u1.first}: {gneg}
== g
From: {u1.full} <{u1.email}>
To: {u2.full} <{u2.email}>
Date: {weekday}, {w.date} {time}
Subject: {gsub}

{greet} {u2.first},

{gneg} {g1} {gneg}

{bye},
{u1.first} {u1.last}
{w.work}
{phone.new}
== g
{greet} {u2.first},

{g1} {g1} {gneg}

{bye}
{u1.first}
== g
To: All Staff
From: {p.full}, Human Resources
Re: {p.full}

Please welcome {p.full}, who joins us from {w.work} in {w.town} on {w.date}. {gneg} Reach {p.first} at {#x9999 phone}.
== g
> On {w.date}, at {time}, {u2.full} wrote:
> {gneg}
> {g1}
{greet} {u2.first}, {gneg} {u1.first}
== g
VOICEMAIL from {phone.new} {w.day} {time}: hi this is {p.full} from {w.work} calling for {u1.first} about {gsub} please call me back at {phone.new} thanks
== g
BOOKING {#@@9@9@ unique_id}
Guest: {u1.full} + 1 ({u2.full})
In: {weekday} {w.date}   Out: {weekday} {w.date}
Hotel, {w.street}, {w.town}, {country}
Card ending {card4}
== g
ITINERARY
{w.day}  {time}  {w.town} -> {city.new}  {p.upcomma} seat {nn}A
{w.day}  {time}  {city.new} -> {w.town}  {p.upcomma} seat {nn}B
Agent: {p.first}
== g
INVOICE {#INV-99999 unique_id}
Bill to: {w.work}, attn: {p.full}
{w.street}, {w.town}, {st.new} {zip.new}
Date {w.date}   Due {w.date}   Terms net 30
Widget {nn} x 4.50
Remit: account {#9999999999 account}, {neworg.bank}
== g
RECEIPT {w.date} {time}
Cashier: {p.first}   Register {n}
VISA ****{card4}
Rewards {#999999999 unique_id} {p.last}
== g
POLICE REPORT {#99-99999 unique_id}
On {w.date} at {time}, I, Ofc. {p.last} #{#9999 unique_id}, went to {w.street}, {w.town}. Complainant {p.full} ({w.dob}) said {p.full} took {his} phone, IMEI {imei}. {gneg}
== g
IN THE CIRCUIT COURT OF {county.new} COUNTY
{p.up}, Plaintiff, v. {p.up}, Defendant. Case No. {#99-CV-99999 unique_id}
COMES NOW {p.full} by counsel {p.full} and states: {gneg}
Dated {w.date}, {w.town}, {state.new}
== g
LEASE: {p.full} ("Landlord") rents to {p.full} and {p.full} ("Tenant") the premises at {w.street}, {w.town}, {state.new}, from {w.date} to {w.date}. {gneg}
== g
POWER OF ATTORNEY. I, {u1.full}, of {w.street}, {w.town}, name {u2.full}. {gneg} Signed {w.date} before {p.full}, notary.
== g
RESUME
{u1.full}
{w.street}, {w.town} | {phone.new} | {u1.email}
{w.work}, {w.town}: {job}, {year}-{year}
{w.school}, {year}
References: {p.full}, {p.full}
== g
PERFORMANCE REVIEW
Employee: {p.full} ({#999999 unique_id})   Manager: {p.full}   Site: {w.town}
{gneg} {gneg} {p.first} exceeded goals.
Signed {w.date}
== g
APPLICATION FOR CREDIT
Applicant {u1.full}  SSN {ssn}  DOB {w.dob}  DL {dl}
Employer {w.work}  Salary 54,000
Bank {neworg.bank}  Acct {#999999999 account}
Co-applicant {u2.full}  SSN {ssn}
== g
WIRE TRANSFER
Sender {u1.full}, acct {#9999999999 account}
Beneficiary {u2.full}, IBAN {iban}, {w.town}, {country}
Date {w.date}  Amount 2,000.00
== g
SCHOOL ENROLLMENT
Child {p.full}  Born {w.dob}  Grade {n}
Parents {u1.full} / {u2.full}  Home {w.street}, {w.town}
Previous school {w.school}
Pick-up allowed: {p.first} {p.last} (grandmother), {p.first} (neighbor, {phone.new})
== g
Report card: {p.full}, {w.school}, teacher {p.title}. Math B, Reading A. {gneg}
== g
Dear {p.title},
{gneg} {p.first} was absent on {w.day} because of a cold. {bye}, {u1.full}
== g
PACKING SLIP {#99999999 unique_id} to {u1.full}, {w.street}, {w.town} {zip.new}; SN {#@@@999999 device}; qty 1. {gneg}
== g
SUPPORT TICKET {ticket}
Reporter: {u1.full} ({u1.user})
Asset {#@@999999 device}, IP {ip}
{gneg} {gneg} Assigned to {p.first}.
== g
\[{date.iso} {time}] user={u1.user} ip={ip} action=login
\[{date.iso} {time}] user={u2.user} ip={ip} action=export
== g
CLAIM FORM
Policyholder: {u1.full}   Policy: {#@@@9999999 member_id}
Loss: {w.date} {time}, {street.name} & {street.name}, {w.town}
Other driver: {p.full}, {phone.new}, plate {plate}, insurer {w.payer}
Vehicle VIN {vin}
{gneg}
== g
Vehicle title: {u1.full}, {w.street}, VIN {vin}, plate {plate}, {county.new} County, issued {w.date}.
== g
CENSUS: {p.full}, head, {adult}; {p.first}, wife, {adult}; {p.first}, son, {n}; {p.first}, mother, {age.old}. {w.street}, {w.town}.
== g
OBITUARY
{u1.full}, {age.old}, of {w.town}, passed away {dod}. Born in {w.town} on {w.dob} to {p.first} and {p.first} {p.last}, {he} worked at {w.work} and sang at {w.church}. Survived by {p.first} ({p.first}) of {w.town} and {p.full} of {city.new}.
== g
INVITE: {p.first} & {p.first}, {weekday} {w.date}, {time}, {w.street}, {w.town}. RSVP {phone.new} by {w.day}.
== g
Guest list: {p.full}; {p.full}; {p.full} +1; {p.last} family ({n}); {p.title}
== g
Phone tree: {p.first} {phone.new}; {p.first} {phone.new}; {p.full} {phone.new}
== g
{p.comma}  {phone.new}  {w.town}
{p.comma}  {phone.new}  {w.town}
{p.comma}  {phone.new}  {w.town}
== g
1. {p.full} - {w.work}
2. {p.full} - {w.work}
3. {p.full} - retired, {w.town}
== g
Hello, my name is {u1.full}. I am writing from {w.town}, {country}. {gneg} Please reply to {u1.email}. {bye}, {u1.first}
== g
I'd like to complain about {p.first} at your {w.town} branch. On {w.date} I waited an hour. {gneg} {u1.full}, {w.street}
== g
Review by {u1.first} from {w.town}: {gneg} Ask for {p.first}. {gneg}
== g
Caller: hi it's {u1.full}, i have an appointment {weekday} {w.day}
Desk: spell the last name please
Caller: {u1.last}
Desk: got it {u1.first}. {gneg}
== g
Transcript 00:12 Speaker 1 ({u1.first}): {gneg} Speaker 2 ({u2.full}): i live in {w.town} on {street.name} near {w.school}
== g
{p.full} ({w.dob}, {w.town}) - passport {passport} - visa {#@9999999 passport} - arrives {w.date}
== g
Utility start: {u1.full}, {w.street}, {w.town} {zip.new}, from {w.date}, SSN last four {ssn4}, meter {#99999999 device}.
== g
Tax return {year}: {u1.full} {ssn}, spouse {u2.full} {ssn}, dependents {p.first}, {p.first}; {w.street}, {w.town}.
== g
Fraud alert: did you spend $212.40 at {w.work} in {w.town} on {w.day} with card {card4}? Reply YES. {neworg.bank}
== g
Donor {p.full}, {w.street}, {w.town}, {st.new}, gift 100.00, card {card}, {w.date}
== g
Roster {w.day}: early {p.first}, {p.first}; late {p.last}; off {p.first}, {p.last}
== g
Minutes of {w.date}. Present {p.last}, {p.last}, {p.last}. {gneg} {p.last} to call {p.full}. Next {w.date}.
= g1
My new number is {phone.new}.
I moved to {w.street}, {w.town}.
{p.first} from {w.work} will call.
Can you meet on {weekday} {w.day}?
{p.first} and {p.first} say hi.
The contract with {p.full} ends {w.date}.
Please send it to {w.street}, {w.town}, {st.new}.
My account is {#9999999999 account}.
Ask {p.title} about it.
I land in {w.town} on {w.day}.
{p.full} is out until {w.day}.
= gsub
the invoice
the meeting
your order
my account
RE: schedule
the delivery
next week
a refund
question
contract
travel plans
"#;
