//! Short fillers of clinical slots; none of them is an identifier.

/// Drugs, findings, devices, words around them.
pub(crate) const POOLS: &str = r#"
+ drug
lisinopril; metoprolol; metoprolol tartrate; atorvastatin; amlodipine; metformin; furosemide; Lasix; warfarin; Coumadin; apixaban; Eliquis; Xarelto; aspirin; Plavix; clopidogrel; Tylenol; acetaminophen; ibuprofen; Toradol; morphine; Dilaudid; hydromorphone; oxycodone; Percocet; Norco; tramadol; gabapentin; Neurontin; Lyrica; sertraline; Zoloft; Prozac; Lexapro; citalopram; trazodone; quetiapine; Seroquel; Zyprexa; olanzapine; Haldol; haloperidol; Ativan; lorazepam; Klonopin; Xanax; Ambien; melatonin; levothyroxine; Synthroid; insulin glargine; Lantus; Humalog; NovoLog; Januvia; Jardiance; Ozempic; Trulicity; prednisone; Medrol; methylprednisolone; Solu-Medrol; dexamethasone; albuterol; DuoNeb; Advair; Symbicort; Spiriva; montelukast; Singulair; omeprazole; Protonix; pantoprazole; famotidine; Zofran; ondansetron; Reglan; Compazine; Colace; senna; Miralax; lactulose; vancomycin; Zosyn; cefepime; ceftriaxone; Rocephin; azithromycin; Z-Pak; doxycycline; levofloxacin; Cipro; Bactrim; Augmentin; amoxicillin; Keflex; clindamycin; Flagyl; acyclovir; Valtrex; fluconazole; heparin; Lovenox; enoxaparin; potassium chloride; magnesium sulfate; Sinemet; Aricept; Namenda; Keppra; Dilantin; Depakote; Lamictal; lithium; Humira; Enbrel; Remicade; methotrexate; Plaquenil; tamsulosin; Flomax; finasteride; oxybutynin; Benadryl; Claritin; Zyrtec; Flonase; allopurinol; colchicine; digoxin; amiodarone; diltiazem; hydralazine; Imdur; nitroglycerin; spironolactone; Entresto; carvedilol; Coreg; losartan; Cozaar; valsartan; Lipitor; Crestor; Zetia; vitamin D; B12; folic acid; ferrous sulfate; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}; {drugname}
+ dose
5 mg; 10 mg; 20 mg; 25 mg; 40 mg; 50 mg; 80 mg; 81 mg; 100 mg; 125 mcg; 250 mg; 300 mg; 325 mg; 500 mg; 650 mg; 750 mg; 1 g; 1,000 mg; 2 g; 4 mg; 0.5 mg; 2.5 mg; 12.5 mg; 6.25 mg; 75 mcg; 10 units; 20 units; 40 mEq; 1 gram; 15 mg/kg; 4.5 g; 1 tab; 2 puffs; one tablet; 0.4 mg; 17 g; 5,000 units; 100 mcg/hr; 30 mL; 1.25 mg; 3.375 gm
+ freq
daily; BID; b.i.d.; TID; t.i.d.; QID; q4h; q6h; q8h PRN; q12h; once daily; twice daily; nightly; at bedtime; qHS; qAM; PRN; every 6 hours as needed; weekly; every morning; with meals; every other day; x1; x 5 days; for 7 days; x 10 days; before breakfast; MWF; q.d.; twice a week; on Mondays; Tue/Thu/Sat
+ route
PO; p.o.; IV; IM; SQ; subcut; by mouth; orally; SL; PR; inhaled; topically; via nebulizer; transdermal; per G-tube; IVPB; intranasally; ophthalmic
+ dx
hypertension; HTN; type 2 diabetes mellitus; T2DM; hyperlipidemia; CAD; coronary artery disease; COPD; asthma; CHF; congestive heart failure; HFrEF with EF 30%; HFpEF; atrial fibrillation; AFib with RVR; CKD stage 3; CKD III; ESRD on HD MWF; GERD; hypothyroidism; Hashimoto's thyroiditis; Graves' disease; Parkinson's disease; Parkinson disease; Alzheimer's dementia; vascular dementia; Lewy body dementia; multiple sclerosis; Crohn's disease; ulcerative colitis; Barrett's esophagus; cirrhosis; hepatitis C; HIV; OSA on CPAP; obesity; gout; rheumatoid arthritis; SLE; Sjogren's syndrome; Raynaud phenomenon; osteoporosis; osteoarthritis of the right knee; DJD; lumbar stenosis; sciatica; BPH; nephrolithiasis; recurrent UTIs; DVT; pulmonary embolism; CVA; TIA; seizure disorder; epilepsy; migraine; depression; MDD; anxiety; GAD; bipolar disorder; PTSD; schizophrenia; alcohol use disorder; opioid use disorder; tobacco dependence; breast cancer; prostate cancer, Gleason 3+4=7; colon cancer; non-small cell lung cancer; Hodgkin lymphoma; non-Hodgkin's lymphoma; multiple myeloma; CLL; melanoma; basal cell carcinoma; anemia; iron deficiency anemia; sickle cell disease; von Willebrand disease; pneumonia; community-acquired pneumonia; sepsis; cellulitis; osteomyelitis; C. difficile colitis; diverticulitis; appendicitis; cholecystitis; pancreatitis; SBO; acute kidney injury; hyponatremia; hyperkalemia; DKA; NSTEMI; STEMI; aortic stenosis; Wolff-Parkinson-White syndrome; Guillain-Barre syndrome; Charcot-Marie-Tooth disease; Marfan syndrome; Down syndrome; Wilson's disease; Addison's disease; Cushing syndrome; Meniere's disease; Bell's palsy; Huntington's disease; Tourette syndrome; Lyme disease; Kawasaki disease; Hirschsprung disease; Henoch-Schonlein purpura; Paget's disease of bone; Dupuytren contracture; De Quervain tenosynovitis; Baker's cyst; Colles fracture; plantar fasciitis; carpal tunnel syndrome; psoriasis; eczema; acne vulgaris; glaucoma; cataracts; macular degeneration; diabetic retinopathy; sensorineural hearing loss; otitis media; strep pharyngitis; RSV bronchiolitis; croup; ADHD; autism spectrum disorder; preeclampsia; gestational diabetes; endometriosis; PCOS; uterine fibroids; {eponymname}'s disease; {eponymname} syndrome; {eponymname} disease; {eponymname}'s syndrome; {eponymname} type dysplasia; {eponymname} anomaly
+ symptom
chest pain; shortness of breath; dyspnea on exertion; abdominal pain; nausea and vomiting; fever; chills; cough; productive cough; headache; dizziness; syncope; palpitations; weakness; left-sided weakness; fatigue; malaise; weight loss; back pain; low back pain; knee pain; right hip pain; dysuria; hematuria; urinary frequency; diarrhea; constipation; melena; BRBPR; rash; pruritus; leg swelling; bilateral lower extremity edema; sore throat; ear pain; blurry vision; numbness and tingling; confusion; altered mental status; slurred speech; facial droop; fall; insomnia; anxiety; low mood; suicidal ideation; hemoptysis; orthopnea; PND; night sweats; decreased appetite; heartburn; dysphagia; hoarseness; nasal congestion; wheezing; joint stiffness; hot flashes; vaginal bleeding; pelvic pain; decreased fetal movement; contractions; tremor; gait instability; memory loss; tinnitus; epistaxis; polyuria; hiccups
+ site
left knee; right knee; left hip; right shoulder; left ankle; lower back; abdomen; RLQ; epigastrium; left arm; right foot; left great toe; right index finger; scalp; chest; neck; left breast; right lower lobe; left upper lobe; sacrum; coccyx; right heel; L4-L5; C5-C6; sigmoid colon; cecum; distal radius; proximal femur; left MCA territory; right groin; LAD; right coronary artery; left forearm; both hands; posterior pharynx; left eye; right ear
+ exam
General: [NAD|well appearing|alert, in no acute distress|thin, chronically ill-appearing|comfortable, sitting up in bed]; HEENT: NCAT, PERRL, EOMI, MMM; Neck supple, no JVD, no LAD; CV: RRR, no m/r/g; Cardiac: regular rate and rhythm, 2/6 systolic murmur at LUSB; Lungs: CTAB, no wheezes; Pulm: bibasilar crackles, no rhonchi; Abd: soft, NT/ND, +BS; Abdomen soft, nontender, nondistended; Ext: no c/c/e; Extremities warm and well perfused, 2+ DP pulses; 1+ pitting edema to the shins bilaterally; Neuro: A&Ox3, CN II-XII intact; Strength 5/5 in all extremities; Strength 4/5 RLE, otherwise 5/5; Reflexes 2+ and symmetric; Romberg negative; Babinski downgoing bilaterally; Murphy's sign negative; McBurney's point tenderness; Negative Homans sign; Phalen and Tinel signs positive on the right; Skin warm and dry, no rash; Psych: mood "okay", affect flat; Gait steady; Spurling's test negative; Lachman negative, McMurray positive; Heberden's nodes at the DIPs; GCS 15; Glasgow Coma Scale 14 (E4 V4 M6); Kernig and Brudzinski signs absent; Trendelenburg gait on the left; Positive Hawkins and Neer signs; Rovsing's sign present; Dix-Hallpike positive to the right; GU deferred; Breasts symmetric, no masses; Rectal: guaiac negative, normal tone; Back: no CVA tenderness; MSK: full ROM, no effusion; Foley in place draining clear yellow urine; PICC site clean, dry, intact; Surgical incision c/d/i with staples; JVP 8 cm, +HJR; No Kayser-Fleischer rings; Chvostek and Trousseau signs negative; {eponymname} sign [negative|positive|absent|equivocal]; {eponymname}'s test negative
+ proc
colonoscopy; EGD; CABG x3; cardiac catheterization; PCI with DES to the LAD; total knee arthroplasty; left THA; laparoscopic cholecystectomy; appendectomy; C-section; hysterectomy; TURP; lumbar laminectomy; carotid endarterectomy; Whipple procedure; Nissen fundoplication; Roux-en-Y gastric bypass; Hartmann's procedure; Mohs surgery; Billroth II; tonsillectomy; tubal ligation; cataract extraction; ORIF of the right ankle; AV fistula creation; thyroidectomy; mastectomy; I&D; bronchoscopy; thoracentesis; paracentesis; lumbar puncture; ERCP; TEE with cardioversion; AVR; TAVR; pacemaker placement; ICD implantation; Port-A-Cath placement; tracheostomy; PEG placement; Ivor Lewis esophagectomy; Pfannenstiel incision; Bankart repair; Kocher maneuver; {eponymname} procedure; modified {eponymname} repair; {eponymname} osteotomy
+ device
Foley catheter; Foley; Swan-Ganz catheter; Hickman line; Jackson-Pratt drain; JP drain; Blake drain; Penrose drain; Hemovac; wound VAC; PICC line; Quinton catheter; Tenckhoff catheter; Port-A-Cath; Bovie; Kelly clamp; Kocher clamp; Allis clamp; Mayo scissors; Metzenbaum scissors; Weitlaner retractor; Bookwalter retractor; Deaver retractor; Yankauer suction; Macintosh 3 blade; Miller blade; GlideScope; Medtronic pacemaker; Boston Scientific ICD; St. Jude valve; Abbott MitraClip; Edwards SAPIEN valve; Stryker Triathlon knee; Zimmer Biomet hip; DePuy Pinnacle cup; Smith & Nephew stem; Xience stent; Dexcom G6; FreeStyle Libre 2; Omnipod; Medtronic MiniMed pump; Philips Respironics CPAP; ResMed AirSense 10; Hoyer lift; Ace wrap; Unna boot; Aspen collar; Miami J collar; TLSO brace; Kirschner wires; K-wire; Steinmann pin; Hohmann retractor; Steri-Strips; Dermabond; Vicryl; 4-0 Monocryl; 3-0 nylon; Tegaderm; Aquacel; Xeroform; Bair Hugger; Ambu bag; LifePak 15; Rhino Rocket; Sengstaken-Blakemore tube; Dobhoff tube; Watchman device; Amplatzer occluder; Impella; Greenfield filter; Ommaya reservoir; Codman shunt; rolling walker; single-point cane; Roho cushion; {eponymname} clamp; {eponymname} retractor; {eponymname} forceps; {eponymname} catheter
+ organism
E. coli; Escherichia coli; Staphylococcus aureus; MRSA; MSSA; Streptococcus pneumoniae; group B strep; Klebsiella pneumoniae; Pseudomonas aeruginosa; Enterococcus faecalis; VRE; C. difficile; Candida albicans; H. pylori; Legionella; Mycoplasma; Haemophilus influenzae; Moraxella catarrhalis; Proteus mirabilis; Bacteroides fragilis; Mycobacterium avium complex; Aspergillus fumigatus; Cryptococcus; Borrelia burgdorferi; Listeria; Salmonella; Campylobacter jejuni; Serratia marcescens; Acinetobacter baumannii; coagulase-negative staph; SARS-CoV-2; influenza A; RSV; Epstein-Barr virus; CMV
+ gene
BRCA1; BRCA2; EGFR; KRAS G12C; BRAF V600E; ALK; ROS1; HER2; TP53; MLH1; MSH2; JAK2 V617F; BCR-ABL; FLT3-ITD; NPM1; IDH1; PIK3CA; CFTR delta F508; Factor V Leiden; APOE e4; HLA-B27; MTHFR; LMNA; SCN1A; RET; MET exon 14; NTRK; PD-L1; CD20; CD19
+ scale
Glasgow Coma Scale; Braden score; Morse Fall Scale; Wong-Baker FACES; Berg Balance Scale; Tinetti; Katz index; Barthel Index; MMSE; MoCA; PHQ-9; GAD-7; AUDIT-C; CIWA; NIHSS; NIH Stroke Scale; Wells score; Geneva score; CURB-65; HEART score; TIMI score; CHA2DS2-VASc; HAS-BLED; Child-Pugh; MELD; Ranson criteria; APACHE II; SOFA; Karnofsky; ECOG; Apgar; Bishop score; Edinburgh Postnatal Depression Scale; Columbia Suicide Severity Rating Scale; Epworth Sleepiness Scale; STOP-BANG; Mallampati; Rankin; Norton Scale; Ashworth; Boston Bowel Prep Scale; Beck Depression Inventory; Hamilton Rating Scale; Ballard; {eponymname} score; {eponymname} criteria; {eponymname} index; {eponymname} classification
+ study
SPRINT trial; ACCORD; PARADIGM-HF; DAPA-HF; Framingham cohort; COURAGE; ISCHEMIA trial; ALLHAT; JUPITER; HOPE-3; Women's Health Initiative; RECOVERY trial; TOPCAT; EMPEROR-Reduced; KEYNOTE-189; CheckMate 067; MONALEESA-2; Nurses' Health Study; LEADER; STICH; CAST; AFFIRM; CREST; NASCET; BOOST II; PREVENT
+ dept
Emergency Department; ED; Interventional Radiology; IR; Labor and Delivery; L&D; Cardiac Catheterization Laboratory; Medical Intensive Care Unit; MICU; SICU; NICU; PACU; Operating Room; OR; Physical Therapy; Occupational Therapy; Speech Therapy; Case Management; Social Work; Palliative Care; Infectious Disease; Nephrology; Cardiology; Neurology; GI; Pulmonology; Hematology/Oncology; Endocrinology; Rheumatology; Dermatology; General Surgery; Orthopedic Surgery; Neurosurgery; Urology; ENT; Ophthalmology; OB/GYN; Psychiatry; Anesthesia; Pathology; Wound Care; Dietary; Pharmacy; Respiratory Therapy; Step-Down Unit; Telemetry; Outpatient Infusion Center; Same Day Surgery; Endoscopy Suite; Health Information Management; Patient Financial Services; Environmental Services
+ role
Attending Physician; Charge Nurse; Case Manager; Social Worker; Nurse Practitioner; Physician Assistant; Respiratory Therapist; Physical Therapist; Occupational Therapist; Clinical Pharmacist; Medical Student; Resident; Chief Resident; Fellow; Hospitalist; Registered Dietitian; Wound Care Nurse; Patient Care Technician; Unit Clerk; Chaplain; Interpreter; Primary Care Provider; Primary Nurse; Circulating Nurse; Scrub Tech; Anesthesiologist; Medical Director; Office Manager; Home Health Aide; Legal Guardian; Power of Attorney; Next of Kin; Emergency Contact; Responsible Party; Referring Provider; Transcriptionist; Medical Assistant; Care Coordinator; Patient Advocate
+ lang
Spanish; English; Vietnamese; Mandarin; Cantonese; Russian; Arabic; Somali; Hmong; Tagalog; Korean; Haitian Creole; Portuguese; Polish; French; Amharic; Farsi; Hindi; Punjabi; Navajo; ASL; Burmese; Swahili; Nepali; Ukrainian
+ ethnic
Hispanic; Caucasian; African American; African-American; Asian; white; Black; Native American; Pacific Islander; Middle Eastern; South Asian; Ashkenazi Jewish; Latino; Latina; non-Hispanic white; biracial; Filipino; Vietnamese American
+ relig
Catholic; Baptist; Jewish; Muslim; Jehovah's Witness; Buddhist; Hindu; Methodist; Lutheran; Mormon; Seventh-day Adventist; Pentecostal; Greek Orthodox; Christian Scientist; no religious affiliation; Presbyterian; Sikh
+ job
retired teacher; truck driver; construction worker; nurse; accountant; farmer; carpenter; housewife; electrician; college student; cashier; retired machinist; veteran; software engineer; bus driver; cook; unemployed; on disability; mechanic; lawyer; welder; nail technician; pastor; retired postal worker; waitress; home health aide; police officer; firefighter; barber; seamstress; roofer; librarian
+ weekday
Monday; Tuesday; Wednesday; Thursday; Friday; Saturday; Sunday; Mon; Tues; Fri
+ month
January; February; March; April; May; June; July; August; September; October; November; December
+ rel.time
yesterday; today; this morning; last night; 2 days ago; three days ago; last week; a week ago; one month ago; on {weekday}; last {weekday}; in {month}; since {month}; over the weekend; about 6 weeks ago; in early spring; for the past 3 months; this afternoon; a few hours prior to arrival; in {year}; since {year}; several years ago; in childhood; during the winter of {year}; overnight; {nn} minutes ago; at {time}; around {time}; post-op day 2; on POD 3; HD 4; in the mid 1990s
+ vitals
T 98.{n}, HR {nn}, BP 1[0|1|2|3|4]{n}/[6|7|8]{n}, RR 1{n}, SpO2 9[4|5|6|7|8|9]% RA; BP 1[0|1|2|3|4|5]{n}/[6|7|8|9]{n} | HR {nn} | RR 1{n} | Temp 37.{n} | SpO2 9{n}% on 2L NC; Vital signs: temperature 99.{n}, pulse {nn}, respirations 1{n}, blood pressure 1[1|2|3|4]{n}/[6|7|8]{n}, O2 sat 9{n}% on room air; VSS; AVSS, Tmax 100.{n}; afebrile, vital signs stable; BP 1[2|3]{n}/7{n}, P {nn}, Wt {nnn} lb, Ht 5'{n}", BMI 2{n}.{n}; 98.{n} {nn} 1{n} 1[1|2|3]{n}/[6|7]{n} 9{n}%; HR {nn}, sat 9{n}% on 4 L; bp 1[1|2|3]{n}/6{n} hr {nn} rr 1{n} t 36.{n}; Wt: {nn}.{n} kg; Pain {n}/10; FSBG {nnn}; GCS 15
+ lab
Na 13{n}; K {n}.{n}; Cl 10{n}; CO2 2{n}; BUN {nn}; Cr {dec2}; glucose {nnn}; WBC {dec}; Hgb 1[0|1|2|3].{n}; Hct 3{n}.{n}; Plt {nnn}; INR 1.{n}; troponin <0.01; troponin {dec2}; BNP {nnn}; lactate {dec2}; AST {nn}; ALT {nn}; alk phos {nnn}; T bili {dec2}; albumin 3.{n}; HbA1c {n}.{n}%; TSH {dec2}; LDL {nnn}; HDL {nn}; CRP {dec}; ESR {nn}; UA negative; UA with 2+ LE; D-dimer {nnn}; procalcitonin {dec2}; PSA {dec}; ferritin {nn}; vitamin D 2{n}; Mg 1.{n}; Phos 3.{n}; Ca 9.{n}; lipase {nn}; ABG 7.3{n}/4{n}/8{n}; digoxin level {dec2}; PT 13.{n}; PTT 3{n}; eGFR >60; eGFR 4{n}; CK {nnn}; uric acid {n}.{n}
+ allergy
NKDA; penicillin (rash); sulfa; codeine; latex; PCN - hives; shellfish; iodinated contrast; lisinopril (cough); no known drug allergies; peanuts (anaphylaxis); Bactrim; morphine (itching); NKA; Ancef; bee stings; adhesive tape; Compazine (dystonia)
+ diet
regular; cardiac; diabetic; NPO; clear liquid; renal; low sodium; 2 g sodium; mechanical soft; pureed with honey thick liquids; full liquid; gluten-free; carb-consistent; DASH; Mediterranean; BRAT; ketogenic
+ img
CT head without contrast; CTA chest; CT abdomen and pelvis with contrast; MRI brain; MRI lumbar spine; chest X-ray; CXR; portable chest radiograph; KUB; renal ultrasound; RUQ ultrasound; lower extremity Doppler; echocardiogram; TTE; mammogram; DEXA scan; PET/CT; V/Q scan; bone scan; Holter monitor; EKG; stress test; carotid duplex; HIDA scan; MRCP; barium swallow; OB ultrasound; X-ray of the left wrist; EEG; EMG
+ hx
former smoker, quit [10|15|20] years ago; 30 pack-year history; never smoker; drinks [2|3] beers on weekends; denies illicit drug use; occasional EtOH; smokes 1 ppd; lives alone; lives at home with family; lives with spouse and two cats; ambulates with a walker; independent in ADLs; {ethnic} {man}; {job}; speaks {lang} only; {relig}; sexually active with one partner; marijuana daily; quit vaping last year; homeless, stays in a shelter; enjoys gardening; three adult children; married x 40 years; widowed; divorced; wheelchair bound; has a dog; works as {a job}; retired {job}; served in the Navy; served in the Army; no pets; well water at home
+ fam
mother with {dx}; father died of MI at {adult}; sister with breast cancer at {adult}; no family history of premature CAD; brother: {dx}; maternal grandmother - {dx}; positive for {dx}; noncontributory; father: {dx}, deceased at age {adult}; mother alive and well; two brothers, healthy; paternal uncle with colon ca; adopted, unknown; cousin with {dx}; {gene} mutation carrier; unknown
+ plan
continue {drug} {dose} {freq}; start {drug} {dose} {route} {freq}; hold {drug}; trend troponins; serial abdominal exams; NPO after midnight; IVF at {nn} cc/hr; consult {dept}; PT/OT eval and treat; repeat {lab} in AM; {img} in the morning; follow up with PCP in [1 week|2 weeks|a few days|one month]; DVT ppx with heparin SQ; check A1c; wean O2 as tolerated; daily weights, strict I/Os; d/c Foley; fall precautions; CIWA protocol; pain control with {drug}; taper {drug} over 2 weeks; outpatient {img}; smoking cessation counseling; low-salt diet; pan culture if febrile; advance diet as tolerated; full code; DNR/DNI; discharge planning; ID following; consider {proc}; await cultures; monitor on telemetry; bowel regimen; insulin sliding scale; replete K and Mg; return precautions given; f/u path; keep HOB >30; incentive spirometry q1h while awake; wound care per protocol; ACE wrap to {site}; sutures out in [7|10] days; titrate {drug} to effect; patient agrees with plan; will discuss with family; refill {drug}, #30, 2 refills
+ adj
mild; moderate; severe; acute; chronic; stable; unchanged; worsening; improving; intermittent; constant; dull; sharp; burning; small; large; subtle; new; old; diffuse; focal; nonspecific; minimal; marked; trace; significant; persistent; recurrent; bilateral; atypical
+ adv
slowly; gradually; rapidly; well; poorly; significantly; somewhat; steadily; only slightly; dramatically
+ course
resolved with {drug}; improved on {drug}; was complicated by {dx}; remained stable; was managed conservatively; required {proc}; was attributed to {dx}; responded to {drug} {dose} {route}; is well controlled on {drug}; has been worsening {rel.time}; is followed by {dept}; was treated with {drug} for {n} days
"#;

/// Words of reports, headings and labels.
pub(crate) const MORE: &str = r#"
+ rad
There is no acute intracranial hemorrhage, mass effect, or midline shift.; The ventricles and sulci are normal in size and configuration.; No pneumothorax or pleural effusion.; The cardiomediastinal silhouette is within normal limits.; Heart size is mildly enlarged.; There is {a adj} opacity in the {site}.; Degenerative changes are seen at L4-L5 and L5-S1.; Kerley B lines are present.; A {n} mm nodule in the right upper lobe is unchanged.; Recommend follow-up per Fleischner Society guidelines.; The appendix is normal.; Gallbladder is surgically absent.; Hepatic steatosis.; No hydronephrosis or nephrolithiasis.; Stable {n} mm pulmonary nodule.; Endotracheal tube terminates 4 cm above the carina.; Right IJ line tip projects over the SVC.; The visualized osseous structures are unremarkable.; BI-RADS category [1|2|3|4]: [Negative|Benign|Probably Benign].; Bosniak II cyst in the left kidney measuring {n} cm.; No evidence of DVT in the common femoral, femoral, or popliteal veins.; Schmorl's node at T12.; Hill-Sachs deformity of the humeral head.; Haglund deformity is noted.; Moderate atherosclerotic calcification of the aorta.; Incidental Tarlov cyst at S2.; Osgood-Schlatter changes.; The Circle of Willis is patent.; Chiari I malformation with tonsils 6 mm below the foramen magnum.; Postsurgical changes of {proc}.; {^adj} {dx} cannot be excluded.; Findings are compatible with {dx}.; LIRADS 3 observation in segment VII.; TI-RADS 4 nodule in the left lobe.; Gartner duct cyst.; Meckel diverticulum not seen.; Ejection fraction is estimated at [55-60|45|30-35]%.; Doppler waveforms are normal.; Technique: Multidetector CT with {nnn} mL Omnipaque 350 intravenously.; Dose reduction techniques including automated exposure control were used.; DLP {nnn} mGy-cm.; Motion artifact limits evaluation.; No acute fracture or dislocation.; Salter-Harris II fracture of the distal radius.; Lisfranc joint is intact.; {eponymname} fracture of the {site}.
+ path
Specimen is received in formalin labeled with the patient's name.; The specimen consists of {n} tan-pink soft tissue fragments measuring {dec2} x {dec2} x 0.3 cm.; Sections show invasive ductal carcinoma, Nottingham grade 2.; Margins are negative for malignancy.; Immunostains for CK7 and TTF-1 are positive.; No evidence of dysplasia or malignancy.; Tubular adenoma.; Gleason score 3+4=7 involving 2 of 12 cores.; Breslow thickness 0.8 mm, Clark level III.; Lymph nodes: 0 of {nn} positive.; Reed-Sternberg cells are identified.; Ki-67 index {nn}%.; ER positive (95%), PR positive, HER2 negative by FISH.; Chronic inactive gastritis, H. pylori negative on Giemsa stain.; pT2 N0 Mx, AJCC 8th edition.; {gene} mutation detected.; Ziehl-Neelsen and Grocott stains are negative for organisms.; Representative sections are submitted in cassettes A1-A4.; Fuhrman grade 2.; Barrett mucosa without dysplasia.; Congo red is negative for amyloid.; Bethesda category II.; Papanicolaou stain shows benign squamous cells.
+ code
ICD-10: {icd}; {icd} {dx}; CPT {cpt}; CPT code {cpt} x{n}; LOINC {loinc}; SNOMED CT {snomed}; RxNorm {rxnorm}; NDC {ndc}; HCPCS {hcpcs}; CVX {cvx}; MS-DRG {drg}; Dx: {icd}, {icd}; {icd} ({dx}); {loinc} {lab}; E/M level 9921{n}; modifier -25; rev code 0{nnn}; SNOMED: {snomed} ({dx}); NDC# {ndc}; {cpt}-59; ICD-9 {nnn}.{nn}; ICD-10-CM {icd}; RXCUI {rxnorm}; LOINC code {loinc}; POS 11
+ h.cc
Chief Complaint; CC; Reason for Visit; Presenting Complaint; Chief Complaint / Reason for Visit; Reason for Admission; Presenting Problem
+ h.hpi
History of Present Illness; HPI; Present Illness; Interval History; History; Brief History; Subjective; S
+ h.pmh
Past Medical History; PMH; PMHx; Medical History; Significant History; Problem List; Active Problems; Chronic Conditions; Past Medical/Surgical History
+ h.psh
Past Surgical History; PSH; Surgical History; Prior Procedures
+ h.meds
Medications; Current Medications; Home Medications; Meds; Discharge Medications; Medication List; Outpatient Prescriptions; MEDS ON ADMISSION; Scheduled Meds
+ h.all
Allergies; Drug Allergies; ALL; Allergies and Intolerances; Adverse Reactions
+ h.fh
Family History; FH; FHx; Family Hx
+ h.sh
Social History; SH; SocHx; Social Hx; Social and Occupational History; Habits
+ h.ros
Review of Systems; ROS; Systems Review
+ h.pe
Physical Exam; Physical Examination; PE; Exam; Objective; O; EXAMINATION; Focused Exam
+ h.vs
Vital Signs; Vitals; VS; Vital signs on arrival; Triage Vitals
+ h.lab
Labs; Laboratory Data; Pertinent Results; Data; Laboratory Results; Lab Results; Diagnostics; Studies
+ h.img
Imaging; Radiology; Diagnostic Imaging; Studies; Imaging Results
+ h.ap
Assessment and Plan; A/P; Assessment/Plan; Impression and Plan; Impression; Assessment; Plan; Impression/Recommendations; Medical Decision Making; A & P
+ h.plan
Plan; Recommendations; Disposition and Plan; P; Treatment Plan; Plan of Care
+ h.course
Hospital Course; Brief Hospital Course; Course in the Emergency Department; Hospital Course by Problem; ED Course; Clinical Course
+ h.dispo
Disposition; Discharge Disposition; Dispo; Discharge Condition; Condition on Discharge
+ h.instr
Discharge Instructions; Patient Instructions; Instructions; Follow Up; Follow-up Plans; Followup Instructions
+ h.find
Findings; FINDINGS; Results; Report
+ h.impr
Impression; Conclusion; IMPRESSION; Final Diagnosis; Interpretation; Diagnosis
+ h.tech
Technique; Procedure; Exam; Examination; Study; Type of Exam
+ h.ind
Indication; Clinical History; Clinical Indication; Reason for Exam; History
+ h.comp
Comparison; Prior Studies; COMPARISON; Comparisons
+ h.proc
Procedure Performed; Operation; Procedure; Name of Operation; Procedures; Title of Operation
+ h.dx
Diagnosis; Preoperative Diagnosis; Postoperative Diagnosis; Diagnoses; Admission Diagnosis; Principal Diagnosis; Discharge Diagnoses; Working Diagnosis
+ h.desc
Description of Procedure; Operative Findings; Procedure in Detail; Details of Procedure; Procedure Description; Narrative
+ h.gross
Gross Description; GROSS; Macroscopic Description; Specimen
+ h.micro
Microscopic Description; MICROSCOPIC; Microscopic; Comment
+ h.mse
Mental Status Examination; MSE; Mental Status Exam; Psychiatric Exam
+ h.any
Code Status; Immunizations; Functional Status; Barriers to Discharge; Nutrition; Skin; Pain Assessment; Goals of Care; Safety Concerns; Advance Directives; Patient Education; Time Spent; Anticipated Discharge; Equipment; Precautions; Level of Care; Birth History; Developmental History; Obstetric History; Health Maintenance; Consults; Diet; Activity; Wound Care; Quality Measures; Addendum; Attestation; Lines/Tubes/Drains; Intake/Output; Overnight Events; Procedure Note; Critical Care Time
+ l.name
Patient Name; Name; Patient; Pt Name; Pt; Full Name; Patient's Name; Client; Resident; Member Name; Name (Last, First)
+ l.dob
DOB; Date of Birth; D.O.B.; Birth Date; Birthdate; Born; Date of birth (mm/dd/yyyy); dob
+ l.mrn
MRN; Medical Record Number; Med Rec #; MR #; Medical Record No.; Chart #; Patient ID; Record Number; MRN#; Hosp. No.; Unit No
+ l.date
Date of Service; DOS; Date; Service Date; Visit Date; Date of Visit; Encounter Date; Exam Date; Report Date; Date of Exam; Collected; Received; Date/Time
+ l.adm
Admission Date; Date of Admission; Admitted; Admit Date; ADM DATE
+ l.dc
Discharge Date; Date of Discharge; Discharged; DISCH DATE; D/C Date
+ l.dr
Attending; Attending Physician; Physician; Provider; Ordering Physician; Referring Physician; Dictated by; Author; Requesting Provider; Attending MD; Ordering Provider; Consultant
+ l.pcp
PCP; Primary Care Physician; Primary Care Provider; Family Physician; Referred by; cc; GP
+ l.surgeon
Surgeon; Primary Surgeon; Assistant; Anesthesiologist; First Assistant; SURGEON; Proceduralist; Anesthesia
+ l.rn
Nurse; Primary Nurse; RN; Case Manager; Circulator; Triage Nurse; Recorded by; Charge RN; Reported by; Entered By; Verified by; Tech
+ l.ssn
SSN; Social Security Number; Soc Sec #; SS#; Social Security No.; SSN#
+ l.phone
Phone; Telephone; Home Phone; Cell; Mobile; Phone #; Tel; Contact Number; Ph; Work Phone; Daytime phone; Tel. No.
+ l.fax
Fax; Fax #; FAX; Fax No.; Facsimile
+ l.email
Email; E-mail; Email Address; e-mail address; Contact Email
+ l.addr
Address; Home Address; Street Address; Mailing Address; Residence; Street; Ship to; Addr
+ l.city
City; Town; City/Town
+ l.state
State; ST; State/Province
+ l.zip
ZIP; Zip Code; Zip; Postal Code
+ l.county
County; County of Residence
+ l.age
Age; Patient Age; AGE; Age/Sex; Age (yrs)
+ l.sex
Sex; Gender; Sex at Birth; Legal Sex
+ l.org
Facility; Hospital; Location; Site; Performing Facility; Practice; Clinic; Facility Name; Place of Service
+ l.pharm
Pharmacy; Preferred Pharmacy; Dispensing Pharmacy
+ l.ins
Insurance; Payer; Primary Insurance; Insurance Carrier; Health Plan; Plan; Payor; Insurer; Carrier
+ l.member
Member ID; Policy #; Subscriber ID; ID #; Insurance ID; Policy Number; Member Number; Medicaid ID; Subscriber #
+ l.group
Group #; Group Number; Group No.; Grp
+ l.mbi
Medicare ID; MBI; Medicare Number; HIC #; Medicare #
+ l.account
Account Number; Acct #; Account; Acct No.; Hospital Account; Billing Account; HAR
+ l.visit
Visit ID; Encounter #; CSN; FIN; Visit Number; Encounter ID; Contact Serial #; Episode #
+ l.acc
Accession #; Accession Number; Case #; Specimen ID; Accession; Lab ID; Specimen #; Path No.
+ l.order
Order #; Order Number; Requisition #; Placer Order; Order ID; Req. No.
+ l.npi
NPI; NPI #; Provider NPI; NPI Number; Rendering NPI
+ l.dea
DEA; DEA #; DEA Number; DEA No.
+ l.license
License #; License No.; State License; Lic. #; Medical License; Certificate No.
+ l.employer
Employer; Employer Name; Occupation / Employer; Company; Place of employment; Works at
+ l.contact
Emergency Contact; Next of Kin; NOK; Contact Person; Responsible Party; Guarantor; Guardian; Spouse; Mother's Name; HCPOA; Parent/Guardian; Insured's Name; Subscriber; Maiden Name; Accompanied by
+ l.claim
Claim #; Claim Number; Claim No.; Claim ID; ICN
+ l.serial
Serial Number; S/N; Serial #; Device SN; Serial No.
+ l.rx
Rx #; Prescription #; Rx Number; RX No.
+ l.lang
Language; Preferred Language; Interpreter Needed; Primary Language
+ l.race
Race; Ethnicity; Race/Ethnicity
+ l.relig
Religion; Faith; Religious Preference
+ l.marital
Marital Status; Marital
+ l.room
Room; Room/Bed; Bed; Unit; Location; Nursing Unit; Floor
+ l.code
Code Status; Advance Directive; Resuscitation Status
+ l.class
Patient Class; Encounter Type; Visit Type; Service; Acuity; Financial Class; Status; Priority; Mode of Arrival; Isolation; Document Type; Version; Report Status; Page
"#;
