//! Sentences for what is easily taken for something else: names of signs, grades and products that no
//! list has, names that stand bare, dates without a year, numbers behind unusual labels.

/// Beside the pools of the same names.
pub(super) const POOLS: &str = r#"
= neg.hard
{eponymname} [I|II|III|IV|V|A|B|C] [fracture|lesion|injury|deformity|tear|type|pattern].
{eponymname} [I|II|III|IV|V|A|B|C], {scale} {n}.
{eponymname} [grade|class|type|stage|zone] [1|2|3|4|I|II|III|IIb|IVa] {dx}.
{eponymname}-{eponymname} [grade|class|type|stage] [1|2|3|4|II|III].
{eponymname}-{eponymname} [I|II|III|APC 2|LC 1] [injury|pattern|fracture], [stable|unstable].
{eponymname}-{eponymname} [attack|angina|spaces|bodies|cells|pearls|spots] [unlikely|present|absent|not seen].
{eponymname}-{eponymname} {nn}, {eponymname} {nn}, {cityname} {site} {nn}.
{eponymname} and {eponymname} [tests|signs|maneuvers|angles|criteria] [positive|negative|deferred|within normal limits].
{eponymname}, {eponymname} and {eponymname} [testing|rods|tests|lines|spots] were [normal|deferred|unremarkable].
No {eponymname} or {eponymname} [sign|nodes|spots|lines|rings|bodies].
[Negative|Positive] {eponymname}, {eponymname} and {eponymname} at the {site}.
{eponymname} [negative|positive|deferred|equivocal].
{eponymname} {n}/{n}, {eponymname} {nn}%, {scale} {n}.
- {eponymname} disease
- {^eponym.thing}
- {^adj} {dx}, recurrent
- {eponymname} [disease|syndrome|anomaly] ({code})
# {^dx}
# {^adj} depressive disorder, recurrent
{cityname} [criteria|classification|guidelines|protocol|score] [met|not met|grade II|stage B|reviewed].
{cityname} [virus|fever|shunt|patch|sling|heart|grip|knee|hip|naming test] {nn}.
{cityname} [I|II|III|IV|A|B|B1|C] [criteria met|fracture|type].
{cityname} [stage|score|grade] [A|B|C|II|2].
The {cityname} [questionnaire|scale|inventory] was given, {n}/{nn}.
[Dressed|Packed|Covered] with {coined} and {coined}, wrapped in {coined}.
Supplies: 4x4 gauze, {coined}, {coined} 6x6, {coined} Ag.
{coined} {nn} [pump|pen|inhaler|stent|valve|cuff|tube|dialyzer|monitor] [in place|changed|working].
{coined} {coined} [XR|XT DR|MRI|S3|II|Pro|Plus] [in place|interrogated|implanted].
{maker} {coined} [3T|XT|S2|{nn}] [scanner|system|generator].
{coined} [XR|SR|ER|HCl|DR|CR] {nn} mg [daily|BID|qHS].
Start {coined} {nn} mg, stop {coined}.
[Tolerating|Failed|Declined|Switched from] {coined} [and|to] {coined}.
[House|Rose|Roth|Cotton-wool|Pearly|Sun|Cherry|Garden|Hill|Major|Minor|White|Young] [spots|pearls|exposure|changes|grade {n}|type II|criteria] noted.
Score {n}/{nn}, then {n}/{nn} [today|on repeat].
[Naming|Recall|Orientation|Fluency|MoCA|MMSE|Strength] {n}/{nn}.
{nn}.{n} [M|F] [kg|lb], [head|chest] {nn} cm.
{adult}yo M, {adult} yo F and {adult}M were [screened|excluded].
= m.who
{pt.first} remained [afebrile|stable|NPO|asymptomatic] [after {date}|overnight|since admission].
{pt.first} is {age}; {his} {r1.kind} {r1.first} [is|turned] {age.old}.
Pt {pt.comma}, MRN {mrn}, {age} {sex}.
{pt.comma} / {mrn} / {nn} West bed {n}
{pt.comma} {mrn} {dob}
Patient {pt.full} ({mrn}), {a age}-year-old {man}.
{^symptom} since {date.md}, {r1.kind} {r1.first} sick too.
w/ {r1.kind} {r1.first}
HPI: {pt.last} is {a age}-year-old {man} who {vp}.
Thanks, {pt.first}
Tell {p.first} that {pt.first} {vp}.
{p.full} {vp}.
{p.first} {vp}.
[Caller|Witness|Informant|Neighbor|Landlord|Coach|Judge|Officer|Teacher] {p.last} [said|stated|reports] that {pt.first} {vp}.
Last name: {pt.last}
First name: {pt.first}
{pt.last}
= m.fam
Mother, {age.old}, alive with {dx}.
{r1.first} ({r1.kind}, {phone}) will [drive|call|visit].
{r1.kind} {r1.first} [updated|called|notified] {date.md}.
= m.prov
{doc.plain} informed, no new orders.
Called to room {nnn} by {doc.last} at {time}.
f/u {doc.last} {date.md}
Discussed w/ Drs. {doc.last} and {doc.last}.
Removal {date.md} w/ {doc.first}.
{doc.last}, {doc.last} and {doc.last} rounded.
/es/ {doc.up}
{doc.comma} [RN|MD|PA-C|NP]   {date}
Reading physician: {doc.comma}
Dr. {doc.last}'s office [called|faxed] {date.md}.
= m.date
[Fell|Next visit|Seen|Flu shot|Last dose|Menses|Admitted|Surgery|Cast off] {date.md}.
Afebrile after {date.md}.
Will bring me {date.md}.
Lines: PICC {date.md}, art line {date.md}.
[Due|Repeat|Recheck] {date.md}, then {date.md}.
Exp {date.md}
"#;
