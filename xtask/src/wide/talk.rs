//! Texts outside the clinic with personal data: sentences, chats, calls.

/// General sentences and turns of conversations.
pub(super) const POOLS: &str = r#"
= g
hi im {u1.first}, cant log in, email {u1.email}
[name's|name is|i'm|I am|this is] {u1.full}, {phone.new}
It's under {u1.last}. {u1.first} {u1.last}.
That's {u1.last}, first name {u1.first}.
Put it under {p.first}'s name.
Book a table for {u1.last}, {n} people, {w.date} at {time}.
Two tickets from {w.town} to {city.new} on {w.date}, passengers {u1.full} and {u2.full}.
PNR {#@@9@@9 unique_id}, {u1.upcomma}, {w.town} - {city.new} {w.day}
Flight moved from {w.day} to {w.day}; {u2.first} is furious.
Check-in: {u1.full}, passport {passport}, room for {n} nights.
Lost bag tag {#0999999999 unique_id}, please deliver to {w.street}, {w.town}.
Visa for {country}: {u1.full}, born {w.dob} in {w.town}.
Ship to {u1.full}, {w.street}, {w.town}, {state.new} {zip.new}.
Parcel {#1Z999@99999999999 unique_id} left with neighbor {p.first} at {w.street}.
Change my address from {w.street} to {w.street}, {w.town}.
Wrong zip, should be {zip.new}.
The courier, {p.first}, said nobody was home at {w.street}.
Pickup from {w.street}, drop at {w.street}.
Order #{#999-9999999 unique_id} for {u1.full} shipped {w.day}.
Return {#RMA999999 unique_id} received {w.date}.
Refund to card ending {card4}, thanks {u1.first}.
My visa {card} was charged twice on {w.day}.
{card} exp 0{n}/2{n} name {u1.full}
Account {#999999999 account}, sort of urgent, wire to {u2.full}.
acct {#9999999999 account} routing {aba}
Please close account {#99-9999-99 account} of my late {kin} {p.full}.
Deposit from {w.work} missing since {w.day}.
Transfer to IBAN {iban} ({p.full}) failed.
Loan {#LN9999999 account} was opened by {p.full}, not me.
{neworg.bank} froze my card in {country}.
Zelle {phone.new} {p.full}
Policy {#@@@9999999 member_id}, claim {claim}, loss on {w.date} at {street.name}, {w.town}.
Adjuster {p.full} will look at the car, plate {plate}.
VIN {vin}, registered to {u1.full}, {w.street}.
DL {dl}, {st.new}, exp {w.date}
SSN {ssn} for {u1.full}
my social is {ssn}
{u1.full}'s W-2 shows {ssn}, should be {ssn}.
1099 for {p.full}, {itin}.
Tenant {u1.full}, {w.street}, rent due {w.day}.
Lease between {p.full} and {p.full} for {w.street}, from {w.date}.
Landlord {p.last} kept the deposit.
Closing on {w.street} with {neworg.bank}, {w.date}.
New hire {u1.full} starts {w.date} at {w.work}, employee {#E99999 unique_id}.
{u1.full} resigned effective {w.date}; {u2.full} covers.
Ref check: {p.full}, manager at {w.work}, {phone.new}.
Interview {p.full} {weekday} {w.day} {time}.
{p.full} - {job} - {w.town} - {phone.new}
PTO {u1.first} {w.day}-{w.day}
Payroll: {p.upcomma} {#999999 unique_id} {nn}.00 hrs
{p.first} reports to {p.first}, who reports to {p.last}.
Happy birthday {p.first}! {adult} today.
Say hi to {p.first} and {p.first}.
{p.first} and {p.first} are getting married on {w.date} in {w.town}.
{p.first} had a baby, {p.first}, on {w.day}.
Our neighbors {p.full} and {p.full} moved to {w.town}.
Granddad {p.first} is {age.old} and still drives to {w.town}.
{p.first}'s mom {p.first} picks up on {weekday}.
Student {p.full}, grade {n}, {w.school}, absent {w.day}.
Teacher {p.last} emailed about {p.first}'s report.
Transcript: {p.full}, ID {#90999999 unique_id}, {w.school}.
Dear {p.title}, {p.first} did well this term.
Coach {p.last} wants {p.first} at {time}.
Plaintiff {p.full} v. {w.work}, case no. {#99-CV-99999 unique_id}.
Counsel for {p.last}: {p.full}, bar no. {#999999 license}.
Deponent {p.full} was sworn on {w.date} in {w.town}.
Officer {p.last}, badge {#9999 unique_id}, stopped {p.full} at {street.name}.
Witness {p.first} {p.last}, of {w.town}, saw it.
Notary {p.full}, {county.new} County, {state.new}.
Will of {p.full}: to my {kin} {p.first}, the house at {w.street}.
Invoice {#INV-99999 unique_id} to {w.work}, attn {p.full}, due {w.date}.
PO {#4599999999 unique_id}, vendor {w.work}, buyer {p.full}.
Quote for {p.title}, {w.street}, {w.town}: $4,200.
Donation of $50 from {p.full}, {w.street}, {w.town}.
Members present: {p.full}, {p.full}, {p.full}; absent: {p.last}.
Minutes {w.date}: {p.last} moved, {p.last} seconded.
Volunteers: {p.first}, {p.first}, {p.first} and {p.first} ({w.church}).
Obituary: {p.full}, {age.old}, of {w.town}, died {dod}. Survived by {p.first}, {p.first} and {p.first}.
Ticket {ticket}: {u1.full} at {w.work} cannot print.
User {u1.user} locked out, called from {phone.new}.
{u1.user} logged in from {ip} near {w.town}
Router {#@@999999 device}, sn {#99999999@ device}, at {w.street}.
Meter no. {#99999999 device}, reading {%99999}, {u1.full}.
Warranty: sn {#@9@999999 device}, bought {w.date} at {w.work}.
IMEI {imei} stolen {w.day} in {w.town}.
My dog's vet is {p.last}, in {w.town}.
Uber driver {p.first}, plate {plate}, {w.day}.
Car rental {#9999999999 unique_id}, {u1.full}, DL {dl}, return {w.town}.
Gym membership {#99999 unique_id}, {u1.full}, cancel by {w.date}.
Library card {#29999999999999 unique_id} belongs to {p.full}.
Rewards no. {#999999999 unique_id}
Confirmation {#@@9999 unique_id} for {w.day}, {n} guests, {p.last}.
Meet at {w.street} at {time}. Ask for {p.first}.
I grew up in {w.town}, studied in {city.new}, live in {w.town}.
{p.first} from {w.town} won; {p.first} from {country} was second.
We drove {w.town} to {city.new} in {n} hours.
Call me {phone.new}. {u1.first}
cell {phone.new} / {u1.email}
- {u1.first}
{bye}, {u1.full}, {w.work}, {phone.new}
{greet} {p.first}, see you {weekday} {w.day}. {u1.first}
"#;
