//! Sentences without an identifier that are filled anew each time: eponyms, products, words that are
//! names elsewhere.

/// Eponyms and what is called after them.
pub(super) const POOLS: &str = r#"
+ ep
Allis; Apley; Apgar; Babinski; Baker; Ballard; Bankart; Barlow; Barthel; Bartholin; Barton; Battle; Beck; Bell; Bennett; Berg; Bishop; Blair; Blumberg; Bouchard; Boyd; Braden; Bristol; Brown; Brudzinski; Burch; Burch-Schneider; Carnett; Chadwick; Chaddock; Charcot; Chvostek; Clark; Cobb; Codman; Colles; Cooper; Courvoisier; Cozen; Crohn; Cullen; Cushing; DeBakey; Dix-Hallpike; Doppler; Duke; Dunlop; Dupuytren; Edmonton; Ely; Epley; Faber; Fenton; Fick; Finkelstein; Fisher; Fitzpatrick; Foley; Fowler; Frank-Starling; Froment; Frohlich; Galeazzi; Gaenslen; Garland; Garrick; Gibson; Gleason; Glasgow; Gordon; Gower; Grave; Gray; Grey; Gunn; Hall; Hamilton; Hamman; Harris; Hawkins; Heberden; Hegar; Henry; Hill; Hoffmann; Holmes; Homans; Hoover; House; Howard; Hudson; Hughes; Hunter; Hutchinson; Jackson; James; Janeway; Jobe; Johnson; Jones; Katz; Kelly; Kernig; King; Kocher; Lachman; Lane; Lasegue; Lawton; Lee; Leopold; Levine; Lewis; Lister; Little; Lloyd; Long; Ludloff; Marcus; Martin; Mason; Mayo; McBurney; McGill; McMurray; Miller; Mills; Mitchell; Moro; Morris; Morse; Moses; Morton; Murphy; Neer; Newton; Noble; Ober; Ortolani; Osler; Page; Parker; Patrick; Paul; Perkins; Phalen; Potter; Price; Prince; Quincke; Ramsay; Ramstedt; Reid; Reynolds; Richmond; Rinne; Robertson; Robinson; Romberg; Rose; Ross; Rovsing; Russell; Salter; Schirmer; Schober; Scott; Shaw; Simmons; Smith; Snellen; Speed; Spurling; Stanford; Steele; Stein; Still; Stokes; Stroop; Sweet; Tanner; Taylor; Thomas; Thompson; Tinel; Tinetti; Trendelenburg; Trousseau; Turner; Valsalva; Vincent; Virchow; Wallace; Walsh; Wang; Ward; Warren; Watson; Weber; Wells; Wilson; Wood; Wright; Yale; Yates; Yergason; Young; Zung; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}; {eponymname}
+ sg
sign; test; maneuver; reflex; triad; phenomenon; point; angle; line; criteria; score; scale; index; classification; grade; stage; type; fracture; lesion; nodes; spots; bodies; cells; stain; tube; drain; catheter; clamp; forceps; retractor; needle; stent; valve; procedure; repair; approach; incision; technique; graft; flap; fissure; ligament; gland; duct; canal; fascia; space; pouch; triangle; artery; ganglion; nerve; murmur; rash; ulcer; cyst; tumor; anomaly; syndrome; disease; palsy; chorea; ataxia; hernia; contracture; nodule; rule; formula; chart; inventory; questionnaire; curve; plot; position; splint; brace; collar; boot; frame; pins; exercises; stretch; gait; pupil
+ ok
negative; positive; absent; present; equivocal; deferred; normal; not tested; bilateral; on the left; on the right; trace; mild; 1+; unremarkable; noted; reviewed; met; not met; intact; as before
+ ok2
negative; positive; equivocal; bilateral; on the left; 1+; trace; mildly positive; neg; pos; (-); (+); neg bilat
= neg
{ep} {sg} {ok}.
{ep}'s {sg} {ok}.
{ep} {sg} and {ep} {sg} {ok}.
{ep}, {ep} and {ep} {ok2}.
{ep} and {ep}'s {sg}: {ok}.
{ep}-{ep} {sg} {ok}.
{ep} {ok2}, {ep} {ok2}, {ep} {ok2}.
Negative {ep}, positive {ep}.
+{ep}, -{ep}
{ep} {n}, {ep} score {nn}
{ep} {n}/{nn}.
{ep} [I|II|III|IV|IIA|IIIB|A|B2] {sg}.
{ep} [stage|grade|class|type] [1|2|3|I|II|III|A|B].
{ep} {sg} ({icd})
{^dx} vs {ep} {sg}.
No {ep} {sg}. No {ep} {sg}.
s/p {ep} {sg}, s/p {ep}
Underwent {ep} {sg} in {year}.
The {ep} {sg} was [placed|removed|changed|scored|discussed|repeated].
{ep} {nn} Fr placed, {ep} drain removed.
{ep} score {n}; {ep} index {nn}.
Consider {ep} {sg} if {symptom} recurs.
Known {ep} {sg}, stable.
Modified {ep} {sg} {n}.
{ep}: {n}, {ep}: {nn}, {ep}: {ok2}
- {ep}: {ok2}\n- {ep}: {ok2}
{ep} {sg}\t{n}
with {ep} {sg} and {ep} {sg}
{coined} {nn} mg [daily|BID|weekly], {coined} {n} mL
Applied {coined}, {coined} and {coined}.
{coined} {sg} {ok}.
{coined} allergy; {coined} ok.
{coined} {%@9}-{nn} [pump|system|monitor|lens] [in use|on loan|calibrated].
{cityname} {sg} {ok}.
{cityname} [criteria|score|classification|consensus|protocol|strain|virus] {ok}.
{^adj} {symptom} and {adj} {symptom}; {adj} {dx}.
{^adj} [Left|Right|Bilateral] {^finding}
{^dx}, {^adj}, {^care}
{^care}: [Yes|No|Pending|Declined|Ongoing]
{^symptom}: [Yes|No|Denies|Mild]
{^act2} {care} {freq}.
{^act2} {drug} {dose}.
{^act2} the {site} and {site}.
= act2
Will
May
Please
Hold
Mark
Page
Grant
Check
Drew
Bill
Chase
Continue
Ward:
Guard
Pat
Rub
Rinse
Skip
Cap
Bolster
Pack
Case:
Prep
Trim
Wean
Taper
Flush
Elevate
Ice
Brace
Tap
Log
"#;
