//! Words for slots, added to those of the other generator, and some of our own.

/// Beside the fillers of `corpus`.
pub(super) const POOLS: &str = r#"
+ drug
bumetanide; torsemide; metolazone; chlorthalidone; nifedipine XL; Procardia; verapamil; Toprol-XL; bisoprolol; labetalol; clonidine patch; isosorbide; ranolazine; Brilinta; prasugrel; Pradaxa; fondaparinux; rosuvastatin; Repatha; Vascepa; fenofibrate; glipizide; pioglitazone; Farxiga; Mounjaro; Tresiba; Basaglar; NPH; regular insulin; liothyronine; Armour Thyroid; methimazole; hydrocortisone; fludrocortisone; alendronate; Prolia; Forteo; calcitriol; sevelamer; Renvela; PhosLo; Epogen; Aranesp; Venofer; tacrolimus; Prograf; mycophenolate; CellCept; sirolimus; azathioprine; 6-MP; mesalamine; Entyvio; Stelara; Cosentyx; Otezla; Xeljanz; rituximab; bortezomib; Revlimid; pembrolizumab; Keytruda; Opdivo; trastuzumab; Herceptin; paclitaxel; carboplatin; FOLFOX; FOLFIRI; R-CHOP; ABVD; tamoxifen; Arimidex; letrozole; Ibrance; Lupron; Zytiga; Xtandi; Neulasta; Aloxi; Emend; Marinol; Suboxone; buprenorphine; naltrexone; Vivitrol; methadone; Narcan; fentanyl patch; Duragesic; OxyContin; Nucynta; Flexeril; baclofen; tizanidine; Robaxin; Voltaren gel; Lidoderm; meloxicam; Celebrex; naproxen; Cymbalta; Effexor XR; Wellbutrin; Remeron; Paxil; Celexa; BuSpar; hydroxyzine; Vistaril; Abilify; Latuda; Invega Sustenna; Clozaril; Risperdal; Geodon; Cogentin; Vyvanse; Adderall XR; Concerta; Strattera; guanfacine; Topamax; Trileptal; Vimpat; Tegretol; phenobarbital; Imitrex; Maxalt; Aimovig; Requip; Mirapex; Exelon; Chantix; NicoDerm; Spiriva Respimat; Trelegy; Breo Ellipta; Dulera; Pulmicort; ipratropium; Xolair; Dupixent; Mucinex; Tessalon Perles; Robitussin; Sudafed; EpiPen; Prilosec; Nexium; Carafate; Pepcid; Bentyl; Lomotil; Imodium; Linzess; Xifaxan; Creon; ursodiol; Macrobid; Pyridium; Myrbetriq; Proscar; Viagra; Cialis; Diflucan; nystatin swish and swallow; Lamisil; meropenem; Unasyn; Ancef; cefazolin; cefdinir; Omnicef; linezolid; daptomycin; gentamicin; tobramycin; Biaxin; metronidazole; Tamiflu; Paxlovid; remdesivir; Biktarvy; Descovy; Truvada; Epclusa; ivermectin; permethrin; latanoprost; timolol; Restasis; prednisolone acetate 1%; ofloxacin drops; Ciprodex; mupirocin; triamcinolone; clobetasol; tretinoin; Mirena; Nexplanon; Depo-Provera; Ortho Tri-Cyclen; Pitocin; Cytotec; methotrexate IM; betamethasone; RhoGAM; Makena; Synagis; caffeine citrate; surfactant; Curosurf; propofol; rocuronium; sugammadex; ketamine; Precedex; Levophed; vasopressin; phenylephrine; Cardizem drip; Kcentra; TXA; alteplase; tenecteplase; Ringer's lactate; D5W; normal saline; TPN
+ dx
Takotsubo cardiomyopathy; Brugada pattern; long QT; SVT; WPW; PAD; AAA 4.2 cm; Raynaud's; Buerger disease; giant cell arteritis; Takayasu arteritis; Goodpasture syndrome; IgA nephropathy; FSGS; nephrotic syndrome; Alport syndrome; PKD; Conn syndrome; pheochromocytoma; SIADH; diabetes insipidus; Sheehan syndrome; MEN 2A; Turner syndrome; Klinefelter syndrome; Fabry disease; Gaucher disease; Pompe disease; Ehlers-Danlos; osteogenesis imperfecta; Duchenne muscular dystrophy; ALS; myasthenia gravis; Lambert-Eaton; Friedreich ataxia; normal pressure hydrocephalus; Chiari I malformation; trigeminal neuralgia; Wernicke encephalopathy; Korsakoff psychosis; Creutzfeldt-Jakob disease; Behcet disease; Still's disease; Felty syndrome; CREST; psoriatic arthritis; pseudogout; Charcot foot; Legg-Calve-Perthes; Osgood-Schlatter; Scheuermann kyphosis; Pott disease; Ewing sarcoma; Wilms tumor; Burkitt lymphoma; Waldenstrom macroglobulinemia; Kaposi sarcoma; Merkel cell carcinoma; Bowen disease; Zollinger-Ellison syndrome; Peutz-Jeghers; Lynch syndrome; Budd-Chiari; Gilbert syndrome; Mallory-Weiss tear; Boerhaave; Zenker diverticulum; Schatzki ring; Ogilvie syndrome; Meckel diverticulum; NASH; PBC; PSC; hemochromatosis; celiac disease; SIBO; Hunter syndrome; Stevens-Johnson; Sweet syndrome; pemphigus; Rosacea; HS, Hurley stage II; tinea; MRSA abscess; Fournier gangrene; Ludwig angina; Lemierre syndrome; mono; Epstein-Barr virus; Rocky Mountain spotted fever; Chagas disease; Hansen disease; West Nile virus; hand-foot-mouth; Bartholin cyst; Asherman; HELLP; PPROM; shoulder dystocia; TTN; NEC; IVH grade II; ROP stage 2; tetralogy of Fallot; Ebstein anomaly; Eisenmenger; Fuchs dystrophy; Stargardt disease; Horner syndrome; Bell palsy; Ramsay Hunt; vestibular neuritis; burning mouth; TMJ; sleep apnea; restless legs; narcolepsy; conversion disorder; borderline personality; catatonia; Munchausen
+ symptom
gait freezing; jaw claudication; drenching sweats; cold intolerance; early satiety; bloating; tenesmus; hematochezia; coffee-ground emesis; steatorrhea; globus; stridor; pleuritic pain; paroxysmal cough; crushing substernal pressure; exertional calf pain; foot drop; wrist drop; saddle numbness; urinary retention; nocturia x4; dribbling; flank pain; discharge; itching; hives; peeling; easy bruising; gum bleeding; swollen glands; photophobia; floaters; diplopia; ringing in the ears; vertigo; toothache; jaw pain; dry mouth; hair loss; irritability; racing thoughts; flashbacks; panic; poor sleep; word-finding trouble; clumsiness; spells; staring episodes; cramps; spotting; pelvic pressure; leaking fluid; breast lump; nipple discharge; poor latch; spitting up; fussiness; bedwetting; growing pains
+ care
wound vac; PT/OT; home O2; tube feeds; IV antibiotics; dressing changes; bowel regimen; pain control; fall precautions; speech therapy; dialysis; skin care; med management; nutrition consult; transfusion; telemetry; wound care; family teaching; placement; ostomy teaching
+ act
called back; will call tomorrow; agrees; has no questions; is worried about cost; wants a second opinion; asked for a refill; is aware; was upset; could not be reached; signed the consent; brought the forms; declined; left before discharge; is doing better; needs a ride; missed the appointment; wants the results; is coming at noon; hung up; was tearful; went home; slept through; ate half of lunch; fell in the bathroom; pulled the IV; took the pills; is due for labs; felt dizzy; requests a work note; has the equipment; verbalized understanding; understands the risks; remains at the bedside; takes care of the meds; manages the pillbox; drives; will bring the list; is not eating; cannot lie flat; feels safe at home
+ dract
recommends {care}; wants {img}; ok with discharge; aware; at bedside; to see in AM; signed off; will assume care; agrees with {plan}; ordered {drug}; declined the consult; increased {drug}; says hold {drug}; performed the {proc}; read the {img}; removed the drain; reviewed the plan; called back; evaluated the wound; suggested {proc}; cleared for surgery; to follow; on call; scrubbed in; updated the family; changed the orders; was paged twice; notified; assessed at bedside; accepted the transfer; prefers {drug}; did the intake; will staff it; gave report; took report; drew the labs; started the line; witnessed the waste
+ kin
son; daughter; wife; husband; mom; dad; mother; father; sister; brother; grandmother; grandson; niece; nephew; aunt; uncle; cousin; partner; fiance; ex-husband; stepfather; mother-in-law; great-niece; godmother; neighbor; friend; roommate; landlord; caregiver; sponsor; girlfriend; boyfriend; foster mom; guardian; DPOA; POA; twin sister; half-brother; grandpa; abuela; pastor; boss
+ staffrole
RN; charge nurse; NP; PA; resident; intern; hospitalist; pharmacist; RT; PT; OT; SLP; SW; case manager; dietitian; chaplain; tech; CNA; MA; phlebotomist; sonographer; midwife; doula; medic; dispatcher; scheduler; navigator; fellow; med student; scribe; unit clerk; transport; LPN; hygienist; audiologist; perfusionist
+ finding
mild edema; clear breath sounds; a soft abdomen; no focal deficits; a small effusion; trace ketones; normal tone; a 2 cm nodule; scattered crackles; good cap refill; a reducible hernia; bilateral cerumen; a healed scar; moist membranes; a stage 2 ulcer; full range of motion; intact sensation; no masses; a systolic murmur; thready pulses; brisk reflexes; tenderness over the joint line; a positive straight leg raise; mild erythema; no drainage; well-approximated edges
+ sys
Constitutional; Eyes; ENT; CV; Resp; GI; GU; MSK; Skin; Neuro; Psych; Endo; Heme/Lymph; Allergy; HEENT; Cardiac; Pulmonary; Abdomen; Extremities; Back; Neck; Breast; Rectal; Lymph
+ sysok
negative; normal; WNL; unremarkable; no complaints; as per HPI; deferred; intact; non-contributory; clear; denies; see above; stable
+ num.lab
Sodium; Potassium; Chloride; Bicarb; BUN; Creatinine; Glucose; Calcium; Magnesium; Phosphorus; Albumin; Total Protein; AST; ALT; Alk Phos; Bilirubin; Lipase; WBC; RBC; Hemoglobin; Hematocrit; MCV; MCH; RDW; Platelets; Neutrophils; Lymphs; Monos; Eos; Basos; INR; PTT; D-dimer; Fibrinogen; ESR; CRP; Ferritin; TIBC; B12; Folate; TSH; Free T4; A1c; PSA; Troponin I; BNP; Lactate; pH; pCO2; HCO3; Specific Gravity; Ketones; Leuk Est; Cholesterol; LDL; HDL; Triglycerides; Vitamin D; Digoxin; Vancomycin trough; Lithium; eGFR; CEA; CA 19-9; AFP
+ unit
mg/dL; mmol/L; g/dL; K/uL; %; U/L; mEq/L; ng/mL; mm/hr; pg/mL; fL; uIU/mL; sec; IU/mL; mcg/dL; cells/uL; mL/min/1.73m2
+ eq
CPAP; BiPAP; walker; shower chair; hospital bed; Hoyer lift; nebulizer; glucometer; wheelchair; cane; oxygen concentrator; compression stockings; knee brace; TENS unit; bedside commode; wound vac; feeding pump; trach supplies; hearing aids; AFO; CAM boot; insulin pump; CGM sensor; cochlear implant; loop recorder; pacemaker; ICD; port; nerve stimulator; intrathecal pump; hip stem; tibial tray; breast implant; mesh; aortic valve; coronary stent; lens implant; VP shunt
+ greet
Hi; Hello; Dear; Good morning; Hey; Good afternoon; Hi there; Greetings
+ bye
Thanks; Thank you; Best; Sincerely; Regards; Warm regards; Kind regards; Respectfully; Yours truly; Many thanks; Take care; Cheers; thx; Best wishes; With appreciation
+ big
DISCHARGE SUMMARY; PROGRESS NOTE; CONSULTATION REPORT; OPERATIVE REPORT; HISTORY AND PHYSICAL; EMERGENCY DEPARTMENT RECORD; NURSING ASSESSMENT; CLINIC NOTE; TRANSFER SUMMARY; TELEPHONE ENCOUNTER; PROCEDURE NOTE; PREOPERATIVE EVALUATION; FOLLOW-UP VISIT; INITIAL EVALUATION; INTERIM SUMMARY; OFFICE VISIT; CARE PLAN; DEATH SUMMARY; WELL CHILD CHECK; ANNUAL PHYSICAL
+ h.intro
Reason for visit; Chief concern; CC; Presenting problem; Why here; Reason for referral; Complaint; Presenting Complaint; Reason for consult; Purpose of visit; Subjective
+ h.story
History; HPI; Interval history; Story; Background; Course; Events; Subjective; Narrative; History of Present Illness; Interim events; Clinical summary; Current condition; Present illness
+ h.past
PMHx; Past history; Problem list; Medical problems; Active problems; Comorbidities; Past Medical/Surgical History; Chronic conditions
+ h.drugs
Rx; Current meds; Home medications; Medication list; Med rec; Medications on discharge; Drugs; Medications reconciled; Scheduled meds; Active orders
+ h.soc
Social; SocHx; Living situation; Social/functional; Home environment; Support; Psychosocial; Lives with; Social determinants
+ h.look
Exam; O/E; Objective; Findings on exam; Physical; Focused exam; On examination; Bedside assessment; PE
+ h.data
Data; Results; Labs/Imaging; Studies; Workup; Diagnostics; Pertinent data; Laboratory
+ h.think
A/P; Impression and plan; Assessment; Medical decision making; Conclusion; Summary; Formulation; Opinion; Problems; IMP
+ h.next
Plan; To do; Disposition; Recs; Recommendations; Follow-up; Next steps; Action items; Return; Instructions; Orders
+ l.who
Patient; Name; PATIENT NAME; Pt; Client; Resident; Member; Pt name; Beneficiary; Inmate; Enrollee; Veteran; Patient (Last, First); Insured; Examinee; Decedent
+ l.born
DOB; Date of Birth; Birth date; D.O.B.; Born; BD; Birthdate; dob
+ l.chart
MRN; Chart No; Med Rec; MR#; Unit #; Record; Pt ID; EMPI; Patient Number; Hosp #; MRN/FIN; Chart; PID; EHR ID; Case MRN
+ l.seen
DOS; Seen; Visit; Date; Encounter date; Date of eval; Exam date; Service date; Date/time; Date of report; Today
+ l.doc
Provider; Attending; Seen by; Clinician; Doctor; Surgeon; Author; Signed; Ordering; Performing; Interpreting; Evaluator; Examiner; Authored by; Responsible provider; Supervising; Therapist; Referring; Req. by
"#;
