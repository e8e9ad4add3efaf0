//! Long sentences and narratives with identifiers, as doctors and families write them.

/// Beside the pools of the same names.
pub(super) const POOLS: &str = r#"
= r.who
When I spoke with {r1.full}, the patient's {r1.kind}, by phone, {r1.first} told me that {pt.title} {act} and that {symptom} had been present since {w.day}.
{pt.title} tells me that {his} {kin}, {p.first}, who lives in {w.town}, was recently diagnosed with {dx}.
On arrival of the team, {pt.first} was found by {his} {kin} {p.first} sitting on the floor beside {p.first}'s chair.
I reviewed the case with {doc.dr} from {dept}, who felt that {dx} was more likely than {dx}.
We appreciate the opportunity to take part in the care of {pt.full}, and will keep {pcp.dr} informed.
According to {p.full}, a neighbor who checks on {him} daily, {pt.title} had been talking about {his} late {kin}, {p.first}.
It was explained to {pt.title} and to {r1.first} that {drug} may cause {symptom}, and both wished to go ahead.
Although {doc.last} had suggested {proc}, {pt.title} prefers to wait until {his} {kin} {p.first} returns from {w.town}.
During the call {r1.first} mentioned that {pt.first} and {p.first} had both had {symptom} after the picnic.
{pt.first} was raised by {his} grandparents, {p.first} and {p.first} {p.last}, and has two half-siblings, {p.first} and {p.first}.
I have asked {doc.full}, our {staffrole}, to call {r1.title} with the results.
The history was given by {r1.full}, who is {his} {r1.kind}, and by {p.full}, a {job}.
If {doc.dr} is not available, {doc.dr} or {doc.first} in our office can help you.
As you know, {pt.title} has been under the care of {doc.dr} and, before that, of {doc.dr} at {w.clinic}.
Neither {pt.first} nor {r1.first} could recall the name of the surgeon, but the records name {doc.dr}.
{pt.title}, whose {kin} {p.first} is also my patient, {act}.
After a long talk with {doc.full}, {staffrole}, {pt.first} agreed to {care}.
He introduced himself as {pt.nick}, but the card says {pt.full}.
She would like us to call her {kin}, {p.full}, and not {p.full}, if something happens.
Special thanks to {doc.first} and {doc.first} on the night shift, who sat with {pt.title} until {p.first} came.
{pt.first} asked twice whether {p.first} had fed the dog.
{pt.title} was accompanied to the appointment by {p.full}, {his} {kin}, and by {p.full}, {his} caseworker.
The resident, {doc.dr}, and I, {dr.full}, examined the patient together.
I, {dr.full}, was present for the key portions of the procedure.
Thank you for allowing me to see {pt.first}. - {dr.first}
Our social worker {doc.first} reached {p.full} of {county.new} County, who confirmed that {pt.first} is in foster care with {p.full}.
She names her grandchildren without error: {p.first}, {p.first}, {p.first}, and little {p.first}.
He repeated "where is {p.first}" through the night and called the nurse {p.first}.
The note by {doc.last} says that {pt.last} {act}, whereas {doc.last} wrote the opposite.
Brought by police (Officers {p.last} and {p.last}) after a call from {his} {kin} {p.first}.
= r.place
The patient grew up on a farm outside {w.town}, went to {w.school}, and moved to {city.new} to work for {w.work}.
{He} was first taken to {w.hospital} in {w.town}, then flown to {w.hospital} because no bed was free.
After two weeks at {w.home} {he} went home to {w.street}, where {his} {kin} {p.first} helps.
{He} has been a member of {w.church} for years and volunteers at {w.school}.
The family drove here from {w.town}, {state.new}, and is staying with friends on {street.name}.
{He} spent two years in {country} and one in {country} before settling in {w.town}.
Symptoms started on the flight from {w.town} to {city.new}, and {he} went straight to {w.hospital}.
The outside films from {w.hospital} were loaded, but those from {w.clinic} are missing.
{He} was fired from {w.work} in {w.town} and lost {his} coverage through {w.payer}.
We called {w.store} on {street.name} and {w.store} in {w.town}; neither had {drug}.
{He} sleeps in a van behind {w.work} on {street.name} and gets mail at {w.home}.
The tick was probably picked up near {w.town}, in {county.new} County.
{His} {kin} farms near {w.town}, {st.new}, and {his} {kin} teaches at {w.school} in {w.town}.
{w.payer} wants the claim sent to {w.street}, {w.town}, {st.new} {zip.new}.
Please mail the monitor back to {w.clinic}, {w.street}, {w.town}, {state.new} {zip.new}.
= r.time
{He} was well until {w.date}, when {symptom} began; by {w.day} {he} could not walk.
On {weekday}, {w.date}, {he} went to the emergency room, and on {w.day} {he} was sent home.
The first dose was given on {w.date}, the second on {w.date}, and the third is due {w.day}.
Between {w.date} and {w.date} {he} was seen three times for {symptom}.
I last saw {pt.title} on {w.date}, and before that in {w.month}.
Since {proc} on {w.date} by {doc.dr}, {he} {act}.
{pt.full}, who was born on {w.dob} in {w.town}, {act}.
The fever broke on {w.day} but came back on {w.day}, the day after {holiday}.
{img} of {w.date}, read by {doc.dr}, showed {finding}; the one of {w.date} did not.
{His} {kin} {p.first} died on {dod}, two days after {holiday}.
= r.num
The bracelet said {#99999999 mrn}, but the chart that came up was {#99999999 mrn}, that of {p.full}.
Please quote reference {#@@999999 unique_id} when you call {phone.new}.
The {eq} with serial number {#@@9999999 device} was recalled; the new one is {#@@9999999 device}.
Approval {#A99999999 unique_id} covers {n} visits through {w.date}; the plan ID is {#@@@999999999 member_id}.
{pt.first}'s number is {phone.new}, and {r1.first}'s is {phone.new}.
{pt.full} (medical record {#99999999 mrn}, account {#9999999999 account}) {act}.
== note
[To whom it may concern|Dear colleague|Dear {doc.dr}|Dear {doc.first}],

{s.who} {neg} {s.time} {s.place}

{neg*1-3} {s.who} {neg}

{s.time} {s.num} {neg}

{bye},
{dr.full}[, MD||, {staffrole}]
== note
{pt.full} is a {age}-year-old {man} whom I saw on {w.date} at {w.clinic}. {s.who} {s.time} {neg*1-3}

{s.place} {s.who} {neg} {s.place}

In summary, {dx}. {neg*1-2} {s.who}

{dr.full}
== note
Hospital course by problem for {pt.title}:
1. {^dx}. {neg} {s.time} {s.who}
2. {^dx}. {neg*1-2} {s.who}
3. {^dx}. {s.time} {neg}
4. Social. {s.place} {s.who}
{foot}
== note
My {kin} {pt.first} {act}. {s.who} We are at {w.street} in {w.town}. {s.time} {s.who} {bye}, {r1.first} {r1.last}, {phone.new}
== note
{w.date} {s.who} {neg} {s.time}
{w.date} {neg} {s.who}
{w.date} {s.place} {neg} {s.num}
== note
{s.who} {neg} {s.who} {neg} {s.place} {neg} {s.time} {neg} {s.num} {neg}
== note
{top}
{s.time} {s.who} {s.place}
{s.who} {neg*1-2} {s.who}
{foot}
"#;
