//! Sentences in which places and organisations stand.

/// Streets, towns, states, houses.
pub(super) const POOLS: &str = r#"
= r.place
[Moved|Relocated|Just moved|Came] from {w.town} to {city.new} [last fall|{rel.time}|for work].
Lives in {w.town}, [20|30|45] minutes [outside|from|north of] {city.new}.
Born and raised in {w.town}.
Born in {w.town}, raised in {city.new}.
Grew up in {w.town}, {st.new}; has lived in {city.new} since {year}.
Splits time between {w.town} and {city.new}.
Snowbird, winters in {w.town}, {state.new}.
Was visiting {kin} in {w.town} when {symptom} started.
Drove from {w.town} to {city.new} without stopping.
Flew in from {w.town} via {city.new}.
Back from {country}, {nn} days ago.
Travel: {country}, {country} ({month}).
Recent travel to {w.town}, {country}; no malaria ppx.
Immigrated from {country} as a child.
Refugee from {country}, camp in {country}.
Deployed to {country} [twice|in {year}].
Army x [4|6|20] years, {country} and {state.new}.
{w.town} native, now in {w.town}.
Stuck in {w.town} because of snow.
The ferry from {w.town} was late.
Lives off {w.street}.
Lives at {w.street}.
lives @ {w.street} {w.town} {st.new}
Address {w.street}, {w.town}, {st.new} {zip.new}.
Addr: {w.street} {w.town}, {state.new} {zip.new}
Now staying at {w.street} with {kin}.
Home is {w.street}; mail goes to {w.street}.
Mailing: {w.street}, {w.town} {st.new} {zip.new}
Two-story house at {w.street}, 12 steps to enter.
EMS picked up at {w.street}.
Dispatched to {w.street}, {w.town} for {symptom}.
[Wellness check|Welfare check|Structure fire|Lift assist] at {w.street}.
Crash at {street.name} and {street.name}.
MVC on {street.name} near {street.name}, {w.town}.
Found at the corner of {street.name} and {street.name}.
Hit by a car crossing {street.name}.
Fell on the ice outside {w.street}.
Found in the {w.block}.
EMS called to the {w.block}, {w.town}.
Fell off a bike in the {w.block}.
Assaulted in the {w.block} in {w.town}, per Officer {p.last}.
Delivered {eq} to {w.street}.
Return address: {w.street}, {w.town}, {st.new}.
Eviction from {w.street} pending.
Zip {zip.new}
ZIP code {zip.new}, {county.new} County.
Resident of {county.new} County, {state.new}.
{county.new} County [EMS|Sheriff|Jail|CPS|APS|Health Department|Coroner|DSS] [notified|on scene|called].
[APS|CPS] report filed in {county.new} County.
Booked into {county.new} County Jail.
{county.new} Co. resident.
The farm is in {county.new} County.
Out of {state.new}, moving to {state.new}.
Licensed in {state.new} and {state.new}.
{st.new} resident, {st.new} Medicaid pending.
Transferred from {w.hospital}.
Transferred [to|from] {w.hospital} for {care}.
Tx from {w.hospital} ED w/ {dx}.
OSH ({w.hospital}) records show {dx}.
Had {proc} at {w.hospital} in {year}.
s/p {proc} @ {w.hospital}
{w.hospital} called, accepting {pt.title}.
Accepted at {w.home}.
Lives at {w.home}.
LTC resident at {w.home}, [bed bound|ambulatory].
Referred to {w.home} and {w.home}; {w.home} declined.
Discharged to {w.home} in {w.town}.
{w.home} can take {him} [tomorrow|Monday] if {care} is set up.
Home health via {w.home}.
Hospice consult, {w.home}.
Goes to {w.clinic}.
Followed at {w.clinic} for {dx}.
F/u at {w.clinic}, {phone.new}.
{w.clinic} faxed {lab}.
Appt at {w.clinic} [Monday|next week|in 2 weeks].
Seen at {w.clinic} [last week|{rel.time}], told {dx}.
Works at {w.work}.
Works nights at {w.work}, on feet all day.
Laid off from {w.work}.
Injured at {w.work}, [crush|fall|burn|laceration].
Retired [welder|clerk|driver] from {w.work} after 30 years.
Employer {w.work} needs a note.
Drives for {w.work} out of {w.town}.
Owns {w.work}.
{^kin} works at {w.work}.
Attends {w.school}.
[3rd|5th|8th|10th] grader at {w.school}, IEP in place.
School nurse at {w.school} called about {symptom}.
Plays football for {w.school}.
Teaches at {w.school}.
Dropped out of {w.school}.
Member of {w.church}.
Active at {w.church}, sings in the choir.
Funeral at {w.church}.
Meals from {w.church}.
Rx to {w.store}.
Rx sent to {w.store} on {street.name}.
{w.store} out of {drug}, try {w.store}.
Uses {w.store} in {w.town}.
DME from {w.store}.
Refill at {w.store}, {phone.new}
Coverage {w.payer}, secondary {w.payer}.
{w.payer} denied {img}.
PA for {drug} to {w.payer}, pending.
Has {w.payer} through {w.work}.
Sample sent to {neworg.lab}.
{neworg.lab} result: {lab}.
Letter from {neworg.bank}.
Trial site: {w.hospital}, {w.town}.
Airlifted from {w.town} to {w.hospital}.
Born at {w.hospital}, [vaginal|c/s] delivery.
{w.hospital} NICU x {nn} days.
Prior care: {w.hospital} ({w.town}), {w.clinic} ({w.town}).
"#;
